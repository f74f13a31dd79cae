"""The command line: read the export and the FAQ file, merge them, write the file, tell what was done."""

import argparse
import os
import signal
import sys
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import pairwise
from pathlib import Path
from types import FrameType
from typing import Any, Final, NoReturn, TypeVar

from converter.errors import BadFileError, located
from converter.export import read_export
from converter.faq_file import check_merged, new_faq, parse_faq
from converter.merging import merge
from converter.report import format_report, labelled
from faqcli.errors import (
    EXIT_FAQ_FILE,
    EXIT_INTERRUPTED,
    EXIT_OK,
    EXIT_USAGE,
    FaqcliError,
    FileChangedError,
)
from faqcli.files.document import Document
from faqcli.files.editing import UneditableError
from faqcli.files.reading import read_content, text_of
from faqcli.files.writing import replace_file
from faqcli.formats import streams
from faqcli.i18n import messages
from faqcli.i18n.messages import gettext as _

T = TypeVar("T")

ROOT: Final = Path(__file__).resolve().parents[2]
EXPORT: Final = ROOT / "data" / "source" / "faq-outils.tsv.txt"
FAQ: Final = ROOT / "data" / "faq.yaml"

EXIT_CHANGES: Final = 1
EXIT_TERMINATED: Final = 143  # 128 + SIGTERM, as shells have it
MAX_ATTEMPTS: Final = 5  # to merge into a file that others write at the same time
BOM: Final = "\ufeff".encode()


def main(arguments: Sequence[str]) -> int:
    """Run the command and return its exit code.

    0: done, or nothing to do; 1: --check found changes; 2: wrong usage, or the report could not be written; 3: a bad
    file, or one that could not be written; 130: interrupted; 143: terminated.
    """
    try:
        streams.prepare()
        messages.use(_language(arguments))
        options = _parse(arguments)
        report, changed = convert(existing(options.export), existing(options.faq), check=options.check)
        return _write(report, EXIT_CHANGES if options.check and changed else EXIT_OK)
    except BadFileError as exc:
        return _fail(exc.args, EXIT_FAQ_FILE)
    except FaqcliError as exc:
        return _fail([str(exc)], exc.exit_code)
    except MemoryError:
        return _fail([_("Not enough memory: the files are too big.")], EXIT_FAQ_FILE)
    except KeyboardInterrupt:
        return EXIT_INTERRUPTED
    except SystemExit as exc:
        return int(exc.code or EXIT_OK)


@contextmanager
def _signals_raised() -> Iterator[None]:
    """Make the signals that end the process exceptions for a while, so that no temporary file stays behind."""
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        for number, handler in before.items():
            if handler != signal.SIG_IGN:
                signal.signal(number, _raise)
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _raise(number: int, frame: FrameType | None) -> NoReturn:
    sys.exit(EXIT_INTERRUPTED if number == signal.SIGINT else EXIT_TERMINATED)


def _language(arguments: Sequence[str]) -> str:
    """Return the language of the messages: that of --lang, of FAQCLI_LANG or of the locale."""
    given = [part for argument in arguments for part in argument.split("=", 1)]
    asked = [value for option, value in pairwise(given) if option == "--lang"][-1:]
    wanted = [*asked, os.environ.get("FAQCLI_LANG")]
    return next((name for name in wanted if name in messages.LANGUAGES), messages.preferred(os.environ))


class _Formatter(argparse.HelpFormatter):
    def add_usage(self, usage: str | None, actions: Iterable[argparse.Action], groups: Any, prefix: Any = None) -> None:
        super().add_usage(usage, actions, groups, _("Usage: ") if prefix is None else prefix)


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        text = _("Wrong usage: {problem}. See {command} --help.").format(problem=message, command=self.prog)
        sys.exit(_fail([text], EXIT_USAGE))


def _parse(arguments: Sequence[str]) -> argparse.Namespace:
    """Return what the arguments say; end the process where they are wrong or ask for help."""
    parser = _Parser(
        description=_(
            "Make the FAQ file from the export, or merge a newer export into it. What people added stays: asked_as, "
            "synonyms, aliases, contacts, comments. The old file is kept beside it, as .bak."
        ),
        formatter_class=_Formatter,
        add_help=False,
        allow_abbrev=False,
    )
    default = _("default: {path}")
    files, options = parser.add_argument_group(_("Arguments")), parser.add_argument_group(_("Options"))
    files.add_argument("export", nargs="?", type=Path, default=EXPORT, help=default.format(path=EXPORT))
    files.add_argument("faq", nargs="?", type=Path, default=FAQ, help=default.format(path=FAQ))
    check = _("report, write nothing; exit code 1 if anything would change")
    options.add_argument("--check", action="store_true", help=check)
    language = _("the language of the report; usually that of the locale")
    options.add_argument("--lang", choices=messages.LANGUAGES, help=language)
    options.add_argument("-h", "--help", action="help", help=_("show this help"))
    return parser.parse_args(arguments)


