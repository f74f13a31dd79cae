"""What the system says, in the language in use."""

from __future__ import annotations

import errno

from faqcli.i18n.messages import gettext, gettext_noop

_REASONS = {
    errno.ENOENT: gettext_noop("no such file or directory"),
    errno.EACCES: gettext_noop("permission denied"),
    errno.EPERM: gettext_noop("permission denied"),
    errno.EISDIR: gettext_noop("is a directory"),
    errno.ENOTDIR: gettext_noop("not a directory"),
    errno.ELOOP: gettext_noop("too many levels of symbolic links"),
    errno.ENAMETOOLONG: gettext_noop("file name too long"),
    errno.EFBIG: gettext_noop("file too large"),
    errno.ENOSPC: gettext_noop("no space left on device"),
    errno.EDQUOT: gettext_noop("no space left on device"),
    errno.EROFS: gettext_noop("read-only file system"),
    errno.EIO: gettext_noop("input/output error"),
    errno.ENXIO: gettext_noop("no such device or address"),
    errno.EBADF: gettext_noop("bad file descriptor"),
}


def reason(error: Exception) -> str:
    """Return why the system refused a file, in words; an error without a code is about its name (a NUL, say)."""
    if not isinstance(error, OSError):
        return gettext("no file can have such a name")
    if error.errno in _REASONS:
        return gettext(_REASONS[error.errno])
    return (error.strerror or str(error)).lower()
