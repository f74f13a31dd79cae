"""A reply to a question by mail: the answers of entries in a frame of text that the FAQ or the user can replace."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple
from urllib.parse import quote

from faqcli.i18n.messages import any_of
from faqcli.i18n.messages import gettext as _
from faqcli.languages import Language
from faqcli.languages import language as known_language
from faqcli.models import Entry
from faqcli.text import links, one_line, printable

FIELDS = ("question", "answer", "links", "reference", "title", "number", "signature")

_BRACES = re.compile(r"\{\w*\}|\{\w*|\}")
_FIELD = re.compile(r"\{(\w*)\}")
_PARAGRAPHS = re.compile(r"\n\s*\n")


class Reply(NamedTuple):
    """A mail, ready to paste or to send."""

    subject: str
    body: str


def fault(frame: str) -> str | None:
    """What is wrong with a frame, in words; None when it will do."""
    unknown = [found for found in _BRACES.findall(frame) if found[1:-1] not in FIELDS]
    if unknown:
        names = any_of([f"{{{field}}}" for field in FIELDS])
        return _("it has {field}; in braces it can have {names}").format(field=unknown[0], names=names)
    return None if "{answer}" in frame else _("it has no {field}").format(field="{answer}")


def reply(entries: Sequence[Entry], *, titles: Sequence[str], language: str, frame: str, signature: str) -> Reply:
    """The reply that gives the answers of some entries.

    Args:
        entries: At least one.
        titles: Of the FAQ of each entry.
        language: Of the first one's FAQ, as an ISO 639-1 code.
        frame: The text around the answers, with FIELDS in braces, "" for the usual one. A paragraph that has nothing
            in its fields is left out.
        signature: What stands under it.
    """
    of_faq = known_language(language)
    answers = "\n\n".join(printable(entry.answer) for entry in entries)
    values = {
        "question": printable(entries[0].question),
        "answer": answers,
        "links": "\n".join(links(answers)),
        "reference": _reference(entries, titles, of_faq),
        "title": printable(titles[0]),
        "number": ", ".join(str(entry.id) for entry in entries),
        "signature": printable(signature),
    }
    frame = printable(frame or of_faq.reply_template)
    paragraphs = (_filled(paragraph, values) for paragraph in _PARAGRAPHS.split(frame.strip()))
    subject = _filled(of_faq.reply_subject, values)
    return Reply(subject, "\n\n".join(paragraph for paragraph in paragraphs if paragraph) + "\n")


def _reference(entries: Sequence[Entry], titles: Sequence[str], of_faq: Language) -> str:
    """The FAQs and the numbers of the entries in them."""
    numbers: dict[str, list[str]] = {}
    for entry, title in zip(entries, titles, strict=True):
        numbers.setdefault(printable(title), []).append(str(entry.id))
    references = (of_faq.reference.format(title=title, number=", ".join(found)) for title, found in numbers.items())
    return of_faq.reference_separator.join(references)


def _filled(paragraph: str, values: Mapping[str, str]) -> str:
    """A paragraph with its fields filled in; "" when it has fields for what there is none of, but for a signature."""
    names = [name for name in _FIELD.findall(paragraph) if name in FIELDS]
    if names and not any(values[name] for name in names) and "signature" not in names:
        return ""
    return _FIELD.sub(lambda found: values.get(found[1], found[0]), paragraph).strip()


def mail_link(address: str, subject: str, body: str = "") -> str:
    """The mailto link (RFC 6068) that starts a mail."""
    parts = [
        f"subject={quote(one_line(subject))}",
        *([f"body={quote(body.replace(chr(10), chr(13) + chr(10)))}"] if body else []),
    ]
    return f"mailto:{quote(address, safe='@')}?{'&'.join(parts)}"
