"""Results for scripts: JSON documents (the schema is in schema.json) and tab-separated lines."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from faqcli.models import Contact, Entry, Evidence, Match
from faqcli.text import emails, escaped, links, one_line

if TYPE_CHECKING:
    from faqcli.faq import Faq
    from faqcli.files.cache import Compiled
    from faqcli.files.checks import Finding
    from faqcli.reply import Reply
    from faqcli.settings import Setting

SCHEMA_VERSION = 1

Document = dict[str, Any]


def dumps(document: Document) -> str:
    """A JSON document on one line, without escapes but for what UTF-8 cannot carry or a terminal would act on."""
    return escaped(json.dumps(document, ensure_ascii=False))


def schema() -> str:
    """The JSON schema of every document, as text."""
    return (Path(__file__).parent / "schema.json").read_text(encoding="utf-8").rstrip("\n")


def search_document(query: str, matches: Sequence[Match], *, explain: bool = False) -> Document:
    """What `search --json` writes."""
    results = [_result(match, explain=explain) for match in matches]
    return {"schema_version": SCHEMA_VERSION, "query": query, "count": len(results), "results": results}


def entries_document(entries: Sequence[Entry]) -> Document:
    """What `show --json` and `list --json` write."""
    return {
        "schema_version": SCHEMA_VERSION,
        "count": len(entries),
        "entries": [{"id": entry.id, "ref": entry.reference, **_text_fields(entry)} for entry in entries],
    }


def reply_document(reply: Reply, entries: Sequence[Entry]) -> Document:
    """What `show --reply --json` writes."""
    return {
        "schema_version": SCHEMA_VERSION,
        "subject": reply.subject,
        "body": reply.body,
        "entries": [entry.reference for entry in entries],
    }


def contacts_document(contacts: Sequence[Contact]) -> Document:
    """What `contact --json` writes."""
    return {
        "schema_version": SCHEMA_VERSION,
        "count": len(contacts),
        "contacts": [
            {
                "topic": contact.topic,
                "email": contact.email,
                "aliases": list(contact.aliases),
                "source": contact.source,
                "entries": list(contact.entries),
                "refs": contact.references,
            }
            for contact in contacts
        ],
    }


def findings_document(paths: Sequence[Path], findings: Sequence[tuple[Path, Finding]]) -> Document:
    """What `check --json` writes."""
    return {
        "schema_version": SCHEMA_VERSION,
        "file": str(paths[0]),
        "files": [str(path) for path in paths],
        "count": len(findings),
        "findings": [{"file": str(path), **finding._asdict()} for path, finding in findings],
    }


def config_document(file: Path | None, settings: Mapping[str, Setting], cache: Path | None) -> Document:
    """What `config --json` writes; `file` and `cache` are null without a home."""
    return {
        "schema_version": SCHEMA_VERSION,
        "file": None if file is None else str(file),
        "cache": None if cache is None else str(cache),
        "settings": {name: _setting(setting) for name, setting in settings.items()},
    }


def _setting(setting: Setting) -> Document:
    return {"value": _value(setting), "source": setting.source, "where": setting.where}


def _value(setting: Setting) -> Any:
    return list(map(str, setting.value)) if isinstance(setting.value, list) else setting.value


def cache_document(folder: Path | None, compiled: Sequence[Compiled]) -> Document:
    """What `cache --json` writes; `folder` is null without a home."""
    return {
        "schema_version": SCHEMA_VERSION,
        "folder": None if folder is None else str(folder),
        "count": len(compiled),
        "files": [{"path": str(file.path), "bytes": file.size, "seconds": round(file.age)} for file in compiled],
    }


def error_document(message: str, exit_code: int) -> Document:
    """What any command with `--json` writes to stderr when it fails."""
    return {"schema_version": SCHEMA_VERSION, "error": {"message": message, "exit_code": exit_code}}


def _text_fields(entry: Entry) -> Document:
    return {
        "category": entry.category,
        "subcategory": entry.subcategory,
        "question": entry.question,
        "answer": entry.answer,
        "emails": emails(entry.answer),
        "links": links(entry.answer),
    }


def _result(match: Match, *, explain: bool) -> Document:
    result = {
        "rank": match.rank,
        "id": match.entry.id,
        "ref": match.entry.reference,
        "score": match.score,
        "confidence": match.confidence.value,
        **_text_fields(match.entry),
        "matched": [{"field": span.field, "start": span.start, "end": span.end} for span in match.matched],
    }
    if explain:
        result["explain"] = {
            "phrasing": match.phrasing,
            "closeness": match.closeness,
            "words": [_evidence(evidence) for evidence in match.evidence],
        }
    return result


def _evidence(evidence: Evidence) -> Document:
    return {
        "word": evidence.word,
        "matched": evidence.matched,
        "how": evidence.how,
        "field": evidence.field,
        "weight": evidence.weight,
        "credit": evidence.credit,
    }


def plain_matches(matches: Iterable[Match]) -> str:
    """A line a match: number, score, confidence, category, subcategory, question, answer."""
    return _table(
        (match.entry.reference, match.score, match.confidence.value, *_columns(match.entry), match.entry.answer)
        for match in matches
    )


def plain_entries(entries: Iterable[Entry]) -> str:
    """A line an entry: number, category, subcategory, question."""
    return _table((entry.reference, *_columns(entry)) for entry in entries)


def plain_shown(entries: Iterable[Entry], faqs: Faq) -> str:
    """A line an entry: number, category, subcategory, question, answer, numbers of related entries."""
    return _table((entry.reference, *_columns(entry), entry.answer, related(entry, faqs)) for entry in entries)


def related(entry: Entry, faqs: Faq) -> str:
    """The numbers of the entries related to one, "" for none."""
    return ", ".join(other.reference for other in faqs.related(entry))


def plain_contacts(contacts: Iterable[Contact]) -> str:
    """A line a contact: topic, address, where it is named, other words for the topic."""
    return _table((contact.topic, contact.email, _source(contact), ", ".join(contact.aliases)) for contact in contacts)


def plain_findings(findings: Iterable[tuple[Path, Finding]]) -> str:
    """A line a finding: file, line, level, number of the entry, key, message."""
    return _table((path, f.line, f.level, f.entry or "", f.key or "", f.message) for path, f in findings)


def plain_config(settings: Mapping[str, Setting]) -> str:
    """A line a setting: name, value, who set it, where."""
    rows = ((name, _value(setting), setting) for name, setting in settings.items())
    return _table(
        (name, os.pathsep.join(value) if isinstance(value, list) else value, setting.source, setting.where)
        for name, value, setting in rows
    )


def plain_cache(compiled: Iterable[Compiled]) -> str:
    """A line a compiled FAQ: path, bytes, seconds since it was written."""
    return _table((file.path, file.size, round(file.age)) for file in compiled)


def _source(contact: Contact) -> str:
    """Where a contact's address is named, the same in every language."""
    if not contact.entries:
        return contact.source
    word = "entry" if len(contact.entries) == 1 else "entries"
    return f"{word} {', '.join(contact.references)}"


def _columns(entry: Entry) -> tuple[str, str, str]:
    return entry.category, entry.subcategory, entry.question


def _table(rows: Iterable[Iterable[object]]) -> str:
    return "".join("\t".join(one_line(str(cell)) for cell in row) + "\n" for row in rows)
