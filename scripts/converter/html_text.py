"""Turn the HTML of a cell into plain text: links, tags, entities. Every step takes time in proportion to the text."""

import html
import re
from typing import Final
from urllib.parse import unquote

from faqcli.text import emails

_NAMES: Final = (
    "a|abbr|address|b|big|blockquote|br|center|cite|code|dd|del|div|dl|dt|em|font|h[1-6]|hr|i|img|ins|kbd|li|"
    "mark|ol|p|pre|q|s|small|span|strike|strong|sub|sup|table|tbody|td|tfoot|th|thead|tr|tt|u|ul|var|wbr|o:p"
)
# The rest of a tag after its name. What has no '>' matches too, so that no character is looked at twice.
_ATTRIBUTES: Final = r"""(?=[\s/>])((?:[^<>"']|"[^"]*"|'[^']*')*)(>?)"""
# HTML's own names only: "< 48h", "<nom>" and "<nom@region.fr>" are text.
TAG: Final = re.compile(rf"</?(?:{_NAMES}){_ATTRIBUTES}", re.I)
BREAK: Final = re.compile(rf"</?(?:br|p|div|li|ul|ol|tr|h[1-6]|blockquote){_ATTRIBUTES}", re.I)
LINK: Final = re.compile(rf"<a{_ATTRIBUTES}", re.I)
LINK_END: Final = re.compile(r"</a\s*>|(?=<a[\s>])", re.I)
HREF: Final = re.compile(r"""(?:^|\s)href\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.I)
ENTITY: Final = re.compile(r"&(?:#\d{1,7}|#x[\da-f]{1,6}|[a-z][a-z\d]{1,30});", re.I)  # "&reg=1" in a link is none


def clean(cell: str) -> str:
    """Return the text of a cell: no tags, entities decoded, each link as bare text."""
    return decode(strip_tags(bare_links(break_lines(strip_comments(cell))))).strip("\n")


def strip_comments(text: str) -> str:
    """Return the text without its comments."""
    parts, position = [], 0
    while (start := text.find("<!--", position)) >= 0 and (end := text.find("-->", start + 4)) >= 0:
        parts.append(text[position:start])
        position = end + 3
    return "".join((*parts, text[position:]))


def break_lines(text: str) -> str:
    """Return the text with a line break for each run of tags that break the line."""
    parts, position = [], 0
    for tag in BREAK.finditer(text):
        if tag[2]:
            parts.append(text[position : tag.start()])
            position = tag.end()
    if not parts:
        return text
    first, *inner = parts
    return "\n".join((first.rstrip(), *filter(None, map(str.strip, inner)), text[position:].lstrip()))


def strip_tags(text: str) -> str:
    """Return the text without its tags."""
    return TAG.sub(lambda tag: "" if tag[2] else tag[0], text)


def bare_links(text: str) -> str:
    """Return the text with each link as its text and its address; entities are left for later."""
    parts, position = [], 0
    while link := LINK.search(text, position):
        parts.append(text[position : link.start()])
        position = link.end()
        if not link[2]:
            parts.append(link[0])
            continue
        end = LINK_END.search(text, position)
        parts.append(bare_link(link[1], text[position : end.start() if end else len(text)]))
        position = end.end() if end else len(text)
    return "".join((*parts, text[position:]))


def bare_link(attributes: str, content: str) -> str:
    """Return the text of a link, then its address unless the text names it."""
    text = strip_tags(content)
    address = link_address(attributes)
    if not address or names_address(decode(text), address):
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


def names_address(text: str, address: str) -> bool:
    """Return whether a word of a text is an address; in an e-mail address case does not count."""
    normal = str.lower if emails(address) == [address] else str
    wanted = normal(bare_word(address))
    return any(normal(bare_word(word)) == wanted for word in text.split())


def bare_word(word: str) -> str:
    """Return a word without the punctuation around it and its last slashes."""
    return word.strip(".,;:!?()[]<>«»\"'").rstrip("/")


def decode(text: str) -> str:
    """Return the text with its entities decoded, once."""
    return ENTITY.sub(lambda entity: html.unescape(entity[0]), text)
