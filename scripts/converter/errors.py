"""What is wrong with a file, as the lines to report."""

from pathlib import Path


class BadFileError(Exception):
    """A file that cannot be used; the arguments are the lines to report."""


def located(path: Path, line: int | None, message: str) -> str:
    """Return the line that says what is wrong, and where."""
    return f"{path}: {message}" if line is None else f"{path}:{line}: {message}"
