"""A text cut into forms: words, numbers, dates, letters that are names, each as it is spelt and folded."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from faqcli.text import INVISIBLE, WORD, fold_word

FIRST_YEAR_OF_1900S = "70"  # a date's year of two digits from here on is of the last century

# The first alternative is the usual one; it is there for speed, and for the letter after the word.
_CHUNK = re.compile(
    rf"""
    (?=\w) (?:
    [^\W\d_] [\w\u0300-\u036f{INVISIBLE}]+ (?! [\w&] ) (?: [-\u2010\u2011] {WORD} )*  # peut-on, l'
      (?: ['’] | [ \xa0] (?!M\.) [A-Z] (?! [\w'’+\#] | [ ]?& | [.-]\w ) )?               # salle B
    | (?<![\w./-]) \d{{1,2}} [./-] \d{{1,2}} [./-] (?:\d{{4}}|\d\d) (?! \w | [./-]\d )    # 17/10/22
    | (?<!\w) (?: \d{{1,3}} (?: [ \xa0\u202f.,'’] \d{{3}} )+ (?!\d) | \d+ )
      (?: [ \xa0\u202f]? (?: [hH] (?: [ ]? \d\d )? | € ) )? (?!\w)                      # 2 000 €, 48h, 14 h 30
    | [nN][°º] (?!\w)                                                                   # n° 12
    | (?<!\w) [^\W\d_] -\d+ (?!\w)                                                     # B-12
    | {WORD} (?: [-\u2010\u2011] {WORD} )* ['’]?
    )
    """,
    re.VERBOSE,
)
_DATE = re.compile(r"(?P<day>\d+)[./-](?P<month>\d+)[./-](?P<year>\d+)")
_AMOUNT = re.compile(r"(?P<number>\d(?:[\d \xa0\u202f.,'’]*\d)?)[ \xa0\u202f]?(?:(?P<unit>[hH€])[ ]?(?P<rest>\d*))?")
_WORD = re.compile(WORD)
_LETTER = re.compile(r"(?<=\w)[ \xa0]([A-Z])$")
_NO_DIGIT = re.compile(r"\D")
_HYPHEN = re.compile("[-\u2010\u2011]")


class Form(NamedTuple):
    """A word of a text, as it is spelt and folded."""

    spelt: str
    folded: str
    start: int
    end: int
    is_fixed: bool = False  # a number, a unit or a letter that is a name: no stop word, whatever it looks like
    is_elided: bool = False  # an apostrophe follows

    @property
    def is_letter(self) -> bool:
        """Whether it is a single letter, and no elision."""
        return len(self.folded) == 1 and self.folded.isalpha() and not self.is_elided

    @property
    def is_capitals(self) -> bool:
        """Whether it is written as an acronym is."""
        return len(self.folded) > 1 and self.folded.isalpha() and (self.spelt.isupper() or "." in self.spelt)


def chunks(text: str) -> list[str]:
    """Return what is cut into forms at a time, in order: the same chunk always has the same forms.

    A chunk is words joined by hyphens, with an apostrophe or a letter that is a name after them, or something that is
    no word of letters.
    """
    return _CHUNK.findall(text.replace("_", " "))


def forms(text: str, units: Mapping[str, str]) -> list[Form]:
    """Return the forms of a text, in order.

    Args:
        text: The text.
        units: The word for each unit that is written as a letter or a sign: "heure" for "h".
    """
    found = _CHUNK.finditer(text.replace("_", " "))
    return [form for chunk in found for form in chunk_forms(chunk[0], units, chunk.start())]


def chunk_forms(chunk: str, units: Mapping[str, str], start: int = 0) -> list[Form]:
    """Return the forms of a chunk that starts at a place of a text."""
    if chunk[0].isdigit() and (date := _DATE.fullmatch(chunk)):
        return _date_forms(date, start)
    if chunk[0].isdigit() and (amount := _AMOUNT.fullmatch(chunk)):
        return _amount_forms(amount, units, start)
    if chunk[1:] in ("°", "º"):
        return []
    if chunk[1:2] == "-" and chunk[2:].isdigit():
        return [Form(chunk, fold_word(chunk).replace("-", ""), start, start + len(chunk), is_fixed=True)]
    if letter := _LETTER.search(chunk):
        name = Form(letter[1], letter[1].lower(), start + letter.start(1), start + letter.end(1), is_fixed=True)
        return [*chunk_forms(chunk[: letter.start()], units, start), name]
    elided_at = len(chunk) - 1 if chunk[-1] in "'’" else -1
    return [
        Form(word[0], fold_word(word[0]), start + word.start(), start + word.end(), is_elided=word.end() == elided_at)
        for word in _WORD.finditer(chunk)
    ]


def is_compound(chunk: str) -> bool:
    """Return whether a chunk is words joined by hyphens."""
    return _HYPHEN.search(chunk) is not None and chunk[0].isalpha()


def _date_forms(date: re.Match[str], start: int) -> list[Form]:
    """Return day and month with two digits and the year with four, however they are written."""
    folded = {name: text.zfill(2) for name, text in date.groupdict().items()}
    if len(folded["year"]) == 2:
        folded["year"] = ("19" if folded["year"] >= FIRST_YEAR_OF_1900S else "20") + folded["year"]
    return [
        Form(date[name], text, start + date.start(name), start + date.end(name), is_fixed=True)
        for name, text in folded.items()
    ]


def _amount_forms(amount: re.Match[str], units: Mapping[str, str], start: int) -> list[Form]:
    """Return a number without separators, its unit as a word, and the minutes after the hour."""
    folded = {name: text for name, text in amount.groupdict().items() if text}
    folded["number"] = _NO_DIGIT.sub("", folded["number"])
    if "unit" in folded:
        folded["unit"] = units.get(folded["unit"].lower(), folded["unit"].lower())
    return [
        Form(amount[name], text, start + amount.start(name), start + amount.end(name), is_fixed=True)
        for name, text in folded.items()
    ]
