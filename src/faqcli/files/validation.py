"""What makes the content of a FAQ file valid: every fault as a place in the file and a sentence."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeGuard

from faqcli.i18n.messages import gettext as _
from faqcli.i18n.messages import gettext_noop, quoted
from faqcli.reply import template_problem

FILE_KEYS = ("title", "language", "reply", "contacts", "synonyms", "entries", "withdrawn")
CONTACT_KEYS = ("topic", "email", "aliases", "source")
ENTRY_KEYS = ("id", "category", "subcategory", "question", "answer", "asked_as")

HIGHEST_ID = (1 << 63) - 1
MOST_PHRASINGS = 250

_KINDS: Mapping[type, str] = {
    type(None): gettext_noop("empty"),
    dict: gettext_noop("a mapping"),
    list: gettext_noop("a list"),
    bool: gettext_noop("a yes/no value"),
    int: gettext_noop("a number"),
    float: gettext_noop("a number"),
}
_SURROGATE = re.compile(r"[\ud800-\udfff]")

KeyPath = tuple[str | int, ...]  # the keys and positions that lead to a place in the file
Check = Callable[[Mapping[str, Any], KeyPath], "Iterator[Problem]"]


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong with a FAQ file, and what to do about it."""

    at: KeyPath
    message: str


def problems(data: object) -> Iterator[Problem]:
    """What is wrong with the content of a FAQ file, from top to bottom."""
    if data is None:
        yield Problem((), _("the file is empty: write 'entries:' and an entry."))
        return
    if not isinstance(data, dict):
        yield Problem((), _("not a FAQ: the file must be a mapping with the key 'entries'."))
        return
    yield from _unknown_keys(data, FILE_KEYS, (), "")
    for key in ("title", "language", "reply"):
        yield from _text(data, key, (), "", required=False)
    if isinstance(data.get("reply"), str) and (wrong := template_problem(data["reply"])):
        yield Problem(("reply",), _("'reply' is no frame of a reply: {problem}.").format(problem=wrong))
    yield from _each(data, "contacts", _contact_problems)
    yield from _groups(data.get("synonyms"))
    if not data.get("entries"):
        yield Problem(("entries",) if "entries" in data else (), _("'entries' is missing or empty: add an entry."))
        return
    yield from _each(data, "entries", entry_problems)
    if isinstance(data["entries"], list):
        yield from _repeated_ids(data["entries"])


def _each(data: Mapping[str, Any], key: str, check: Check) -> Iterator[Problem]:
    items = data.get(key)
    if items is None:
        return
    if not isinstance(items, list):
        yield Problem((key,), _("{key} must be a list.").format(key=quoted(key)))
        return
    for number, item in enumerate(items):
        if isinstance(item, dict):
            yield from check(item, (key, number))
        else:
            yield Problem(
                (key, number),
                _("item {number} of {key} must be a mapping, not {kind}.").format(
                    number=number + 1, key=quoted(key), kind=_kind(item)
                ),
            )


def entry_problems(entry: Mapping[str, Any], at: KeyPath) -> Iterator[Problem]:
    """What is wrong with one entry, which stands at a place in the file."""
    number = entry.get("id")
    name = (
        _("entry {number}: ").format(number=number)
        if is_id(number)
        else _("entry in position {position}: ").format(position=int(at[1]) + 1)
    )
    yield from _unknown_keys(entry, ENTRY_KEYS, at, name)
    if "id" not in entry:
        yield Problem(
            at,
            _("{name}'id' is missing: give it a number of its own, such as the row number of the export.").format(
                name=name
            ),
        )
    elif not is_id(number):
        yield Problem(
            (*at, "id"),
            _("{name}'id' is {number}: it must be a positive whole number.").format(name=name, number=quoted(number)),
        )
    for key in ("question", "answer"):
        yield from _text(entry, key, at, name, required=True)
    for key in ("category", "subcategory"):
        yield from _text(entry, key, at, name, required=False)
    yield from _texts(entry, "asked_as", at, name)
    if isinstance(entry.get("asked_as"), list) and len(entry["asked_as"]) > MOST_PHRASINGS:
        yield Problem(
            (*at, "asked_as"),
            _("{name}'asked_as' has more than {most} phrasings: take some out.").format(name=name, most=MOST_PHRASINGS),
        )


