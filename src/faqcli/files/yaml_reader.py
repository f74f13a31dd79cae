"""YAML into values. What a FAQ has no use for is refused; what YAML leaves out of a text is told."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from faqcli.errors import FaqFileError
from faqcli.files.problem import KeyPath, Problem
from faqcli.files.yaml_hints import hint
from faqcli.files.yaml_traps import Trap, comment_after, escape_in
from faqcli.i18n.messages import gettext as _
from faqcli.i18n.messages import quoted

MAX_DEPTH = 49  # mappings and lists within each other; a FAQ has 4
MAX_NUMBER_LENGTH = 100  # characters; to read a long one in base 60 takes time that grows with its square

IGNORED = ("withdrawn",)  # keys of the file whose values are no part of the FAQ: read, not kept

_TAG = "tag:yaml.org,2002:"
_DECIMAL = re.compile(r"[-+]?[0-9]+")


class Content(NamedTuple):
    """What a YAML file holds."""

    data: Any
    problems: list[Problem]  # what is read in another way than it looks; to be told where the place holds text


class _RefusingScanner(yaml.SafeLoader):
    """The scanner of a PyYAML without libyaml, which refuses what libyaml would read in another way."""

    def fetch_key(self) -> None:
        raise _RefusedError(_("a text with '?' must be in quotes"), self.get_mark())


_Parser: Any = getattr(yaml, "CSafeLoader", _RefusingScanner)
_RESOLVERS: dict[str, list[tuple[str, re.Pattern[str]]]] = yaml.SafeLoader.yaml_implicit_resolvers
_CONSTRUCTORS: dict[str | None, Callable[..., Any]] = yaml.SafeLoader.yaml_constructors
_CONSTRUCTOR = yaml.constructor.SafeConstructor()


def read_yaml(path: Path, text: str, *, ignored: Collection[str] = IGNORED) -> Content:
    """Return the content of YAML text.

    Args:
        path: The file that it is from, for messages.
        text: Its text.
        ignored: The keys of the file whose values are not kept.

    Raises:
        FaqFileError: It is not YAML, or uses what a FAQ must not.
    """
    reader = _Reader(text, ignored=ignored)
    try:
        return Content(reader.read(), reader.problems)
    except yaml.MarkedYAMLError as exc:
        line, advice = hint(text.split("\n"), _place(exc.problem_mark), _place(exc.context_mark), exc.context or "")
        if advice:
            raise _not_yaml(path, line, advice) from None
        message = _("{path}:{line}: not valid YAML ({problem}): {advice}.")
        advice = _("begin lines of one kind in the same column, and put texts in quotes")
        problem = exc.problem or exc.context
        raise FaqFileError(message.format(path=path, line=line, problem=problem, advice=advice)) from None
    except yaml.reader.ReaderError as exc:
        line = text.count("\n", 0, exc.position) + 1 if exc.position < len(text) else 1
        message = (
            _("the character U+{character} may not stand in YAML").format(character=f"{exc.character:04X}")
            if isinstance(exc.character, int)
            else str(exc)
        )
        raise _not_yaml(path, line, message) from None
    except _RefusedError as exc:
        raise _not_yaml(path, exc.line, str(exc)) from None
    except yaml.YAMLError as exc:
        message = _("{path}: not valid YAML ({problem}): put texts in quotes.")
        raise FaqFileError(message.format(path=path, problem=" ".join(str(exc).split())[:200])) from None


def compose_yaml(text: str) -> yaml.Node | None:
    """Return the nodes of YAML text that `read_yaml` accepts, with their positions; None when it is empty."""
    node: yaml.Node | None = yaml.compose(text, Loader=_Parser)
    return node


def line_numbers(text: str, places: Iterable[KeyPath]) -> dict[KeyPath, int]:
    """Return the lines of some places of valid YAML text, counted from 1; for a missing one that of what is around it.

    The text is read once more, so that no line is kept of what has no problem.
    """
    places = list(places)
    if not places:
        return {}
    reader = _Reader(text, ignored=(), wanted={at[:length] for at in places for length in range(len(at) + 1)})
    reader.read()
    lines = reader.lines
    return {
        at: next((lines[at[:length]] for length in range(len(at), -1, -1) if at[:length] in lines), 1) for at in places
    }


def _place(mark: Any) -> tuple[int, int] | None:
    """Return the line and column of a mark, counted from 0."""
    return None if mark is None else (mark.line, mark.column)


def _not_yaml(path: Path, line: int, problem: str) -> FaqFileError:
    return FaqFileError(_("{path}:{line}: not valid YAML: {problem}.").format(path=path, line=line, problem=problem))


class _RefusedError(Exception):
    """What YAML has and a FAQ must not have."""

    def __init__(self, message: str, mark: Any) -> None:
        super().__init__(message)
        self.line = mark.line + 1


class _Reader:
    """Reads the events of a YAML text into values, one level of recursion for each of mappings and lists."""

    def __init__(self, text: str, ignored: Collection[str], wanted: Collection[KeyPath] = ()) -> None:
        self._text = text
        self._ignored = ignored
        self._wanted = wanted
        self._at: list[Any] = []  # where the next value stands
        self.problems: list[Problem] = []
        self.lines: dict[KeyPath, int] = {}

    def read(self) -> Any:
        self._events: Iterator[Any] = yaml.parse(self._text, Loader=_Parser)
        next(self._events)  # the start of the stream
        if isinstance(next(self._events), yaml.StreamEndEvent):
            return None
        value = self._value(next(self._events), indent=-1)
        next(self._events)  # the end of the document
        event = next(self._events)
        if not isinstance(event, yaml.StreamEndEvent):
            raise _RefusedError(_("a second document begins: take the line with '---' out"), event.start_mark)
        return value

    def _value(self, event: Any, *, indent: int) -> Any:
        self._note_line(event.start_mark)
        if isinstance(event, yaml.AliasEvent):
            message = _("an alias ('*') is not read: write it out, or put a text that begins with '*' in quotes")
            raise _RefusedError(message, event.start_mark)
        if event.anchor is not None:
            message = _("an anchor ('&') is not read: take it out, or put a text that begins with '&' in quotes")
            raise _RefusedError(message, event.start_mark)
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event, indent)
        if len(self._at) >= MAX_DEPTH:
            raise _RefusedError(_("nested too deep: a FAQ has 4 levels"), event.start_mark)
        if event.tag not in (None, "!", f"{_TAG}seq", f"{_TAG}map"):
            raise _unknown_tag(event)
        if len(self._at) == 1 and self._at[0] in self._ignored:
            return self._skip()
        return self._list(event) if isinstance(event, yaml.SequenceStartEvent) else self._mapping(event)

    def _note_line(self, mark: Any) -> None:
        if self._wanted and (at := tuple(self._at)) in self._wanted:
            self.lines.setdefault(at, mark.line + 1)

    def _skip(self) -> None:
        """Read over the rest of a mapping or list."""
        depth = 1
        while depth:
            event = next(self._events)
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)

    def _list(self, start: Any) -> list[Any]:
        items: list[Any] = []
        while not isinstance(event := next(self._events), yaml.SequenceEndEvent):
            self._at.append(len(items))
            items.append(self._value(event, indent=start.start_mark.column))
            self._at.pop()
        return items

    def _mapping(self, start: Any) -> dict[Any, Any]:
        mapping: dict[Any, Any] = {}
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            key = self._key(event)
            if key in mapping:
                raise _RefusedError(
                    _("the key {key} is given twice: keep one").format(key=quoted(event.value)), event.start_mark
                )
            self._at.append(key)
            self._note_line(event.start_mark)
            mapping[key] = self._value(next(self._events), indent=start.start_mark.column)
            self._at.pop()
        return mapping

    def _key(self, event: Any) -> Any:
        if not isinstance(event, yaml.ScalarEvent):
            raise _RefusedError(_("a list or a mapping cannot be a key: put the text in quotes"), event.start_mark)
        tag = _tag(event)
        if tag == f"{_TAG}merge":
            raise _RefusedError(_("'<<' is not read: write it out"), event.start_mark)
        return event.value if tag == f"{_TAG}float" else self._constructed(event, tag)  # NaN is not equal to itself

    def _scalar(self, event: Any, indent: int) -> Any:
        if not event.style:
            trap = comment_after(self._text, event.end_mark.index, indent)
        elif event.style == '"':
            trap = escape_in(self._text[event.start_mark.index : event.end_mark.index])
        else:
            trap = None
        tag = _tag(event)
        value = self._constructed(event, tag)
        if tag == f"{_TAG}int" and not event.style and not _DECIMAL.fullmatch(event.value):
            message = _("{text} is read as the number {number}: put it in quotes, or write the number in digits.")
            trap = Trap(message.format(text=quoted(event.value), number=value), "number")
        if trap:
            self.problems.append(Problem(tuple(self._at), *trap))
        return value

    def _constructed(self, event: Any, tag: str) -> Any:
        value: str = event.value
        if tag == f"{_TAG}str":
            return value
        if len(value) > MAX_NUMBER_LENGTH:
            message = _("{value}... is too long for anything but text: put it in quotes").format(
                value=quoted(value[:20])
            )
            raise _RefusedError(message, event.start_mark)
        if tag == f"{_TAG}int" and _DECIMAL.fullmatch(value):
            return int(value)  # 042 too, which is 34 in YAML 1.1
        construct = _CONSTRUCTORS.get(tag)
        if construct is None:
            raise _unknown_tag(event)
        try:
            return construct(_CONSTRUCTOR, yaml.ScalarNode(tag, value))
        except (ArithmeticError, AttributeError, LookupError, ValueError, yaml.YAMLError):  # 2024-02-30, !!bool maybe
            message = _("{value} is no valid {tag}: put it in quotes")
            message = message.format(value=quoted(value), tag=tag.removeprefix(_TAG))
            raise _RefusedError(message, event.start_mark) from None


def _tag(event: Any) -> str:
    """Return the full tag of a scalar: the one that it names, or the one that it looks like."""
    if event.tag not in (None, "!"):
        return str(event.tag)
    if event.tag == "!" and not event.style:
        raise _unknown_tag(event)
    if event.style:
        return f"{_TAG}str"
    resolvers = _RESOLVERS.get(event.value[:1], ())
    tag = next((tag for tag, pattern in resolvers if pattern.match(event.value)), f"{_TAG}str")
    return f"{_TAG}str" if tag == f"{_TAG}value" else tag  # "=", which PyYAML itself cannot read


def _unknown_tag(event: Any) -> _RefusedError:
    message = _("{tag} is read as a tag: put a text that begins with '!' in quotes")
    return _RefusedError(message.format(tag=quoted(str(event.tag).replace(_TAG, "!!"))), event.start_mark)
