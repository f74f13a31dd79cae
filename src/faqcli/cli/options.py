"""The options that commands share."""

from pathlib import Path
from typing import Annotated

import typer

from faqcli.cli import completion

JsonOption = Annotated[bool, typer.Option("--json", help="Write one JSON document.")]
PlainOption = Annotated[bool, typer.Option("--plain", help="Write tab-separated lines, nothing cut.")]
FaqOption = Annotated[
    list[Path] | None,
    typer.Option(
        "--faq",
        metavar="FILE",
        help="Search this FAQ file; given again, several at once; 'shipped' is the one that comes with faqcli.",
    ),
]
CategoryOption = Annotated[
    str | None,
    typer.Option(
        "--category",
        "-c",
        metavar="CATEGORY",
        help="Only this category or subcategory.",
        autocompletion=completion.categories,
    ),
]
CopyOption = Annotated[bool, typer.Option("--copy", help="Put it on the clipboard, too.")]