def _contact_problems(contact: Mapping[str, Any], at: KeyPath) -> Iterator[Problem]:
    name = (
        _("contact {topic}: ").format(topic=quoted(contact["topic"]))
        if isinstance(contact.get("topic"), str)
        else _("contact {number}: ").format(number=int(at[1]) + 1)
    )
    yield from _unknown_keys(contact, CONTACT_KEYS, at, name)
    for key in ("topic", "email"):
        yield from _text(contact, key, at, name, required=True)
    yield from _texts(contact, "aliases", at, name)
    source = contact.get("source")
    if isinstance(source, list) and all(is_id(item) for item in source):
        return
    if not (source is None or isinstance(source, str) or is_id(source)):
        yield Problem((*at, "source"), _("{name}'source' must be text, or the numbers of entries.").format(name=name))


def _groups(groups: object) -> Iterator[Problem]:
    if groups is None:
        return
    if not isinstance(groups, list):
        yield Problem(("synonyms",), _("'synonyms' must be a list of groups."))
        return
    for number, group in enumerate(groups):
        name = _("synonym group {number}: ").format(number=number + 1)
        if not isinstance(group, list) or len(group) < 2:
            yield Problem(
                ("synonyms", number), _("{name}it must be a list of two expressions or more.").format(name=name)
            )
            continue
        for place, item in enumerate(group):
            yield from _item(item, ("synonyms", number, place), name)


def _repeated_ids(entries: Sequence[object]) -> Iterator[Problem]:
    first: dict[int, int] = {}
    for number, entry in enumerate(entries):
        identifier = entry.get("id") if isinstance(entry, dict) else None
        if not is_id(identifier):
            continue
        if identifier in first:
            yield Problem(
                ("entries", number, "id"),
                _("entry {id}: the id is taken by the entry in position {position}: give each entry its own.").format(
                    id=identifier, position=first[identifier] + 1
                ),
            )
        first.setdefault(identifier, number)


def _unknown_keys(data: Mapping[Any, Any], known: Sequence[str], at: KeyPath, name: str) -> Iterator[Problem]:
    for key in data:
        if key in known:
            continue
        near = difflib.get_close_matches(str(key), known, 1)
        advice = (
            _("did you mean {near}?").format(near=quoted(near[0]))
            if near
            else _("the keys here are {keys}.").format(keys=", ".join(known))
        )
        yield Problem(
            (*at, key), _("{name}unknown key {key}: {advice}").format(name=name, key=quoted(key), advice=advice)
        )


def _text(data: Mapping[str, Any], key: str, at: KeyPath, name: str, *, required: bool) -> Iterator[Problem]:
    value = data.get(key)
    if value is None and not required:
        return
    if key not in data:
        yield Problem(at, _("{name}{key} is missing: add it.").format(name=name, key=quoted(key)))
    elif not isinstance(value, str) and value is not None:
        yield Problem(
            (*at, key),
            _("{name}{key} is {kind}: put the text in quotes.").format(name=name, key=quoted(key), kind=_kind(value)),
        )
    elif required and not (value and value.strip()):
        yield Problem((*at, key), _("{name}{key} is empty: fill it in.").format(name=name, key=quoted(key)))
    elif value and _SURROGATE.search(value):
        yield Problem(
            (*at, key),
            _("{name}{key} has half of a character (a lone surrogate): write it anew.").format(
                name=name, key=quoted(key)
            ),
        )


def _texts(data: Mapping[str, Any], key: str, at: KeyPath, name: str) -> Iterator[Problem]:
    value = data.get(key)
    if value is None:
        return
    if not isinstance(value, list):
        yield Problem((*at, key), _("{name}{key} must be a list of texts.").format(name=name, key=quoted(key)))
        return
    for place, item in enumerate(value):
        yield from _item(item, (*at, key, place), f"{name}{quoted(key)}, ")


def _item(item: object, at: KeyPath, name: str) -> Iterator[Problem]:
    place = int(at[-1]) + 1
    if not isinstance(item, str):
        yield Problem(
            at,
            _("{name}item {place} is {kind}: put the text in quotes.").format(name=name, place=place, kind=_kind(item)),
        )
    elif not item.strip():
        yield Problem(at, _("{name}item {place} is empty: fill it in or take it out.").format(name=name, place=place))
    elif _SURROGATE.search(item):
        yield Problem(
            at,
            _("{name}item {place} has half of a character (a lone surrogate): write it anew.").format(
                name=name, place=place
            ),
        )


def is_id(value: object) -> TypeGuard[int]:
    """Whether a value can be the id of an entry."""
    return isinstance(value, int) and not isinstance(value, bool) and 0 < value <= HIGHEST_ID


def _kind(value: object) -> str:
    """What a value is, in words."""
    return _(_KINDS[type(value)]) if type(value) in _KINDS else _("a {type}").format(type=type(value).__name__)
