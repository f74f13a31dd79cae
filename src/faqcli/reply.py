"""A reply to a question by mail: the answers of entries in a frame of text that the FAQ or the user can replace."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple
from urllib.parse import quote

from faqcli.models import Entry
from faqcli.text import links, printable

# The subject, and the frame of the text, for each language of a FAQ.
SUBJECTS = {"fr": "{title}, n° {number}\xa0: {question}", "en": "{title}, no. {number}: {question}"}
FRAMES = {
    "fr": "Bonjour,\n\n{answer}\n\nLiens\xa0:\n{links}\n\n"
    "Référence\xa0: {title}, n° {number}\n\nCordialement,\n{signature}",
    "en": "Hello,\n\n{answer}\n\nLinks:\n{links}\n\nReference: {title}, no. {number}\n\nKind regards,\n{signature}",
}
FIELDS = ("question", "answer", "links", "title", "number", "signature")

_FIELD = re.compile(r"\{(\w*)\}")
_PARAGRAPHS = re.compile(r"\n\s*\n")


class Reply(NamedTuple):
    """A mail, ready to paste or to send."""

    subject: str
    body: str


def unknown_fields(frame: str) -> list[str]:
    """The names in braces that a frame cannot have."""
    return [name for name in _FIELD.findall(frame) if name not in FIELDS]


def reply(entries: Sequence[Entry], *, title: str, language: str, frame: str, signature: str) -> Reply:
    """The reply that gives the answers of some entries.

    Args:
        entries: At least one.
        title: Of the FAQ.
        language: Of the FAQ, as an ISO 639-1 code.
        frame: The text around the answers, with FIELDS in braces, "" for the usual one. A paragraph that has nothing
            in its fields is left out.
        signature: What stands under it.
    """
    answers = "\n\n".join(printable(entry.answer) for entry in entries)
    values = {
        "question": printable(entries[0].question),
        "answer": answers,
        "links": "\n".join(links(answers)),
        "title": printable(title),
        "number": ", ".join(entry.reference for entry in entries),
        "signature": signature,
    }
    frame = frame or FRAMES.get(language, FRAMES["en"])
    paragraphs = (_filled(paragraph, values) for paragraph in _PARAGRAPHS.split(frame.strip()))
    subject = _filled(SUBJECTS.get(language, SUBJECTS["en"]), values)
    return Reply(subject, "\n\n".join(paragraph for paragraph in paragraphs if paragraph) + "\n")


def _filled(paragraph: str, values: Mapping[str, str]) -> str:
    """A paragraph with its fields filled in; "" when it has fields for what there is none of, but for a signature."""
    names = [name for name in _FIELD.findall(paragraph) if name in FIELDS]
    if names and not any(values[name] for name in names) and "signature" not in names:
        return ""
    return _FIELD.sub(lambda found: values.get(found[1], found[0]), paragraph).strip()


def mail_link(address: str, subject: str, body: str = "") -> str:
    """The mailto link (RFC 6068) that starts a mail."""
    parts = [
        f"subject={quote(subject)}",
        *([f"body={quote(body.replace(chr(10), chr(13) + chr(10)))}"] if body else []),
    ]
    return f"mailto:{quote(address, safe='@')}?{'&'.join(parts)}"
