"""The languages of FAQs and of the interface: all that depends on one is in its record, a module each."""

from collections.abc import Mapping
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

FALLBACK = "fr"  # stands in for a language that has no module


def phrases(text: str) -> tuple[str, ...]:
    """Return phrases that are separated by commas."""
    return tuple(" ".join(phrase.split()) for phrase in text.split(","))


class MailWords(NamedTuple):
    """The words of mails that say nothing about what is asked; phrases are words separated by single blanks."""

    greetings: frozenset[str] = frozenset()  # first words of one
    titles: frozenset[str] = frozenset()  # words that go on with it; a name may follow
    thanks: tuple[str, ...] = ()  # phrases that begin a formula, in a short query too
    formulas: tuple[str, ...] = ()  # phrases that begin one in a message
    polite: frozenset[str] = frozenset()  # words of formulas; a sentence of a message that has no others is one
    closings: tuple[str, ...] = ()  # first phrases of the end of a mail: what follows is a signature
    footers: tuple[str, ...] = ()  # first phrases of what programs write below a mail
    disclaimer: frozenset[str] = frozenset()  # words of legal notices
    headers: frozenset[str] = frozenset()  # names of the lines above a mail that is quoted or forwarded
    subject: frozenset[str] = frozenset()  # those of them that name the subject
    separators: frozenset[str] = frozenset()  # what stands between a mail and an older one: "original message"
    attributions: tuple[str, ...] = ()  # phrases at the end of the lines above an older mail: "On ..., X wrote:"
    attribution_starts: frozenset[str] = frozenset()  # first words of such lines
    pointers: tuple[str, ...] = ()  # phrases that point to the older mail: "see below"
    reply_marks: frozenset[str] = frozenset()  # what programs put before a subject: "re", "fwd"


class Language(NamedTuple):
    """A language; the words of the search and of mails are folded (no case, no accents)."""

    code: str  # ISO 639-1
    name: str  # in the language itself

    stemmer: str  # the Snowball algorithm
    stop_words: frozenset[str]  # function words, question words, courtesy, shorthand: any query may have them

    quotation_marks: tuple[str, str] | None  # with the blanks inside them; None for those of Python's repr()
    decimal_separator: str
    percent_format: str  # of {number}

    reply_subject: str  # of {reference} and {question}
    reply_template: str  # with the fields of faqcli.reply
    reference: str  # the entries of one FAQ, of {title} and {number}
    reference_separator: str  # between the references of several FAQs

    telling_stop_words: frozenset[str] = frozenset()  # stop words that say something when there is nothing else
    fillers: frozenset[str] = frozenset()  # say nothing in a query either, unless the FAQ itself has them
    elisions: frozenset[str] = frozenset()  # dropped before an apostrophe; without it run together with the next word
    determiners: frozenset[str] = frozenset()  # a noun follows: "les DE" is never the preposition "de"
    capital_words: frozenset[str] = frozenset()  # words of one letter that are written as capitals
    endings: tuple[tuple[str, str], ...] = ()  # of forms that the stemmer parts from their relatives; what is stemmed
    units: Mapping[str, str] = {}  # the word for a unit that is written as a letter or a sign
    mail: MailWords = MailWords()
    # A language can do without; its searches are the better with them.
    cues: tuple[str, ...] = ()  # stop words that tell questions apart, forms of one in one string; at most 32
    near_synonyms: tuple[tuple[str, ...], ...] = ()  # words that people who ask for help use for one another


@cache
def codes() -> tuple[str, ...]:
    """Return the codes of the languages that have a module, in the order of the alphabet."""
    return tuple(sorted(path.stem for path in Path(__file__).parent.glob("[a-z][a-z].py")))


def code(tag: str) -> str | None:
    """Return the code of the language that a tag or a locale begins with, None for a language without a module.

    "fr", "fr-CA", "fr_FR.UTF-8" and "French_France.1252" are all French.
    """
    primary = tag[:2].lower()
    return primary if primary in codes() else None


@cache
def language(tag: str) -> Language:
    """Return the language that a tag begins with; FALLBACK for one without a module.

    Its module is imported on first use.
    """
    record: Language = import_module(f"{__name__}.{code(tag) or FALLBACK}").LANGUAGE
    return record
