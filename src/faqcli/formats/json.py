"""Results as JSON documents; `schema.json` describes them."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from faqcli import results
from faqcli.formats import streams
from faqcli.models import Contact, Entry, Match
from faqcli.text import emails, escaped, links

if TYPE_CHECKING:
    from faqcli.settings import Setting

SCHEMA_VERSION = 1

Document = dict[str, Any]


def write(result: results.Result, *, colored: bool = False) -> None:
    """Write a result to stdout as one line in UTF-8; the schema as it is."""
    streams.write_json(result.schema if isinstance(result, results.SchemaResult) else dumps(document(result)))


def document(result: results.Result) -> Document:
    """Return the JSON document of a result."""
    return {"schema_version": SCHEMA_VERSION, **_DOCUMENTS[type(result)](result)}


def error_document(message: str, exit_code: int) -> Document:
    """Return what any command with `--json` writes to stderr when it fails."""
    message = message.replace(streams.HELD_SPACE, " ")
    return {"schema_version": SCHEMA_VERSION, "error": {"message": message, "exit_code": exit_code}}


def dumps(document: Document) -> str:
    """Return a document on one line, with escapes only for what UTF-8 cannot carry or a terminal would act on."""
    return escaped(json.dumps(document, ensure_ascii=False))


def schema() -> str:
    """Return the JSON schema of every document, as text."""
    return (Path(__file__).parent / "schema.json").read_text(encoding="utf-8").rstrip("\n")


def _search(result: results.SearchResult) -> Document:
    matches = [_match(match, explained=result.explained) for match in result.matches]
    return {"query": result.query, "count": len(matches), "results": matches}


def _match(match: Match, *, explained: bool) -> Document:
    found = {
        "rank": match.rank,
        "id": match.entry.id,
        "ref": match.entry.reference,
        "score": match.score,
        "probability": match.probability,
        "confidence": match.confidence.value,
        **_texts(match.entry),
        "matched": [span._asdict() for span in match.matched],
    }
    if explained:
        found["explain"] = {
            "phrasing": match.phrasing,
            "closeness": match.closeness,
            "score_parts": {part.name: part.value for part in match.score_parts},
            "log_odds": {part.name: part.value for part in match.log_odds},
            "words": [evidence._asdict() for evidence in match.evidence],
        }
    return found


def _show(result: results.ShowResult) -> Document:
    return _entries([{**_entry(entry), "related": list(related)} for entry, _, related in result.entries])


def _list(result: results.ListResult) -> Document:
    return _entries([_entry(details.entry) for details in result.entries])


def _entries(entries: Sequence[Document]) -> Document:
    return {"count": len(entries), "entries": entries}


def _entry(entry: Entry) -> Document:
    return {"id": entry.id, "ref": entry.reference, **_texts(entry)}


def _texts(entry: Entry) -> Document:
    return {
        "category": entry.category,
        "subcategory": entry.subcategory,
        "question": entry.question,
        "answer": entry.answer,
        "emails": emails(entry.answer),
        "links": links(entry.answer),
    }


def _reply(result: results.ReplyResult) -> Document:
    return {"subject": result.reply.subject, "body": result.reply.body, "entries": list(result.references)}


def _contact(result: results.ContactResult) -> Document:
    return {"count": len(result.contacts), "contacts": [_one_contact(contact) for contact in result.contacts]}


def _one_contact(contact: Contact) -> Document:
    return {
        "topic": contact.topic,
        "email": contact.email,
        "aliases": list(contact.aliases),
        "source": contact.source,
        "entries": list(contact.entries),
        "refs": contact.references,
    }


def _check(result: results.CheckResult) -> Document:
    return {
        "file": str(result.files[0]),
        "files": [str(path) for path in result.files],
        "count": len(result.findings),
        "findings": [{"file": str(path), **found._asdict()} for path, found in result.findings],
    }


def _config(result: results.ConfigResult) -> Document:
    return {
        "file": _path(result.file),
        "cache": _path(result.cache),
        "settings": {name: _setting(setting) for name, setting in result.settings.items()},
    }


def _setting(setting: Setting) -> Document:
    value = list(map(str, setting.value)) if isinstance(setting.value, list) else setting.value
    return {"value": value, "source": setting.source, "where": setting.where}


def _cache(result: results.CacheResult) -> Document:
    return {
        "folder": _path(result.folder),
        "count": len(result.files),
        "files": [{"path": str(file.path), "bytes": file.size, "seconds": round(file.age)} for file in result.files],
    }


def _path(path: Path | None) -> str | None:
    return None if path is None else str(path)


_DOCUMENTS: dict[type, Callable[[Any], Document]] = {
    results.SearchResult: _search,
    results.ShowResult: _show,
    results.ListResult: _list,
    results.ReplyResult: _reply,
    results.ContactResult: _contact,
    results.CheckResult: _check,
    results.ConfigResult: _config,
    results.CacheResult: _cache,
}
