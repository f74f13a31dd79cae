"""files/writing.py: a file is replaced whole, never over what somebody else wrote, and nothing is left behind."""

from __future__ import annotations

import os
import random
import resource
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from faqcli.errors import FaqFileError, FileChangedError, FileWriteError
from faqcli.files import writing
from faqcli.files.writing import replace_file

OLD, NEW = b"old\r\n", b"new\n" * 1000

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can give files to others")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "faq.yaml"
    path.write_bytes(OLD)
    return path


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def run(code: str, *arguments: object, before: Callable[[], None] | None = None) -> subprocess.CompletedProcess[str]:
    """Run code, with `path` and the names of this module, in a process of its own."""
    start = """
        import os, sys
        from pathlib import Path
        from faqcli.errors import FileChangedError, FileWriteError
        from faqcli.files.writing import replace_file
        path = Path(sys.argv[1])
    """
    command = [sys.executable, "-c", textwrap.dedent(start) + textwrap.dedent(code), *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, preexec_fn=before, check=False)


def test_the_new_content_is_written_and_the_old_one_kept_beside_it(file: Path) -> None:
    replace_file(file, OLD, NEW)
    assert file.read_bytes() == NEW
    assert file.with_name("faq.yaml.bak").read_bytes() == OLD
    assert names(file.parent) == ["faq.yaml", "faq.yaml.bak"]


def test_the_copy_is_of_the_last_content(file: Path) -> None:
    replace_file(file, OLD, b"second")
    replace_file(file, b"second", b"third")
    assert file.with_name("faq.yaml.bak").read_bytes() == b"second"


def test_a_new_file_has_no_copy_and_the_usual_mode(tmp_path: Path) -> None:
    path = tmp_path / "faq.yaml"
    mask = os.umask(0o027)
    try:
        replace_file(path, None, NEW)
    finally:
        os.umask(mask)
    assert (path.read_bytes(), path.stat().st_mode & 0o777, names(tmp_path)) == (NEW, 0o640, ["faq.yaml"])


@pytest.mark.parametrize(
    ("content", "old"),
    [
        pytest.param(b"edited", OLD, id="edited"),
        pytest.param(OLD + b"more", OLD, id="longer"),
        pytest.param(b"", OLD, id="emptied"),
        pytest.param(None, OLD, id="removed"),
        pytest.param(b"made", None, id="made"),
        pytest.param(b"", None, id="made empty"),
    ],
)
def test_what_somebody_else_wrote_is_never_overwritten(file: Path, content: bytes | None, old: bytes | None) -> None:
    file.unlink()
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(FileChangedError, match="changed by somebody else"):
        replace_file(file, old, NEW)
    assert names(file.parent) == ([] if content is None else ["faq.yaml"])
    assert content is None or file.read_bytes() == content


def test_a_change_while_it_is_written_is_seen(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sync = os.fsync

    def edit(descriptor: int) -> None:
        sync(descriptor)
        file.write_bytes(b"edited")

    monkeypatch.setattr(os, "fsync", edit)
    with pytest.raises(FileChangedError):
        replace_file(file, OLD, NEW)
    assert file.read_bytes() == b"edited"
    assert names(file.parent) == ["faq.yaml", "faq.yaml.bak"]


def test_links_are_followed(file: Path) -> None:
    near, far = file.with_name("near.yaml"), file.with_name("far.yaml")
    near.symlink_to("faq.yaml")
    far.symlink_to(near)
    replace_file(far, OLD, NEW)
    assert (far.is_symlink(), near.is_symlink(), file.read_bytes()) == (True, True, NEW)


def test_a_link_to_nothing_gets_its_file(tmp_path: Path) -> None:
    (tmp_path / "link.yaml").symlink_to("faq.yaml")
    replace_file(tmp_path / "link.yaml", None, NEW)
    assert (tmp_path / "faq.yaml").read_bytes() == NEW
    assert (tmp_path / "link.yaml").is_symlink()


def test_all_names_of_a_file_stay_its_names(file: Path) -> None:
    other = file.with_name("other.yaml")
    other.hardlink_to(file)
    replace_file(file, OLD, NEW)
    assert other.samefile(file)
    assert other.read_bytes() == NEW
    assert names(file.parent) == ["faq.yaml", "faq.yaml.bak", "other.yaml"]
    assert not file.with_name("faq.yaml.bak").samefile(file)


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o664, 0o444])
def test_the_mode_stays_and_so_does_that_of_the_copy(file: Path, mode: int) -> None:
    file.chmod(mode)
    replace_file(file, OLD, NEW)
    assert [path.stat().st_mode & 0o777 for path in (file, file.with_name("faq.yaml.bak"))] == [mode, mode]


