"""A FAQ file read: YAML or JSON Lines in, entries out; the first problem is told with file, line, entry and key."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import chain, islice
from pathlib import Path
from typing import Any, TypeVar

from faqcli import languages
from faqcli.errors import FaqFileError
from faqcli.files.detection import named, told
from faqcli.files.json_lines import is_json_lines, read_json_lines
from faqcli.files.reading import read_text
from faqcli.files.validation import problems
from faqcli.files.yaml_reader import line_numbers, read_yaml
from faqcli.models import Accepted, Contact, Entry, FaqFile, Progress

REPORTED_ENTRIES = 1000  # between two reports of progress
SAMPLE_ENTRIES = 200  # whose text tells the language of a FAQ that names none

Record = TypeVar("Record", bound=tuple[Any, ...])


def load(path: Path) -> FaqFile:
    """Return the FAQ in a file, whole.

    Raises:
        FaqFileError: The file cannot be read, is not UTF-8, YAML or JSON Lines, or is not a valid FAQ.
    """
    faq, entries = stream(path)
    return faq._replace(entries=tuple(entries))


def stream(path: Path, *, progress: Progress | None = None) -> tuple[FaqFile, Iterator[Entry]]:
    """Return the FAQ in a file without its entries, and its entries one by one.

    Of JSON Lines no more than the first entries, which tell the language, are held in memory.

    Args:
        path: The file.
        progress: Is told how much has been read, 0 to 1, every thousand entries.

    Raises:
        FaqFileError: As `load`; with JSON Lines, also while the entries are read.
    """
    if is_json_lines(path):
        return _json_lines(path, progress)
    text = read_text(path)
    content = read_yaml(path, text)
    for problem in problems(content.data, content.problems):
        raise FaqFileError(f"{path}:{line_numbers(text, [problem.at])[problem.at]}: {problem.message}")
    entries = content.data["entries"]
    sample = [entry_from(entry) for entry in entries[:SAMPLE_ENTRIES]]
    return faq_from(content.data, title="FAQ", sample=sample), _reported(entries, progress)


def _reported(entries: Sequence[Mapping[str, Any]], progress: Progress | None) -> Iterator[Entry]:
    for number, entry in enumerate(entries):
        if progress and number % REPORTED_ENTRIES == 0:
            progress(number / len(entries))
        yield entry_from(entry)


def _json_lines(path: Path, progress: Progress | None) -> tuple[FaqFile, Iterator[Entry]]:
    head: dict[str, Any] = {}
    entries = _json_entries(path, head, progress)
    sample = list(islice(entries, SAMPLE_ENTRIES))
    return faq_from(head, title=path.stem, sample=sample), chain(sample, entries)


def _json_entries(path: Path, head: dict[str, Any], progress: Progress | None) -> Iterator[Entry]:
    """Yield the entries of a file, after the keys of the file are added to its head."""
    count = 0
    for line in read_json_lines(path):
        for problem in line.problems:
            raise FaqFileError(f"{path}:{line.number}: {problem.message}")
        if line.is_head:
            head.update(line.data)
            continue
        count += 1
        if progress and count % REPORTED_ENTRIES == 0:
            progress(line.share)
        yield entry_from(line.data)


def faq_from(data: Mapping[str, Any], *, title: str, sample: Iterable[Entry]) -> FaqFile:
    """Return the FAQ in valid content, without its entries.

    Args:
        data: The content.
        title: What the FAQ is called where the content does not say it.
        sample: Some entries, which tell the language where the content does not say it.
    """
    return FaqFile(
        title=data.get("title") or title,
        language=named(data.get("language") or "") or language_of(sample) or languages.FALLBACK,
        entries=(),
        contacts=tuple(_contact_from(contact) for contact in data.get("contacts") or ()),
        synonyms=tuple(tuple(group) for group in data.get("synonyms") or ()),
        reply=data.get("reply") or "",
        accepted=tuple(_record_from(Accepted, accepted) for accepted in data.get("accepted") or ()),
    )


def language_of(sample: Iterable[Entry]) -> str | None:
    """Return the ISO 639-1 code of the language that some entries are written in, None where that is unclear."""
    return told(text for entry in sample for text in (entry.question, entry.answer))


def entry_from(data: Mapping[str, Any]) -> Entry:
    """Return the entry in a valid mapping."""
    return _record_from(Entry, data)


def _contact_from(data: Mapping[str, Any]) -> Contact:
    source = data.get("source")
    entries = tuple(source) if isinstance(source, list) else (source,) if isinstance(source, int) else ()
    texts = data if isinstance(source, str) else {key: value for key, value in data.items() if key != "source"}
    return _record_from(Contact, texts)._replace(entries=entries)


def _record_from(record: type[Record], data: Mapping[str, Any]) -> Record:
    """Return the record in a valid mapping; what is empty has its default."""
    return record(**{key: _attribute(value) for key, value in data.items() if value})


def _attribute(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(value)
    return value.isoformat() if isinstance(value, date) else value
