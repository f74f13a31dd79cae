"""How things look on a terminal: one style for each kind of thing. Nothing is told by colour alone."""

from faqcli.models import Confidence

NUMBER = "bold cyan"  # of an entry, where it is a heading
REFERENCE = "bold"  # of an entry, in a row
HEADING = "bold"
CATEGORY = "cyan"
FAQ_TITLE = "bold underline"
MATCHED = "bold underline"
MINOR = "dim"
PLACE = "cyan"  # a file and a line
LEVELS = {"error": "bold red", "warning": "yellow"}

CONFIDENCE = {Confidence.HIGH: "bold green", Confidence.MEDIUM: "yellow", Confidence.LOW: "dim"}
MARKS = {Confidence.HIGH: "✓", Confidence.MEDIUM: "~", Confidence.LOW: "?"}
