"""A reply to a question by mail: the answers of entries in a template that the FAQ or the user can replace."""

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
_PARAGRAPH_END = re.compile(r"\n\s*\n")


class Reply(NamedTuple):
    """A mail, ready to paste or to send; nothing in it acts on a terminal."""

    subject: str  # one line
    body: str


def template_problem(template: str) -> str | None:
    """Return what is wrong with a template, in words; None when it will do."""
    unknown = [found for found in _BRACES.findall(template) if found[1:-1] not in FIELDS]
    if unknown:
        names = any_of([f"{{{field}}}" for field in FIELDS])
        return _("it has {field}; in braces it can have {names}").format(field=unknown[0], names=names)
    return None if "{answer}" in template else _("it has no {field}").format(field="{answer}")


def reply(entries: Sequence[Entry], *, titles: Sequence[str], language: str, template: str, signature: str) -> Reply:
    """Return the reply that gives the answers of some entries.

    Args:
        entries: At least one.
        titles: Of the FAQ of each entry.
        language: Of the first one's FAQ, as an ISO 639-1 code.
        template: The text around the answers, with FIELDS in braces, "" for that of the language. A paragraph that has
            nothing in its fields is left out.
        signature: What stands under it.
    """
    of_faq = known_language(language)
    answers = "\n\n".join(printable(entry.answer) for entry in entries)
    values = {
        "question": printable(entries[0].question),
        "answer": answers,
        "links": "\n".join(links(answers)),
        "reference": _reference(entries, titles, of_faq),
        "title": one_line(titles[0]),
        "number": ", ".join(str(entry.id) for entry in entries),
        "signature": printable(signature),
    }
    template = printable(template or of_faq.reply_template)
    paragraphs = (_filled(paragraph, values) for paragraph in _PARAGRAPH_END.split(template.strip()))
    body = "\n\n".join(paragraph for paragraph in paragraphs if paragraph) + "\n"
    return Reply(one_line(_filled(of_faq.reply_subject, values)), body)


def _reference(entries: Sequence[Entry], titles: Sequence[str], language: Language) -> str:
    """Return the titles of the FAQs with the ids of the entries in each."""
    ids: dict[str, list[str]] = {}
    for entry, title in zip(entries, titles, strict=True):
        ids.setdefault(one_line(title), []).append(str(entry.id))
    references = (language.reference.format(title=title, number=", ".join(found)) for title, found in ids.items())
    return language.reference_separator.join(references)


def _filled(paragraph: str, values: Mapping[str, str]) -> str:
    """Return a paragraph with its fields filled in.

    It is "" when it has fields and none of them has a value, but for a signature, which is left to be written.
    """
    names = [name for name in _FIELD.findall(paragraph) if name in FIELDS]
    if names and not any(values[name] for name in names) and "signature" not in names:
        return ""
    return _FIELD.sub(lambda found: values.get(found[1], found[0]), paragraph).strip()


def mail_link(address: str, subject: str, body: str = "") -> str:
    """Return the mailto link (RFC 6068) that starts a mail; an address or a subject adds no header to it."""
    fields = {"subject": one_line(subject), "body": body.replace("\n", "\r\n")}
    query = "&".join(f"{name}={quote(value)}" for name, value in fields.items() if value)
    return f"mailto:{quote(one_line(address), safe='@')}?{query}"
