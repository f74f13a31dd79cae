"""Which FAQ file is meant, and its index: from the cache when that is fresh and sound, else built and cached."""

from __future__ import annotations

import contextlib
import gc
import os
import sqlite3
import stat
import time
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from faqcli.engine.index import Index
from faqcli.errors import DamagedIndexError, FaqFileError
from faqcli.i18n.messages import gettext as _
from faqcli.i18n.messages import quoted

_PACKAGE = Path(__file__).parents[1]
# Beside the modules in an installed wheel; at the top of the project in a checkout or an editable installation.
SHIPPED = (_PACKAGE / "data" / "faq.yaml", _PACKAGE.parents[1] / "data" / "faq.yaml")

FORMAT = 7  # of the compiled file; raise it whenever the tables, or what is in them, change
SETTLED = 2.0  # seconds that a file must have stayed as it is, so that a change within its clock's tick is not missed
CHECKED = 16 * 1024 * 1024  # bytes; a compiled file up to this size is read through and its checksum compared
CHUNK = 256 * 1024  # bytes of it that are held in memory at a time
LEFT_BEHIND = 3600.0  # seconds after which an unfinished file is a killed build's
SUFFIX = ".faqcli"

_CHECKSUM_AT = 68  # the application id in the header of an SQLite file: four bytes that nothing else uses

Progress = Callable[[float], None]  # is given how much of the work is done, 0 to 1


class Compiled(NamedTuple):
    """A compiled FAQ in the cache."""

    path: Path
    size: int  # bytes
    age: float  # seconds since it was written


def shipped_faq() -> Path:
    """The FAQ file that comes with faqcli.

    Raises:
        FaqFileError: The installation has lost it.
    """
    for path in SHIPPED:
        if path.is_file():
            return path
    raise FaqFileError(_("The FAQ that comes with faqcli is missing: install faqcli again, or name a file with --faq."))


def open_faq(path: Path | None, *, cache: Path | None, progress: Progress | None = None) -> Index:
    """The index of a FAQ file, of the shipped one for None.

    Args:
        path: The FAQ file.
        cache: The folder of compiled FAQs; None to build in memory.
        progress: Is told how much of a build is done, 0 to 1.

    Raises:
        FaqFileError: The file cannot be read or is not valid.
    """
    source = path or shipped_faq()
    try:
        identity = _identity(source)
    except (OSError, ValueError):  # the loader says it better
        return _build_in_memory(source, progress)
    if cache is None:
        return _build_in_memory(source, progress)
    compiled = cache / f"{source.stem[:40]}-{zlib.crc32(identity[0]):08x}{SUFFIX}"
    return _open_compiled(compiled, identity) or _build_and_cache(source, identity, compiled, progress)


def _identity(source: Path) -> tuple[bytes, str]:
    """The file's full path as the system has it, and what tells one state and reading of it from another."""
    full = os.path.realpath(source)
    now = Path(full).stat()
    reading = source.suffix.lower()  # of the name that was given: a link may call JSON Lines YAML
    state = (FORMAT, now.st_size, now.st_mtime_ns, now.st_ctime_ns, now.st_ino, reading)
    return os.fsencode(full), " ".join(map(str, state))


def _open_compiled(compiled: Path, identity: tuple[bytes, str]) -> Index | None:
    """The index in a compiled file; None when it is missing, stale, damaged, or not the user's own."""
    try:
        own = _is_own(compiled.parent, folder=True) and _is_own(compiled, folder=False)
        if not own or not _is_sound(compiled):
            return None
        connection = sqlite3.connect(f"{compiled.absolute().as_uri()}?mode=ro&immutable=1", uri=True)
    except (OSError, sqlite3.Error):
        return None
    try:
        if connection.execute("SELECT path, state FROM source").fetchone() == identity:
            return Index(connection)
    except (sqlite3.Error, DamagedIndexError):  # not a compiled FAQ
        pass
    connection.close()
    return None


def _is_own(path: Path, *, folder: bool) -> bool:
    """Whether this is a folder, or a file, that nobody but the user can have written; a link is neither."""
    state = path.lstat()
    if not (stat.S_ISDIR if folder else stat.S_ISREG)(state.st_mode):
        return False
    if os.name == "nt":
        return True  # the profile's own rights protect the cache folder
    return state.st_uid == os.geteuid() and not state.st_mode & 0o022


def _is_sound(compiled: Path) -> bool:
    """Whether a compiled file is as it was written; of a big one, only that it is whole."""
    if compiled.stat().st_size > CHECKED:
        with compiled.open("rb") as file:
            head = file.read(100)
        pages, page_size = int.from_bytes(head[28:32], "big"), int.from_bytes(head[16:18], "big")
        return compiled.stat().st_size == pages * (65536 if page_size == 1 else page_size)
    kept, computed = _checksums(compiled)
    return kept == computed