def test_the_time_of_the_change_is_new(file: Path) -> None:
    os.utime(file, (1, 1))
    replace_file(file, OLD, NEW)
    assert time.time() - file.stat().st_mtime < 60


@as_root
def test_the_owner_stays_when_root_writes(file: Path) -> None:
    os.chown(file, 1234, 2345)
    replace_file(file, OLD, NEW)
    assert (file.stat().st_uid, file.stat().st_gid, file.read_bytes()) == (1234, 2345, NEW)


@contextmanager
def somebody(user: int, group: int) -> Iterator[None]:
    """Act as another user, who belongs to one more group."""
    groups = os.getgroups()
    os.setgroups([group])
    os.setegid(user)
    os.seteuid(user)
    try:
        yield
    finally:
        os.seteuid(0)
        os.setegid(0)
        os.setgroups(groups)


@as_root
def test_the_owner_stays_when_somebody_of_the_group_writes() -> None:
    with TemporaryDirectory() as folder:
        file = Path(folder) / "faq.yaml"
        file.write_bytes(OLD)
        Path(folder).chmod(0o777)
        file.chmod(0o664)
        os.chown(file, 1234, 2345)
        with somebody(4567, 2345):
            replace_file(file, OLD, NEW)
        assert (file.stat().st_uid, file.stat().st_gid, file.read_bytes()) == (1234, 2345, NEW)
        assert names(file.parent) == ["faq.yaml", "faq.yaml.bak"]


def test_what_a_killed_process_left_is_removed(file: Path) -> None:
    for suffix in (".tmp", ".lock"):
        file.with_name(f".faq.yaml{suffix}").write_bytes(b"left")
    replace_file(file, OLD, NEW)
    assert names(file.parent) == ["faq.yaml", "faq.yaml.bak"]


def test_a_link_in_place_of_the_temporary_file_is_not_followed(file: Path, tmp_path: Path) -> None:
    victim = tmp_path / "victim"
    victim.write_bytes(b"mine")
    file.with_name(".faq.yaml.tmp").symlink_to(victim)
    replace_file(file, OLD, NEW)
    assert victim.read_bytes() == b"mine"


def test_the_longest_names_will_do(tmp_path: Path) -> None:
    path = tmp_path / ("é" * 123 + ".yml")  # 250 bytes, 254 with .bak
    path.write_bytes(OLD)
    replace_file(path, OLD, NEW)
    assert path.read_bytes() == NEW


def test_a_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FaqFileError, match=r"directory|regular"):
        replace_file(tmp_path, b"", NEW)


def test_a_missing_folder_is_told(tmp_path: Path) -> None:
    with pytest.raises(FileWriteError, match="as it was: no such file"):
        replace_file(tmp_path / "none" / "faq.yaml", None, NEW)


@pytest.mark.parametrize("is_linked", [False, True])
def test_a_disk_that_is_full_leaves_the_file_as_it_was(file: Path, *, is_linked: bool) -> None:
    if is_linked:
        file.with_name("other.yaml").hardlink_to(file)
    code = "replace_file(path, b'old\\r\\n', b'x' * 5000)"
    done = run(code, file, before=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000)))
    assert "FileWriteError" in done.stderr
    assert file.read_bytes() == OLD
    assert [name for name in names(file.parent) if name.startswith(".")] == []


