"""What people read, in their language: English stands in the code, other languages in the catalogues of `locale/`."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from faqcli import languages

if TYPE_CHECKING:
    from gettext import NullTranslations

DOMAIN = "faqcli"
FOLDER = Path(__file__).parent / "locale"
SOURCE = "en"  # the language of the messages in the code
LANGUAGES = tuple(code for code in languages.codes() if code == SOURCE or (FOLDER / code).is_dir())

_chosen = SOURCE


def use(language: str) -> None:
    """Choose the language, one of LANGUAGES, for all messages of this process."""
    global _chosen
    _chosen = language


def language() -> str:
    """The language in use."""
    return _chosen


def gettext(message: str) -> str:
    """A message in the language in use; braces in it are filled in afterwards, with `str.format`."""
    return message if _chosen == SOURCE else _catalogue(_chosen).gettext(message)


def ngettext(singular: str, plural: str, count: int) -> str:
    """The message for so many, in the language in use."""
    if _chosen == SOURCE:
        return singular if count == 1 else plural
    return _catalogue(_chosen).ngettext(singular, plural, count)


def gettext_noop(message: str) -> str:
    """The message as it is: marks what is looked up later, where it is shown."""
    return message


def quoted(value: object) -> str:
    """A value of the user's or of a file for a message: quoted, with escapes for what is not printable."""
    shown = repr(value)
    marks = languages.language(_chosen).quotation_marks
    return f"{marks[0]}{shown[1:-1]}{marks[1]}" if marks and isinstance(value, str) else shown


def decimal(number: float, places: int = 1) -> str:
    """A number with so many decimal places."""
    return f"{number:.{places}f}".replace(".", languages.language(_chosen).decimal_separator)


def percent(share: float) -> str:
    """A share, 0 to 1, in percent."""
    return languages.language(_chosen).percent_format.format(number=f"{100 * share:.0f}")


def any_of(choices: list[str]) -> str:
    """Some choices in a row: a, b or c."""
    *others, last = choices
    return gettext("{others} or {last}").format(others=", ".join(others), last=last) if others else last


def preferred(environment: Mapping[str, str]) -> str:
    """The language of the locale, SOURCE where it is none of LANGUAGES.

    The first of LC_ALL, LC_MESSAGES and LANG that is set decides, as in POSIX; without any, the system's settings.
    """
    set_ones = (environment.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    code = languages.code(next(filter(None, set_ones), None) or _system_locale())
    return code if code in LANGUAGES else SOURCE


def _system_locale() -> str:
    """The locale that the system's settings name, "" where they name none."""
    if sys.platform == "win32":
        import ctypes
        from locale import windows_locale

        return windows_locale.get(ctypes.windll.kernel32.GetUserDefaultUILanguage(), "")
    if sys.platform == "darwin":
        import subprocess

        command = ("/usr/bin/defaults", "read", "-g", "AppleLocale")
        return subprocess.run(command, capture_output=True, text=True, check=False).stdout  # noqa: S603
    return ""


@cache
def _catalogue(language: str) -> NullTranslations:
    import gettext

    return gettext.translation(DOMAIN, FOLDER, [language], fallback=True)
