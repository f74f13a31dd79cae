"""The questions in a message: without greeting, formulas, signature, legal notices and the older mails below."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import chain, pairwise
from typing import NamedTuple

from faqcli import languages
from faqcli.languages import Language, MailWords
from faqcli.text import Word, words

MAX_MESSAGE_CHARACTERS = 20_000  # no message asks for something only after ten pages
MAX_QUESTION_WORDS = 25  # what is longer, or has several lines, is a message
MAX_CLOSING_WORDS = 10  # in a sentence; a longer one goes on with something else
MAX_SIGNATURE_WORDS = 8  # in a line
MAX_NAME_WORDS = 3  # in a greeting
MAX_STOP_WORDS = 3  # in a row, in a formula: "merci beaucoup pour votre aide"
MAX_ATTRIBUTION_LINES = 3  # "Le 3 mars à 10:12, X <x@y.example> a écrit :" is wrapped
MIN_DISCLAIMER_WORDS = 3  # different ones in a sentence
MIN_HEADERS = 2  # above an older mail
MAX_HEADER_LINES = 20

_SENTENCE_END = re.compile(r"(?<=[.!?;])\s+|\n+")
_QUOTED = re.compile(r"^\s*(?:>|_{3,})")
_SIGNATURE = re.compile(r"^\s*--\s*$")
_POSTSCRIPT = re.compile(r"^\s*p\.?\s?s\.?\s*:", re.IGNORECASE)
_HEADER = re.compile(r"^[\s*]*(?P<name>[^\W\d_][^:\d]{0,20}?)[\s*]*:[\s*]*(?P<value>.*)$")
_REPLY_MARK = re.compile(r"\s*(?P<mark>[^\W\d_]{2,4})\s*:\s*")
_CUTS = ",.!;:"
_PUNCTUATION = " \t\xa0\u202f,;:.!-–—'’"


def questions(text: str, language: Language) -> list[str]:
    """Return the texts to search for, none where nothing is asked.

    A short query is one text. Those of a message are what is new in it as a whole, its sentences, and its pairs of
    neighbouring sentences.
    """
    text = text.strip()[:MAX_MESSAGE_CHARACTERS]
    found = words(text)
    if "\n" not in text and len(found) <= MAX_QUESTION_WORDS:
        return _of_query(text, {word.folded for word in found}, language)
    reader = _reader(language.code, is_message=True)
    lines = reader.newest(text.splitlines())
    sentences = list(reader.sentences(lines))
    if not reader.ask(sentences):
        quoted = [line.lstrip("> ") for line in lines if line.lstrip().startswith(">")]
        sentences = list(reader.sentences(reader.newest(quoted))) or sentences
    pairs = (f"{one} {following}" for one, following in pairwise(sentences))
    return list(dict.fromkeys([" ".join(sentences), *sentences, *pairs])) if sentences else []


def _of_query(query: str, folded: set[str], language: Language) -> list[str]:
    """Return a short query without formulas; as it is when it has none, or stop words alone."""
    reader = _reader(language.code, is_message=False)
    if reader.first_words.isdisjoint(folded) or folded <= language.stop_words:
        return [query]
    sentences = list(reader.sentences([query]))
    return [" ".join(sentences)] if sentences else []


def _without_reply_marks(text: str, mail: MailWords) -> str:
    """Return a text without what mail programs put before a subject: "RE: TR: "."""
    while (mark := _REPLY_MARK.match(text)) and mark["mark"].lower() in mail.reply_marks:
        text = text[mark.end() :]
    return text


@cache
def _reader(code: str, *, is_message: bool) -> _Reader:
    """Return what reads the queries, or the messages, to a FAQ in a language; a message may be in another one."""
    others = [other for other in languages.codes() if other != code] if is_message else []
    return _Reader([languages.language(each) for each in (code, *others)], is_message=is_message)


class _OlderMail(NamedTuple):
    """What stands between a text and an older mail."""

    lines: int
    subject: str = ""


class _Reader:
    """Reads messages whose formulas may be in several languages.

    In what is no message but a short query, fewer words are taken for formulas and names.
    """

    def __init__(self, known: Sequence[Language], *, is_message: bool) -> None:
        self._languages = known
        self._is_message = is_message
        mails = zip(*(language.mail for language in known), strict=True)
        self._mail = mail = MailWords(*(type(values[0])(chain(*values)) for values in mails))
        phrases = chain(mail.thanks, mail.formulas, mail.closings, mail.footers, mail.greetings, mail.reply_marks)
        self.first_words = {phrase.partition(" ")[0] for phrase in chain(phrases, mail.subject)}

    def newest(self, lines: Sequence[str]) -> list[str]:
        """Return the lines above the first older mail; of one that asks nothing itself, the older one's."""
        above: list[str] = []
        at = 0
        while at < len(lines):
            older = self._older_mail(lines[at : at + MAX_HEADER_LINES])
            if not older:
                above.append(lines[at])
                at += 1
                continue
            if self.ask(list(self.sentences(above))):
                return above
            above = [older.subject]
            at += older.lines
        return above

    def ask(self, sentences: Sequence[str]) -> bool:
        """Return whether some sentences ask something themselves, and do not point to an older mail."""
        return bool(sentences) and not any(_has(_plain(sentence), self._mail.pointers) for sentence in sentences)

    def sentences(self, lines: Sequence[str]) -> Iterator[str]:
        """Yield the sentences of a mail that may ask something."""
        in_signature = has_asked = False
        lines = _without_names(lines)
        for number, line in enumerate(lines):
            if _POSTSCRIPT.match(line):
                in_signature = False
            in_signature = in_signature or _SIGNATURE.match(line) is not None
            if in_signature or _QUOTED.match(line):
                continue
            sentences = (sentence.strip() for sentence in _SENTENCE_END.split(self._body(line)))
            for sentence in filter(words, sentences):
                in_signature = self._ends_body(sentence, has_asked=has_asked)
                if in_signature:
                    break
                asked = self._asked(sentence)
                if asked:
                    has_asked = True
                    yield asked
                elif has_asked and _is_signature(lines[number + 1 :]):
                    return

    def _older_mail(self, lines: Sequence[str]) -> _OlderMail | None:
        """Return what begins an older mail, None when the first line does not."""
        if not lines[0].strip() or _QUOTED.match(lines[0]):
            return None
        if _plain(lines[0]) in self._mail.separators:
            headers = self._headers(lines[1:], least=1)
            return _OlderMail(1 + headers.lines, headers.subject) if headers else _OlderMail(1)
        for count in range(1, 1 + MAX_ATTRIBUTION_LINES):
            if self._is_attribution(" ".join(lines[:count]), is_wrapped=count > 1):
                return _OlderMail(count)
        return self._headers(lines, least=MIN_HEADERS)

    def _is_attribution(self, text: str, *, is_wrapped: bool) -> bool:
        """Whether a text names who wrote an older mail and when."""
        plain = _plain(text)
        if not text.rstrip("* \xa0").endswith(":") or not any(char.isdigit() or char == "@" for char in text):
            return False
        begins = not is_wrapped or plain.partition(" ")[0] in self._mail.attribution_starts
        ends = any(f" {plain}".endswith(f" {wrote}") for wrote in self._mail.attributions)
        return begins and (ends or ("@" in text and _has(plain, self._mail.attributions)))

    def _headers(self, lines: Sequence[str], *, least: int) -> _OlderMail | None:
        """Return the headers of an older mail at the beginning of some lines; None when there are too few."""
        headers: dict[str, str] = {}
        end = 0
        for number, line in enumerate(lines, start=1):
            header = _HEADER.match(line)
            name = _plain(header["name"]) if header else ""
            if header and name in self._mail.headers:
                headers.setdefault(name, header["value"])
                end = number
            elif line.strip() or len(headers) >= least:
                break
        if len(headers) < least:
            return None
        subjects = (value for name, value in headers.items() if name in self._mail.subject)
        return _OlderMail(end, next(subjects, ""))

    def _body(self, line: str) -> str:
        """Return a line without its greeting, or the subject that it names."""
        header = _HEADER.match(line)
        if header and _plain(header["name"]) in self._mail.subject:
            line = header["value"]
        line = _without_reply_marks(line, self._mail)
        while (rest := self._without_greeting(line)) != line:  # "Madame, Monsieur,"
            line = rest
        return line

    def _without_greeting(self, line: str) -> str:
        """Return a line without a greeting at its beginning, and the name in it: "Bonjour Madame Martin, "."""
        found = words(line)
        spelt = [line[word.start : word.end] for word in found]
        if not found or found[0].folded not in self._mail.greetings:
            return line
        titles = self._mail.greetings | self._mail.titles
        at = 1
        while at < len(found) and found[at].folded in titles and not self._is_cut(line, found, at):
            at += 1
        names = at
        while at < len(found) and at < names + MAX_NAME_WORDS and not self._is_cut(line, found, at):
            if not self._is_name(spelt[at], follows_title=names > 1):
                break
            at += 1
        rest = line[found[at - 1].end :].lstrip()
        if at > names and rest and rest[0] not in _CUTS:  # "Bonjour Kairos ne marche pas"
            rest = line[found[names - 1].end :]
        return rest.lstrip(_PUNCTUATION)

    def _is_cut(self, line: str, found: Sequence[Word], at: int) -> bool:
        """Whether punctuation stands before a word of a line, other than the dot of a title: "M. Martin"."""
        between = line[found[at - 1].end : found[at].start]
        return any(char in _CUTS for char in between if char != "." or found[at - 1].folded not in self._mail.titles)

    def _is_name(self, spelt: str, *, follows_title: bool) -> bool:
        """Whether a word of a greeting is a name; in capitals, or in a short query, it may be that of a tool."""
        return spelt[0].isupper() and (follows_title or (self._is_message and not spelt.isupper()))

    def _ends_body(self, sentence: str, *, has_asked: bool) -> bool:
        """Whether a sentence begins a signature, a legal notice, or what a program writes below a mail."""
        plain = _plain(sentence)
        found = plain.split()
        if _begins(plain, self._mail.footers):
            return True
        if len(self._mail.disclaimer.intersection(found)) >= MIN_DISCLAIMER_WORDS and "?" not in sentence:
            return True
        return has_asked and len(found) <= MAX_CLOSING_WORDS and _begins(plain, self._mail.closings)

    def _asked(self, sentence: str) -> str:
        """Return what a sentence asks, "" for a formula."""
        left = sentence
        for language in self._languages:
            if self._is_message and "?" not in left and _is_formula(left, language):
                return ""
            phrases = (*language.mail.thanks, *(language.mail.formulas if self._is_message else ()))
            left = _without_formulas(left, language, phrases)
        return "" if left != sentence and _are_names(left) else left


