"""Start faqcli: `faqcli`, `faq` and `python -m faqcli` all come here."""

import gc
import os
import signal
import sys
from types import FrameType

from faqcli.errors import EXIT_INTERRUPTED


def main() -> None:
    """Run the command line and end the process with its exit code.

    Two things are spared at every start, a fifth of the time in all (benchmarks/startup.py): the garbage collector
    looking through the modules while they are imported, and the interpreter taking them apart again at the end, when
    everything is written and flushed.
    """
    gc.disable()
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:  # else whoever started it wants it otherwise
        signal.signal(signal.SIGINT, _interrupt)
    try:
        from faqcli.cli.main import main as run  # imported here because an interrupt may come meanwhile

        gc.freeze()
        gc.enable()
        code = run()
        sys.stderr.flush()
        os._exit(code)
    except KeyboardInterrupt:
        os._exit(EXIT_INTERRUPTED)


def _interrupt(number: int, frame: FrameType | None) -> None:
    """End at once within an import, where Python may tell an interrupt with a traceback, and go on; else tidy up."""
    while frame:
        if frame.f_code.co_filename.startswith("<frozen importlib"):
            os._exit(EXIT_INTERRUPTED)
        frame = frame.f_back
    raise KeyboardInterrupt


if __name__ == "__main__":
    main()
