"""Replace a file in one step, never over what somebody else wrote meanwhile, and keep the old one beside it."""

from __future__ import annotations

import os
import shutil
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from faqcli.errors import FileChangedError, FileWriteError
from faqcli.files.reading import opened
from faqcli.i18n.messages import gettext as _
from faqcli.i18n.third_party import reason

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

BACKUP_SUFFIX = ".bak"
LOCK_SECONDS = 10.0  # to wait for others who write the same file; they take hundredths of a second
_LOCK_INTERVAL_SECONDS = 0.01
_MAX_NAME_CHARACTERS = 60  # of the file in the name of its helpers: no file system takes more than 255 bytes
_BINARY = getattr(os, "O_BINARY", 0)  # Windows would change the line ends
_NO_LINK = getattr(os, "O_NOFOLLOW", 0)


def replace_file(path: Path, old: bytes | None, new: bytes) -> None:
    """Give a file new content if it still has the old one, which is kept beside it as NAME.bak.

    The new content is written to a file of its own first and renamed, so that a reader, or a kill at any moment,
    finds the old file or the new one whole. A file with several names (hard links), or whose owner would change, is
    written in place instead; after a kill there, NAME.bak has the old content. Links are followed; mode, owner and
    attributes stay.

    Args:
        path: The file; its folder must exist.
        old: What was read from it, None when it did not exist.
        new: Its new content.

    Raises:
        FileChangedError: It has other content than what was read, or somebody made it meanwhile.
        FileWriteError: It could not be written, and is as it was.
    """
    target = Path(os.path.realpath(path))
    try:
        with _locked(target):
            _replace(target, old, new)
    except OSError as exc:
        raise FileWriteError(
            _("{path}: cannot be written, and is as it was: {problem}.").format(path=path, problem=reason(exc))
        ) from exc


def _replace(target: Path, old: bytes | None, new: bytes) -> None:
    """Replace the content of a file whose lock is held."""
    temporary = _beside(target, ".tmp")
    try:
        if old is None:
            _write_new(temporary, new, 0o666)
            _check_unchanged(target, None)
            temporary.replace(target)
            return
        _check_unchanged(target, old)
        _write_new(temporary, old)
        _copy_attributes(target, temporary)
        temporary.replace(target.with_name(target.name + BACKUP_SUFFIX))
        _write_new(temporary, new)
        keeps_owner = _copy_attributes(target, temporary)
        _check_unchanged(target, old)
        if keeps_owner and target.stat().st_nlink == 1:
            temporary.replace(target)
        else:
            temporary.unlink()  # its disk space may be needed
            _write_in_place(target, old, new)
    finally:
        with suppress(OSError):
            temporary.unlink()


def _check_unchanged(target: Path, old: bytes | None) -> None:
    """Raise FileChangedError unless a file has this content; None: unless it does not exist."""
    content = None
    if os.path.lexists(target):
        with opened(target) as file:
            content = file.read(len(old or b"") + 1)
    if content != old:
        raise FileChangedError(
            _("{path}: was changed by somebody else meanwhile, and is left as it is.").format(path=target)
        )


def _write_new(path: Path, content: bytes, mode: int = 0o600) -> None:
    """Write a file anew to the disk; what has its name, left by a process that was killed, is removed."""
    with suppress(FileNotFoundError):
        path.unlink()
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY, mode), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _copy_attributes(source: Path, target: Path) -> bool:
    """Give a file the mode, attributes and, if we may, the owner of another; return whether the owner is the same."""
    wanted, found = source.stat(), target.stat()
    keeps_owner = True
    if hasattr(os, "chown") and (wanted.st_uid, wanted.st_gid) != (found.st_uid, found.st_gid):
        try:
            os.chown(target, wanted.st_uid, wanted.st_gid)
        except OSError:
            keeps_owner = False
    shutil.copystat(source, target)
    os.utime(target)  # the time of the change is now
    return keeps_owner


def _write_in_place(target: Path, old: bytes, new: bytes) -> None:
    """Overwrite a file; when that fails or is interrupted, put the old content back."""
    with open(target, "r+b", buffering=0) as file:
        try:
            _overwrite(file.fileno(), new)
        except BaseException:
            _overwrite(file.fileno(), old)
            raise


def _overwrite(descriptor: int, content: bytes) -> None:
    os.lseek(descriptor, 0, os.SEEK_SET)
    rest = memoryview(content)
    while rest:
        rest = rest[os.write(descriptor, rest) :]
    os.truncate(descriptor, len(content))
    os.fsync(descriptor)


@contextmanager
def _locked(target: Path) -> Iterator[None]:
    """Hold the lock of a file: `.NAME.lock` beside it, which the system unlocks when a process ends or is killed.

    Raises:
        FileWriteError: Another process has held it for LOCK_SECONDS.
    """
    lock, deadline = _beside(target, ".lock"), time.monotonic() + LOCK_SECONDS
    while (descriptor := _try_lock(lock)) is None:
        if time.monotonic() > deadline:
            raise FileWriteError(
                _("{path}: cannot be written, another program is writing it: try again later.").format(path=target)
            )
        time.sleep(_LOCK_INTERVAL_SECONDS)
    try:
        yield
    finally:
        if sys.platform == "win32":  # which removes no file that is open
            os.close(descriptor)
        with suppress(OSError):
            lock.unlink()
        if sys.platform != "win32":  # where a lock that is removed too late could be another process's
            os.close(descriptor)


def _try_lock(lock: Path) -> int | None:
    """Return the descriptor of the lock file, locked by this process; None when another process has it."""
    descriptor = os.open(lock, os.O_RDWR | os.O_CREAT | _NO_LINK | _BINARY, 0o600)
    try:
        if sys.platform == "win32":
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
            return descriptor
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if os.path.samestat(os.fstat(descriptor), lock.stat()):  # else who had it has removed it
            return descriptor
    except (BlockingIOError, FileNotFoundError, PermissionError):
        pass
    os.close(descriptor)
    return None


def _beside(target: Path, suffix: str) -> Path:
    return target.with_name(f".{target.name[:_MAX_NAME_CHARACTERS]}{suffix}")
