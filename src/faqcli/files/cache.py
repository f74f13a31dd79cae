"""The index of a FAQ file: from the cache when that is fresh and sound, else built and cached.

A compiled FAQ is an SQLite file with a checksum of its bytes behind it: SQLite reads the pages that the header of the
file counts, and nothing after them.
"""

from __future__ import annotations

import contextlib
import gc
import os
import sqlite3
import stat
import time
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, NamedTuple

from faqcli.engine.index import Index
from faqcli.errors import DamagedIndexError, FaqFileError
from faqcli.i18n.messages import gettext as _
from faqcli.i18n.messages import quoted
from faqcli.models import Progress

_PACKAGE = Path(__file__).parents[1]
# Beside the modules in an installed wheel; at the top of the project in a checkout or an editable installation.
SHIPPED = (_PACKAGE / "data" / "faq.yaml", _PACKAGE.parents[1] / "data" / "faq.yaml")

FORMAT = 12  # of the compiled file; raise it whenever the tables, or what is in them, change
MIN_UNCHANGED_SECONDS = 2.0  # of a FAQ file before it is compiled: a change within a tick of its clock goes unnoticed
MAX_CHECKED_BYTES = 16 * 1024 * 1024  # of a compiled file whose checksum is compared at each start
CHUNK_BYTES = 256 * 1024  # of it that are held in memory at a time
CHECKSUM_BYTES = 4  # CRC-32, at the end of the file
MAX_BUILD_SECONDS = 3600.0  # after which an unfinished file is one of a killed build
MAX_NAME_LENGTH = 40  # characters of the name of the FAQ file in that of the compiled one
SUFFIX = ".faqcli"

Identity = tuple[bytes, bytes, str]  # of a FAQ file: its path, the name it was given, what changes with its content


class Compiled(NamedTuple):
    """A compiled FAQ in the cache."""

    path: Path
    size: int  # bytes
    age: float  # seconds since it was written


def shipped_faq() -> Path:
    """Return the FAQ file that comes with faqcli.

    Raises:
        FaqFileError: The installation has lost it.
    """
    for path in SHIPPED:
        if path.is_file():
            return path
    raise FaqFileError(_("The FAQ that comes with faqcli is missing: install faqcli again, or name a file with --faq."))


def open_faq(path: Path | None, *, cache: Path | None, progress: Progress | None = None) -> Index:
    """Return the index of a FAQ file, of the shipped one for None; a compiled file is written where it can be.

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
    path_bytes, name_bytes, _state = identity
    hashed = zlib.crc32(name_bytes, zlib.crc32(path_bytes))
    compiled = cache / f"{source.stem[:MAX_NAME_LENGTH]}-{hashed:08x}{SUFFIX}"
    return _open_compiled(compiled, identity) or _build_and_cache(source, identity, compiled, progress)


def _identity(source: Path) -> Identity:
    """Return what tells one state and reading of a FAQ file from another.

    A link may call JSON Lines YAML, and gives JSON Lines without a title its own name as one.
    """
    full = os.path.realpath(source)
    now = Path(full).stat()
    state = (FORMAT, now.st_size, now.st_mtime_ns, now.st_ctime_ns, now.st_ino)
    return os.fsencode(full), os.fsencode(source.name), " ".join(map(str, state))


def _open_compiled(compiled: Path, identity: Identity) -> Index | None:
    """Return the index in a compiled file; None when it is missing, stale, damaged, or not the user's own."""
    try:
        own = _is_own(compiled.parent, folder=True) and _is_own(compiled, folder=False)
        if not own or not _is_sound(compiled):
            return None
        connection = sqlite3.connect(f"{compiled.absolute().as_uri()}?mode=ro&immutable=1", uri=True)
    except (OSError, sqlite3.Error):
        return None
    try:
        if connection.execute("SELECT path, name, state FROM source").fetchone() == identity:
            return Index(connection)
    except (sqlite3.Error, UnicodeDecodeError, DamagedIndexError):  # not a compiled FAQ; an error that SQLite garbles
        pass
    connection.close()
    return None


def _is_own(path: Path, *, folder: bool) -> bool:
    """Return whether this is a folder, or a file, that nobody but the user can have written; a link is neither."""
    state = path.lstat()
    if not (stat.S_ISDIR if folder else stat.S_ISREG)(state.st_mode):
        return False
    if os.name == "nt":
        return True  # the profile's own rights protect the cache folder
    return state.st_uid == os.geteuid() and not state.st_mode & 0o022


