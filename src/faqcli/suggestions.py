"""What may have been meant by a name that is not known: a command, an option, a key, a category, a topic."""

from __future__ import annotations

from collections.abc import Sequence

from faqcli.engine.spelling import nearest
from faqcli.i18n.messages import any_of, quoted
from faqcli.i18n.messages import gettext as _


def did_you_mean(text: str, known: Sequence[str]) -> str:
    """Return the question whether one of the known names was meant, "" when none looks like the text."""
    meant = [name if name.startswith("-") else quoted(name) for name in nearest(text, known)]
    return _("Did you mean {choices}?").format(choices=any_of(meant)) if meant else ""
