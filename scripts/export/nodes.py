"""YAML text into the nodes of ruamel.yaml, which keep comments and style, and back."""

import io
import re
from pathlib import Path
from typing import Any, Final

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.scalarstring import DoubleQuotedScalarString, FoldedScalarString, LiteralScalarString

from export.errors import BadFileError, fault

__all__ = ["CommentedMap", "CommentedSeq", "dump", "load", "styled"]  # nobody else imports ruamel.yaml

WIDTH: Final = 94  # columns of folded text; 100 with its indent
# What YAML 1.1 and 1.2 read as itself without quotes, what a block scalar can hold, a line of a folded one.
_WORDS: Final = "y|n|yes|no|on|off|true|false|null"
PLAIN: Final = re.compile(rf"(?!(?:{_WORDS})$)[^\W\d_](?:[^:#]|:(?=\S)|(?<=\S)#){{,71}}", re.I)
BLOCK: Final = re.compile("[\n -~\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]+")
FOLD: Final = re.compile(rf" ?(?=.{{{WIDTH}}}).{{0,{WIDTH - 2}}}\S(?= \S)")


def load(path: Path, text: str) -> Any:
    """Return the nodes of a YAML text, or raise where it is invalid."""
    parser = YAML()
    parser.preserve_quotes = True
    try:
        return parser.load(text)
    except MarkedYAMLError as exc:
        line = exc.problem_mark.line + 1 if exc.problem_mark else None
        problem = str(exc.problem or exc.context).partition(" with value ")[0]  # of a duplicate key
        raise BadFileError(fault(path, line, f"invalid YAML: {problem}")) from exc
    except (YAMLError, ValueError, TypeError) as exc:
        position = getattr(exc, "position", None)  # of a character that YAML forbids
        line = None if position is None else text.count("\n", 0, position) + 1
        raise BadFileError(fault(path, line, f"invalid YAML: {str(exc).splitlines()[0]}")) from exc


def dump(node: Any) -> str:
    """Return the YAML text of a node."""
    writer, stream = YAML(), io.StringIO()
    writer.width = 9999  # no line breaks but those of styled() and of the file
    writer.indent(mapping=2, sequence=4, offset=2)
    writer.dump(node, stream)
    return stream.getvalue()


def styled(value: Any) -> Any:
    """Return the value in the YAML style in which it reads best and comes back the same."""
    if isinstance(value, list):
        ids = CommentedSeq(value)
        ids.fa.set_flow_style()
        return ids
    if not isinstance(value, str):
        return value
    if value != value.strip() or not BLOCK.fullmatch(value):
        return DoubleQuotedScalarString(value)
    if "\n" in value:
        return LiteralScalarString(value)
    if PLAIN.fullmatch(value):
        return value
    folded = FoldedScalarString(value)
    folded.fold_pos = [line.end() for line in FOLD.finditer(value)]
    return folded