def _is_sound(compiled: Path) -> bool:
    """Return whether a compiled file is as it was written; of a big one, only whether it is whole."""
    size = compiled.stat().st_size - CHECKSUM_BYTES
    with compiled.open("rb") as file:
        if size <= MAX_CHECKED_BYTES:
            return _checksum(file, size) == file.read()
        header = file.read(100)
    pages, page_size = int.from_bytes(header[28:32], "big"), int.from_bytes(header[16:18], "big")
    return size == pages * (65536 if page_size == 1 else page_size)


def _checksum(file: IO[bytes], size: int) -> bytes:
    """Return the checksum of the next bytes of a file."""
    checksum = 0
    while size > 0 and (chunk := file.read(min(size, CHUNK_BYTES))):
        checksum = zlib.crc32(chunk, checksum)
        size -= len(chunk)
    return checksum.to_bytes(CHECKSUM_BYTES, "big")


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


def _build_and_cache(source: Path, identity: Identity, compiled: Path, progress: Progress | None) -> Index:
    """Build the index in the cache; in memory where that cannot be, or where the FAQ file may still be changing."""
    if not _is_unchanged_for_long(source) or not _make_folder(compiled.parent):
        return _build_in_memory(source, progress)
    _remove_unfinished(compiled.parent)
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


def _is_unchanged_for_long(source: Path) -> bool:
    """Return whether the FAQ file has stayed as it is for a while; one that has just gone has not."""
    try:
        now = source.stat()
    except OSError:
        return False
    return time.time() - max(now.st_mtime, now.st_ctime) >= MIN_UNCHANGED_SECONDS


def _make_folder(folder: Path) -> bool:
    """Create the cache folder if needed; return whether it is the user's own."""
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


def _remove_unfinished(folder: Path) -> None:
    """Remove what killed builds left in the cache folder."""
    for path in folder.glob(f"*{SUFFIX}.*.tmp"):
        with contextlib.suppress(OSError, ValueError, OverflowError):  # a name that is none of ours
            if time.time() - path.stat().st_mtime > MAX_BUILD_SECONDS or not _is_running(int(path.suffixes[-2][1:])):
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


def _build_file(path: Path, source: Path, identity: Identity, progress: Progress | None) -> None:
    """Write the compiled file of a FAQ into an empty file."""
    connection = sqlite3.connect(path)
    try:
        # Nobody reads the file before it is whole, and a crash only costs building it again.
        connection.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;")
        connection.execute("CREATE TABLE source (path BLOB, name BLOB, state TEXT)")
        connection.execute("INSERT INTO source VALUES (?, ?, ?)", identity)
        _fill(connection, source, progress)
    finally:
        connection.close()
    with path.open("r+b") as file:
        checksum = _checksum(file, path.stat().st_size)
        file.seek(0, os.SEEK_END)
        file.write(checksum)


def _fill(connection: sqlite3.Connection, source: Path, progress: Progress | None) -> None:
    from faqcli.engine.build import build  # loads the stemmer; most starts only open a compiled file
    from faqcli.files.loader import stream  # loads the parsers

    with _collector_paused():
        build(connection, *stream(source, progress=progress))


@contextlib.contextmanager
def _collector_paused() -> Iterator[None]:
    """Pause the garbage collector: to look through what a FAQ is made of takes it as long as reading the FAQ does."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def cached(folder: Path) -> list[Compiled]:
    """Return the compiled FAQs in a folder, and what unfinished builds left there, in the order of their names."""
    found = []
    with contextlib.suppress(OSError):  # no folder can have such a name
        for path in sorted([*folder.glob(f"*{SUFFIX}"), *folder.glob(f"*{SUFFIX}.*.tmp")]):
            with contextlib.suppress(OSError):
                state = path.stat()
                found.append(Compiled(path, state.st_size, max(0.0, time.time() - state.st_mtime)))
    return found


def clear_cache(folder: Path) -> list[Compiled]:
    """Remove the compiled FAQs of a folder, and return those that were removed."""
    removed = []
    for compiled in cached(folder):
        with contextlib.suppress(OSError):
            compiled.path.unlink()
            removed.append(compiled)
    return removed
