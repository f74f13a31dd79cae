"""What YAML leaves out of a text, or changes in it, although the person who wrote it meant it as it stands."""

from __future__ import annotations

import re
from typing import NamedTuple

from faqcli.i18n.messages import gettext as _
from faqcli.i18n.messages import quoted
from faqcli.models import Level

MAX_QUOTED_LENGTH = 30  # characters of what a message quotes

# After a text without quotes: a comment on its line, or on the next line if that belongs to the text by its indent.
_COMMENT = re.compile(r"[ \t]+#(?P<same>.*)|[ \t]*\n(?P<indent> +)#(?P<next>.*)")
# A path of Windows, or of its network, in which a single backslash stands before a letter: an escape to YAML.
_PATH = re.compile(r"(?<!\w)(?:[A-Za-z]:|\\\\[\w.$-]+)(?:\\\\[^\\\"]+)*\\(?P<letter>[^\\\"\s])[\w\\. -]*")
# An escape that people do not write on purpose; pairs of backslashes are none.
_RARE_ESCAPE = re.compile(r"(?<!\\)(?:\\\\)*\\(?P<letter>[abevfNLP_0r])")


class Trap(NamedTuple):
    """What is told about a text; the rest of a `Problem`."""

    message: str
    code: str
    level: Level = "error"


def comment_after(text: str, end: int, indent: int) -> Trap | None:
    """Return what to tell about a comment that may have been meant as the rest of a text without quotes.

    Args:
        text: Of the file.
        end: Where the text without quotes ends in it.
        indent: The column of the key, or of the dash, that the text belongs to.
    """
    found = _COMMENT.match(text, end)
    if not found or (found["indent"] is not None and len(found["indent"]) <= indent):
        return None
    comment: str = found["same"] if found["next"] is None else found["next"]
    shown = quoted(f"#{comment}"[:MAX_QUOTED_LENGTH])
    if comment[:1].strip():
        message = _("{text} is left out, because '#' begins a comment: put the whole text in quotes.")
        return Trap(message.format(text=shown), "comment")
    message = _("{text} is a comment: if it belongs to the text, put the whole text in quotes.")
    return Trap(message.format(text=shown), "comment", "warning")


def escape_in(raw: str) -> Trap | None:
    """Return what to tell about an escape in double quotes that may have been meant as a backslash and a letter.

    Args:
        raw: The text as it stands in the file, with its quotes.
    """
    if "\\" not in raw:
        return None
    path = _PATH.search(raw)
    if path and path["letter"] != "n":
        message = _("in {text} a '\\' is read as an escape: put the text in single quotes, or write each '\\' twice.")
        return Trap(message.format(text=path[0][:MAX_QUOTED_LENGTH]), "escape")
    rare = path or _RARE_ESCAPE.search(raw)
    if not rare:
        return None
    message = _("\\{letter} is read as an escape: if a backslash was meant, write it twice.")
    return Trap(message.format(letter=rare["letter"]), "escape", "warning")
