"""The languages of FAQs and of the interface: all that depends on one is in its record, a module each."""

from functools import cache
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

FALLBACK = "fr"  # stands in for a language that has no module


class Language(NamedTuple):
    """A language; the words of the search are folded (no case, no accents)."""

    code: str  # ISO 639-1
    name: str  # in the language itself

    stemmer: str  # the Snowball algorithm
    stop_words: frozenset[str]  # function words, question words, courtesy, shorthand: any query may have them
    elisions: frozenset[str]  # dropped before an apostrophe only
    determiners: frozenset[str]  # a noun follows: "les DE" is never the preposition "de"
    closings: tuple[str, ...]  # the first words of the end of an e-mail; what follows is a signature

    quotation_marks: tuple[str, str] | None  # with the blanks inside them; None for those of Python's repr()
    decimal_separator: str
    percent_format: str  # of {number}

    reply_subject: str  # of {reference} and {question}
    reply_template: str  # with the fields of faqcli.reply
    reference: str  # the entries of one FAQ, of {title} and {number}
    reference_separator: str  # between the references of several FAQs


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
