"""A FAQ file read and validated: YAML in, Faq out, and every fault with its file, line, entry and key."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from faqcli.errors import FaqFileError
from faqcli.models import Contact, Entry, Faq
from faqcli.validation import KeyPath, entry_problems, problems

try:
    from yaml import CSafeLoader as _Loader
except ImportError:  # PyYAML built without libyaml: the same result, slower
    from yaml import SafeLoader as _Loader  # type: ignore[assignment]


Progress = Callable[[float], None]  # is told how much is done, 0 to 1

REPORTED = 1000  # entries between two reports of progress


class _UniqueKeyLoader(_Loader):
    """A safe loader that refuses a key given twice, which YAML would let win silently."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        mapping: dict[Any, Any] = super().construct_mapping(node, deep=deep)
        if len(mapping) < len(node.value):
            keys = [key.value for key, _ in node.value]
            again = next((at for at, key in enumerate(keys) if key in keys[:at]), len(keys) - 1)
            problem = f"the key {keys[again]!r} is given twice: keep one"
            raise yaml.constructor.ConstructorError(None, None, problem, node.value[again][0].start_mark)
        return mapping


def load(path: Path) -> Faq:
    """The FAQ in a file, whole.

    Raises:
        FaqFileError: The file cannot be read, is not UTF-8, YAML or JSON Lines, or is not a valid FAQ.
    """
    faq, entries = stream(path)
    return faq._replace(entries=tuple(entries))


def stream(path: Path, *, progress: Progress | None = None) -> tuple[Faq, Iterator[Entry]]:
    """The FAQ in a file without its entries, and its entries one by one.

    Of a .jsonl file (JSON Lines: an entry a line, with the same keys) no more than a line is held in memory.

    Args:
        path: The file.
        progress: Is told how much has been read, 0 to 1, every thousand entries.

    Raises:
        FaqFileError: As `load`; with JSON Lines, while the entries are read.
    """
    if path.suffix.lower() == ".jsonl":
        return Faq(title=path.stem, language="fr", entries=()), _json_lines(path, progress)
    text = _read(path)
    data = _parse(path, text)
    for problem in problems(data):
        raise FaqFileError(f"{path}:{_line(text, problem.at)}: {problem.message}")
    return _faq(data), _listed(data["entries"], progress)


def _listed(entries: Sequence[Mapping[str, Any]], progress: Progress | None) -> Iterator[Entry]:
    for number, entry in enumerate(entries):
        if progress and number % REPORTED == 0:
            progress(number / len(entries))
        yield _entry(entry)


def _json_lines(path: Path, progress: Progress | None) -> Iterator[Entry]:
    first: dict[int, int] = {}  # id -> line
    try:
        with path.open("rb") as file:
            size = os.fstat(file.fileno()).st_size
            read = 0
            for number, line in enumerate(file, start=1):
                read += len(line)
                if not line.strip():
                    continue
                data = _json_entry(path, number, line)
                taken = first.setdefault(data["id"], number)
                if taken != number:
                    at = f"{path}:{number}: entry {data['id']}"
                    raise FaqFileError(f"{at}: the id is taken by line {taken}: give each entry its own.")
                if progress and len(first) % REPORTED == 0:
                    progress(read / max(1, size))
                yield _entry(data)
    except OSError as exc:
        raise FaqFileError(f"Cannot read the FAQ file {str(path)!r}: {_reason(exc)}.") from exc
    if not first:
        raise FaqFileError(f"{path}:1: no entries: write one JSON object a line.")


def _json_entry(path: Path, number: int, line: bytes) -> dict[str, Any]:
    try:
        data = json.loads(line.decode("utf-8-sig"), object_pairs_hook=_unique)
    except UnicodeDecodeError:
        raise FaqFileError(f"{path}:{number}: not UTF-8 text: save the file as UTF-8.") from None
    except (ValueError, RecursionError) as exc:
        raise FaqFileError(f"{path}:{number}: not valid JSON: {str(exc)[:100]}.") from None
    if not isinstance(data, dict):
        raise FaqFileError(f"{path}:{number}: not an entry: write one JSON object a line.")
    for problem in entry_problems(data, ("entries", number - 1)):
        raise FaqFileError(f"{path}:{number}: {problem.message}")
    return data


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    data = dict(pairs)
    if len(data) < len(pairs):
        keys = [key for key, _ in pairs]
        again = next(key for at, key in enumerate(keys) if key in keys[:at])
        raise ValueError(f"the key {again!r} is given twice, keep one")
    return data


def _read(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as exc:
        line = exc.object[: exc.start].count(b"\n") + 1
        raise FaqFileError(f"{path}:{line}: not UTF-8 text: save the file as UTF-8.") from None
    except OSError as exc:
        raise FaqFileError(f"Cannot read the FAQ file {str(path)!r}: {_reason(exc)}.") from exc


def _reason(exc: OSError) -> str:
    return (exc.strerror or str(exc)).lower()


def _parse(path: Path, text: str) -> Any:
    try:
        return yaml.load(text, Loader=_UniqueKeyLoader)  # noqa: S506 - a safe loader
    except yaml.MarkedYAMLError as exc:
        mark = exc.problem_mark or exc.context_mark
        line = mark.line + 1 if mark else 1
        raise FaqFileError(f"{path}:{line}: not valid YAML: {exc.problem or exc.context}.") from None
    except yaml.YAMLError as exc:
        raise FaqFileError(f"{path}: not valid YAML: {' '.join(str(exc).split())}.") from None
    except (RecursionError, ValueError) as exc:
        raise FaqFileError(f"{path}: not a FAQ file: {exc}.") from None


def _line(text: str, at: KeyPath) -> int:
    """The line of a place in the file, counted from 1."""
    node = yaml.compose(text, Loader=_Loader)
    line = node.start_mark.line + 1 if node else 1
    for key in at:
        if isinstance(node, yaml.MappingNode):
            pairs = [(name, value) for name, value in node.value if name.value == str(key)]
            if not pairs:
                break
            name, node = pairs[-1]
            line = name.start_mark.line + 1
        elif isinstance(node, yaml.SequenceNode):
            node = node.value[int(key)]
            line = node.start_mark.line + 1
    return line


def _faq(data: Mapping[str, Any]) -> Faq:
    return Faq(
        title=data.get("title") or "FAQ",
        language=data.get("language") or "fr",
        entries=(),
        contacts=tuple(_contact(contact) for contact in data.get("contacts") or ()),
        synonyms=tuple(tuple(group) for group in data.get("synonyms") or ()),
    )


def _entry(data: Mapping[str, Any]) -> Entry:
    return Entry(
        id=data["id"],
        question=data["question"],
        answer=data["answer"],
        category=data.get("category") or "",
        subcategory=data.get("subcategory") or "",
        asked_as=tuple(data.get("asked_as") or ()),
    )


def _contact(data: Mapping[str, Any]) -> Contact:
    source = data.get("source")
    entries = tuple(source) if isinstance(source, list) else (source,) if isinstance(source, int) else ()
    return Contact(
        topic=data["topic"],
        email=data["email"],
        aliases=tuple(data.get("aliases") or ()),
        source=source if isinstance(source, str) else "",
        entries=entries,
    )
