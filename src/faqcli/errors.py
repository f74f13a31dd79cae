"""The exceptions of faqcli and the exit code that each one stands for; the words for those of the system."""

from typing import ClassVar


class FaqcliError(Exception):
    """Base of every error that is told to the user in one sentence."""

    exit_code: ClassVar[int] = 2


class UsageError(FaqcliError):
    """The command was called in a way that cannot be carried out."""


class NotFoundError(FaqcliError):
    """Nothing in the FAQ fits: no match, an unknown number, an unknown topic."""

    exit_code = 1


class FaqFileError(FaqcliError):
    """The FAQ file cannot be read or is not a valid FAQ."""

    exit_code = 3


class FileWriteError(FaqcliError):
    """A FAQ file cannot be written; it is as it was."""

    exit_code = 3


class FileChangedError(FileWriteError):
    """A FAQ file is not what was read: somebody else has written it meanwhile."""


class DamagedIndexError(FaqcliError):
    """The compiled FAQ is not what was written; it can be built anew."""

    exit_code = 3


def reason(error: Exception) -> str:
    """Why the system refused, in words."""
    from faqcli.i18n.third_party import translated

    return translated((getattr(error, "strerror", None) or str(error)).lower())
