"""Where the system keeps a user's files: the compiled FAQs and the configuration.

The places are those of platformdirs, which takes longer to import than a search takes.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

NAME = "faqcli"


def cache_folder(environment: Mapping[str, str]) -> Path | None:
    """The folder of compiled FAQs: FAQCLI_CACHE_DIR, or where the system keeps caches; None without a home."""
    if environment.get("FAQCLI_CACHE_DIR"):
        return Path(environment["FAQCLI_CACHE_DIR"])
    try:
        if sys.platform == "win32":
            return _local(environment) / "Cache"
        if sys.platform == "darwin":
            return Path.home() / "Library" / "Caches" / NAME
        return Path(environment.get("XDG_CACHE_HOME") or Path.home() / ".cache") / NAME
    except RuntimeError:
        return None


def config_file(environment: Mapping[str, str]) -> Path | None:
    """The configuration file: FAQCLI_CONFIG, or config.toml where the system keeps such files; None without a home."""
    if environment.get("FAQCLI_CONFIG"):
        return Path(environment["FAQCLI_CONFIG"])
    try:
        if sys.platform == "win32":
            return _local(environment) / "config.toml"
        if sys.platform == "darwin":
            return Path.home() / "Library" / "Application Support" / NAME / "config.toml"
        return Path(environment.get("XDG_CONFIG_HOME") or Path.home() / ".config") / NAME / "config.toml"
    except RuntimeError:
        return None


def _local(environment: Mapping[str, str]) -> Path:
    return Path(environment.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local") / NAME
