"""What the Tab key completes, and how a shell learns to ask for it."""

import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from faqcli.errors import FaqcliError, UsageError, reason
from faqcli.formats import streams
from faqcli.i18n.messages import gettext as _

if TYPE_CHECKING:
    from faqcli.faq import Faq

MOST = 100  # numbers of entries that are offered at a time

_ACTS = re.compile(r"[\\\"`$]")  # what a shell acts on within quotes: zsh evaluates what it is offered

Offers = list[tuple[str, str]]  # what can be written, and what it stands for


def categories(ctx: Any, incomplete: str) -> Offers:
    """The categories and subcategories that begin with what was written."""
    return _offered(ctx, incomplete, lambda faq: faq.category_names)


def topics(ctx: Any, incomplete: str) -> Offers:
    """The topics that begin with what was written."""
    return _offered(ctx, incomplete, lambda faqs: [contact.topic for contact in faqs.contacts])


def numbers(ctx: Any, incomplete: str) -> Offers:
    """The numbers that begin with what was written, each with its question."""
    from faqcli.text import one_line

    faqs = _opened(ctx)
    if faqs is None:
        return []
    found = faqs.with_prefix(incomplete, MOST)
    return [
        (entry.reference, one_line(_ACTS.sub(" ", entry.question)))
        for entry in found
        if not _ACTS.search(entry.reference)
    ]


def _offered(ctx: Any, incomplete: str, names: "Callable[[Faq], list[str]]") -> Offers:
    """The names that begin with what was written, and the words of names that do: a word is enough to find a name.

    What begins so but for its case and accents is offered without these.
    """
    from faqcli.text import fold, one_line, words

    faqs = _opened(ctx)
    offers: dict[str, str] = {}
    for name in map(one_line, names(faqs) if faqs else ()):
        offers[name if name.startswith(incomplete) else fold(name)] = ""
        for word in words(name) if incomplete else ():
            offers.setdefault(word.folded, name)
    return [
        (offer, _ACTS.sub(" ", name))
        for offer, name in offers.items()
        if offer.startswith(incomplete) and not _ACTS.search(offer)
    ]


def _opened(ctx: Any) -> "Faq | None":
    """The FAQs that the line so far names; None where they cannot be read: completion has no place for an error."""
    from faqcli.cli.faqs import open_faq

    try:
        return open_faq(ctx, ctx.params.get("faq_files"))
    except FaqcliError:
        return None


def prepare() -> None:
    """Make ready to answer a shell."""
    from typer import _completion_classes
    from typer._click.shell_completion import add_completion_class

    class Bash(_completion_classes.BashComplete):
        def format_completion(self, item: Any) -> str:
            return re.sub(r"[^\w@%+=:,./-]", r"\\\g<0>", item.value)  # of itself, Typer gives bash several words

    _completion_classes._sanitize_help_text = _as_it_is  # it imports Rich for markup, of which we have none
    _completion_classes.completion_init()
    add_completion_class(Bash, "bash")


def _as_it_is(text: str) -> str:
    return text


def script(name: str) -> str:
    """The lines that make a shell ask for completions of a command.

    Raises:
        UsageError: The shell is not known.
    """
    from typer._completion_shared import get_completion_script

    return str(get_completion_script(prog_name=name, complete_var=variable(name), shell=_shell()))


def install(name: str) -> None:
    """Install completion for the shell that faqcli was started from.

    Raises:
        UsageError: The shell is not known, or its files cannot be written.
    """
    from typer._completion_shared import install as install_for

    shell = _shell()
    try:
        path = install_for(shell=shell, prog_name=name, complete_var=variable(name))[1]
    except OSError as exc:
        raise UsageError(_("Cannot install completion: {reason}.").format(reason=reason(exc))) from exc
    message = _("Completion for {shell} is installed in {path}: it works from the next shell on.")
    streams.say(message.format(shell=shell, path=path))


def variable(name: str) -> str:
    """The environment variable by which a shell asks a command for completions."""
    return f"_{name.upper()}_COMPLETE"


def _shell() -> str:
    """The shell that faqcli was started from."""
    from shellingham import ShellDetectionFailure, detect_shell
    from typer._completion_shared import Shells

    try:
        shell = str(detect_shell()[0])
    except ShellDetectionFailure:
        shell = Path(os.environ.get("SHELL", "")).name
    if shell not in [known.value for known in Shells]:
        raise UsageError(_("No completion for this shell: it is there for bash, zsh, fish and PowerShell."))
    return shell
