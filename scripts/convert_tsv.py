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
        signal.signal(signal.SIGINT, lambda *_: os._exit(EXIT_INTERRUPTED))  # nothing is begun while it imports
    from converter.command import main

    code = main(sys.argv[1:])
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # all is done
    os._exit(code)
