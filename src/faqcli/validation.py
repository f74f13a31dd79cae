"""What makes the content of a FAQ file valid: every fault as a place in the file and a sentence."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeGuard

from faqcli.messages import any_of
from faqcli.messages import gettext as _
from faqcli.reply import FIELDS, unknown_fields

FILE_KEYS = ("title", "language", "reply", "contacts", "synonyms", "entries", "withdrawn")
CONTACT_KEYS = ("topic", "email", "aliases", "source")
ENTRY_KEYS = ("id", "category", "subcategory", "question", "answer", "asked_as")

HIGHEST_ID = (1 << 63) - 1
MOST_PHRASINGS = 250

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
    if not isinstance(data, dict):
        yield Problem((), "not a FAQ: the file must be a mapping with the key 'entries'.")
        return
    yield from _unknown_keys(data, FILE_KEYS, (), "")
    for key in ("title", "language", "reply"):
        yield from _text(data, key, (), "", required=False)
    for field in unknown_fields(data["reply"]) if isinstance(data.get("reply"), str) else ():
        names = any_of([f"{{{known}}}" for known in FIELDS])
        message = _("'reply' has {field}: in braces it can have {names}.").format(field=f"{{{field}}}", names=names)
        yield Problem(("reply",), message)
    yield from _each(data, "contacts", _contact_problems)
    yield from _groups(data.get("synonyms"))
    if not data.get("entries"):
        yield Problem(("entries",) if "entries" in data else (), "'entries' is missing or empty: add an entry.")
        return
    yield from _each(data, "entries", entry_problems)
    if isinstance(data["entries"], list):
        yield from _repeated_ids(data["entries"])


def _each(data: Mapping[str, Any], key: str, check: Check) -> Iterator[Problem]:
    items = data.get(key)
    if items is None:
        return
    if not isinstance(items, list):
        yield Problem((key,), f"{key!r} must be a list.")
        return
    for number, item in enumerate(items):
        if isinstance(item, dict):
            yield from check(item, (key, number))
        else:
            yield Problem((key, number), f"item {number + 1} of {key!r} must be a mapping, not {_kind(item)}.")


def entry_problems(entry: Mapping[str, Any], at: KeyPath) -> Iterator[Problem]:
    """What is wrong with one entry, which stands at a place in the file."""
    number = entry.get("id")
    name = f"entry {number}: " if is_id(number) else f"entry in position {int(at[1]) + 1}: "
    yield from _unknown_keys(entry, ENTRY_KEYS, at, name)
    if "id" not in entry:
        yield Problem(at, f"{name}'id' is missing: give it the row number of the export.")
    elif not is_id(number):
        yield Problem((*at, "id"), f"{name}'id' is {number!r}: it must be a positive whole number.")
    for key in ("question", "answer"):
        yield from _text(entry, key, at, name, required=True)
    for key in ("category", "subcategory"):
        yield from _text(entry, key, at, name, required=False)
    yield from _texts(entry, "asked_as", at, name)
    if isinstance(entry.get("asked_as"), list) and len(entry["asked_as"]) > MOST_PHRASINGS:
        yield Problem((*at, "asked_as"), f"{name}'asked_as' has more than {MOST_PHRASINGS} phrasings: take some out.")


def _contact_problems(contact: Mapping[str, Any], at: KeyPath) -> Iterator[Problem]:
    name = f"contact {contact['topic']!r}: " if isinstance(contact.get("topic"), str) else f"contact {int(at[1]) + 1}: "
    yield from _unknown_keys(contact, CONTACT_KEYS, at, name)
    for key in ("topic", "email"):
        yield from _text(contact, key, at, name, required=True)
    yield from _texts(contact, "aliases", at, name)
    source = contact.get("source")
    if isinstance(source, list) and all(is_id(item) for item in source):
        return
    if not (source is None or isinstance(source, str) or is_id(source)):
        yield Problem((*at, "source"), f"{name}'source' must be text, or the numbers of entries.")


def _groups(groups: object) -> Iterator[Problem]:
    if groups is None:
        return
    if not isinstance(groups, list):
        yield Problem(("synonyms",), "'synonyms' must be a list of groups.")
        return
    for number, group in enumerate(groups):
        name = f"synonym group {number + 1}: "
        if not isinstance(group, list) or len(group) < 2:
            yield Problem(("synonyms", number), f"{name}it must be a list of two expressions or more.")
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
                f"entry {identifier}: the id is taken by the entry in position {first[identifier] + 1}: "
                "give each entry its own.",
            )
        first.setdefault(identifier, number)


def _unknown_keys(data: Mapping[Any, Any], known: Sequence[str], at: KeyPath, name: str) -> Iterator[Problem]:
    for key in data:
        if key in known:
            continue
        near = difflib.get_close_matches(str(key), known, 1)
        advice = f"did you mean {near[0]!r}?" if near else f"the keys here are {', '.join(known)}."
        yield Problem((*at, key), f"{name}unknown key {key!r}: {advice}")


def _text(data: Mapping[str, Any], key: str, at: KeyPath, name: str, *, required: bool) -> Iterator[Problem]:
    value = data.get(key)
    if value is None and not required:
        return
    if key not in data:
        yield Problem(at, f"{name}{key!r} is missing: add it.")
    elif not isinstance(value, str) and value is not None:
        yield Problem((*at, key), f"{name}{key!r} is {_kind(value)}: put the text in quotes.")
    elif required and not (value and value.strip()):
        yield Problem((*at, key), f"{name}{key!r} is empty: fill it in.")
    elif value and _SURROGATE.search(value):
        yield Problem((*at, key), f"{name}{key!r} has half of a character (a lone surrogate): write it anew.")


def _texts(data: Mapping[str, Any], key: str, at: KeyPath, name: str) -> Iterator[Problem]:
    value = data.get(key)
    if value is None:
        return
    if not isinstance(value, list):
        yield Problem((*at, key), f"{name}{key!r} must be a list of texts.")
        return
    for place, item in enumerate(value):
        yield from _item(item, (*at, key, place), f"{name}{key!r}, ")


def _item(item: object, at: KeyPath, name: str) -> Iterator[Problem]:
    place = int(at[-1]) + 1
    if not isinstance(item, str):
        yield Problem(at, f"{name}item {place} is {_kind(item)}: put the text in quotes.")
    elif not item.strip():
        yield Problem(at, f"{name}item {place} is empty: fill it in or take it out.")
    elif _SURROGATE.search(item):
        yield Problem(at, f"{name}item {place} has half of a character (a lone surrogate): write it anew.")


def is_id(value: object) -> TypeGuard[int]:
    """Whether a value can be the id of an entry."""
    return isinstance(value, int) and not isinstance(value, bool) and 0 < value <= HIGHEST_ID


def _kind(value: object) -> str:
    kinds = {dict: "a mapping", list: "a list", bool: "a yes/no value", int: "a number", float: "a number"}
    return "empty" if value is None else kinds.get(type(value), f"a {type(value).__name__}")
