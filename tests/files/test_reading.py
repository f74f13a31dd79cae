"""Whatever a path leads to is opened without waiting, and looked at after it was opened."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from conftest import CORPUS, Run
from faqcli.errors import FaqFileError
from faqcli.files.checks import check
from faqcli.files.loader import load
from faqcli.files.reading import opened

pytestmark = pytest.mark.skipif(os.name == "nt", reason="POSIX files and signals")

MAX_SECONDS = 20  # for what would otherwise wait for ever


@pytest.fixture(autouse=True)
def _alarm() -> Iterator[None]:
    def stop(*_: object) -> None:
        raise AssertionError("it waits")

    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(MAX_SECONDS)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


@pytest.mark.parametrize("name", ["faq.yaml", "faq.jsonl"])
def test_a_file_that_becomes_a_fifo_before_it_is_opened_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    path = tmp_path / name
    path.write_text(CORPUS, encoding="utf-8")
    open_file = os.open

    def exchange(target: str, flags: int, *args: int) -> int:
        if os.fspath(target) == os.fspath(path):
            path.unlink()
            os.mkfifo(path)
        return open_file(target, flags, *args)

    monkeypatch.setattr(os, "open", exchange)
    with pytest.raises(FaqFileError, match=r"Cannot read the FAQ file .*: not a regular file"):
        load(path)


@pytest.mark.parametrize("name", ["faq.yaml", "faq.jsonl"])
def test_a_fifo_without_a_writer_is_refused_by_every_command(faqcli: Run, tmp_path: Path, name: str) -> None:
    os.mkfifo(tmp_path / name)
    for command in (("list", "--faq"), ("check",)):
        done = faqcli(*command, str(tmp_path / name))
        assert (done.returncode, done.stdout) == (3, "")
        assert "not a regular file" in done.stderr


@pytest.mark.parametrize("path", ["/proc/kmsg", "/dev/tty", "/dev/stdin", "/proc/self/mem"])
def test_a_file_of_the_system_is_read_or_refused_at_once(tmp_path: Path, path: str) -> None:
    if not Path(path).exists():
        pytest.skip(f"there is no {path}")
    for name in ("faq.yaml", "faq.jsonl"):
        link = tmp_path / name
        link.symlink_to(path)
        with pytest.raises(FaqFileError):
            load(link)
        with suppress(FaqFileError):
            assert check(link)


@pytest.mark.parametrize("name", ["x" * 300, "a/" * 3000 + "b", "no\0name"])
def test_a_path_that_cannot_be_looked_at_is_a_file_that_cannot_be_read(faqcli: Run, tmp_path: Path, name: str) -> None:
    with pytest.raises(FaqFileError, match="Cannot read the FAQ file"), opened(tmp_path / name):
        pass
    if "\0" not in name:
        done = faqcli("list", "--json", FAQCLI_FILE=str(tmp_path / name))
        assert (done.returncode, done.stdout) == (3, "")
        assert done.stderr.startswith('{"schema_version": 1, "error": {"message": "Cannot read the FAQ file')
