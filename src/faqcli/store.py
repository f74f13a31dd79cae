"""Which FAQ file is meant, and that file opened for searching."""

from __future__ import annotations

from pathlib import Path

from faqcli.errors import FaqFileError
from faqcli.loader import load
from faqcli.models import Faq

_HERE = Path(__file__).parent
# Beside the modules in an installed wheel; at the top of the project in a checkout or an editable installation.
SHIPPED = (_HERE / "data" / "faq.yaml", _HERE.parents[1] / "data" / "faq.yaml")


def shipped_faq() -> Path:
    """The FAQ file that comes with faqcli.

    Raises:
        FaqFileError: The installation has lost it.
    """
    for path in SHIPPED:
        if path.is_file():
            return path
    raise FaqFileError("The FAQ that comes with faqcli is missing: install faqcli again, or name a file with --faq.")


def open_faq(path: Path | None) -> Faq:
    """The FAQ in a file, the shipped one for None.

    Raises:
        FaqFileError: It cannot be read or is not valid.
    """
    return load(path or shipped_faq())
