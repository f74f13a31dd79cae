"""What each kind of value of the FAQ file must be: every problem as a place in the file and a sentence."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from typing import Any, NamedTuple, TypeGuard

from faqcli.files.problem import KeyPath, Problem
from faqcli.i18n.messages import gettext as _
from faqcli.i18n.messages import gettext_noop, quoted
from faqcli.models import Field, Kind
from faqcli.text import emails, links

MAX_ID = (1 << 63) - 1

_TYPES: Mapping[type, str] = {
    type(None): gettext_noop("empty"),
    dict: gettext_noop("a mapping"),
    list: gettext_noop("a list"),
    bool: gettext_noop("a yes/no value"),
    int: gettext_noop("a number"),
    float: gettext_noop("a number"),
}
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_KEY = re.compile(r"(?=.*[^\W\d_])[\w.-]+")
_DATE = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


class Value(NamedTuple):
    """A value of the file, where it stands, and how messages name that."""

    value: Any
    at: KeyPath
    name: str  # "entry 3: 'answer'"


def is_plainly_valid(value: Any, field: Field) -> bool:
    """Return whether a value is one of the frequent ones in which nothing can be wrong: entries have a million."""
    if isinstance(value, str):
        return field.kind == "text" and not value.isspace() and value != "" and not _SURROGATE.search(value)
    if isinstance(value, list):
        texts = field.kind == "texts" and len(value) <= (field.max_items or len(value))
        return texts and all(isinstance(item, str) and item.strip() and not _SURROGATE.search(item) for item in value)
    return field.kind == "id" and is_id(value)


def value_problems(value: Value, field: Field, *, is_required: bool) -> Iterator[Problem]:
    """Yield what is wrong with a value that is there."""
    yield from _KINDS[field.kind](value)
    found = value.value
    if is_required and (found is None or (isinstance(found, str) and not found.strip())) and field.kind != "id":
        yield Problem(value.at, _("{name} is empty: fill it in.").format(name=value.name))
    if field.max_items is not None and isinstance(found, list) and len(found) > field.max_items:
        message = _("{name} has more than {most} phrasings: take some out.")
        yield Problem(value.at, message.format(name=value.name, most=field.max_items))


def text_problems(value: Value) -> Iterator[Problem]:
    """Yield what is wrong with a value that must be text, or empty."""
    text = value.value
    if text is not None and not isinstance(text, str):
        message = _("{name} is {kind}: put the text in quotes.")
        yield Problem(value.at, message.format(name=value.name, kind=type_name(text)))
    elif text and _SURROGATE.search(text):
        message = _("{name} has half of a character (a lone surrogate): write it anew.")
        yield Problem(value.at, message.format(name=value.name))


def _texts(value: Value) -> Iterator[Problem]:
    if isinstance(value.value, list):
        yield from item_problems(value.value, value.at, f"{value.name}, ")
    else:
        yield Problem(value.at, _("{name} must be a list of texts.").format(name=value.name))


def item_problems(items: list[Any], at: KeyPath, name: str) -> Iterator[Problem]:
    """Yield what is wrong with the items of a list of texts."""
    for place, item in enumerate(items):
        of_item = Value(item, (*at, place), _("{name}item {place}").format(name=name, place=place + 1))
        if item is None:
            message = _("{name} is {kind}: put the text in quotes.")
            yield Problem(of_item.at, message.format(name=of_item.name, kind=type_name(item)))
        elif isinstance(item, str) and not item.strip():
            message = _("{name} is empty: fill it in or take it out.")
            yield Problem(of_item.at, message.format(name=of_item.name))
        yield from text_problems(of_item)


def _id(value: Value) -> Iterator[Problem]:
    if not is_id(value.value):
        message = _("{name} is {number}: it must be a positive whole number.")
        yield Problem(value.at, message.format(name=value.name, number=quoted(value.value)))


def _key(value: Value) -> Iterator[Problem]:
    yield from (faults := list(text_problems(value)))
    if value.value and not faults and not _KEY.fullmatch(value.value):
        message = _("{name} is {key}: it must be one word, with a letter, of letters, digits, '-', '_' and '.'.")
        yield Problem(value.at, message.format(name=value.name, key=quoted(value.value)))


def _email(value: Value) -> Iterator[Problem]:
    yield from (faults := list(text_problems(value)))
    text = value.value
    if not faults and text and text.strip() and emails(text) != [text]:
        message = _("{name} is {email}, which is no e-mail address: write it as name@host.")
        yield Problem(value.at, message.format(name=value.name, email=quoted(text)))


def _link(value: Value) -> Iterator[Problem]:
    yield from (faults := list(text_problems(value)))
    if value.value and not faults and links(value.value) != [value.value]:
        message = _("{name} is {link}: write it as https://host/path.")
        yield Problem(value.at, message.format(name=value.name, link=quoted(value.value)))


def _date(value: Value) -> Iterator[Problem]:
    if isinstance(value.value, date) and not isinstance(value.value, datetime):
        return
    try:
        if isinstance(value.value, str) and _DATE.fullmatch(value.value):
            date.fromisoformat(value.value)
            return
    except ValueError:
        pass
    message = _("{name} is {date}: write it as a day of the calendar, such as 2026-11-01.")
    yield Problem(value.at, message.format(name=value.name, date=quoted(value.value)))


def _source(value: Value) -> Iterator[Problem]:
    source = value.value
    is_ids = isinstance(source, list) and all(is_id(item) for item in source)
    if not (is_ids or is_id(source) or isinstance(source, str)):
        yield Problem(value.at, _("{name} must be text, or the numbers of entries.").format(name=value.name))


_KINDS: Mapping[Kind, Callable[[Value], Iterator[Problem]]] = {
    "id": _id,
    "text": text_problems,
    "texts": _texts,
    "key": _key,
    "email": _email,
    "link": _link,
    "date": _date,
    "source": _source,
}


def is_id(value: object) -> TypeGuard[int]:
    """Return whether a value can be the id of an entry."""
    return isinstance(value, int) and not isinstance(value, bool) and 0 < value <= MAX_ID


def type_name(value: object) -> str:
    """Return what a value is, in words."""
    return _(_TYPES[type(value)]) if type(value) in _TYPES else _("a {type}").format(type=type(value).__name__)
