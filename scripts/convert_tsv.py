"""Make data/faq.yaml from the FAQ export, or merge a newer export into it: see --help.

Official fields follow the export; what a person added stays: asked_as, synonyms, aliases, contacts, comments.
Exit code: 0 done or nothing to do, 1 --check found changes, 2 wrong usage, 3 a bad file or a failed write.
"""

import os
import signal
import sys

EXIT_INTERRUPTED = 130

if __name__ == "__main__":
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        # An exception could come within an import, where Python tells it with a traceback. Only the writing of the
        # file has something to tidy up, and has a handler of its own.
        signal.signal(signal.SIGINT, lambda *_: os._exit(EXIT_INTERRUPTED))
    from converter.command import main

    os._exit(main(sys.argv[1:]))