def test_a_file_written_in_place_is_put_back_when_the_disk_is_full(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file.with_name("other.yaml").hardlink_to(file)
    truncate = os.truncate
    failed: list[int] = []

    def fail_once(descriptor: int, length: int) -> None:
        if not failed:
            failed.append(length)
            raise OSError(28, "No space left on device")
        truncate(descriptor, length)

    monkeypatch.setattr(os, "truncate", fail_once)
    with pytest.raises(FileWriteError, match="no space left"):
        replace_file(file, OLD, NEW)
    assert (failed, file.read_bytes()) == ([len(NEW)], OLD)


def test_who_holds_the_lock_for_too_long_is_told(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writing, "LOCK_SECONDS", 0.1)
    hold = "import fcntl, sys; f = open(sys.argv[1], 'w'); fcntl.flock(f, fcntl.LOCK_EX); print(flush=True); input()"
    command = [sys.executable, "-c", hold, str(file.with_name(".faq.yaml.lock"))]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as holder:
        assert holder.stdout
        holder.stdout.readline()
        with pytest.raises(FileWriteError, match="another program is writing it"):
            replace_file(file, OLD, NEW)
        holder.kill()
    assert file.read_bytes() == OLD
    replace_file(file, OLD, NEW)
    assert names(file.parent) == ["faq.yaml", "faq.yaml.bak"]


# Each process adds a line of its own, as often as asked, and begins again when another was faster.
ADD = """
for number in range(int(sys.argv[3])):
    while True:
        old = path.read_bytes()
        try:
            replace_file(path, old, old + f"{sys.argv[2]}-{number}\\n".encode())
            break
        except FileChangedError:
            pass
"""


def test_eight_processes_at_once_lose_nothing(file: Path) -> None:
    file.write_bytes(b"")
    start = textwrap.dedent("""
        import sys
        from pathlib import Path
        from faqcli.errors import FileChangedError
        from faqcli.files.writing import replace_file
        path = Path(sys.argv[1])
    """)
    commands = ([sys.executable, "-c", start + ADD, str(file), str(number), "10"] for number in range(8))
    processes = [subprocess.Popen(command) for command in commands]
    assert [process.wait(120) for process in processes] == [0] * 8
    wanted = {f"{process}-{number}" for process in range(8) for number in range(10)}
    assert sorted(file.read_text().split()) == sorted(wanted)
    assert names(file.parent) == ["faq.yaml", "faq.yaml.bak"]


@pytest.mark.slow
def test_kills_at_any_moment_leave_the_old_file_or_the_new_one(file: Path) -> None:
    """Kill processes that swap two contents, again and again: whatever is left, it is one of them, and can go on."""
    contents = (b"a" * 300_000, b"b" * 300_000)
    file.write_bytes(contents[0])
    swap = """
        contents = (b"a" * 300_000, b"b" * 300_000)
        print(flush=True)
        while True:
            old = path.read_bytes()
            replace_file(path, old, contents[old == contents[0]])
    """
    rng, left = random.Random(7), 0
    code = textwrap.dedent("""
        import sys
        from pathlib import Path
        from faqcli.files.writing import replace_file
        path = Path(sys.argv[1])
    """) + textwrap.dedent(swap)
    for _ in range(60):
        with subprocess.Popen([sys.executable, "-c", code, str(file)], stdout=subprocess.PIPE) as process:
            assert process.stdout
            process.stdout.readline()
            time.sleep(rng.random() / 20)
            process.send_signal(signal.SIGKILL)
        assert file.read_bytes() in contents
        left += len(names(file.parent)) > 2
        assert {".faq.yaml.lock", ".faq.yaml.tmp", "faq.yaml", "faq.yaml.bak"}.issuperset(names(file.parent))
    assert left, "no kill came while a file was written"
    replace_file(file, file.read_bytes(), b"last")
    assert names(file.parent) == ["faq.yaml", "faq.yaml.bak"]
