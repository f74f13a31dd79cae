"""Commands that are printed for people to run: they work as printed, whatever is in them."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Mapping, Sequence
from subprocess import list2cmdline
from typing import Literal, NamedTuple

import typer

from faqcli.cli.context import session
from faqcli.formats.streams import HELD_SPACE
from faqcli.text import one_line

Shell = Literal["posix", "cmd", "powershell"]

MAX_WORD_CHARS = 200  # of a text to search for; what is longer is cut, before it is quoted

# Patterns, compiled when a hint is printed. The first two are what every shell takes as it is: zsh acts on a first =,
# PowerShell on @, % and commas.
_PLAIN = r"[\w/.][\w/.,:@%+=-]*|-[A-Za-z-]+"
_PLAIN_ON_WINDOWS = r"[\w.\\][\w.\\:/-]*|-[A-Za-z-]+"
_CMD_SPECIAL = r'[()%!^"<>&|]'


class Hints(NamedTuple):
    """How a command is printed that does what this one does: called the same, on the same FAQs."""

    program: str
    faq_files: tuple[str, ...]  # as the --faq options gave them
    shell: Shell

    def command(self, name: str, *words: str, options: Sequence[str] = ()) -> str:
        """Return a command on one line, quoted for the shell: its name, words, options, and the FAQs.

        Control characters are left out, and each run of blanks is one space: the words are searched for, and a line
        that is printed cannot have them.
        """
        words = tuple(one_line(word)[:MAX_WORD_CHARS] for word in words)
        faqs = [part for file in self.faq_files for part in ("--faq", file)]
        if any(word.startswith("-") for word in words):  # else taken for an option
            parts = [self.program, name, *options, *faqs, "--", *words]
        else:
            parts = [self.program, name, *words, *options, *faqs]
        return self._line(parts)

    def typed(self, name: str, args: Sequence[str]) -> str:
        """Return a command with what was typed after it, options and all."""
        return self._line([self.program, name, *(arg[:MAX_WORD_CHARS] for arg in args)])

    def _line(self, parts: Sequence[str]) -> str:
        line = " ".join(_QUOTE[self.shell](one_line(part)) for part in parts)
        return line.replace(" ", HELD_SPACE)  # a line that is broken is no command any more


def hints(ctx: typer.Context) -> Hints:
    """Return how to print a command that is to be run after this one."""
    run = session(ctx)
    faq = run.settings["faq"]
    files = tuple(map(str, faq.value)) if faq.source == "option" else ()
    return Hints(run.program, files, shell_in_use(sys.platform, run.environment))


def shell_in_use(platform: str, environment: Mapping[str, str]) -> Shell:
    """Return the shell that a command was most likely started from.

    Args:
        platform: As `sys.platform`.
        environment: On Windows, SHELL is set by Git Bash and its like; PowerShell adds the user's own folder to
            PSModulePath, which has two without it.
    """
    if platform != "win32" or environment.get("SHELL"):
        return "posix"
    return "powershell" if environment.get("PSModulePath", "").count(";") >= 2 else "cmd"


def _for_posix(word: str) -> str:
    """Quote a word for sh, bash, zsh and fish; fish alone knows a backslash between single quotes."""
    if re.fullmatch(_PLAIN, word):
        return word
    return "'" + re.sub(r"['\\]", lambda found: "'\"{}\"'".format(found[0].replace("\\", "\\\\")), word) + "'"


def _for_cmd(word: str) -> str:
    """Quote a word for cmd.exe: for the program, which takes its line apart, and then every sign that cmd acts on.

    cmd sees no quotes, since they have a ^ before them, and so takes no other sign for quoted.
    """
    if re.fullmatch(_PLAIN_ON_WINDOWS, word):
        return word
    quoted = list2cmdline([word])
    return re.sub(_CMD_SPECIAL, r"^\g<0>", quoted if quoted.startswith('"') else f'"{quoted}"')


def _for_powershell(word: str) -> str:
    """Quote a word for PowerShell, to which a curly quote is a quote; its versions differ in how they pass on a `"`.

    The words of a search do without that sign, and no file on Windows has it in its name.
    """
    word = word.replace('"', "")
    return word if re.fullmatch(_PLAIN_ON_WINDOWS, word) else "'" + re.sub("['‘’‚‛]", r"\g<0>\g<0>", word) + "'"


_QUOTE: dict[Shell, Callable[[str], str]] = {"posix": _for_posix, "cmd": _for_cmd, "powershell": _for_powershell}
