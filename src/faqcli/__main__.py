"""Run faqcli as ``python -m faqcli``."""

from faqcli.cli import main

if __name__ == "__main__":
    main()
