"""Settings: an option over the environment, over the configuration file, over the default."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Literal, NamedTuple

from faqcli.errors import UsageError
from faqcli.i18n.messages import LANGUAGES, any_of, preferred, quoted
from faqcli.i18n.messages import gettext as _
from faqcli.i18n.third_party import reason

Source = Literal["option", "environment", "file", "locale", "default"]

LIVE_MODES = ("screen", "line")  # a live search that draws a screen, or one that prints numbered lines
COLORS = ("auto", "always", "never")
SHIPPED = "shipped"  # what the FAQ that comes with faqcli is called where files are named
MAX_RESULTS = 1000  # entries that a search shows at most, however the limit is given
_MAX_DIGITS = 100  # of a number in the environment: Python takes quadratic time to read one


class Setting(NamedTuple):
    """A value, and where it comes from."""

    value: Any
    source: Source
    where: str = ""  # the option, the environment variable or the file


class _Kind(NamedTuple):
    """How the value of a setting is read."""

    variable: str  # in the environment
    from_text: Callable[[str], Any]  # raises ValueError with what it must be
    from_file: Callable[[Any], Any]  # of a value in TOML; raises the same
    default: Any


def _choice(choices: Sequence[str]) -> Callable[[Any], str]:
    def read(value: Any) -> str:
        if value not in choices:
            raise ValueError(_("it must be {choices}").format(choices=any_of(list(choices))))
        return str(value)

    return read


def _limit(value: Any) -> int:
    text = str(value)
    is_number = not isinstance(value, bool) and text.isascii() and text.isdigit() and len(text) <= _MAX_DIGITS
    if not is_number or not 1 <= int(text) <= MAX_RESULTS:
        raise ValueError(_("it must be a whole number from {least} to {most}").format(least=1, most=MAX_RESULTS))
    return int(text)


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise ValueError(_("it must be text"))
    return value


def _template(value: Any) -> str:
    from faqcli.reply import template_problem  # imported here because most starts have no template, and it needs urllib

    text = _text(value)
    if wrong := template_problem(text):
        raise ValueError(wrong)
    return text


def _paths(value: Any) -> list[str]:
    texts = [value] if isinstance(value, str) else value
    if not isinstance(texts, list) or not texts or not all(isinstance(text, str) and text for text in texts):
        raise ValueError(_("it must be a file, or a list of files"))
    return texts


def _path_list(value: str) -> list[str]:
    """Return the files of an environment variable, separated like those of PATH; a name may have the separator."""
    if os.path.exists(value):  # noqa: PTH110 - Path's raises where it may not look
        return [value]
    return _paths([part for part in value.split(os.pathsep) if part])


KINDS = {
    "language": _Kind("FAQCLI_LANG", _choice(LANGUAGES), _choice(LANGUAGES), None),
    "color": _Kind("FAQCLI_COLOR", _choice(COLORS), _choice(COLORS), "auto"),
    "limit": _Kind("FAQCLI_LIMIT", _limit, _limit, 5),
    "live": _Kind("FAQCLI_LIVE", _choice(LIVE_MODES), _choice(LIVE_MODES), "screen"),
    "faq": _Kind("FAQCLI_FILE", _path_list, _paths, [SHIPPED]),
    "reply": _Kind("FAQCLI_REPLY", _template, _template, ""),
    "signature": _Kind("FAQCLI_SIGNATURE", _text, _text, ""),
}


class Settings:
    """The settings of a run; an option that was given is told with `choose`."""

    def __init__(self, environment: Mapping[str, str], file: Path | None) -> None:
        """Read the configuration file, if there is one.

        Raises:
            UsageError: It cannot be read, or has a key or value that it can't have.
        """
        self.file = file
        self._environment = environment
        self._options: dict[str, Setting] = {}
        self._in_file = _read(file) if file else {}

    def choose(self, name: str, value: object, option: str) -> None:
        """Let an option decide, if it was given; text is read by the same rule as in the environment.

        Raises:
            UsageError: It has a value that it can't have.
        """
        if isinstance(value, str):
            value = _from_text(name, value, option)
        if value:
            self._options[name] = Setting(value, "option", option)

    def __getitem__(self, name: str) -> Setting:
        """A setting.

        Raises:
            UsageError: The environment has a value that it can't have.
        """
        kind = KINDS[name]
        if name in self._options:
            return self._options[name]
        if text := self._environment.get(kind.variable):
            return Setting(_from_text(name, text, kind.variable), "environment", kind.variable)
        if name in self._in_file:
            return Setting(self._in_file[name], "file", str(self.file))
        if name == "language":
            return Setting(preferred(self._environment), "locale")
        return Setting(kind.default, "default")

    def faq_files(self) -> list[Path | None]:
        """Return the FAQ files, None for the shipped one; those of the configuration file are found from its folder.

        "shipped" is the shipped one, except as an option where there is a file of that name.
        """
        setting = self["faq"]
        if setting.source == "file":
            folder = Path(setting.where).parent
            names = [name if name == SHIPPED else os.path.expanduser(name) for name in setting.value]  # noqa: PTH111 - Path's raises
            return [None if name == SHIPPED else folder / name for name in names]
        as_file = setting.source == "option" and os.path.lexists(SHIPPED)
        return [None if str(name) == SHIPPED and not as_file else Path(name) for name in setting.value]


def _from_text(name: str, text: str, where: str) -> Any:
    try:
        return KINDS[name].from_text(text)
    except ValueError as exc:
        raise UsageError(
            _("{name} is {value}: {problem}.").format(name=where, value=quoted(text), problem=exc)
        ) from None


def _read(file: Path) -> dict[str, Any]:
    """The settings in a configuration file; none when there is no such file."""
    try:
        if not os.path.isfile(file):  # noqa: PTH113 - without an error where it may not even be looked for
            return {}
        data = file.read_bytes()
    except (OSError, ValueError) as exc:
        message = _("Cannot read the configuration {file}: {reason}.")
        raise UsageError(message.format(file=quoted(str(file)), reason=reason(exc))) from exc
    found = _parsed(file, data)
    for name, value in found.items():
        if name not in KINDS:
            message = _("{file}: the key {key} is not known: the keys are {keys}.")
            raise UsageError(message.format(file=file, key=quoted(name), keys=", ".join(KINDS)))
        try:
            found[name] = KINDS[name].from_file(value)
        except ValueError as exc:
            message = _("{file}: {name} is {value}: {problem}.")
            raise UsageError(message.format(file=file, name=name, value=quoted(value), problem=exc)) from None
    return found


def _parsed(file: Path, data: bytes) -> dict[str, Any]:
    # Imported here because most starts have no configuration file to read.
    if sys.version_info >= (3, 11):
        import tomllib
    else:
        import tomli as tomllib
    try:
        return tomllib.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as exc:
        message = _("{file}: not valid TOML ({problem}): write lines such as limit = 5, and texts in quotes.")
        raise UsageError(message.format(file=file, problem=" ".join(str(exc).split()))) from None
