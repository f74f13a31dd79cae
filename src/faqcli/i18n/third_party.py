"""What Typer, the parsers and the system say, in the reader's language; they speak English alone."""

from __future__ import annotations

import re

from faqcli.i18n import messages
from faqcli.i18n.messages import gettext, gettext_noop, quoted

_UNQUOTED = ("column", "choices", "least", "line", "number", "option", "problem", "words")

# What is said, and the same in words that have a translation. What is not among _UNQUOTED is quoted.
_SAYINGS: tuple[tuple[str, str], ...] = (
    # Typer
    (r"No such option: (?P<option>.*?)\.?", gettext_noop("No such option: {option}.")),
    (r"No such command '(?P<command>.*)'\.?", gettext_noop("No such command {command}.")),
    (r"Missing argument '(?P<name>.*)'\.", gettext_noop("Missing argument {name}.")),
    (r"Got unexpected extra argument\(s\) \((?P<words>.*)\)", gettext_noop("Unexpected words: {words}.")),
    (r"Option '(?P<name>.*)' requires an argument\.", gettext_noop("Option {name} requires an argument.")),
    (r"Option '(?P<name>.*)' does not take a value\.", gettext_noop("Option {name} does not take a value.")),
    (
        r"Invalid value for '?(?P<name>[^:]*?)'?: '(?P<value>.*)' is not a valid int[^.]*\.",
        gettext_noop("Invalid value for {name}: {value} is not a whole number."),
    ),
    (
        r"Invalid value for '?(?P<name>[^:]*?)'?: (?P<number>\S+) is not in the range x>=(?P<least>\d+)\.",
        gettext_noop("Invalid value for {name}: {number} is less than {least}."),
    ),
    (
        r"Invalid value for '?(?P<name>[^:]*?)'?: '(?P<value>.*)' is not one of (?P<choices>.*)\.",
        gettext_noop("Invalid value for {name}: {value} is not one of {choices}."),
    ),
    # the system
    (r"no such file or directory", gettext_noop("no such file or folder")),
    (r"permission denied|operation not permitted", gettext_noop("permission denied")),
    (r"is a directory", gettext_noop("it is a folder")),
    (r"not a directory", gettext_noop("a part of its path is no folder")),
    (r"too many levels of symbolic links", gettext_noop("its links lead in a circle")),
    (r"file name too long", gettext_noop("its name is too long")),
    (r"file too large", gettext_noop("it is too large")),
    (r"no space left on device|disk quota exceeded", gettext_noop("the disk is full")),
    (r"read-only file system", gettext_noop("the disk is read-only")),
    (r"input/output error", gettext_noop("the disk has an error")),
    (r"no such device or address", gettext_noop("no such device")),
    (r"bad file descriptor", gettext_noop("it is closed")),
    (r"embedded null byte|embedded null character in path", gettext_noop("its name has a NUL character")),
    (r"database or disk is full", gettext_noop("the disk is full")),
    # PyYAML and libyaml
    (r"mapping values are not allowed (in this context|here)", gettext_noop("a ':' too many: put the text in quotes")),
    (r"could not find expected ':'", gettext_noop("a ':' is missing")),
    (
        r"(did not find|expected) (expected key|<block end>).*",
        gettext_noop("a key is expected here: mind the indentation"),
    ),
    (r"did not find expected '-' indicator", gettext_noop("a '-' is expected here: mind the indentation")),
    (r"did not find expected ',' or '(?P<mark>.)'", gettext_noop("a ',' or {mark} is missing")),
    (r"did not find expected node content", gettext_noop("a value is missing")),
    (r"did not find expected <document start>", gettext_noop("there is something after the end")),
    (r"did not find expected alphabetic or numeric character", gettext_noop("a name is missing after '&' or '*'")),
    (
        r"found character (that|'(?P<mark>.*)' that) cannot start any token",
        gettext_noop("a character that can't stand here"),
    ),
    (r"found a tab character.*", gettext_noop("a tab: indent with blanks")),
    (r"found unexpected end of stream", gettext_noop("the file ends within a text in quotes")),
    (r"found unknown escape character.*", gettext_noop("an unknown escape after a backslash")),
    (r"found undefined alias.*", gettext_noop("'*' names something that '&' names nowhere")),
    (
        r"block (sequence entries|mappings?) are not allowed (in this context|here)",
        gettext_noop("mind the indentation here"),
    ),
    (
        r"could not determine a constructor for the tag '(?P<tag>.*)'",
        gettext_noop("the tag {tag} is not read: take it out"),
    ),
    (r"but found another document", gettext_noop("there are several documents in it: keep one")),
    (r"found unhashable key", gettext_noop("a key must be text")),
    (r"control characters are not allowed.*", gettext_noop("it has a control character")),
    # json and tomllib
    (
        r"(?P<problem>[^:]*): line (?P<line>\d+) column (?P<column>\d+) \(char \d+\)",
        gettext_noop("{problem} (column {column})"),
    ),
    (
        r"(?P<problem>.*) \(at line (?P<line>\d+), column (?P<column>\d+)\)",
        gettext_noop("{problem} (line {line}, column {column})"),
    ),
    (r"(?P<problem>.*) \(at end of document\)", gettext_noop("{problem} (at the end)")),
    (r"Expecting value|Invalid value", gettext_noop("a value is expected")),
    (r"Expecting property name enclosed in double quotes|Illegal trailing comma.*", gettext_noop("a key is expected")),
    (r"Expecting '(?P<mark>.)' delimiter", gettext_noop("{mark} is expected")),
    (r"Expected '(?P<mark>.)' after a key in a key/value pair", gettext_noop("{mark} is expected")),
    (r"Extra data|Expected newline or end of document after a statement", gettext_noop("there is more than one value")),
    (
        r"Unterminated string( starting at)?|Expected '.*' at the end of a string",
        gettext_noop("a text that does not end"),
    ),
    (r"Invalid control character at|Illegal character.*", gettext_noop("a character that can't stand here")),
    (r"Invalid \\.*|Unescaped '\\' in a string", gettext_noop("an unknown escape after a backslash")),
    (r"Invalid statement|Invalid initial character for a key part", gettext_noop("a key is expected")),
    (r"Unclosed (array|inline table)", gettext_noop("a bracket is not closed")),
    (r"Cannot overwrite a value|Cannot declare .* twice", gettext_noop("a key is given twice")),
    (r"maximum recursion depth exceeded.*", gettext_noop("nested too deep")),
    (r"Exceeds the limit .* for integer string conversion.*", gettext_noop("a number of too many digits")),
)


def translated(said: str) -> str:
    """What was said, in the language in use; as it is, when it is not known or that language is English."""
    if messages.language() == "en":
        return said
    for pattern, saying in _SAYINGS:
        if found := re.fullmatch(pattern, said, re.DOTALL):
            values = {name: _shown(name, value) for name, value in found.groupdict().items() if value is not None}
            return gettext(saying).format_map(values)
    return said


def _shown(name: str, value: str) -> str:
    """A part of what was said: a saying itself, as it is, or quoted anew ("--limit' / '-n")."""
    if name == "problem":
        return translated(value)
    plain = value.replace("'", "") if name in ("choices", "name") else value
    return plain if name in _UNQUOTED else quoted(plain)
