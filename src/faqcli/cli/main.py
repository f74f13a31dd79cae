"""The error boundary: run a command line, tell a failure in one sentence, return the exit code.

No other module reads the arguments and the environment of the process, catches the errors of the package for good, or
decides on an exit code.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from itertools import pairwise, takewhile
from types import MappingProxyType
from typing import NamedTuple

import typer

from faqcli.cli import completion, usage
from faqcli.cli._typer import ClickException
from faqcli.cli.app import app
from faqcli.cli.context import Session
from faqcli.dirs import cache_folder, config_file
from faqcli.errors import (
    EXIT_FAQ_FILE,
    EXIT_INTERRUPTED,
    EXIT_OK,
    EXIT_USAGE,
    DamagedIndexError,
    FaqcliError,
    OutputError,
)
from faqcli.formats import streams
from faqcli.i18n import messages
from faqcli.i18n.messages import gettext as _
from faqcli.i18n.third_party import reason
from faqcli.settings import Settings

MAX_MESSAGE_LENGTH = 2_000  # characters; a longer message quotes what nobody reads to its end


class _Outcome(NamedTuple):
    """How a command line ended: its exit code, and the sentence that says why, "" for none."""

    exit_code: int
    message: str = ""


def main(
    args: Sequence[str] | None = None, name: str | None = None, environment: Mapping[str, str] | None = None
) -> int:
    """Run a command line, write what it gives and what failed, and return the exit code.

    Args:
        args: What follows the command; the arguments of the process when left out.
        name: What the command was called by, that of the process when left out; only "faq", the short name, counts.
        environment: The environment variables; those of the process when left out.
    """
    args = sys.argv[1:] if args is None else args
    name = os.path.basename(sys.argv[0]).removesuffix(".exe") if name is None else name  # noqa: PTH119 - spares pathlib
    environment = MappingProxyType(dict(os.environ if environment is None else environment))
    streams.prepare()
    try:
        outcome = _outcome(args, name if name == "faq" else "faqcli", environment)
        streams.finish()
    except streams.ReaderGoneError:  # it has what it wanted
        return EXIT_OK
    except KeyboardInterrupt:
        return EXIT_INTERRUPTED
    except OutputError as exc:
        outcome = _Outcome(exc.exit_code, str(exc))
    if outcome.message:
        _tell(outcome, as_json="--json" in _options(args))
    return outcome.exit_code


def _outcome(args: Sequence[str], name: str, environment: Mapping[str, str]) -> _Outcome:
    """Run a command line and return how it ended."""
    try:
        return _Outcome(_run(args, name, environment))
    except FaqcliError as exc:
        return _Outcome(exc.exit_code, str(exc))
    except ClickException as exc:
        return _Outcome(EXIT_USAGE, usage.sentence(exc))
    except typer.Abort:
        return _Outcome(EXIT_INTERRUPTED)
    except MemoryError:
        message = _("Not enough memory for the FAQ: close other programs, or write it as JSON Lines (.jsonl).")
        return _Outcome(EXIT_FAQ_FILE, message)
    except OSError as exc:  # of a file that no module expects to fail
        message = _("The system refused {file}: {reason}.")
        return _Outcome(EXIT_USAGE, message.format(file=messages.quoted(exc.filename or "?"), reason=reason(exc)))


def _run(args: Sequence[str], name: str, environment: Mapping[str, str]) -> int:
    """Choose the language, run a command line and return its exit code.

    A command that finds the compiled FAQ damaged is run again with a FAQ that is compiled in memory, unless it has read
    from stdin or written something: it would answer an empty text, or answer twice.
    """
    asked = _asked_language(args)
    messages.use(asked or messages.preferred(environment))
    settings = Settings(environment, config_file(environment))
    messages.use(asked or settings["language"].value)
    session = Session(settings, environment, cache=cache_folder(environment), program=name)
    if completion.variable(name) in environment:
        from faqcli.cli import shells  # imported here because no other start needs it

        return shells.answer(app, session)
    try:
        return _call(args, session)
    except DamagedIndexError:
        from faqcli.files.cache import clear_cache  # imported here because sqlite3 takes long, and damage is rare

        if session.cache:
            clear_cache(session.cache)
        if streams.used():
            raise
        return _call(args, Session(settings, environment, cache=None, program=name))


def _call(args: Sequence[str], session: Session) -> int:
    return app(args=list(args), prog_name=session.program, standalone_mode=False, obj=session) or EXIT_OK


def _asked_language(args: Sequence[str]) -> str | None:
    """Return the language that --lang asks for; known before the line is parsed, so that its errors are in it."""
    given = [part for arg in _options(args) for part in arg.split("=", 1)]
    values = [value for option, value in pairwise(given) if option == "--lang" and value in messages.LANGUAGES]
    return values[-1] if values else None


def _options(args: Sequence[str]) -> list[str]:
    """Return the arguments before "--", after which all are words."""
    return list(takewhile("--".__ne__, args))


def _tell(outcome: _Outcome, *, as_json: bool) -> None:
    """Write the sentence of an outcome to stderr."""
    message = outcome.message
    if len(message) > MAX_MESSAGE_LENGTH:
        message = f"{message[: MAX_MESSAGE_LENGTH // 2]} … {message[-MAX_MESSAGE_LENGTH // 2 :]}"
    if not as_json:
        streams.say(f"faqcli: {message}")
        return
    from faqcli.formats.json import dumps, error_document  # imported here because most starts need no JSON

    streams.say_json(dumps(error_document(message, outcome.exit_code)))
