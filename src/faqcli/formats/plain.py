"""Results as tab-separated lines, nothing cut: for cut, awk and spreadsheets."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from typing import Any

from faqcli import results
from faqcli.formats import streams
from faqcli.models import Contact, Entry
from faqcli.settings import Setting
from faqcli.text import one_line

Rows = Iterable[Iterable[object]]


def write(result: results.Result, *, colored: bool = False) -> None:
    """Write a result to stdout."""
    streams.write(text(result))


def text(result: results.Result) -> str:
    """Return what is written of a result."""
    if isinstance(result, results.ReplyResult):
        return result.reply.body
    if isinstance(result, results.SchemaResult):
        return result.schema + "\n"
    rows = _ROWS[type(result)](result)
    return "".join("\t".join(one_line(str(cell)) for cell in row) + "\n" for row in rows)


def _search(result: results.SearchResult) -> Rows:
    """Yield reference, score, confidence, category, subcategory, question and answer of each match."""
    for match in result.matches:
        yield match.entry.reference, match.score, match.confidence.value, *_columns(match.entry), match.entry.answer


def _show(result: results.ShowResult) -> Rows:
    """Yield reference, category, subcategory, question, answer and related references of each entry."""
    for entry, _, related in result.entries:
        yield entry.reference, *_columns(entry), entry.answer, ", ".join(related)


def _list(result: results.ListResult) -> Rows:
    """Yield reference, category, subcategory and question of each entry."""
    for details in result.entries:
        yield details.entry.reference, *_columns(details.entry)


def _columns(entry: Entry) -> tuple[str, str, str]:
    return entry.category, entry.subcategory, entry.question


def _contact(result: results.ContactResult) -> Rows:
    """Yield topic, address, where it is named, and other words for the topic, of each contact."""
    for contact in result.contacts:
        yield contact.topic, contact.email, _source(contact), ", ".join(contact.aliases)


def _source(contact: Contact) -> str:
    """Return where a contact's address is named, the same in every language."""
    if not contact.entries:
        return contact.source
    word = "entry" if len(contact.entries) == 1 else "entries"
    return f"{word} {', '.join(contact.references)}"


def _check(result: results.CheckResult) -> Rows:
    """Yield file, line, level, id of the entry, key and message of each finding."""
    for path, found in result.findings:
        yield path, found.line, found.level, found.entry or "", found.key or "", found.message


def _config(result: results.ConfigResult) -> Rows:
    """Yield name, value, who set it, and where, of each setting."""
    for name, setting in result.settings.items():
        yield name, _value(setting), setting.source, setting.where


def _value(setting: Setting) -> object:
    """Return the value of a setting; several files as in an environment variable."""
    return os.pathsep.join(map(str, setting.value)) if isinstance(setting.value, list) else setting.value


def _cache(result: results.CacheResult) -> Rows:
    """Yield path, bytes, and seconds since it was written, of each compiled FAQ."""
    for file in result.files:
        yield file.path, file.size, round(file.age)


_ROWS: dict[type, Callable[[Any], Rows]] = {
    results.SearchResult: _search,
    results.ShowResult: _show,
    results.ListResult: _list,
    results.ContactResult: _contact,
    results.CheckResult: _check,
    results.ConfigResult: _config,
    results.CacheResult: _cache,
}
