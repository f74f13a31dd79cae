"""Cells into plain text (links, tags, entities), and plain texts compared."""

import html
import re
from difflib import SequenceMatcher
from typing import Final
from urllib.parse import unquote

_NAMES: Final = (
    "a|abbr|address|b|big|blockquote|br|center|cite|code|dd|del|div|dl|dt|em|font|h[1-6]|hr|i|img|ins|kbd|li|"
    "mark|ol|p|pre|q|s|small|span|strike|strong|sub|sup|table|tbody|td|tfoot|th|thead|tr|tt|u|ul|var|wbr|o:p"
)
_ATTRIBUTES: Final = r"""(?=[\s/>])((?:[^<>"']|"[^"]*"|'[^']*')*)>"""
# HTML's own names only: "< 48h", "<nom>" and "<nom@region.fr>" are text.
TAG: Final = re.compile(rf"</?(?:{_NAMES}){_ATTRIBUTES}|<!--.*?-->", re.I)
BREAK: Final = re.compile(rf"(?:\s*</?(?:br|p|div|li|ul|ol|tr|h[1-6]|blockquote){_ATTRIBUTES})+\s*", re.I)
LINK: Final = re.compile(rf"<a{_ATTRIBUTES}(.*?)(?:</a\s*>|(?=<a[\s>])|$)", re.I | re.S)
HREF: Final = re.compile(r"""(?:^|\s)href\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.I)
ENTITY: Final = re.compile(r"&(?:#\d+|#x[\da-f]+|[a-z][a-z\d]*);", re.I)  # "&reg=1" in a bare link is none
EMAIL: Final = re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+")


def clean(cell: str) -> str:
    """Return the text of a cell: no tags, entities decoded, each link as bare text."""
    lines = BREAK.sub("\n", cell)
    return decode(TAG.sub("", LINK.sub(bare_link, lines))).strip("\n")


def bare_link(link: re.Match[str]) -> str:
    """Return the text of a link, then its address unless the text names it; entities are left for later."""
    text = TAG.sub("", link[2])
    address = link_address(link[1])
    if not address or any(same_address(word, address) for word in decode(text).split()):
        return text
    bare = html.escape(address, quote=False)
    body = text.rstrip()
    return f"{body} ({bare}){text[len(body) :]}" if body else bare


def link_address(attributes: str) -> str:
    """Return where a link leads; nothing if it leads nowhere outside the page."""
    href = HREF.search(attributes)
    address = decode("".join(filter(None, href.groups()))).strip() if href else ""
    scheme, _, rest = address.partition(":")
    if scheme.lower() in {"mailto", "tel"}:
        return unquote(rest.partition("?")[0])
    return "" if scheme.lower() == "javascript" or address.startswith("#") else address


def same_address(word: str, address: str) -> bool:
    """Tell whether a word is the address; in an e-mail address case doesn't count."""
    one, other = (text.strip(".,;:!?()[]<>«»\"'").rstrip("/") for text in (word, address))
    return one == other or (EMAIL.fullmatch(address) is not None and one.lower() == other.lower())


def decode(text: str) -> str:
    """Return the text with its entities decoded, once."""
    return ENTITY.sub(lambda entity: html.unescape(entity[0]), text)


def fold(text: str) -> str:
    """Return the text as compared: white space and case don't count."""
    return " ".join(text.split()).casefold()


def likeness(one: str, other: str) -> float:
    """Return the difflib ratio of two questions."""
    return SequenceMatcher(None, fold(one), fold(other), autojunk=False).ratio()
