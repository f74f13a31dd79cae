"""Where the system keeps a user's files: the compiled FAQs and the configuration.

The folders are those of platformdirs, which takes longer to import than a search takes.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

NAME = "faqcli"


def home(environment: Mapping[str, str]) -> Path | None:
    """Return the user's home folder; None without one."""
    named = environment.get("USERPROFILE" if sys.platform == "win32" else "HOME")
    if named is not None:
        return _absolute(named)
    try:
        return Path.home()  # as the system's list of users has it
    except RuntimeError:
        return None


def cache_folder(environment: Mapping[str, str]) -> Path | None:
    """Return the folder of compiled FAQs: FAQCLI_CACHE_DIR, or where the system keeps caches; None without a home."""
    if environment.get("FAQCLI_CACHE_DIR"):
        return Path(environment["FAQCLI_CACHE_DIR"])
    if sys.platform == "win32":
        return _below(_local(environment), NAME, "Cache")
    if sys.platform == "darwin":
        return _below(home(environment), "Library", "Caches", NAME)
    return _below(_xdg(environment, "XDG_CACHE_HOME", ".cache"), NAME)


def config_file(environment: Mapping[str, str]) -> Path | None:
    """Return the configuration file: FAQCLI_CONFIG, or where the system keeps such files; None without a home."""
    if environment.get("FAQCLI_CONFIG"):
        return Path(environment["FAQCLI_CONFIG"])
    if sys.platform == "win32":
        return _below(_local(environment), NAME, "config.toml")
    if sys.platform == "darwin":
        return _below(home(environment), "Library", "Application Support", NAME, "config.toml")
    return _below(_xdg(environment, "XDG_CONFIG_HOME", ".config"), NAME, "config.toml")


def _xdg(environment: Mapping[str, str], variable: str, usual: str) -> Path | None:
    """Return a base folder of the XDG specification, which says that relative paths are to be ignored."""
    return _absolute(environment.get(variable, "")) or _below(home(environment), usual)


def _local(environment: Mapping[str, str]) -> Path | None:
    return _absolute(environment.get("LOCALAPPDATA", "")) or _below(home(environment), "AppData", "Local")


def _absolute(text: str) -> Path | None:
    return Path(text) if Path(text).is_absolute() else None


def _below(folder: Path | None, *names: str) -> Path | None:
    return folder and folder.joinpath(*names)
