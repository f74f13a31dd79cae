"""The exceptions of faqcli, and the exit code that each one stands for."""

EXIT_OK = 0
EXIT_NOT_FOUND = 1
EXIT_USAGE = 2  # also when a result could not be handed over
EXIT_FAQ_FILE = 3
EXIT_INTERRUPTED = 130  # 128 + SIGINT, as shells have it


class FaqcliError(Exception):
    """Base of every error that is told to the user in one sentence."""

    exit_code = EXIT_USAGE


class UsageError(FaqcliError):
    """The command was called in a way that cannot be carried out."""


class OutputError(FaqcliError):
    """The result could not be written."""


class NotFoundError(FaqcliError):
    """Nothing in the FAQ fits: no match, an unknown number, an unknown topic."""

    exit_code = EXIT_NOT_FOUND


class FaqFileError(FaqcliError):
    """The FAQ file cannot be read or is not a valid FAQ."""

    exit_code = EXIT_FAQ_FILE


class FileWriteError(FaqcliError):
    """A FAQ file cannot be written; it is as it was."""

    exit_code = EXIT_FAQ_FILE


class FileChangedError(FileWriteError):
    """A FAQ file is not what was read: somebody else has written it meanwhile."""


class DamagedIndexError(FaqcliError):
    """The compiled FAQ is not what was written; it can be built anew."""

    exit_code = EXIT_FAQ_FILE
