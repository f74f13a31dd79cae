"""A FAQ file read: YAML or JSON Lines in, entries out; the first fault is told with file, line, entry and key."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import Any

import yaml

from faqcli.errors import FaqFileError
from faqcli.files.reading import decoded, read_lines, read_yaml
from faqcli.files.validation import KeyPath, Problem, entry_problems, problems
from faqcli.i18n.messages import gettext as _
from faqcli.i18n.messages import quoted
from faqcli.models import Contact, Entry, FaqFile

try:
    from yaml import CSafeLoader as _Loader
except ImportError:  # PyYAML built without libyaml: the same result, slower
    from yaml import SafeLoader as _Loader  # type: ignore[assignment]

Progress = Callable[[float], None]  # is told how much is done, 0 to 1

REPORTED = 1000  # entries between two reports of progress
DEEPEST = 50  # mappings and lists within each other; a FAQ has 4, and libyaml ends the process at some ten thousand
MOST_ENTRIES = 1 << 24  # the number of a passage has 32 bits, 8 of them for its place in the entry
LONGEST_NUMBER = 100  # characters; to read a long one in base 60 takes time that grows with its square


# What stands before a text on a line of YAML: dashes of a list, a key.
_BEFORE_TEXT = re.compile(r"^\s*(?:- +)*(?:\w+ *: +)?")


class _RefusedError(yaml.MarkedYAMLError):
    """Valid YAML that a FAQ must not have; `problem` is a sentence of ours."""


class _StrictLoader(_Loader):
    """A safe loader that refuses a key given twice, which YAML would let win silently, and what grows without bound."""

    _depth = 0

    def descend_resolver(self, current_node: yaml.Node | None, current_index: Any) -> None:
        self._depth += 1
        if current_node and self._depth > DEEPEST:
            problem = _("nested too deep: a FAQ has 4 levels")
            raise _RefusedError(None, None, problem, current_node.start_mark)
        super().descend_resolver(current_node, current_index)

    def ascend_resolver(self) -> None:
        self._depth -= 1
        super().ascend_resolver()

    def construct_object(self, node: yaml.Node, deep: bool = False) -> Any:
        if node in self.constructed_objects:  # lists of the same long list, of the same long text
            problem = _("what an anchor ('&') names is used again: write it out in both places")
            raise _RefusedError(None, None, problem, node.start_mark)
        if isinstance(node, yaml.ScalarNode) and not node.tag.endswith(":str") and len(node.value) > LONGEST_NUMBER:
            problem = _("{value}... is too long for anything but text: put it in quotes").format(
                value=quoted(node.value[:20])
            )
            raise _RefusedError(None, None, problem, node.start_mark)
        try:
            return super().construct_object(node, deep=deep)
        except (ArithmeticError, AttributeError, LookupError, ValueError):  # 2024-02-30, !!bool maybe
            problem = _("{value} is no valid {tag}: put it in quotes").format(
                value=quoted(node.value), tag=node.tag.rpartition(":")[2]
            )
            raise _RefusedError(None, None, problem, node.start_mark) from None

    def flatten_mapping(self, node: yaml.MappingNode) -> None:
        for key, _value in node.value:
            if key.tag == "tag:yaml.org,2002:merge":  # nested ones grow without bound
                raise _RefusedError(None, None, _("'<<' is not read: write it out"), key.start_mark)

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        mapping: dict[Any, Any] = super().construct_mapping(node, deep=deep)
        if len(mapping) < len(node.value):
            again = node.value[_repeated([key.value for key, _value in node.value])][0]
            problem = _("the key {key} is given twice: keep one").format(key=quoted(again.value))
            raise _RefusedError(None, None, problem, again.start_mark)
        return mapping


def _repeated(keys: Sequence[str]) -> int:
    """Where the first key stands that is there already; of 1 and 0x1, which are one key spelt in two ways, the last."""
    first = {key: at for at, key in reversed(list(enumerate(keys)))}
    return next((at for at, key in enumerate(keys) if first[key] < at), len(keys) - 1)


def load(path: Path) -> FaqFile:
    """The FAQ in a file, whole.

    Raises:
        FaqFileError: The file cannot be read, is not UTF-8, YAML or JSON Lines, or is not a valid FAQ.
    """
    faq, entries = stream(path)
    return faq._replace(entries=tuple(entries))


def stream(path: Path, *, progress: Progress | None = None) -> tuple[FaqFile, Iterator[Entry]]:
    """The FAQ in a file without its entries, and its entries one by one.

    Of a .jsonl file (JSON Lines: an entry a line, with the same keys) no more than a line is held in memory.

    Args:
        path: The file.
        progress: Is told how much has been read, 0 to 1, every thousand entries.

    Raises:
        FaqFileError: As `load`; with JSON Lines, while the entries are read.
    """
    if is_json_lines(path):
        return FaqFile(title=path.stem, language="fr", entries=()), _json_entries(path, progress)
    text = read_yaml(path)
    data = parse_yaml(path, text)
    for problem in problems(data):
        raise FaqFileError(f"{path}:{Lines(text).of(problem.at)}: {problem.message}")
    return faq_of(data), _listed(data["entries"], progress)


def is_json_lines(path: Path) -> bool:
    """Whether a file is JSON Lines, by its name."""
    return path.suffix.lower() == ".jsonl"


def parse_yaml(path: Path, text: str) -> Any:
    """The content of YAML text.

    Raises:
        FaqFileError: It is not YAML, or uses what a FAQ must not.
    """
    try:
        return yaml.load(text, Loader=_StrictLoader)  # noqa: S506 - a safe loader
    except _RefusedError as exc:
        line = exc.problem_mark.line + 1 if exc.problem_mark else 1
        raise FaqFileError(
            _("{path}:{line}: not valid YAML: {problem}.").format(path=path, line=line, problem=exc.problem)
        ) from None
    except yaml.MarkedYAMLError as exc:
        mark = exc.problem_mark or exc.context_mark
        line = mark.line + 1 if mark else 1
        raise FaqFileError(
            _("{path}:{line}: not valid YAML ({problem}): {advice}.").format(
                path=path, line=line, problem=exc.problem or exc.context, advice=_advice(text.split("\n")[line - 1 :])
            )
        ) from None
    except yaml.reader.ReaderError as exc:
        line = text.count("\n", 0, exc.position) + 1 if exc.position < len(text) else 1
        message = (
            _("the character U+{character} may not stand in YAML").format(character=f"{exc.character:04X}")
            if isinstance(exc.character, int)
            else exc
        )
        raise FaqFileError(
            _("{path}:{line}: not valid YAML: {problem}.").format(path=path, line=line, problem=message)
        ) from None
    except (yaml.YAMLError, ArithmeticError, ValueError) as exc:
        raise FaqFileError(
            _("{path}: not valid YAML ({problem}): put texts in quotes.").format(
                path=path, problem=" ".join(str(exc).split())[:200]
            )
        ) from None


def _advice(lines: Sequence[str]) -> str:
    """Return what to do about the first of some lines of YAML, which a parser could not read."""
    line = lines[0] if lines else ""
    text = _BEFORE_TEXT.sub("", line)
    if "\t" in line[: len(line) - len(line.lstrip())]:
        return _("indent with blanks, not with a tab")
    if text.startswith("'"):
        return _("write each apostrophe within single quotes twice")
    if text.startswith('"'):
        return _("write \\ before each quotation mark and each \\ within double quotes")
    if re.match(r"[\[\]{},&*!|>%@`?-]", text) or ": " in text or text.endswith(":"):
        return _("put the text in quotes")
    return _("begin lines of one kind in the same column, and put texts in quotes")


def _listed(entries: Sequence[Mapping[str, Any]], progress: Progress | None) -> Iterator[Entry]:
    for number, entry in enumerate(entries):
        if progress and number % REPORTED == 0:
            progress(number / len(entries))
        yield entry_from(entry)


def _json_entries(path: Path, progress: Progress | None) -> Iterator[Entry]:
    first: dict[int, int] = {}  # id -> line
    for number, line, share in read_lines(path):
        if not line.strip():
            continue
        data = json_entry(path, number, line)
        for problem in chain(entry_problems(data, ("entries", number - 1)), taken(data, number, first)):
            raise FaqFileError(f"{path}:{number}: {problem.message}")
        if len(first) > MOST_ENTRIES:
            raise FaqFileError(
                _("{path}:{number}: more than {most} entries: write them in several files.").format(
                    path=path, number=number, most=MOST_ENTRIES
                )
            )
        if progress and len(first) % REPORTED == 0:
            progress(share)
        yield entry_from(data)
    if not first:
        raise FaqFileError(_("{path}:1: no entries: write one JSON object a line.").format(path=path))


def taken(data: Mapping[str, Any], number: int, first: dict[int, int]) -> Iterator[Problem]:
    """What is wrong when the id on a line of JSON Lines stands on an earlier one; `first` keeps the line of each id."""
    line = first.setdefault(data["id"], number)
    if line != number:
        message = _("entry {id}: the id is taken by line {line}: give each entry its own.").format(
            id=data["id"], line=line
        )
        yield Problem(("entries", number - 1, "id"), message)


def json_entry(path: Path, number: int, line: bytes) -> dict[str, Any]:
    """The mapping on a line of JSON Lines.

    Raises:
        FaqFileError: It is not UTF-8, not JSON, or no mapping.
    """
    try:
        data = json.loads(decoded(path, line, number), object_pairs_hook=_unique)
    except _RepeatedKeyError as exc:
        raise FaqFileError(
            _("{path}:{number}: not valid JSON: {problem}.").format(path=path, number=number, problem=exc)
        ) from None
    except (ValueError, RecursionError) as exc:
        raise FaqFileError(
            _("{path}:{number}: not valid JSON ({problem}): write it as an entry a line.").format(
                path=path, number=number, problem=str(exc)[:100]
            )
        ) from None
    if not isinstance(data, dict):
        raise FaqFileError(
            _("{path}:{number}: not an entry: write one JSON object a line.").format(path=path, number=number)
        )
    return data


class _RepeatedKeyError(ValueError):
    """A key is given twice in an object, which JSON would let win silently."""


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    data = dict(pairs)
    if len(data) < len(pairs):
        again = pairs[_repeated([key for key, _value in pairs])][0]
        raise _RepeatedKeyError(_("the key {key} is given twice: keep one").format(key=quoted(again)))
    return data


class Lines:
    """Where the places of a YAML text stand."""

    def __init__(self, text: str) -> None:
        self._root = yaml.compose(text, Loader=_Loader)

    def of(self, at: KeyPath) -> int:
        """The line of a place, counted from 1; of the nearest one around it, where it is missing."""
        node = self._root
        line = node.start_mark.line + 1 if node else 1
        for key in at:
            if isinstance(node, yaml.MappingNode):
                pairs = [(name, value) for name, value in node.value if name.value == str(key)]
                if not pairs:
                    break
                name, node = pairs[-1]
                line = name.start_mark.line + 1
            elif isinstance(node, yaml.SequenceNode) and isinstance(key, int) and key < len(node.value):
                node = node.value[key]
                line = node.start_mark.line + 1
        return line


def faq_of(data: Mapping[str, Any]) -> FaqFile:
    """The FAQ in valid content, without its entries."""
    return FaqFile(
        title=data.get("title") or "FAQ",
        language=data.get("language") or "fr",
        entries=(),
        contacts=tuple(_contact(contact) for contact in data.get("contacts") or ()),
        synonyms=tuple(tuple(group) for group in data.get("synonyms") or ()),
        reply=data.get("reply") or "",
    )


def entry_from(data: Mapping[str, Any]) -> Entry:
    """The entry in a valid mapping."""
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