def existing(path: Path) -> Path:
    """Return the path under which a file exists, where only the way accents are encoded differs."""
    names = [path.with_name(unicodedata.normalize(form, path.name)) for form in ("NFC", "NFD") if path.name]
    paths = [Path(unicodedata.normalize(form, str(path))) for form in ("NFC", "NFD")]
    return next((other for other in (path, *names, *paths) if os.path.lexists(other)), path)


def convert(export_path: Path, faq_path: Path, *, check: bool) -> tuple[list[str], bool]:
    """Merge the export into the FAQ file; return the report, and whether anything changes.

    A file that somebody else writes meanwhile is read and merged again.

    Raises:
        BadFileError: One of the files, or both, are bad; all faults are told.
        FaqcliError: The FAQ file could not be written.
    """
    for _attempt in range(MAX_ATTEMPTS - 1):
        with suppress(FileChangedError):
            return _convert(export_path, faq_path, check=check)
    return _convert(export_path, faq_path, check=check)


def _convert(export_path: Path, faq_path: Path, *, check: bool) -> tuple[list[str], bool]:
    faults: list[str] = []
    export = _attempt(lambda: read_export(export_path), faults)
    is_new = not os.path.lexists(os.path.realpath(faq_path))
    old = None if is_new else _attempt(lambda: _read_faq(faq_path), faults)
    if faults or export is None:
        raise BadFileError(*faults)
    content, text, faq = old or (None, "", new_faq(export.title))
    try:
        merged = merge(export, faq)
    except UneditableError as exc:
        raise BadFileError(located(faq_path, faq.line_of(exc.item), str(exc))) from None
    if merged.changes and not check:
        check_merged(faq_path, text, merged.faq)
        with _signals_raised():
            replace_file(faq_path, content, _encoded(merged.faq.text, content or b""))
    title = labelled(str(faq_path), _state(is_new=is_new, changes=bool(merged.changes), check=check))
    return format_report(title, merged.changes, merged.notes, brief=is_new), bool(merged.changes)


def _attempt(read: Callable[[], T], faults: list[str]) -> T | None:
    """Return what is read; or None, and add what is wrong to the faults."""
    try:
        return read()
    except BadFileError as exc:
        faults += exc.args
    except FaqcliError as exc:
        faults.append(str(exc))
    return None


def _read_faq(path: Path) -> tuple[bytes, str, Document]:
    """Return the content of the FAQ file, as bytes, as text and taken apart."""
    content = read_content(path)
    text = text_of(path, content)
    return content, text, parse_faq(path, text)


def _encoded(text: str, old: bytes) -> bytes:
    """Return the text as bytes, with the line ends and the byte order mark of the old file."""
    has_windows_ends = 2 * old.count(b"\r\n") > old.count(b"\n")
    data = text.replace("\n", "\r\n" if has_windows_ends else "\n").encode()
    return BOM + data if old.startswith(BOM) else data


def _state(*, is_new: bool, changes: bool, check: bool) -> str:
    """Return what has become of the file, in words."""
    if not changes:
        return _("up to date")
    if is_new:
        return _("would be created") if check else _("created")
    return _("would be updated") if check else _("updated")


def _write(lines: Iterable[str], code: int) -> int:
    """Write the report and return the exit code; a reader may leave."""
    with suppress(streams.ReaderGoneError):
        streams.write("".join(f"{_safe(line)}\n" for line in lines))
        streams.finish()
    return code


def _fail(lines: Iterable[str], code: int) -> int:
    """Tell on stderr what is wrong and return the exit code."""
    streams.say_lines("\n".join(map(_safe, lines)))
    return code


def _safe(line: str) -> str:
    """Return a line with escapes for what a terminal would act on; blanks of any kind stay."""
    return "".join(
        char if char.isprintable() or unicodedata.category(char) == "Zs" else repr(char)[1:-1] for char in line
    )
