"""What to do about a line that is not YAML, in the words of a person who knows no YAML."""

from __future__ import annotations

import re
from collections.abc import Sequence

from faqcli.i18n.messages import gettext as _
from faqcli.i18n.messages import gettext_noop, quoted

Place = tuple[int, int]  # line and column, counted from 0

_NO_BREAK = "\xa0\u2007\u202f\u3000"  # no-break and wide blanks, which YAML takes for letters
_START = r"\s*(?:- +)*(?!- )"  # of a line: its indent, and the dashes of lists
_KEY = r"[\w\"'-][^:]*:\s+"
_VALUE = rf"{_START}(?:{_KEY}|)"

# What a line with wrong blanks looks like, and what to do about it; the fault may show on the line below only.
_BLANKS: tuple[tuple[str, str], ...] = (
    (r"[ -]*\t", gettext_noop("a tab indents the line: indent it with blanks")),
    (
        rf"\s*[{_NO_BREAK}]|[^:]*:[{_NO_BREAK}]",
        gettext_noop("a no-break blank stands where a plain one must: type it anew"),
    ),
)
# What a line with a wrong value looks like, and what to do about it; the first that fits is told.
_VALUES: tuple[tuple[str, str], ...] = (
    (rf"{_START}[^\W\d]\w*:[^\s/]", gettext_noop("a blank is missing after ':'")),
    (
        rf"{_VALUE}'(?:[^']|'')*'(?!\s*(?:#.*)?$)",
        gettext_noop("the text in single quotes ends at the next ': put it in double quotes, or write each ' twice"),
    ),
    (
        rf"{_VALUE}\"(?:[^\"\\]|\\.)*\"(?!\s*(?:#.*)?$)",
        gettext_noop('the text in double quotes ends at the next ": put it in single quotes, or write \\" for each'),
    ),
    (
        rf"{_VALUE}\"(?:[^\"\\]|\\.)*?\\(?:[^abefnrtvNLPxuU_0\"\\/ ]"
        r"|x(?![\dA-Fa-f]{2})|u(?![\dA-Fa-f]{4})|U(?![\dA-Fa-f]{8}))",
        gettext_noop("in double quotes '\\' has a meaning: put the text in single quotes, or write each '\\' twice"),
    ),
    (rf"{_VALUE}(?:'[^']*|\"[^\"]*)$", gettext_noop("the text in quotes has no end: close the quotes")),
    (
        rf"{_VALUE}(?:(?P<sign>[*&!%@`,\]}}])|(?P<block>[|>])[-+\d]*\s*[^\s#+-]"
        rf"|(?P<list>\[)[^\[\]]*\]\s*[^\s#]|(?P<braces>{{)[^{{}}]*}}\s*[^\s#])|{_START}{_KEY}(?P<dash>[-?]) ",
        gettext_noop("a text that begins with {sign} must be in quotes"),
    ),
    (
        rf"{_VALUE}[\[{{]",
        gettext_noop("a list between '[' and ']' must be closed, and a text in it with ':' or quotes be in quotes"),
    ),
    (rf"{_START}{_KEY}[^'\"\s].*:(?:\s|$)", gettext_noop("a text with ': ' in it must be in quotes")),
)
_COMMENT = re.compile(r"[^'\"]*\s#")


def hint(lines: Sequence[str], problem: Place | None, context: Place | None, doing: str) -> tuple[int, str | None]:
    """Return the line to mend, counted from 1, and what to do about it; None for the latter where that is unclear.

    Args:
        lines: Of the file.
        problem: Where the parser stopped.
        context: Where what it was reading begins.
        doing: What it was doing, in its own words.
    """
    places = [place[0] for place in (problem, context) if place and place[0] < len(lines)]
    if not places:
        return max(1, len(lines)), None
    if doing.startswith(("while scanning a simple key", "while scanning a quoted scalar")):
        places.reverse()
    at = places[0]
    for line in (at, max(0, at - 1)):
        if found := _first(_BLANKS, lines[line]):
            return line + 1, found
    for line in places if doing.startswith("while parsing a flow") else [at]:
        if found := _first(_VALUES, lines[line]):
            return line + 1, found
    if at and _COMMENT.match(lines[at - 1]):
        return at, _("'#' begins a comment, which ends the text: put the whole text in quotes")
    return at + 1, None


def _first(hints: Sequence[tuple[str, str]], line: str) -> str | None:
    for pattern, advice in hints:
        if found := re.match(pattern, line):
            return _(advice).format(sign=quoted(next(filter(None, found.groups()), "")))
    return None
