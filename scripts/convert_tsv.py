"""Make data/faq.yaml from the FAQ export, or merge a newer export into it.

Official fields follow the export; what a person added stays: asked_as, synonyms, aliases, contacts, comments.
Exit code: 0 done or nothing to do, 1 --check found changes, 2 wrong usage, 3 a bad file or a failed write.
"""

import argparse
import os
import secrets
import shutil
import signal
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final, TextIO, TypeVar

from export.book import new_book, parse_faq, render
from export.errors import BadFileError, fault
from export.merge import Change, merge
from export.rows import parse_export

T = TypeVar("T")

ROOT: Final = Path(__file__).resolve().parent.parent
EXPORT: Final = ROOT / "data" / "source" / "faq-outils.tsv.txt"
FAQ: Final = ROOT / "data" / "faq.yaml"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code."""
    parser = argparse.ArgumentParser(description="Make the FAQ file from the export, or merge a newer one.")
    parser.add_argument("export", nargs="?", type=Path, default=EXPORT, help="default: %(default)s")
    parser.add_argument("faq", nargs="?", type=Path, default=FAQ, help="default: %(default)s")
    parser.add_argument("--check", action="store_true", help="report, write nothing; 1 if anything would change")
    options = parser.parse_args(arguments)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # no temporary file stays behind
    try:
        report, changed = convert(options.export, options.faq, check=options.check)
        put(sys.stdout, report)
    except BadFileError as exc:
        put(sys.stderr, exc.args)
        return 3
    except KeyboardInterrupt:
        return 130
    return int(options.check and changed)


def put(stream: TextIO, lines: Iterable[str]) -> None:
    """Write lines, escaping control characters and what the encoding lacks; a reader that has gone is no error."""
    safe = ("".join(char if char.isprintable() else repr(char)[1:-1] for char in line) for line in lines)
    text, encoding = "".join(f"{line}\n" for line in safe), stream.encoding or "utf-8"
    try:
        stream.write(text.encode(encoding, "backslashreplace").decode(encoding))
        stream.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())  # or Python complains as it exits


def convert(export_path: Path, faq_path: Path, *, check: bool) -> tuple[list[str], bool]:
    """Merge the export into the YAML file; return the report, and whether anything changes."""
    faults: list[str] = []
    export = attempt(parse_export, export_path, faults)
    is_new = not os.path.lexists(os.path.realpath(faq_path))
    book = None if is_new else attempt(parse_faq, faq_path, faults)
    if faults or export is None:
        raise BadFileError(*faults)
    merged, changes, notes = merge(export, book or new_book(export.title))
    if changes and not check:
        text = render(merged)
        if parse_faq(faq_path, text).nodes() != merged.nodes():
            raise BadFileError(fault(faq_path, None, "not written: the result would not read back the same"))
        write(faq_path, text)
    done = ("created" if is_new else "updated") if changes else "up to date"
    would = "would be " if check and changes else ""
    return format_report(f"{faq_path}: {would}{done}", changes, notes, brief=is_new), bool(changes)


def attempt(parse: Callable[[Path, str], T], path: Path, faults: list[str]) -> T | None:
    """Return the file parsed; or None, and add what is wrong with it to the faults."""
    try:
        return parse(path, path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n"))
    except BadFileError as exc:
        faults += exc.args
    except OSError as exc:
        faults.append(fault(path, None, f"can't be read: {exc.strerror}"))
    except UnicodeDecodeError as exc:
        line = exc.object.count(b"\n", 0, exc.start) + 1
        faults.append(fault(path, line, f"not UTF-8 (byte {exc.object[exc.start]:#04x}): save the file as UTF-8"))
    except RecursionError:
        faults.append(fault(path, None, "invalid YAML: nested too deep"))
    return None


def write(path: Path, text: str) -> None:
    """Replace the file in one step, or leave it as it was."""
    target = Path(os.path.realpath(path))
    temporary = target.with_name(f".{target.name}.{secrets.token_hex(4)}.tmp")
    try:
        with open(temporary, "x", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        if target.exists():
            shutil.copymode(target, temporary)
        temporary.replace(target)
    except OSError as exc:
        raise BadFileError(fault(path, None, f"can't be written, and is as it was: {exc.strerror}")) from exc
    finally:
        with suppress(OSError):
            temporary.unlink()


def format_report(title: str, changes: Sequence[Change], notes: Iterable[str], *, brief: bool) -> list[str]:
    """Return a line with the counts, what changes unless brief, and the notes."""
    counts = Counter(change.kind for change in changes)
    lines = [", ".join([title, *(f"{kind}: {count}" for kind, count in counts.items())])]
    for change in () if brief else changes:
        lines.append(f"{change.kind}: {change.what}")
        for key, old, new in change.texts:
            lines += [f"  {key}", f"  - {old}", f"  + {new}"]
    return [*lines, *(f"note: {note}" for note in notes)]


if __name__ == "__main__":
    sys.exit(main())
