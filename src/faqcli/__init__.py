"""faqcli: look up the right FAQ entry from a few rough words, offline."""

__version__ = "0.1.0"
