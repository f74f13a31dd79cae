"""What is wrong or doubtful in the texts of a FAQ that can be loaded: each rule yields problems, each with a code."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from faqcli import languages
from faqcli.engine.index import Index
from faqcli.engine.search import Searcher
from faqcli.files.problem import KeyPath, Problem
from faqcli.i18n.messages import gettext as _
from faqcli.i18n.messages import percent, quoted
from faqcli.models import Entry, FaqFile, fields
from faqcli.text import EMAIL, LINK, emails, fold, links, words

SIMILAR_SCORE = 85.0  # from which another entry's own question, or a phrasing, is nearly what an entry asks
MISPLACED_MARGIN = 20.0  # points by which a phrasing fits another entry better than what is left of its own
# Questions and phrasings are searched for as long as there is work left: a posting takes about a microsecond, and each
# search about half a millisecond more.
MAX_COMPARED_ENTRIES = 5_000  # which are indexed for it
MAX_SEARCH_WORK = 5_000_000  # postings
WORK_OF_SEARCH = 500  # postings
MAX_COMPARED_CONTACTS = 1_000  # whose topics are compared with each other

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_HTML = re.compile(
    r"</?(?:a|b|br|div|em|font|i|li|ol|p|span|strong|sub|sup|table|td|tr|u|ul)(?:\s[^<>]*)?/?>|&(?:#\d+|[a-z]+);"
)
_MOJIBAKE = re.compile("Ã[\x80-\xbf©¨ª«´»¢®§¯ ]|â€|Â[\xa0-\xbf]|\ufffd")
_HTTP = re.compile(r"\bhttps?[:/][^\s<>\"'«»]*", re.IGNORECASE)
_GOOD_LINK = re.compile(
    r"https?://(?:[^\s@/]+@)?[\w-]+(?:\.[\w-]+)+(?::\d+)?(?:[/?#]\S*)?|https?://localhost\S*", re.IGNORECASE
)
# Something before an @, and a host after it; a host of digits is a version or an address of the network.
_AROUND = r"\s<>()«»,;:"
_ADDRESS = re.compile(rf"(?<![^{_AROUND}])[^{_AROUND}@]{{1,64}}@+ ?(?P<host>[^\W\d][^{_AROUND}]*|\.[^{_AROUND}]+)")


class _Text(NamedTuple):
    """A text of the FAQ."""

    at: KeyPath
    name: str  # how a message about it begins
    text: str


def text_problems(faq: FaqFile) -> Iterator[Problem]:
    """Yield what is wrong or doubtful in each text by itself, and in how texts spell the same address."""
    texts = list(_texts(faq))
    hosts = {host.split(".")[-2].casefold() for host in _hosts(texts)}
    for text in texts:
        yield from _bad_text(text, hosts)
        yield from _odd_text(text)
    yield from _spelt_differently(texts)


def _texts(faq: FaqFile) -> Iterator[_Text]:
    for number, contact in enumerate(faq.contacts):
        name = _("contact {topic}: ").format(topic=quoted(contact.topic))
        yield _Text(("contacts", number, "topic"), name, contact.topic)
        yield _Text(("contacts", number, "email"), name, contact.email)
    for number, entry in enumerate(faq.entries):
        for key, field in fields(Entry).items():
            at, value = ("entries", number, key), getattr(entry, key)
            if field.kind == "text":
                yield _Text(at, _("entry {id}: {key} ").format(id=entry.id, key=quoted(key)), value)
            elif field.kind == "texts":
                name = _("entry {id}: {key}, item {place} ")
                for place, text in enumerate(value):
                    name_of_item = name.format(id=entry.id, key=quoted(key), place=place + 1)
                    yield _Text((*at, place), name_of_item, text)


def _hosts(texts: Sequence[_Text]) -> Iterator[str]:
    """Yield the hosts of the addresses and links, with a dot in each."""
    for text in texts:
        hosts = [email.partition("@")[2] for email in emails(text.text)]
        hosts += [link.split("/")[2].partition(":")[0] for link in links(text.text)]
        yield from (host for host in hosts if "." in host)


def _bad_text(text: _Text, hosts: set[str]) -> Iterator[Problem]:
    control = _CONTROL.search(text.text)
    if control:
        message = _("{name}has the control character U+{code}: take it out.")
        message = message.format(name=text.name, code=f"{ord(control[0]):04X}")
        yield Problem(text.at, message, "control-character")
    for found in _ADDRESS.finditer(LINK.sub(" ", text.text)):
        host = found["host"].rstrip(".!?")
        if not EMAIL.search(found[0]) and ("." in host or host.casefold() in hosts):
            message = _("{name}has the malformed e-mail address {address}: write it as name@host.")
            yield Problem(text.at, message.format(name=text.name, address=quoted(found[0])), "malformed-address")
    for found in _HTTP.finditer(text.text):
        link = LINK.match(text.text, found.start())
        if not link or not _GOOD_LINK.fullmatch(link[0]):
            message = _("{name}has the malformed link {link}: write it as https://host/path.")
            yield Problem(text.at, message.format(name=text.name, link=quoted(found[0])), "malformed-link")


def _odd_text(text: _Text) -> Iterator[Problem]:
    if html := _HTML.search(text.text):
        message = _("{name}has HTML left over ({html}): write plain text.")
        yield Problem(text.at, message.format(name=text.name, html=quoted(html[0])), "html", "warning")
    if broken := _MOJIBAKE.search(text.text):
        message = _("{name}has {text}, which looks like text read in a wrong encoding: write it anew.")
        yield Problem(text.at, message.format(name=text.name, text=quoted(broken[0])), "encoding", "warning")


def _spelt_differently(texts: Sequence[_Text]) -> Iterator[Problem]:
    """Yield addresses, and hosts of links, that the file spells in several ways."""
    spellings: dict[str, dict[str, _Text]] = defaultdict(dict)
    for text in texts:
        hosts = [link.split("/")[2] for link in links(text.text)]
        for spelt in (*emails(text.text), *hosts):
            spellings[spelt.casefold().removeprefix("www.")].setdefault(spelt, text)
    for ways in spellings.values():
        usual = next(iter(ways))
        for spelt, text in list(ways.items())[1:]:
            message = _("{name}spells {usual} as {spelt}: spell it one way.")
            message = message.format(name=text.name, usual=quoted(usual), spelt=quoted(spelt))
            yield Problem(text.at, message, "spelling", "warning")


def contact_problems(faq: FaqFile) -> Iterator[Problem]:
    """Yield topics with several addresses."""
    contacts = faq.contacts[:MAX_COMPARED_CONTACTS]
    names = [frozenset(word.folded for word in words(contact.topic)) for contact in contacts]
    for number, contact in enumerate(contacts):
        for other, earlier in enumerate(contacts[:number]):
            if names[other] <= names[number] and earlier.email.casefold() != contact.email.casefold():
                message = _("contact {topic}: {other} has another address, {email}: say which is for what.")
                message = message.format(topic=quoted(contact.topic), other=quoted(earlier.topic), email=earlier.email)
                yield Problem(("contacts", number, "topic"), message, "contact", "warning")
    if len(faq.contacts) > len(contacts):
        yield _not_compared(_("the topics of the first {count} contacts").format(count=len(contacts)))


def synonym_problems(faq: FaqFile) -> Iterator[Problem]:
    """Yield synonym groups with an expression that means nothing, or that another group has too."""
    stop_words = languages.language(faq.language).stop_words
    first: dict[str, int] = {}
    for number, group in enumerate(faq.synonyms):
        for place, expression in enumerate(group):
            at = ("synonyms", number, place)
            folded = " ".join(word.folded for word in words(expression))
            if not expression.isupper() and all(word in stop_words for word in folded.split()):
                message = _("synonym group {number}: {expression} has only stop words: take it out.")
                message = message.format(number=number + 1, expression=quoted(expression))
                yield Problem(at, message, "stop-words", "warning")
            taken = first.setdefault(folded, number)
            if taken != number:
                message = _("synonym group {number}: {expression} is in group {other} too: keep it in one.")
                message = message.format(number=number + 1, expression=quoted(expression), other=taken + 1)
                yield Problem(at, message, "synonym", "warning")


def review_problems(faq: FaqFile) -> Iterator[Problem]:
    """Yield entries that were due for another look before today."""
    today = date.today().isoformat()
    for position, entry in enumerate(faq.entries):
        if entry.review and entry.review < today:
            message = _("entry {id}: its review was due on {date}: look at the answer, and write the next date.")
            message = message.format(id=entry.id, date=entry.review)
            yield Problem(("entries", position, "review"), message, "review", "warning")


def search_problems(faq: FaqFile) -> Iterator[Problem]:
    """Yield questions that ask nearly the same, and phrasings that another entry fits better, by searching for them."""
    entries = faq.entries[:MAX_COMPARED_ENTRIES]
    searcher = Searcher(Index.of(faq._replace(entries=entries)))
    texts = [
        *((position, None) for position in range(len(entries))),
        *((position, place) for position, entry in enumerate(entries) for place in range(len(entry.asked_as))),
    ]
    work = compared = 0
    for position, place in texts:
        entry = entries[position]
        work += search_work(searcher, entry.question if place is None else entry.asked_as[place])
        if work > MAX_SEARCH_WORK:
            break
        compared += 1
        if place is None:
            yield from _near_duplicates(searcher, entries, position)
        else:
            yield from _misplaced(searcher, entries, position, place)
    total = sum(1 + len(entry.asked_as) for entry in faq.entries)
    if compared < total:
        what = _("the first {count} of {total} questions and phrasings")
        yield _not_compared(what.format(count=compared, total=total))


def search_work(searcher: Searcher, text: str) -> int:
    """Return the postings that a search for a text goes through, and WORK_OF_SEARCH for the search itself."""
    words = searcher.index.analyzer.words(text)
    return WORK_OF_SEARCH + sum(len(searcher.index.postings(word).numbers) for word in words)


def _not_compared(what: str) -> Problem:
    message = _("only {what} were compared with the others.").format(what=what)
    return Problem((), message, "not-compared", "warning")


def _near_duplicates(searcher: Searcher, entries: Sequence[Entry], position: int) -> Iterator[Problem]:
    entry = entries[position]
    for scored in searcher.rank(entry.question)[:3]:
        if scored.position >= position or scored.score < SIMILAR_SCORE:
            continue
        other = entries[scored.position]
        if (other.category, other.subcategory) != (entry.category, entry.subcategory):
            continue  # the same question about two things
        same = fold(other.answer).rstrip(". ") == fold(entry.answer).rstrip(". ")
        advice = _("merge them") if same else _("their answers differ: make sure that they agree")
        likeness = _("asks nearly what entry {id} asks ({score})")
        likeness = likeness.format(id=other.id, score=percent(scored.score / 100))
        message = _("entry {id}: {likeness}, {advice}.").format(id=entry.id, likeness=likeness, advice=advice)
        yield Problem(("entries", position, "question"), message, "duplicate", "warning")


def _misplaced(searcher: Searcher, entries: Sequence[Entry], position: int, place: int) -> Iterator[Problem]:
    entry = entries[position]
    phrasing = entry.asked_as[place]
    ranked = searcher.rank(phrasing, without=(position, place))
    own = next((scored.score for scored in ranked if scored.position == position), 0.0)
    if ranked and ranked[0].position != position and ranked[0].score >= max(SIMILAR_SCORE, own + MISPLACED_MARGIN):
        name = _("entry {id}: 'asked_as', item {place} ({phrasing})")
        name = name.format(id=entry.id, place=place + 1, phrasing=quoted(phrasing))
        message = _("{name} fits entry {id} better: move or reword it.")
        message = message.format(name=name, id=entries[ranked[0].position].id)
        yield Problem(("entries", position, "asked_as", place), message, "misplaced", "warning")
