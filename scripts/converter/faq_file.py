"""The FAQ file as a merge needs it: checked, and taken apart so that comments stay with what they stand above."""

from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from converter.errors import BadFileError, located
from faqcli.files.document import EMPTY, Document, Section, parse_document
from faqcli.files.editing import Item
from faqcli.files.kinds import is_id
from faqcli.files.problem import KeyPath
from faqcli.files.validation import FILE_KEYS
from faqcli.files.yaml_reader import line_numbers, read_yaml
from faqcli.files.yaml_text import all_comments, format_field
from faqcli.i18n.messages import gettext as _
from faqcli.i18n.messages import quoted

NEW_FAQ: Final = """\
# Made by scripts/convert_tsv.py: id, category, subcategory, question and answer follow the FAQ export.
# asked_as, synonyms, aliases, contacts of your own and comments are yours: every merge keeps them.

"""
ACCEPTED: Final = "accepted"  # the list of warnings that name entries by their ids
PERSONAL: Final = ("asked_as", "aliases")  # the lists of an entry and of a contact that are a person's
LISTS: Final[Mapping[str, Section]] = {  # as they are when they are new
    "contacts": Section("contacts", "\ncontacts:", empty=EMPTY, tail="\n"),
    "entries": Section("entries", "\nentries:", empty=EMPTY, tail="\n", gap="\n"),
    "withdrawn": Section(
        "withdrawn",
        "\n# No longer in the export: never searched, kept for the day it returns.\nwithdrawn:",
        empty=EMPTY,
        tail="\n",
        gap="\n",
    ),
}


def new_faq(title: str) -> Document:
    """Return a FAQ file without entries."""
    head = NEW_FAQ + format_field("title", title, 0)
    return Document((Section("title", head), Section("language", "language: fr\n")))


def parse_faq(path: Path, text: str) -> Document:
    """Take the text of a FAQ file apart.

    Raises:
        FaqFileError: It is not YAML, or cannot be edited without a loss.
        BadFileError: It is no FAQ that could be merged; all faults are told.
    """
    data = read_yaml(path, text, ignored=()).data
    if faults := list(find_faults(data)):
        lines = line_numbers(text, [place for place, _message in faults])
        told = sorted((lines[place], message) for place, message in faults)
        raise BadFileError(*(located(path, line, message) for line, message in told))
    gaps = {key: section.gap for key, section in LISTS.items()}
    accepted = data.get(ACCEPTED)
    if isinstance(accepted, list) and all(isinstance(item, dict) for item in accepted):
        gaps[ACCEPTED] = ""
    return parse_document(path, text, gaps)


def with_lists(faq: Document, lists: Mapping[str, list[Item]]) -> Document:
    """Return the FAQ with other items in its lists; those that it lacks are made, and one that we made is removed."""
    for key, items in lists.items():
        if items and not faq.section(key):
            later = FILE_KEYS[FILE_KEYS.index(key) + 1 :]
            faq = faq.with_section(LISTS[key], before=later)
        faq = faq.with_items(key, items)
        if not items and faq.section(key) == LISTS[key]:
            faq = faq.without(key)
    return faq


def check_merged(path: Path, old: str, merged: Document) -> None:
    """Check that the text of the merged FAQ reads back as it should, with every comment of the old one.

    Raises:
        BadFileError: It does not.
    """
    text = merged.text
    before, after = read_yaml(path, old, ignored=()).data or {}, read_yaml(path, text, ignored=()).data
    wanted = {key: value for key, value in before.items() if key not in LISTS}
    lists = (*LISTS, ACCEPTED) if merged.items(ACCEPTED) else tuple(LISTS)
    wanted |= {key: [item.data for item in merged.items(key)] for key in lists}
    if any((after.get(key) or None) != (value or None) for key, value in wanted.items()):
        raise BadFileError(located(path, None, _("not written: the result would not read back the same")))
    ours = all_comments(LISTS["withdrawn"].text)
    if lost := Counter(all_comments(old)) - Counter([*all_comments(text), *ours]):
        problem = _("not written: a comment would be lost: {comment}").format(comment=next(iter(lost)))
        raise BadFileError(located(path, None, problem))


def find_faults(data: Any) -> Iterator[tuple[KeyPath, str]]:
    """Yield what a merge cannot live with, each with its place in the file."""
    if not isinstance(data, dict) or not isinstance(data.get("entries"), list):
        yield (), _("no FAQ: expected a mapping with a list of entries")
        return
    positions: dict[int, int] = {}  # by id
    for name in LISTS:
        items = data.get(name) or []
        if not isinstance(items, list):
            yield (name,), _("{list}: expected a list").format(list=name)
            continue
        for position, item in enumerate(items):
            messages = list(item_faults(name, item))
            if name == "entries" and not messages and positions.setdefault(item["id"], position) != position:
                message = _("the id {id} is already that of the entry in position {position}")
                messages = [message.format(id=item["id"], position=positions[item["id"]] + 1)]
            yield from (((name, position), f"{name}: {message}") for message in messages)


def item_faults(name: str, item: Any) -> Iterator[str]:
    """Yield what is wrong with an item of the list of this name."""
    if not isinstance(item, dict):
        yield _("expected a mapping, found {value}").format(value=quoted(str(item)))
        return
    contact = name == "contacts" or (name == "withdrawn" and is_contact(item))
    number = item.get("id")
    if not contact and not is_id(number):
        yield _("the id is {value}; expected a whole number above 0").format(value=quoted(number))
    for key in ("topic", "email") if contact else ("question", "answer"):
        if not isinstance(item.get(key), str):
            yield _("{key} is missing or no text").format(key=key)
    for key in PERSONAL:
        if not isinstance(item.get(key) or [], list):
            yield _("{key}: expected a list").format(key=key)


def is_contact(item: Mapping[str, Any]) -> bool:
    """Return whether an item of the withdrawn ones is a contact; an entry may have an 'email' of its own."""
    return "question" not in item and "email" in item
