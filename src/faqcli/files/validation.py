"""What makes the content of a FAQ file valid: every problem as a place in the file and a sentence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from faqcli import languages
from faqcli.files.detection import named
from faqcli.files.kinds import Value, is_id, is_plainly_valid, item_problems, text_problems, type_name, value_problems
from faqcli.files.problem import KeyPath, Problem
from faqcli.i18n.messages import gettext as _
from faqcli.i18n.messages import gettext_noop, quoted
from faqcli.models import Accepted, Contact, Entry, Kind, fields, required
from faqcli.reply import template_problem
from faqcli.suggestions import did_you_mean
from faqcli.text import fold

FILE_KEYS = ("title", "language", "reply", "contacts", "synonyms", "accepted", "entries", "withdrawn")
ENTRY_KEYS = tuple(dict.fromkeys(("id", "category", "subcategory", *fields(Entry))))  # in the order of a new entry
CONTACT_KEYS = tuple(fields(Contact))
RECORDS: Mapping[str, type[tuple[Any, ...]]] = {"contacts": Contact, "entries": Entry, "accepted": Accepted}

MAX_EXPRESSION_LENGTH = 200  # characters of one expression of a synonym group
MAX_GROUPS_OF_EXPRESSION = 20
MAX_SUGGESTED_LENGTH = 100  # characters of a key; nobody misspells a longer one

_MISSING_KEY = gettext_noop("{name} is missing: add it.")
_MISSING: Mapping[Kind, str] = {
    "id": gettext_noop("{name} is missing: give it a number of its own, such as the row number of the export."),
}


def problems(data: object, read: Collection[Problem] = ()) -> Iterator[Problem]:
    """Yield what is wrong with the content of a FAQ file, from top to bottom.

    Args:
        data: The content.
        read: What its reader found to be lost where a place holds text; it tells more than what else is wrong there.
    """
    lost = {problem.at: problem for problem in read_problems(data, read) if problem.level == "error"}
    for problem in _content_problems(data):
        yield lost.pop(problem.at, problem)
    yield from lost.values()


def _content_problems(data: object) -> Iterator[Problem]:
    if data is None:
        yield Problem((), _("the file is empty: write 'entries:' and an entry."))
        return
    if not isinstance(data, dict):
        yield Problem((), _("not a FAQ: the file must be a mapping with the key 'entries'."))
        return
    yield from file_problems(data)
    if not data.get("entries"):
        yield Problem(("entries",) if "entries" in data else (), _("'entries' is missing or empty: add an entry."))
        return
    first: dict[object, int] = {}
    taken_by = gettext_noop("the entry in position {number}")
    for position, entry in _mappings(data, "entries"):
        if isinstance(entry, list):
            yield from entry
            continue
        at = ("entries", position)
        yield from entry_problems(entry, at)
        yield from repeated(entry, at, first, position + 1, taken_by)


def file_problems(data: Mapping[str, Any]) -> Iterator[Problem]:
    """Yield what is wrong with the keys of a file, but for its entries."""
    yield from _unknown_keys(data, FILE_KEYS, (), "")
    for key in ("title", "language", "reply"):
        yield from text_problems(Value(data.get(key), (key,), quoted(key)))
    spelt = data.get("language")
    if isinstance(spelt, str) and spelt and not named(spelt):
        known = ", ".join(languages.codes())
        message = _("'language' is {language}: the languages are {known}.")
        yield Problem(("language",), message.format(language=quoted(spelt), known=known))
    if isinstance(data.get("reply"), str) and (wrong := template_problem(data["reply"])):
        yield Problem(("reply",), _("'reply' is no frame of a reply: {problem}.").format(problem=wrong))
    for key in ("contacts", "accepted"):
        for position, item in _mappings(data, key):
            yield from item if isinstance(item, list) else _record_problems(RECORDS[key], item, (key, position))
    yield from _groups(data.get("synonyms"))


def _mappings(data: Mapping[str, Any], key: str) -> Iterator[tuple[int, Mapping[str, Any] | list[Problem]]]:
    """Yield the items of a list with their positions; in place of one that is no mapping, what is wrong."""
    items = data.get(key)
    if items is None:
        return
    if not isinstance(items, list):
        yield 0, [Problem((key,), _("{key} must be a list.").format(key=quoted(key)))]
        return
    for position, item in enumerate(items):
        if isinstance(item, dict):
            yield position, item
        else:
            message = _("item {number} of {key} must be a mapping, not {kind}.")
            message = message.format(number=position + 1, key=quoted(key), kind=type_name(item))
            yield position, [Problem((key, position), message)]


def entry_problems(entry: Mapping[str, Any], at: KeyPath) -> Iterator[Problem]:
    """Yield what is wrong with one entry, which stands at a place in the file."""
    return _record_problems(Entry, entry, at)


def repeated(
    entry: Mapping[str, Any], at: KeyPath, first: dict[object, int], number: int, taken_by: str
) -> Iterator[Problem]:
    """Yield what is wrong when an entry has the id or the key of an earlier one.

    Args:
        entry: The entry.
        at: Where it stands.
        first: The number of the first entry that has an id or a key; this one's are added.
        number: Of this entry: a line, or a position.
        taken_by: What such a number is called, with a field {number}.
    """
    for key in ("id", "key"):
        value = entry.get(key)
        if not (is_id(value) if key == "id" else isinstance(value, str) and value):
            continue
        if value in first:
            message = _("{name}the {key} is taken by {other}: give each entry its own.")
            other = _(taken_by).format(number=first[value])
            yield Problem((*at, key), message.format(name=_record_name(Entry, entry, at), key=key, other=other))
        first.setdefault(value, number)


def read_problems(data: object, read: Collection[Problem]) -> Iterator[Problem]:
    """Yield the problems of a reader that are at a place which holds text, or a number, with the name of the place."""
    for problem in read:
        if name := _text_name(data, problem.at, problem.code):
            yield problem._replace(message=f"{name}{problem.message}")


def _text_name(data: Any, at: KeyPath, code: str) -> str:
    """Return how messages begin about a place that holds text; "" for another one."""
    match at:
        case ("title" | "reply" as key,):
            return f"{quoted(key)}: "
        case ("synonyms", int(number), int()):
            return _("synonym group {number}: ").format(number=number + 1)
        case ("entries" | "contacts" as place, int(position), str(key), *_item):
            record, field = RECORDS[place], fields(RECORDS[place]).get(key)
            if field and (field.kind in ("text", "texts") or code == "number"):
                return f"{_record_name(record, data[place][position], at)}{quoted(key)}: "
    return ""


def _record_problems(record: type[tuple[Any, ...]], data: Mapping[str, Any], at: KeyPath) -> Iterator[Problem]:
    """Yield what is wrong with a mapping that is to be a record."""
    declared = fields(record)
    if all(key in declared and is_plainly_valid(value, declared[key]) for key, value in data.items()) and all(
        key in data for key in required(record)
    ):
        return
    name = _record_name(record, data, at)
    yield from _unknown_keys(data, tuple(declared), at, name)
    for key, field in declared.items():
        value = Value(data.get(key), (*at, key), f"{name}{quoted(key)}")
        if value.value is None and key not in required(record):
            continue
        if key not in data:
            yield Problem(at, _(_MISSING.get(field.kind, _MISSING_KEY)).format(name=value.name))
        else:
            yield from value_problems(value, field, is_required=key in required(record))


def _record_name(record: type[tuple[Any, ...]], data: Mapping[str, Any], at: KeyPath) -> str:
    """Return how messages about an entry, a contact or an acceptance begin."""
    number = int(at[1]) + 1
    if record is Entry:
        known = data.get("id")
        if is_id(known):
            return _("entry {number}: ").format(number=known)
        return _("entry in position {position}: ").format(position=number)
    if record is Contact:
        topic = data.get("topic")
        return _("contact {topic}: ").format(topic=quoted(topic) if isinstance(topic, str) else number)
    return _("accepted warning {number}: ").format(number=number)


def _groups(groups: object) -> Iterator[Problem]:
    if groups is None:
        return
    if not isinstance(groups, list):
        yield Problem(("synonyms",), _("'synonyms' must be a list of groups."))
        return
    groups_of: Counter[str] = Counter()  # the number of groups that an expression is in
    for number, group in enumerate(groups):
        name = _("synonym group {number}: ").format(number=number + 1)
        at = ("synonyms", number)
        if not isinstance(group, list) or len(group) < 2:
            yield Problem(at, _("{name}it must be a list of two expressions or more.").format(name=name))
            continue
        yield from item_problems(group, at, name)
        for place, expression in enumerate(group):
            if isinstance(expression, str):
                yield from _expression_problems(expression, (*at, place), name, groups_of)


def _expression_problems(expression: str, at: KeyPath, name: str, groups_of: Counter[str]) -> Iterator[Problem]:
    """Yield what would make a search take time without bound."""
    if len(expression) > MAX_EXPRESSION_LENGTH:
        message = _("{name}an expression has more than {most} characters: write what people type.")
        yield Problem(at, message.format(name=name, most=MAX_EXPRESSION_LENGTH))
        return
    folded = fold(expression)
    groups_of[folded] += 1
    if groups_of[folded] > MAX_GROUPS_OF_EXPRESSION:
        message = _("{name}{expression} is in more than {most} groups: keep it in one.")
        yield Problem(at, message.format(name=name, expression=quoted(expression), most=MAX_GROUPS_OF_EXPRESSION))


def _unknown_keys(data: Mapping[Any, Any], known: tuple[str, ...], at: KeyPath, name: str) -> Iterator[Problem]:
    for key in data:
        if key in known:
            continue
        meant = did_you_mean(str(key), known) if len(str(key)) <= MAX_SUGGESTED_LENGTH else ""
        if meant:
            message = _("{name}unknown key {key}. {question}").format(name=name, key=quoted(key), question=meant)
        else:
            message = _("{name}unknown key {key}: the keys here are {keys}.")
            message = message.format(name=name, key=quoted(key), keys=", ".join(known))
        yield Problem((*at, key), message)
