"""Where the files of a user are, from the environment alone."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from faqcli.dirs import cache_folder, config_file, home

pytestmark = pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="has folders of its own")


def test_base_folders_are_those_of_the_xdg_specification() -> None:
    environment = {"HOME": "/home/u", "XDG_CACHE_HOME": "/c", "XDG_CONFIG_HOME": "/k"}
    assert cache_folder(environment) == Path("/c/faqcli")
    assert config_file(environment) == Path("/k/faqcli/config.toml")


@pytest.mark.parametrize("value", ["", "cache", "./cache", "~/cache"])
def test_a_relative_base_folder_is_ignored(value: str) -> None:
    environment = {"HOME": "/home/u", "XDG_CACHE_HOME": value, "XDG_CONFIG_HOME": value}
    assert cache_folder(environment) == Path("/home/u/.cache/faqcli")
    assert config_file(environment) == Path("/home/u/.config/faqcli/config.toml")


def test_a_folder_of_our_own_variable_may_be_relative() -> None:
    assert cache_folder({"FAQCLI_CACHE_DIR": "here"}) == Path("here")
    assert config_file({"FAQCLI_CONFIG": "my.toml"}) == Path("my.toml")


@pytest.mark.parametrize("value", ["", "home"])
def test_a_home_that_is_not_absolute_is_none(value: str) -> None:
    assert home({"HOME": value}) is None
    assert cache_folder({"HOME": value}) is None
    assert config_file({"HOME": value}) is None


def test_without_the_variable_the_system_knows_the_home() -> None:
    assert home({}) == Path.home()
