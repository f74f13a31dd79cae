"""What Typer, the parsers and the system say, in the reader's language; they speak English alone."""

from __future__ import annotations

import re

from faqcli.i18n import messages
from faqcli.i18n.messages import gettext, marked, quoted

_UNQUOTED = ("column", "choices", "least", "line", "number", "option", "problem", "words")

# What is said, and the same in words that have a translation. What is not among _UNQUOTED is quoted.
_SAYINGS: tuple[tuple[str, str], ...] = (
    # Typer
    (r"No such option: (?P<option>.*?)\.?", marked("No such option: {option}.")),
    (r"No such command '(?P<command>.*)'\.?", marked("No such command {command}.")),
    (r"Missing argument '(?P<name>.*)'\.", marked("Missing argument {name}.")),
    (r"Got unexpected extra argument\(s\) \((?P<words>.*)\)", marked("Unexpected words: {words}.")),
    (r"Option '(?P<name>.*)' requires an argument\.", marked("Option {name} requires an argument.")),
    (r"Option '(?P<name>.*)' does not take a value\.", marked("Option {name} does not take a value.")),
    (
        r"Invalid value for '?(?P<name>[^:]*?)'?: '(?P<value>.*)' is not a valid int[^.]*\.",
        marked("Invalid value for {name}: {value} is not a whole number."),
    ),
    (
        r"Invalid value for '?(?P<name>[^:]*?)'?: (?P<number>\S+) is not in the range x>=(?P<least>\d+)\.",
        marked("Invalid value for {name}: {number} is less than {least}."),
    ),
    (
        r"Invalid value for '?(?P<name>[^:]*?)'?: '(?P<value>.*)' is not one of (?P<choices>.*)\.",
        marked("Invalid value for {name}: {value} is not one of {choices}."),
    ),
    # the system
    (r"no such file or directory", marked("no such file or folder")),
    (r"permission denied|operation not permitted", marked("permission denied")),
    (r"is a directory", marked("it is a folder")),
    (r"not a directory", marked("a part of its path is no folder")),
    (r"too many levels of symbolic links", marked("its links lead in a circle")),
    (r"file name too long", marked("its name is too long")),
    (r"file too large", marked("it is too large")),
    (r"no space left on device|disk quota exceeded", marked("the disk is full")),
    (r"read-only file system", marked("the disk is read-only")),
    (r"input/output error", marked("the disk has an error")),
    (r"no such device or address", marked("no such device")),
    (r"bad file descriptor", marked("it is closed")),
    (r"embedded null byte|embedded null character in path", marked("its name has a NUL character")),
    (r"database or disk is full", marked("the disk is full")),
    # PyYAML and libyaml
    (r"mapping values are not allowed (in this context|here)", marked("a ':' too many: put the text in quotes")),
    (r"could not find expected ':'", marked("a ':' is missing")),
    (r"(did not find|expected) (expected key|<block end>).*", marked("a key is expected here: mind the indentation")),
    (r"did not find expected '-' indicator", marked("a '-' is expected here: mind the indentation")),
    (r"did not find expected ',' or '(?P<mark>.)'", marked("a ',' or {mark} is missing")),
    (r"did not find expected node content", marked("a value is missing")),
    (r"did not find expected <document start>", marked("there is something after the end")),
    (r"did not find expected alphabetic or numeric character", marked("a name is missing after '&' or '*'")),
    (r"found character (that|'(?P<mark>.*)' that) cannot start any token", marked("a character that can't stand here")),
    (r"found a tab character.*", marked("a tab: indent with blanks")),
    (r"found unexpected end of stream", marked("the file ends within a text in quotes")),
    (r"found unknown escape character.*", marked("an unknown escape after a backslash")),
    (r"found undefined alias.*", marked("'*' names something that '&' names nowhere")),
    (r"block (sequence entries|mappings?) are not allowed (in this context|here)", marked("mind the indentation here")),
    (r"could not determine a constructor for the tag '(?P<tag>.*)'", marked("the tag {tag} is not read: take it out")),
    (r"but found another document", marked("there are several documents in it: keep one")),
    (r"found unhashable key", marked("a key must be text")),
    (r"control characters are not allowed.*", marked("it has a control character")),
    # json and tomllib
    (
        r"(?P<problem>[^:]*): line (?P<line>\d+) column (?P<column>\d+) \(char \d+\)",
        marked("{problem} (column {column})"),
    ),
    (
        r"(?P<problem>.*) \(at line (?P<line>\d+), column (?P<column>\d+)\)",
        marked("{problem} (line {line}, column {column})"),
    ),
    (r"(?P<problem>.*) \(at end of document\)", marked("{problem} (at the end)")),
    (r"Expecting value|Invalid value", marked("a value is expected")),
    (r"Expecting property name enclosed in double quotes|Illegal trailing comma.*", marked("a key is expected")),
    (r"Expecting '(?P<mark>.)' delimiter", marked("{mark} is expected")),
    (r"Expected '(?P<mark>.)' after a key in a key/value pair", marked("{mark} is expected")),
    (r"Extra data|Expected newline or end of document after a statement", marked("there is more than one value")),
    (r"Unterminated string( starting at)?|Expected '.*' at the end of a string", marked("a text that does not end")),
    (r"Invalid control character at|Illegal character.*", marked("a character that can't stand here")),
    (r"Invalid \\.*|Unescaped '\\' in a string", marked("an unknown escape after a backslash")),
    (r"Invalid statement|Invalid initial character for a key part", marked("a key is expected")),
    (r"Unclosed (array|inline table)", marked("a bracket is not closed")),
    (r"Cannot overwrite a value|Cannot declare .* twice", marked("a key is given twice")),
    (r"maximum recursion depth exceeded.*", marked("nested too deep")),
    (r"Exceeds the limit .* for integer string conversion.*", marked("a number of too many digits")),
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
