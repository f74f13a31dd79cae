"""Everything that is wrong with a FAQ file, or doubtful: what `faqcli check` finds."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Literal, NamedTuple

from faqcli.engine.index import Index
from faqcli.engine.search import Searcher
from faqcli.errors import FaqFileError
from faqcli.files.loader import Lines, entry_from, faq_of, is_json_lines, json_entry, parse_yaml, taken
from faqcli.files.reading import read_lines, read_yaml
from faqcli.files.validation import KeyPath, Problem, entry_problems, is_id, problems
from faqcli.i18n.messages import gettext as _
from faqcli.i18n.messages import percent, quoted
from faqcli.languages import language
from faqcli.models import Contact, Entry, FaqFile
from faqcli.text import emails, fold, links, words

CLOSE = 85.0  # score from which another entry's own question, or a phrasing, is nearly what an entry asks
CLEARLY = 20.0  # points by which a phrasing fits another entry better than what is left of its own
MOST_SEARCHED = 5_000  # entries; in a bigger FAQ, searching for each of its own texts would take minutes

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_HTML = re.compile(
    r"</?(?:a|b|br|div|em|font|i|li|ol|p|span|strong|sub|sup|table|td|tr|u|ul)(?:\s[^<>]*)?/?>|&(?:#\d+|[a-z]+);"
)
_MOJIBAKE = re.compile("Ã[\x80-\xbf©¨ª«´»¢®§¯ ]|â€|Â[\xa0-\xbf]|\ufffd")
_AT = re.compile(r"(?<![^\s<>()«»,;:])[^\s<>()«»,;:]*@[^\s<>()«»,;:]*")
_HTTP = re.compile(r"\bhttps?[:/][^\s<>\"'«»]*", re.IGNORECASE)
_GOOD_LINK = re.compile(r"https?://[\w-]+(?:\.[\w-]+)+(?::\d+)?(?:[/?#]\S*)?|https?://localhost\S*", re.IGNORECASE)


class Finding(NamedTuple):
    """Something wrong (`error`) or doubtful (`warning`) in a FAQ file."""

    line: int  # counted from 1
    level: Literal["error", "warning"]
    entry: int | None  # the number of the entry it is about
    key: str | None  # the key it is about
    message: str  # what it is, and what to do


def check(path: Path) -> list[Finding]:
    """All that is wrong with a FAQ file, in the order of its lines.

    Raises:
        FaqFileError: The file cannot be read as YAML or JSON Lines at all.
    """
    found = _check_json_lines(path) if is_json_lines(path) else _check_yaml(path)
    return sorted(set(found), key=lambda finding: (finding.line, finding.level, finding.message))


def _check_yaml(path: Path) -> list[Finding]:
    text = read_yaml(path)
    data = parse_yaml(path, text)
    lines = Lines(text)
    faults = list(problems(data))
    if faults:  # what is doubtful in a file can be told once it is one
        return [_finding(data, problem, "error", lines.of) for problem in faults]
    faq = faq_of(data)._replace(entries=tuple(map(entry_from, data["entries"])))
    return [_finding(data, problem, level, lines.of) for level, problem in _of_faq(faq)]


def _finding(
    data: Any, problem: Problem, level: Literal["error", "warning"], line_of: Callable[[KeyPath], int]
) -> Finding:
    at = problem.at
    entry = data["entries"][at[1]] if len(at) > 1 and at[0] == "entries" else None
    number = entry.get("id") if isinstance(entry, dict) else None
    return Finding(line_of(at), level, number if is_id(number) else None, _key(at), problem.message)


def _key(at: KeyPath) -> str | None:
    """The key that a place is about; None for an item as a whole."""
    if len(at) == 2 and at[0] != "synonyms":
        return None
    return next((part for part in reversed(at) if isinstance(part, str)), None)


def _check_json_lines(path: Path) -> list[Finding]:
    """A line is a place of its own: ("entries", line - 1)."""
    found: list[Finding] = []
    entries: list[Entry] = []
    line_of: list[int] = []
    first: dict[int, int] = {}
    for number, line, _share in read_lines(path):
        if not line.strip():
            continue
        try:
            data = json_entry(path, number, line)
        except FaqFileError as exc:
            message = str(exc).removeprefix(f"{path}:{number}: ")
            found.append(Finding(number, "error", None, None, message))
            continue
        faults = list(entry_problems(data, ("entries", number - 1))) or list(taken(data, number, first))
        known = data["id"] if is_id(data.get("id")) else None
        found += [Finding(number, "error", known, _key(problem.at), problem.message) for problem in faults]
        if not faults:
            entries.append(entry_from(data))
            line_of.append(number)
    if not entries and not found:
        return [Finding(1, "error", None, None, _("no entries: write one JSON object a line."))]
    doubts = _of_faq(FaqFile(path.stem, "fr", tuple(entries)))
    return found + [
        Finding(line_of[int(problem.at[1])], level, entries[int(problem.at[1])].id, _key(problem.at), problem.message)
        for level, problem in doubts
    ]


def _of_faq(faq: FaqFile) -> Iterator[tuple[Literal["error", "warning"], Problem]]:
    """What is wrong or doubtful in the texts of a FAQ that can be loaded."""
    texts = list(_texts(faq))
    for at, name, text in texts:
        yield from (("error", Problem(at, f"{name}{message}")) for message in _bad_text(text))
        yield from (("warning", Problem(at, f"{name}{message}")) for message in _odd_text(text))
    for number, contact in enumerate(faq.contacts):
        if emails(contact.email) != [contact.email]:
            message = _("contact {topic}: {email} is no e-mail address: write it as name@host.").format(
                topic=quoted(contact.topic), email=quoted(contact.email)
            )
            yield "error", Problem(("contacts", number, "email"), message)
    for doubt in (_spelt_differently(texts), _topics(faq.contacts), _groups(faq), _searched(faq)):
        yield from (("warning", problem) for problem in doubt)


def _texts(faq: FaqFile) -> Iterator[tuple[KeyPath, str, str]]:
    """The texts of entries and contacts, each with its place and the beginning of a message about it."""
    for number, contact in enumerate(faq.contacts):
        yield ("contacts", number, "topic"), _("contact {topic}: ").format(topic=quoted(contact.topic)), contact.topic
        yield ("contacts", number, "email"), _("contact {topic}: ").format(topic=quoted(contact.topic)), contact.email
    for number, entry in enumerate(faq.entries):
        for key in ("category", "subcategory", "question", "answer"):
            yield (
                ("entries", number, key),
                _("entry {id}: {key} ").format(id=entry.id, key=quoted(key)),
                getattr(entry, key),
            )
        for place, phrasing in enumerate(entry.asked_as):
            yield (
                ("entries", number, "asked_as", place),
                _("entry {id}: 'asked_as', item {place} ").format(id=entry.id, place=place + 1),
                phrasing,
            )


def _bad_text(text: str) -> Iterator[str]:
    control = _CONTROL.search(text)
    if control:
        yield _("has the control character U+{code}: take it out.").format(code=f"{ord(control[0]):04X}")
    for found in _AT.findall(text):
        if not emails(found):
            yield _("has the malformed e-mail address {address}: write it as name@host.").format(address=quoted(found))
    for found in _HTTP.findall(text):
        if not _GOOD_LINK.fullmatch(found.rstrip(".,;:!?)]")):
            yield _("has the malformed link {link}: write it as https://host/path.").format(link=quoted(found))


def _odd_text(text: str) -> Iterator[str]:
    html = _HTML.search(text)
    if html:
        yield _("has HTML left over ({html}): write plain text.").format(html=quoted(html[0]))
    broken = _MOJIBAKE.search(text)
    if broken:
        yield _("has {text}, which looks like text read in a wrong encoding: write it anew.").format(
            text=quoted(broken[0])
        )


def _spelt_differently(texts: Sequence[tuple[KeyPath, str, str]]) -> Iterator[Problem]:
    """Addresses, and hosts of links, that the file spells in several ways."""
    spellings: dict[str, dict[str, tuple[KeyPath, str]]] = defaultdict(dict)
    for at, name, text in texts:
        hosts = [link.split("/")[2] for link in links(text)]
        for spelt in (*emails(text), *hosts):
            spellings[spelt.casefold().removeprefix("www.")].setdefault(spelt, (at, name))
    for ways in spellings.values():
        usual = next(iter(ways))
        for spelt, (at, name) in list(ways.items())[1:]:
            yield Problem(
                at,
                _("{name}spells {usual} as {spelt}: spell it one way.").format(
                    name=name, usual=quoted(usual), spelt=quoted(spelt)
                ),
            )


def _topics(contacts: Sequence[Contact]) -> Iterator[Problem]:
    """Topics with several addresses."""
    names = [frozenset(word.folded for word in words(contact.topic)) for contact in contacts]
    for number, contact in enumerate(contacts):
        for other, earlier in enumerate(contacts[:number]):
            if names[other] <= names[number] and earlier.email.casefold() != contact.email.casefold():
                message = _("contact {topic}: {other} has another address, {email}: say which is for what.").format(
                    topic=quoted(contact.topic), other=quoted(earlier.topic), email=earlier.email
                )
                yield Problem(("contacts", number, "topic"), message)


def _groups(faq: FaqFile) -> Iterator[Problem]:
    """Synonym groups with an expression that means nothing, or that another group has too."""
    stop_words = language(faq.language).stop_words
    first: dict[str, int] = {}
    for number, group in enumerate(faq.synonyms):
        for place, expression in enumerate(group):
            at = ("synonyms", number, place)
            folded = " ".join(word.folded for word in words(expression))
            if not expression.isupper() and all(word in stop_words for word in folded.split()):
                yield Problem(
                    at,
                    _("synonym group {number}: {expression} has only stop words: take it out.").format(
                        number=number + 1, expression=quoted(expression)
                    ),
                )
            taken = first.setdefault(folded, number)
            if taken != number:
                message = _("synonym group {number}: {expression} is in group {other} too: keep it in one.").format(
                    number=number + 1, expression=quoted(expression), other=taken + 1
                )
                yield Problem(at, message)


def _searched(faq: FaqFile) -> Iterator[Problem]:
    """Questions that ask nearly the same, and phrasings that another entry fits better: found by searching for them."""
    if len(faq.entries) > MOST_SEARCHED:
        return
    searcher = Searcher(Index.of(faq))
    for position, entry in enumerate(faq.entries):
        yield from _near_duplicates(searcher, faq.entries, position)
        for place, phrasing in enumerate(entry.asked_as):
            yield from _misplaced(searcher, faq.entries, position, place, phrasing)


def _near_duplicates(searcher: Searcher, entries: Sequence[Entry], position: int) -> Iterator[Problem]:
    entry = entries[position]
    for scored in searcher.rank(entry.question)[:3]:
        other = entries[scored.position]
        if scored.position < position and scored.score >= CLOSE:
            same = fold(other.answer).rstrip(". ") == fold(entry.answer).rstrip(". ")
            advice = _("merge them") if same else _("their answers differ: make sure that they agree")
            likeness = _("asks nearly what entry {id} asks ({score})").format(
                id=other.id, score=percent(scored.score / 100)
            )
            message = _("entry {id}: {likeness}, {advice}.").format(id=entry.id, likeness=likeness, advice=advice)
            yield Problem(("entries", position, "question"), message)


def _misplaced(
    searcher: Searcher, entries: Sequence[Entry], position: int, place: int, phrasing: str
) -> Iterator[Problem]:
    ranked = searcher.rank(phrasing, without=(position, place))
    own = next((scored.score for scored in ranked if scored.position == position), 0.0)
    if ranked and ranked[0].position != position and ranked[0].score >= max(CLOSE, own + CLEARLY):
        best, entry = entries[ranked[0].position], entries[position]
        name = _("entry {id}: 'asked_as', item {place} ({phrasing})").format(
            id=entry.id, place=place + 1, phrasing=quoted(phrasing)
        )
        message = _("{name} fits entry {id} better: move or reword it.").format(name=name, id=best.id)
        yield Problem(("entries", position, "asked_as", place), message)


def counts(findings: Sequence[Finding]) -> Mapping[str, int]:
    """How many findings there are of each level."""
    return {level: sum(finding.level == level for finding in findings) for level in ("error", "warning")}
