"""The options that commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from faqcli.cli import completion
from faqcli.cli.context import session

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
AtLeastOption = Annotated[
    Literal["high", "medium"] | None,
    typer.Option("--at-least", metavar="CONFIDENCE", help="Only entries that are sure (high), or likely too (medium)."),
]
CopyOption = Annotated[bool, typer.Option("--copy", "-C", help="Put it on the clipboard, too.")]
OpenOption = Annotated[
    bool, typer.Option("--open", "-O", help="Open its link; with --reply, a new mail with the reply.")
]
ReplyOption = Annotated[bool, typer.Option("--reply", "-R", help="Write it as a reply by mail.")]


def _choose_color(ctx: typer.Context, value: str | None) -> None:
    session(ctx).settings.choose("color", value, "--color")


def _choose_language(ctx: typer.Context, value: str | None) -> None:
    session(ctx).settings.choose("language", value, "--lang")


ColorOption = Annotated[
    Literal["auto", "always", "never"] | None,
    typer.Option(
        metavar="WHEN",
        help="When to use colour: auto, always or never.",
        callback=_choose_color,
        expose_value=False,
    ),
]
LanguageOption = Annotated[
    Literal["fr", "en"] | None,
    typer.Option(
        metavar="LANGUAGE",
        help="The language to speak: fr or en; that of the system when left out.",
        callback=_choose_language,
        expose_value=False,
    ),
]
