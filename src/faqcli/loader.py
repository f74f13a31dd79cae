"""A FAQ file read and validated: YAML in, Faq out, and every fault with its file, line, entry and key."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from faqcli.errors import FaqFileError
from faqcli.models import Contact, Entry, Faq
from faqcli.validation import KeyPath, problems

try:
    from yaml import CSafeLoader as _Loader
except ImportError:  # PyYAML built without libyaml: the same result, slower
    from yaml import SafeLoader as _Loader  # type: ignore[assignment]


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
    """The FAQ in a file.

    Raises:
        FaqFileError: The file cannot be read, is not YAML in UTF-8, or is not a valid FAQ.
    """
    text = _read(path)
    data = _parse(path, text)
    for problem in problems(data):
        raise FaqFileError(f"{path}:{_line(text, problem.at)}: {problem.message}")
    return _faq(data)


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
        entries=tuple(_entry(entry) for entry in data["entries"]),
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
