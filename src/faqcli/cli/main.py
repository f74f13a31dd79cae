"""Run the command line: deliver what it wrote, tell a failure in one sentence, return the exit code."""

import os
from collections.abc import Sequence
from functools import partial
from itertools import pairwise, takewhile

import typer
from typer._click.exceptions import ClickException  # public only from 0.27 on, as typer.TyperException

from faqcli.cli import completion
from faqcli.cli.app import app
from faqcli.cli.context import EXIT_USAGE, Session
from faqcli.dirs import cache_folder, config_file
from faqcli.errors import DamagedIndexError, FaqcliError, FaqFileError, reason
from faqcli.formats import streams
from faqcli.i18n import messages
from faqcli.i18n.messages import gettext as _
from faqcli.i18n.messages import gettext_noop
from faqcli.settings import Settings

EXIT_OK = 0
EXIT_INTERRUPTED = 130

LONGEST_MESSAGE = 2_000  # characters
NO_MEMORY = gettext_noop("Not enough memory for the FAQ: close other programs, or write it as JSON Lines (.jsonl).")


def main(args: Sequence[str], name: str = "faqcli") -> int:
    """Run the command line, deliver what it wrote, and return the exit code.

    Args:
        args: What follows the command.
        name: What the command was called by; only "faq", the short name, counts.
    """
    streams.prepare()
    try:
        code = _run(args, name if name == "faq" else "faqcli")
        streams.finish()
    except streams.ReaderGoneError:
        streams.abandon()  # it has what it wanted
        return EXIT_OK
    except KeyboardInterrupt:
        return EXIT_INTERRUPTED
    except OSError as exc:
        streams.abandon()
        return _fail(_("Cannot write the result: {reason}.").format(reason=reason(exc)), EXIT_USAGE, as_json=False)
    return code


def _run(args: Sequence[str], name: str) -> int:
    """The exit code of a command line; every failure is told in one sentence on stderr."""
    as_json = "--json" in takewhile("--".__ne__, args)
    messages.use(_asked_language(args) or messages.preferred(os.environ))
    try:
        settings = Settings(os.environ, config_file(os.environ))
        if not _asked_language(args):
            messages.use(settings["language"].value)
        return _call(args, name, settings)
    except FaqcliError as exc:
        return _fail(str(exc), exc.exit_code, as_json=as_json)
    except ClickException as exc:
        from faqcli.cli.usage import sentence

        return _fail(sentence(exc), EXIT_USAGE, as_json=as_json)
    except typer.Abort:
        return EXIT_INTERRUPTED
    except SystemExit as exc:  # Typer's own end of a completion
        return int(exc.code or EXIT_OK)
    except MemoryError:
        return _fail(_(NO_MEMORY), FaqFileError.exit_code, as_json=as_json)


def _asked_language(args: Sequence[str]) -> str | None:
    """The language that --lang asks for; looked up before the line is read, so that its errors are in it."""
    given = [part for arg in takewhile("--".__ne__, args) for part in arg.split("=", 1)]
    values = [value for option, value in pairwise(given) if option == "--lang" and value in messages.LANGUAGES]
    return values[-1] if values else None


def _call(args: Sequence[str], name: str, settings: Settings) -> int:
    """The exit code of a command line, which is called again when it finds its index damaged: it is built anew then."""
    if completion.variable(name) in os.environ:
        completion.prepare()
    session = partial(Session, settings, os.environ, program=name)
    call = partial(app, args=list(args), prog_name=name, standalone_mode=False)
    try:
        return call(obj=session(cache=cache_folder(os.environ))) or EXIT_OK
    except DamagedIndexError:
        from faqcli.files.cache import clear_cache

        folder = cache_folder(os.environ)
        if folder:
            clear_cache(folder)
        if "--batch" in args:  # a part of its answers is out
            raise
        return call(obj=session(cache=None)) or EXIT_OK  # in memory, in case the file could not be removed


def _fail(message: str, exit_code: int, *, as_json: bool) -> int:
    if len(message) > LONGEST_MESSAGE:  # it quotes what is longer than anyone reads
        message = f"{message[: LONGEST_MESSAGE // 2]} … {message[-LONGEST_MESSAGE // 2 :]}"
    if as_json:
        from faqcli.formats.json import dumps, error_document

        streams.say_json(dumps(error_document(message, exit_code)))
    else:
        streams.say(f"faqcli: {message}")
    return exit_code
