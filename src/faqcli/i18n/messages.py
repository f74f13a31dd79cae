"""What people read, in their language: English stands in the code, other languages in the catalogues of `locale/`."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gettext import NullTranslations

DOMAIN = "faqcli"
FOLDER = Path(__file__).parent / "locale"
LANGUAGES = ("en", "fr")
_FRENCH_ON_WINDOWS = 0x0C  # the primary language in the low ten bits of a Windows language identifier

_chosen = "en"


def use(language: str) -> None:
    """Choose the language, one of LANGUAGES, for all messages of this process."""
    global _chosen
    _chosen = language


def language() -> str:
    """The language in use."""
    return _chosen


def gettext(message: str) -> str:
    """A message in the language in use; braces in it are filled in afterwards, with `str.format`."""
    return message if _chosen == "en" else _catalogue(_chosen).gettext(message)


def ngettext(singular: str, plural: str, count: int) -> str:
    """The message for so many, in the language in use."""
    if _chosen == "en":
        return singular if count == 1 else plural
    return _catalogue(_chosen).ngettext(singular, plural, count)


def gettext_noop(message: str) -> str:
    """The message as it is: marks what is looked up later, where it is shown."""
    return message


def quoted(value: object) -> str:
    """A value of the user's or of a file for a message: quoted, with escapes for what is not printable."""
    shown = repr(value)
    return shown if _chosen == "en" or not isinstance(value, str) else f"«\xa0{shown[1:-1]}\xa0»"


def decimal(number: float) -> str:
    """A number with one decimal place."""
    return f"{number:.1f}" if _chosen == "en" else f"{number:.1f}".replace(".", ",")


def percent(share: float) -> str:
    """A share, 0 to 1, in percent."""
    return f"{share:.0%}" if _chosen == "en" else f"{100 * share:.0f}\u202f%"


def any_of(choices: list[str]) -> str:
    """Some choices in a row: a, b or c."""
    *others, last = choices
    return gettext("{others} or {last}").format(others=", ".join(others), last=last) if others else last


def preferred(environment: Mapping[str, str]) -> str:
    """The language of the locale: "fr", or "en" for every other one.

    The first of LC_ALL, LC_MESSAGES and LANG that is set decides, as in POSIX; without any, the system's settings.
    """
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if locale := environment.get(name):
            return "fr" if locale[:2].lower() == "fr" else "en"
    return _of_system()


def _of_system() -> str:
    if sys.platform == "win32":
        import ctypes

        identifier = ctypes.windll.kernel32.GetUserDefaultUILanguage()
        return "fr" if identifier & 0x3FF == _FRENCH_ON_WINDOWS else "en"
    if sys.platform == "darwin":
        import subprocess

        command = ("/usr/bin/defaults", "read", "-g", "AppleLocale")
        locale = subprocess.run(command, capture_output=True, text=True, check=False).stdout  # noqa: S603
        return "fr" if locale.startswith("fr") else "en"
    return "en"


@cache
def _catalogue(language: str) -> NullTranslations:
    import gettext

    return gettext.translation(DOMAIN, FOLDER, [language], fallback=True)
