"""The keys of the live search. Only letters, arrows, function keys and Ctrl: every keyboard has them within reach."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, NamedTuple

from prompt_toolkit.buffer import Buffer
from prompt_toolkit.filters import Condition
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.keys import Keys

from faqcli.errors import FaqcliError
from faqcli.i18n.messages import gettext as _
from faqcli.live.state import LiveSearch
from faqcli.models import Entry
from faqcli.text import emails, links, one_line, printable

PAGE_LINES = 5  # of the answer, that PgUp and PgDn move it by
MAX_LINKS = 9  # to choose from with one digit

Action = Literal["show", "reply", "quit"]


class Outcome(NamedTuple):
    """How a live search ended."""

    action: Action
    entry: Entry | None = None  # the chosen one; None after "quit"


class Handlers(NamedTuple):
    """What keys do outside the search. Each returns one line to show, or raises a FaqcliError with one."""

    copy: Callable[[Entry], str]
    open_link: Callable[[str], str]


def line_of(query: str) -> str:
    """Return a query as the line at the top shows it: a whole message on one line."""
    return one_line(query)


def take(live: LiveSearch, text: str) -> None:
    """Take the text of the line as the query; a pasted message stays as it was pasted until its line is edited."""
    live.message = ""
    if text != line_of(live.query):
        live.query = text


def bindings(live: LiveSearch, buffer: Buffer, handlers: Handlers) -> KeyBindings:
    """Return what each key does; the other editing keys are those of prompt_toolkit, which are readline's."""
    actions = _Actions(live, buffer, handlers)
    keys = KeyBindings()
    for name, action in (
        ("up", lambda _event: live.choose(live.chosen - 1)),
        ("down", lambda _event: live.choose(live.chosen + 1)),
        ("pageup", lambda _event: actions.scroll(-PAGE_LINES)),
        ("pagedown", lambda _event: actions.scroll(PAGE_LINES)),
        ("tab", lambda _event: live.next_category(1)),
        ("s-tab", lambda _event: live.next_category(-1)),
        ("c-p", lambda _event: actions.recall(-1)),
        ("c-n", lambda _event: actions.recall(1)),
        ("c-u", lambda _event: actions.clear()),
        ("c-y", lambda _event: actions.copy()),
        ("c-o", lambda _event: actions.open_link()),
        ("c-t", lambda _event: actions.toggle("shows_contacts")),
        ("f1", lambda _event: actions.toggle("shows_keys")),
        ("enter", lambda event: actions.leave(event, "show")),
        ("c-r", lambda event: actions.leave(event, "reply")),
        ("escape", lambda event: actions.leave(event, "quit")),
        ("c-c", lambda event: actions.leave(event, "quit")),
        ("c-d", lambda event: actions.leave(event, "quit")),
        ("c-z", lambda event: event.app.suspend_to_background()),
        (Keys.BracketedPaste, lambda event: actions.paste(event.data)),
    ):
        keys.add(name)(action)
    choosing = Condition(lambda: bool(live.links))
    for digit in range(1, MAX_LINKS + 1):
        keys.add(str(digit), filter=choosing, eager=True)(lambda event: actions.open_choice(int(event.data)))
    return keys


class _Actions:
    """What keys do to the state, the line that is typed, and beyond the search."""

    def __init__(self, live: LiveSearch, buffer: Buffer, handlers: Handlers) -> None:
        self._live = live
        self._buffer = buffer
        self._handlers = handlers

    def scroll(self, lines: int) -> None:
        self._live.scroll = max(0, self._live.scroll + lines)

    def recall(self, step: int) -> None:
        """Put an earlier query into the line; after the newest one, an empty line."""
        self._live.remember()
        query = self._live.earlier(step)
        if query is not None or step > 0:
            self._write(query or "")

    def clear(self) -> None:
        self._live.remember()
        self._write("")

    def paste(self, text: str) -> None:
        """Insert a text; one of several lines is a message, and takes the place of what was typed."""
        text = text.replace("\r\n", "\n").replace("\r", "\n").strip("\n")
        if "\n" in text:
            self._write(text)
        else:
            self._buffer.insert_text(text)

    def _write(self, query: str) -> None:
        self._live.query = query
        self._buffer.text = line_of(query)
        self._buffer.cursor_position = len(self._buffer.text)

    def toggle(self, name: Literal["shows_contacts", "shows_keys"]) -> None:
        """Show something in place of the answer, or the answer again."""
        before = getattr(self._live, name)
        self._live.choose(self._live.chosen)
        setattr(self._live, name, not before)

    def copy(self) -> None:
        if entry := self._live.entry:
            self._live.remember()
            self._report(lambda: self._handlers.copy(entry))

    def open_link(self) -> None:
        """Open the link of the chosen entry, or the mail to its address; list them when there are several."""
        entry = self._live.entry
        if entry is None:
            return
        self._live.remember()
        answer = printable(entry.answer)
        targets = links(answer) or [f"mailto:{email}" for email in emails(answer)]
        if not targets:
            self._live.message = _("Nothing to open: {numbers} has no link.").format(numbers=entry.reference)
        elif len(targets) == 1:
            self._report(lambda: self._handlers.open_link(targets[0]))
        else:
            self._live.links = targets[:MAX_LINKS]
            self._live.message = _("Type the number of the link to open.")

    def open_choice(self, number: int) -> None:
        if number <= len(self._live.links):
            target = self._live.links[number - 1]
            self._live.links = []
            self._report(lambda: self._handlers.open_link(target))

    def _report(self, do: Callable[[], str]) -> None:
        """Do something outside the search; show what it says, or why it failed."""
        try:
            self._live.message = do()
        except FaqcliError as exc:
            self._live.message = str(exc)

    def leave(self, event: KeyPressEvent, action: Action) -> None:
        """End the search; without an entry, only to quit."""
        self._live.refresh()  # keys may have come since the last drawing
        if action == "quit":
            event.app.exit(result=Outcome("quit"))
        elif self._live.entry:
            event.app.exit(result=Outcome(action, self._live.entry))