def _plain(text: str) -> str:
    """Return the words of a text, folded, separated by blanks."""
    return " ".join(word.folded for word in words(text))


def _has(plain: str, phrases: Sequence[str]) -> bool:
    return any(f" {phrase} " in f" {plain} " for phrase in phrases)


def _begins(plain: str, phrases: Sequence[str]) -> bool:
    return any(f"{plain} ".startswith(f"{phrase} ") for phrase in phrases)


def _without_names(lines: Sequence[str]) -> Sequence[str]:
    """Return lines without a last paragraph of names and numbers alone."""
    filled = [number for number, line in enumerate(lines) if line.strip()]
    first = next((at for at in reversed(filled) if at == 0 or not lines[at - 1].strip()), 0)
    spelt = [[line[word.start : word.end] for word in words(line)] for line in lines[first:] if line.strip()]
    capitals = [word for line in spelt for word in line if word[0].isupper()]
    is_signature = len(capitals) > 1 and all(word[0].isupper() or word.isdigit() for line in spelt for word in line)
    return lines[:first] if is_signature and first > filled[0] else lines


def _are_names(text: str) -> bool:
    """Whether a text is but a name, such as the one after "Merci, "."""
    found = words(text)
    return len(found) <= MAX_NAME_WORDS and all(text[word.start].isupper() for word in found)


