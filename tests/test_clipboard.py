"""Which programs are run to reach the clipboard."""

from __future__ import annotations

import pytest

from faqcli.clipboard import commands

EVERYTHING = {"DISPLAY": ":0", "WAYLAND_DISPLAY": "wayland-0", "TMUX": "/tmp/tmux", "PATH": "."}  # noqa: S108


@pytest.mark.parametrize("root", [None, r"D:\Windows"])
def test_windows_runs_its_own_program_by_its_full_path_and_no_other(root: str | None) -> None:
    environment = EVERYTHING if root is None else {**EVERYTHING, "SystemRoot": root}
    assert list(commands(environment, "win32")) == [((root or r"C:\Windows") + r"\System32\clip.exe",)]


def test_elsewhere_the_likeliest_program_comes_first() -> None:
    assert [command[0] for command in commands(EVERYTHING, "linux")] == ["tmux", "wl-copy", "xclip", "xsel", "clip.exe"]
    assert [command[0] for command in commands({}, "darwin")] == ["pbcopy", "clip.exe"]


def test_over_ssh_no_program_reaches_the_clipboard_of_the_user() -> None:
    assert list(commands({"SSH_TTY": "/dev/pts/1", "DISPLAY": ":0"}, "linux")) == []
