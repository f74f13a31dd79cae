"""Start faqcli: `faqcli`, `faq` and `python -m faqcli` all come here."""

import gc
import os
import sys
from typing import NoReturn


def main() -> NoReturn:
    """Run the command line and end the process with its exit code.

    Two things are spared at every start, a fifth of the time in all (benchmarks/startup.py): the garbage collector
    looking through the modules while they are imported, and the interpreter taking them apart again at the end, when
    everything is written and flushed.
    """
    gc.disable()
    try:
        from faqcli import runner

        gc.freeze()
        gc.enable()
        code = runner.main(sys.argv[1:])
        sys.stderr.flush()
    except KeyboardInterrupt:
        code = 130
    os._exit(code)


if __name__ == "__main__":
    main()