def _is_signature(lines: Sequence[str]) -> bool:
    """Whether the lines after a formula are names, posts and numbers alone."""
    filled = [line.strip() for line in lines if line.strip()]
    return all(len(words(line)) <= MAX_SIGNATURE_WORDS and line[-1] not in ".?!" for line in filled)


def _is_formula(sentence: str, language: Language) -> bool:
    """Whether a sentence has words of formulas, and no others but stop words."""
    plain = _plain(sentence).split()
    return not language.mail.polite.isdisjoint(plain) and all(_is_polite(word, language) for word in plain)


def _without_formulas(sentence: str, language: Language, phrases: Sequence[str]) -> str:
    """Return what is left of a sentence without the formulas that begin with some phrases, "" for nothing."""
    found = words(sentence)
    folded = [word.folded for word in found]
    plain = f" {' '.join(folded)} "
    present = [phrase.split() for phrase in phrases if f" {phrase} " in plain]
    starts = [(phrase, at) for phrase in present for at in _places(phrase, folded)]
    if not starts:
        return sentence
    inside: set[int] = set()
    for phrase, at in starts:
        inside.update(range(at, _formula_end(folded, at + len(phrase), language)))
    if all(at in inside or _is_polite(word, language) for at, word in enumerate(folded)):
        return ""
    pieces, start = [], 0
    for at in sorted(inside):
        pieces.append(sentence[start : found[at].start])
        start = found[at].end
    left = " ".join(" ".join([*pieces, sentence[start:]]).split())
    return left.lstrip(_PUNCTUATION)


def _places(phrase: Sequence[str], folded: Sequence[str]) -> list[int]:
    """Return where a phrase begins among the words of a sentence."""
    return [at for at in range(len(folded) - len(phrase) + 1) if folded[at : at + len(phrase)] == phrase]


def _formula_end(folded: Sequence[str], at: int, language: Language) -> int:
    """Return where a formula ends that has gone on up to a word."""
    end = at
    for number, word in enumerate(folded[at:], start=at):
        if word in language.mail.polite:
            end = number + 1
        elif word not in language.stop_words or number - end >= MAX_STOP_WORDS:
            break
    return end


def _is_polite(word: str, language: Language) -> bool:
    return word in language.mail.polite or word in language.stop_words