def _checksums(compiled: Path) -> tuple[bytes, bytes]:
    """The checksum that a compiled file keeps, and that of all its other bytes."""
    with compiled.open("rb") as file:
        checksum = zlib.crc32(file.read(_CHECKSUM_AT))
        kept = file.read(4)
        while chunk := file.read(CHUNK):
            checksum = zlib.crc32(chunk, checksum)
    return kept, checksum.to_bytes(4, "big")


def _build_in_memory(source: Path, progress: Progress | None) -> Index:
    connection = sqlite3.connect(":memory:")
    try:
        with contextlib.ExitStack() as undone:
            undone.callback(connection.close)
            _fill(connection, source, progress)
            undone.pop_all()
    except sqlite3.Error as exc:  # a part of a big index is put aside on the disk
        message = _("Cannot index the FAQ file {file}: {problem}: free some room on the disk.")
        raise FaqFileError(message.format(file=quoted(str(source)), problem=exc)) from exc
    return Index(connection)


def _build_and_cache(source: Path, identity: tuple[bytes, str], compiled: Path, progress: Progress | None) -> Index:
    """Build the index in the cache; in memory where that cannot be, or where the file may still be changing."""
    if not _is_settled(source) or not _make_folder(compiled.parent):
        return _build_in_memory(source, progress)
    _remove_left_behind(compiled.parent)
    unfinished = compiled.with_name(f"{compiled.name}.{os.getpid()}.tmp")
    try:
        with _removed_at_the_end(unfinished):
            os.close(os.open(unfinished, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
            _build_file(unfinished, source, identity, progress)
            if _identity(source) == identity:
                unfinished.replace(compiled)
    except (OSError, sqlite3.Error):  # a full disk, a folder that others remove: the answer does not depend on it
        return _build_in_memory(source, progress)
    return _open_compiled(compiled, identity) or _build_in_memory(source, progress)


def _is_settled(source: Path) -> bool:
    """Whether the FAQ file has stayed as it is for a while; one that has just gone has not."""
    try:
        now = source.stat()
    except OSError:
        return False
    return time.time() - max(now.st_mtime, now.st_ctime) >= SETTLED


def _make_folder(folder: Path) -> bool:
    """Whether the cache folder is there, and the user's own."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return _is_own(folder, folder=True)
    except OSError:
        return False


@contextlib.contextmanager
def _removed_at_the_end(path: Path) -> Iterator[None]:
    try:
        yield
    finally:
        with contextlib.suppress(OSError):
            path.unlink()


def _remove_left_behind(folder: Path) -> None:
    for path in folder.glob(f"*{SUFFIX}.*.tmp"):
        with contextlib.suppress(OSError, ValueError, OverflowError):  # a name that is none of ours
            if time.time() - path.stat().st_mtime > LEFT_BEHIND or not _is_running(int(path.suffixes[-2][1:])):
                path.unlink()


def _is_running(process: int) -> bool:
    if os.name == "nt":
        return True  # asking would end it; age decides
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def _build_file(path: Path, source: Path, identity: tuple[bytes, str], progress: Progress | None) -> None:
    connection = sqlite3.connect(path)
    try:
        # Nobody reads the file before it is whole, and a crash only costs building it again.
        connection.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;")
        connection.execute("CREATE TABLE source (path BLOB, state TEXT)")
        connection.execute("INSERT INTO source VALUES (?, ?)", identity)
        _fill(connection, source, progress)
    finally:
        connection.close()
    if path.stat().st_size <= CHECKED:
        _, checksum = _checksums(path)
        with path.open("r+b") as file:
            file.seek(_CHECKSUM_AT)
            file.write(checksum)


def _fill(connection: sqlite3.Connection, source: Path, progress: Progress | None) -> None:
    from faqcli.engine.build import build
    from faqcli.files.loader import stream

    with _collector_paused():
        build(connection, *stream(source, progress=progress))


@contextlib.contextmanager
def _collector_paused() -> Iterator[None]:
    """Spare the garbage collector what a FAQ is made of: looking through it takes as long as reading it."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def cached(folder: Path) -> list[Compiled]:
    """The compiled FAQs in a folder, and what unfinished builds left there, in the order of their names."""
    found = []
    with contextlib.suppress(OSError):  # no folder can have such a name
        for path in sorted([*folder.glob(f"*{SUFFIX}"), *folder.glob(f"*{SUFFIX}.*.tmp")]):
            with contextlib.suppress(OSError):
                state = path.stat()
                found.append(Compiled(path, state.st_size, max(0.0, time.time() - state.st_mtime)))
    return found


def clear_cache(folder: Path) -> list[Compiled]:
    """Remove the compiled FAQs of a folder; returns those that were removed."""
    removed = []
    for compiled in cached(folder):
        with contextlib.suppress(OSError):
            compiled.path.unlink()
            removed.append(compiled)
    return removed
