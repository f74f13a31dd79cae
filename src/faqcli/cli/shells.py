"""How each shell asks for completions, takes them, and learns to ask."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from shlex import quote as quoted_for_zsh
from subprocess import SubprocessError

import typer
from shellingham import ShellDetectionFailure, detect_shell

from faqcli.cli._typer import get_completion_script, install_powershell, offers
from faqcli.cli.completion import Offers, variable
from faqcli.cli.context import Session
from faqcli.dirs import home
from faqcli.errors import EXIT_NOT_FOUND, EXIT_OK, UsageError
from faqcli.formats import streams
from faqcli.i18n.messages import gettext as _
from faqcli.i18n.third_party import reason
from faqcli.text import one_line

POWERSHELLS = ("powershell", "pwsh")
SHELLS = ("bash", "zsh", "fish", *POWERSHELLS)

_OPTION = re.compile(r"--[\w-]+=")
_ACTIVE = re.compile(r"[\\\"`$]")  # what some shell acts on within quotes; a FAQ's text with it is not offered


def answer(app: typer.Typer, session: Session) -> int:
    """Write the completions that a shell asks for in the environment, and return the exit code.

    Raises:
        UsageError: The shell is not known.
    """
    environment = session.environment
    shell = environment[variable(session.program)].removeprefix("complete_")
    if shell not in SHELLS:
        raise _unknown_shell()
    words, incomplete, quote = _line(environment, shell)
    found = offers(app, session.program, session, words, incomplete)
    option = _OPTION.match(incomplete)  # never in bash, which splits "--option=value"
    safe = [
        ((option[0] if option else "") + value, one_line(_ACTIVE.sub(" ", text)))
        for value, text in found
        if value == one_line(value) and not _ACTIVE.search(value)
    ]
    if environment.get("_TYPER_COMPLETE_FISH_ACTION") == "is-args":  # fish asks whether to offer files instead
        return EXIT_OK if safe else EXIT_NOT_FOUND
    reply = _REPLIES[shell](safe, quote)
    streams.write(f"{reply}\n" if reply else "")
    return EXIT_OK


def _line(environment: Mapping[str, str], shell: str) -> tuple[list[str], str, str]:
    """Return the line up to the cursor: its words without the command, the last one, and the quote that it stands in.

    Bash gives a word a line, and the position of the one at the cursor; of "--option=value" it makes three words. The
    others give the line as it was typed, PowerShell without the blank that may be its end.
    """
    if shell == "bash":
        at = environment.get("COMP_CWORD", "")
        typed = environment.get("COMP_WORDS", "").split("\n")
        words, incomplete, quote = _scanned("\n".join(typed[: int(at) + 1] if at.isdecimal() else typed), "\\")
        words = [word for before, word in zip(["", *words], words, strict=False) if (before[:2], word) != ("--", "=")]
        return words[1:], incomplete, quote
    line = environment.get("_TYPER_COMPLETE_ARGS", "")
    if shell in POWERSHELLS and not environment.get("_TYPER_COMPLETE_WORD_TO_COMPLETE"):
        line += " "
    words, incomplete, quote = _scanned(line, "`" if shell in POWERSHELLS else "\\")
    return words[1:], incomplete, quote


def _scanned(line: str, escape: str) -> tuple[list[str], str, str]:
    """Return the whole words of a line, without quotes and escapes, the last one, and the quote that it stands in."""
    words: list[str] = []
    word: str | None = None
    quote = ""
    chars = iter(line)
    for char in chars:
        if char == quote:
            quote = ""
        elif char == escape and quote != "'":
            word = (word or "") + next(chars, "")
        elif not quote and char in "'\"":
            quote, word = char, word or ""
        elif not quote and char.isspace():
            words += [] if word is None else [word]
            word = None
        else:
            word = (word or "") + char
    return words, word or "", quote


def _for_bash(found: Offers, quote: str) -> str:
    if quote == "'":
        return "\n".join(value.replace("'", "'\\''") for value, _text in found)
    special = r"[^\w@%+=:,./-]" if not quote else _ACTIVE
    return "\n".join(re.sub(special, r"\\\g<0>", value) for value, _text in found)


def _for_zsh(found: Offers, quote: str) -> str:
    """Return code for zsh, which evaluates it; zsh itself quotes what it then writes."""
    escaped = (value.replace(":", "\\:") + (f":{text}" if text else "") for value, text in found)
    items = " ".join(map(quoted_for_zsh, escaped))
    return f"local -a offers; offers=({items}); _describe faqcli offers" if items else "_files"


def _for_fish(found: Offers, quote: str) -> str:
    return "\n".join(f"{value}\t{text}" if text else value for value, text in found)


def _for_powershell(found: Offers, quote: str) -> str:
    plain = re.compile(r"[\w./-]+")
    values = (value if plain.fullmatch(value) else f"'{value.replace(chr(39), chr(39) * 2)}'" for value, _text in found)
    return "\n".join(f"{value}:::{text or ' '}" for value, (_value, text) in zip(values, found, strict=True))


_REPLIES: dict[str, Callable[[Offers, str], str]] = {
    "bash": _for_bash,
    "zsh": _for_zsh,
    "fish": _for_fish,
    "powershell": _for_powershell,
    "pwsh": _for_powershell,
}


def script(name: str, environment: Mapping[str, str]) -> str:
    """Return the lines that make the shell that faqcli was started from ask for completions of a command.

    Raises:
        UsageError: The shell is not known.
    """
    shell = _current(environment)
    return str(get_completion_script(prog_name=name, complete_var=variable(name), shell=shell))


def install(name: str, environment: Mapping[str, str]) -> None:
    """Install completion for the shell that faqcli was started from: write its script, and let its start read it.

    Raises:
        UsageError: The shell is not known, or its files cannot be written.
    """
    shell, folder = _current(environment), home(environment)
    if folder is None:
        raise UsageError(_("Cannot install completion: there is no home folder."))
    try:
        path = (
            install_powershell(prog_name=name, complete_var=variable(name), shell=shell)
            if shell in POWERSHELLS
            else _install(shell, name, folder, script(name, environment))
        )
    except (OSError, SubprocessError) as exc:
        problem = reason(exc) if isinstance(exc, OSError) else str(exc)
        raise UsageError(_("Cannot install completion: {reason}.").format(reason=problem)) from exc
    message = _("Completion for {shell} is installed in {path}: it works from the next shell on.")
    streams.say(message.format(shell=shell, path=path))


def _install(shell: str, name: str, folder: Path, lines: str) -> Path:
    """Write the script of a shell below the home folder, and return its path."""
    below = {
        "bash": f".bash_completions/{name}.sh",
        "zsh": f".zfunc/_{name}",
        "fish": f".config/fish/completions/{name}.fish",
    }[shell]
    path = folder / below
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"{lines}\n", encoding="utf-8")
    if shell == "bash":
        _add_line(folder / ".bashrc", f"[ ! -r ~/{below} ] || . ~/{below}")
    if shell == "zsh":
        with path.open("a", encoding="utf-8") as file:  # zsh reads it at the first Tab, which is to be answered, too
            file.write(f'\n_{name}_completion "$@"\n')
        _add_line(folder / ".zshrc", "fpath+=~/.zfunc; autoload -Uz compinit; compinit")
    return path


def _add_line(path: Path, line: str) -> None:
    """Append a line to a file of the user's, in whatever encoding, unless the file has it."""
    data = path.read_bytes() if path.exists() else b""
    if line.encode() in data.splitlines():
        return
    with path.open("ab") as file:
        file.write(b"\n" if data and not data.endswith(b"\n") else b"")
        file.write(line.encode() + b"\n")


def _current(environment: Mapping[str, str]) -> str:
    """Return the name of the shell that faqcli was started from."""
    try:
        shell = str(detect_shell()[0])
    except ShellDetectionFailure:
        shell = Path(environment.get("SHELL", "")).name
    if shell not in SHELLS:
        raise _unknown_shell()
    return shell


def _unknown_shell() -> UsageError:
    return UsageError(_("No completion for this shell: it is there for bash, zsh, fish and PowerShell."))
