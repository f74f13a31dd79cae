"""Run the command line: deliver what it wrote, tell a failure in one sentence, return the exit code."""

import os
from collections.abc import Sequence
from functools import partial
from itertools import takewhile

import typer
from typer._click.exceptions import ClickException  # public only from 0.27 on, as typer.TyperException

from faqcli import output
from faqcli.cli import EXIT_USAGE, app
from faqcli.errors import DamagedIndexError, FaqcliError, FaqFileError, reason

EXIT_OK = 0
EXIT_INTERRUPTED = 130

LONGEST_MESSAGE = 2_000  # characters
NO_MEMORY = "Not enough memory for the FAQ: close other programs, or write it as JSON Lines (.jsonl)."


def main(args: Sequence[str]) -> int:
    """Run the command line, deliver what it wrote, and return the exit code."""
    output.prepare()
    try:
        code = _run(args)
        output.finish()
    except output.ReaderGoneError:
        output.abandon()  # it has what it wanted
        return EXIT_OK
    except KeyboardInterrupt:
        return EXIT_INTERRUPTED
    except OSError as exc:
        output.abandon()
        return _fail(f"Cannot write the result: {reason(exc)}.", EXIT_USAGE, as_json=False)
    return code


def _run(args: Sequence[str]) -> int:
    """The exit code of a command line; every failure is told in one sentence on stderr."""
    as_json = "--json" in takewhile("--".__ne__, args)
    try:
        return _call(args)
    except FaqcliError as exc:
        return _fail(str(exc), exc.exit_code, as_json=as_json)
    except ClickException as exc:
        return _fail(_usage_message(exc), EXIT_USAGE, as_json=as_json)
    except typer.Abort:
        return EXIT_INTERRUPTED
    except MemoryError:
        return _fail(NO_MEMORY, FaqFileError.exit_code, as_json=as_json)


def _call(args: Sequence[str]) -> int:
    """The exit code of a command line, which is called again when it finds its index damaged: it is built anew then."""
    call = partial(app, args=list(args), prog_name="faqcli", standalone_mode=False)
    try:
        return call() or EXIT_OK
    except DamagedIndexError:
        from faqcli.store import cache_folder, clear_cache

        folder = cache_folder(os.environ)
        if folder:
            clear_cache(folder)
        if "--batch" in args:  # a part of its answers is out
            raise
        os.environ["FAQCLI_CACHE_DIR"] = os.devnull  # no folder: built in memory, in case the file could not be removed
        return call() or EXIT_OK


def _usage_message(exc: ClickException) -> str:
    possible = getattr(exc, "possibilities", None)
    message = f"{exc.message}. Did you mean {' or '.join(possible)}?" if possible else exc.format_message()
    context = getattr(exc, "ctx", None)
    command = context.command_path if context else "faqcli"
    return f"{message} Help: {command} -h"


def _fail(message: str, exit_code: int, *, as_json: bool) -> int:
    if len(message) > LONGEST_MESSAGE:  # it quotes what is longer than anyone reads
        message = f"{message[: LONGEST_MESSAGE // 2]} … {message[-LONGEST_MESSAGE // 2 :]}"
    if as_json:
        from faqcli.records import dumps, error_document

        output.say_json(dumps(error_document(message, exit_code)))
    else:
        output.say(f"faqcli: {message}")
    return exit_code
