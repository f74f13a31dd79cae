"""The live search on a terminal, through prompt_toolkit: it draws on the terminal, never on stdout."""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TextIO

from prompt_toolkit.application import Application, get_app
from prompt_toolkit.buffer import Buffer
from prompt_toolkit.formatted_text import StyleAndTextTuples
from prompt_toolkit.input import create_input
from prompt_toolkit.layout import Dimension, HSplit, Layout, VSplit, Window
from prompt_toolkit.layout.controls import BufferControl, FormattedTextControl
from prompt_toolkit.output import ColorDepth, create_output
from prompt_toolkit.styles import Style

from faqcli.live import keys, view
from faqcli.live.keys import Handlers, Outcome
from faqcli.live.state import LiveSearch

ESCAPE_SECONDS = 0.05  # after which Esc is a key of its own and not the beginning of an arrow key

_STYLES = {
    "prompt": "bold",
    "chosen": "bold",
    "chosen-question": "bold",
    "matched": "bold underline",
    "reference": "bold",
    "heading": "bold",
    "category": "ansicyan",
    "high": "bold ansigreen",
    "medium": "ansiyellow",
    "low": "",
    "link": "ansiblue underline",
    "minor": "",
    "status": "reverse",
}


def run(live: LiveSearch, handlers: Handlers, *, colored: bool) -> Outcome:
    """Run the live search until the user leaves it, and restore the terminal.

    Args:
        live: Its state; changed.
        handlers: What copies an answer and opens a link.
        colored: Whether to use colours beside bold and underline.

    Raises:
        OSError: There is no terminal.
    """
    with _terminal() as stream:
        app = application(live, handlers, colored=colored, stream=stream)
        with _signals(app):
            return app.run(handle_sigint=False)


def application(live: LiveSearch, handlers: Handlers, *, colored: bool, stream: TextIO) -> Application[Outcome]:
    """Return the application: its layout, its keys, and one search before each drawing.

    All waiting keys are read before the screen is drawn again, so however fast they come, one search follows them.
    """
    buffer = Buffer(multiline=False, on_text_changed=lambda changed: keys.take(live, changed.text))
    buffer.text = keys.line_of(live.query)
    buffer.cursor_position = len(buffer.text)
    app: Application[Outcome] = Application(
        layout=Layout(_layout(live, buffer)),
        key_bindings=keys.bindings(live, buffer, handlers),
        style=Style.from_dict(_STYLES),
        color_depth=None if colored else ColorDepth.DEPTH_1_BIT,
        full_screen=True,
        erase_when_done=True,
        mouse_support=False,
        before_render=lambda _app: live.refresh(),
        input=create_input(sys.stdin, always_prefer_tty=True),
        output=create_output(stream),
    )
    app.ttimeoutlen = app.timeoutlen = ESCAPE_SECONDS
    return app


def _layout(live: LiveSearch, buffer: Buffer) -> HSplit:
    def size() -> tuple[int, int]:
        rows, columns = get_app().output.get_size()
        return columns, rows

    def text(lines: Callable[[int, int], list[view.Line]]) -> FormattedTextControl:
        def fragments() -> StyleAndTextTuples:
            shown: StyleAndTextTuples = []
            for line in lines(*size()):
                shown += [*line, ("", "\n")]
            return shown[:-1]

        return FormattedTextControl(fragments)

    def answer(width: int, height: int) -> list[view.Line]:
        lines = view.answer_lines(live, width)
        room = max(1, height - view.FIXED_LINES - view.row_count(height, len(live.rows)))
        live.scroll = max(0, min(live.scroll, len(lines) - room))
        return lines[live.scroll :]

    return HSplit(
        [
            VSplit(
                [Window(FormattedTextControl([("class:prompt", "> ")]), width=2), Window(BufferControl(buffer))],
                height=1,
            ),
            Window(
                text(lambda width, height: view.list_lines(live, width, height)),
                height=lambda: Dimension.exact(view.row_count(size()[1], len(live.rows))),
            ),
            Window(text(lambda width, _: [view.rule(width)]), height=1),
            Window(text(answer)),
            Window(text(lambda width, _: [view.status_line(live, width)]), height=1),
        ],
    )


@contextmanager
def _terminal() -> Iterator[TextIO]:
    """Yield a stream to the terminal: stderr or stdout where that is one, else the terminal of the process."""
    for stream in (sys.stderr, sys.stdout):
        if stream and stream.isatty():
            yield stream
            return
    with open("CONOUT$" if sys.platform == "win32" else "/dev/tty", "w", encoding="utf-8") as stream:
        yield stream


@contextmanager
def _signals(app: Application[Any]) -> Iterator[None]:
    """End the application on SIGTERM and SIGHUP, so that the terminal is restored, and then act as without it."""
    received: list[int] = []

    def leave(number: int, _frame: object) -> None:
        received.append(number)
        if app.is_running and app.loop:
            app.loop.call_soon_threadsafe(lambda: app.exit(exception=KeyboardInterrupt()))

    names = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]
    before = {name: signal.signal(name, leave) for name in names}
    try:
        yield
    finally:
        for name, handler in before.items():
            signal.signal(name, handler)
        if received:
            signal.raise_signal(received[0])
