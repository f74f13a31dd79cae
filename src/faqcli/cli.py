"""The command line: options in, exit code out; loads, searches and hands the result to a format."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import IO, TYPE_CHECKING, Annotated, Any, Literal

import typer
from typer._click.exceptions import ClickException  # public only from 0.27 on, as typer.TyperException
from typer.core import TyperGroup

from faqcli import __version__, output
from faqcli.errors import FaqFileError, NotFoundError, UsageError, reason

if TYPE_CHECKING:
    from faqcli.index import Index
    from faqcli.models import Match
    from faqcli.records import Document
    from faqcli.render import Screen

EXIT_USAGE = 2

MOST_STDIN = 1_000_000  # bytes

Color = Literal["auto", "always", "never"]


class _Commands(TyperGroup):
    """The commands; words in the place of one are most likely meant as a search."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        try:
            return super().resolve_command(ctx, args)
        except ClickException as exc:
            if "Did you mean" not in exc.message:
                exc.message += f" To search for it: faqcli search {' '.join(args)}."
            raise


def _examples(*lines: str) -> str:
    return "\b\nExamples:\n" + "\n".join(f"  {line}" for line in lines)


app = typer.Typer(
    name="faqcli",
    cls=_Commands,
    epilog=_examples("faqcli search mdp sigma", "faqcli show 42"),
    context_settings={"help_option_names": ["-h", "--help"]},
    invoke_without_command=True,
    rich_markup_mode=None,  # plain help: no markup to trip over, and Rich is not imported for it
    pretty_exceptions_enable=False,
)

JsonOption = Annotated[bool, typer.Option("--json", help="Write one JSON document.")]
PlainOption = Annotated[bool, typer.Option("--plain", help="Write tab-separated lines, nothing cut.")]
FaqOption = Annotated[
    Path | None,
    typer.Option("--faq", metavar="FILE", help="Use this FAQ file, not that of FAQCLI_FILE or the shipped one."),
]
CategoryOption = Annotated[
    str | None,
    typer.Option("--category", "-c", metavar="CATEGORY", help="Only this category or subcategory."),
]


def _show_version(wanted: bool) -> None:
    if wanted:
        output.write(f"faqcli {__version__}\n")
        raise typer.Exit


@app.callback()
def _global_options(
    ctx: typer.Context,
    color: Annotated[Color, typer.Option(metavar="WHEN", help="When to use colour: auto, always or never.")] = "auto",
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    """Look up the right FAQ entry from a few rough words, offline."""
    ctx.obj = color
    if ctx.invoked_subcommand is None:
        output.say_lines(ctx.get_help())
        raise typer.Exit(EXIT_USAGE)


@app.command(epilog=_examples("faqcli search mot de passe sigma", "faqcli search emargement prf19 --json"))
def search(
    ctx: typer.Context,
    words: Annotated[
        list[str] | None, typer.Argument(metavar="WORDS...", help="A few words; - reads a text from stdin.")
    ] = None,
    limit: Annotated[int, typer.Option("--limit", "-n", metavar="N", min=1, help="The most entries to show.")] = 5,
    category: CategoryOption = None,
    first: Annotated[bool, typer.Option("--first", "-1", help="Only the best entry, in full.")] = False,
    explain: Annotated[bool, typer.Option("--explain", help="Why each entry came where it did.")] = False,
    batch: Annotated[
        str | None,
        typer.Option("--batch", metavar="FILE|-", help="A query on each line; one JSON document a line out."),
    ] = None,
    as_json: JsonOption = False,
    plain: PlainOption = False,
    faq_file: FaqOption = None,
) -> None:
    """Find the entries that answer a few words."""
    from faqcli import records
    from faqcli.directory import category_names, in_category, unknown, where_to_turn
    from faqcli.models import Confidence
    from faqcli.search import Searcher

    if bool(words) == (batch is not None):
        raise UsageError("Give words to search for, or a file of queries with --batch: one of the two.")
    query = _stdin() if words == ["-"] else " ".join(words or ())
    index = _open(faq_file)
    within = None if category is None else in_category(index, category)
    if category is not None and not within:
        _write(ctx, as_json, plain, document=lambda: records.search_document(query, []), lines=str, show=None)
        raise NotFoundError(unknown("category", category, category_names(index)))

    find = partial(Searcher(index).search, limit=1 if first else limit, within=within, explain=explain)
    if batch is not None:
        _answer_all(batch, find, explain=explain)
        return
    matches = find(query)

    def show(screen: "Screen") -> None:
        if first:
            screen.entry(matches[0].entry)
        else:
            screen.matches(matches, several_categories=len({category for category, _ in index.categories}) > 1)
        if explain:
            screen.explanation(matches)

    _write(
        ctx,
        as_json,
        plain,
        document=lambda: records.search_document(query, matches, explain=explain),
        lines=lambda: records.plain_matches(matches),
        show=show if matches else None,
    )
    if not matches:
        raise NotFoundError(f"Nothing in the FAQ fits {_short(query)}. {where_to_turn(index, query, None)}")
    best = matches[0]
    if best.confidence is Confidence.MEDIUM and not (first or as_json or plain):
        output.say(f"Likely, not sure: faqcli show {best.entry.id} has the answer.")
    if best.confidence is Confidence.LOW:
        output.say(f"No sure match. {where_to_turn(index, query, best.entry)}")


def _answer_all(source: str, find: "Callable[[str], list[Match]]", *, explain: bool) -> None:
    """Write one search document a line for the queries of a file, each as soon as it is ready."""
    from faqcli import records

    found = False
    for query in _lines(source):
        matches = find(query)
        found = found or bool(matches)
        output.write_json(records.dumps(records.search_document(query, matches, explain=explain)))
        output.finish()
    if not found:
        raise NotFoundError("None of the queries found anything.")


def _lines(source: str) -> Iterator[str]:
    """The lines of a file, of stdin for "-", without their ends."""
    try:
        with _stdin_bytes() if source == "-" else open(source, "rb") as file:
            while line := file.readline(MOST_STDIN + 1):
                if len(line) > MOST_STDIN:
                    raise UsageError(f"A line of {source!r} is longer than {MOST_STDIN} bytes: write a query a line.")
                yield line.decode("utf-8-sig", "replace").rstrip("\r\n")
    except (OSError, ValueError) as exc:
        raise UsageError(f"Cannot read the queries in {source!r}: {reason(exc)}.") from exc


@app.command(epilog=_examples("faqcli show 42", "faqcli show 13 17 --json"))
def show(
    ctx: typer.Context,
    numbers: Annotated[list[int], typer.Argument(metavar="N...", help="Numbers of entries.")],
    as_json: JsonOption = False,
    plain: PlainOption = False,
    faq_file: FaqOption = None,
) -> None:
    """Show entries in full, by their number."""
    from faqcli import records

    index = _open(faq_file)
    wanted = list(dict.fromkeys(numbers))
    entries = {number: index.entry_with_id(number) for number in wanted}
    found = [entry for entry in entries.values() if entry]
    _write(
        ctx,
        as_json,
        plain,
        document=lambda: records.entries_document(found),
        lines=lambda: records.plain_entries(found, answers=True),
        show=(lambda screen: screen.full(found)) if found else None,
    )
    missing = ", ".join(str(number) for number, entry in entries.items() if not entry)
    if missing:
        raise NotFoundError("No entry {}: the numbers run from {} to {}.".format(missing, *index.id_bounds()))


@app.command("list", epilog=_examples("faqcli list --category sigma", "faqcli list --plain | cut -f1,4"))
def list_(
    ctx: typer.Context,
    category: CategoryOption = None,
    as_json: JsonOption = False,
    plain: PlainOption = False,
    faq_file: FaqOption = None,
) -> None:
    """List the entries by category and subcategory."""
    from faqcli import records
    from faqcli.directory import category_names, in_category, unknown

    index = _open(faq_file)
    positions = None if category is None else in_category(index, category)
    found = [entry for _, entry in index.entries(positions)]
    _write(
        ctx,
        as_json,
        plain,
        document=lambda: records.entries_document(found),
        lines=lambda: records.plain_entries(found, answers=False),
        show=(lambda screen: screen.entries(found)) if found else None,
    )
    if not found:
        raise NotFoundError(unknown("category", category or "", category_names(index)))


@app.command(epilog=_examples("faqcli contact emargement", "faqcli contact kairos --plain"))
def contact(
    ctx: typer.Context,
    topic: Annotated[list[str] | None, typer.Argument(metavar="[TOPIC]", help="A topic; all when left out.")] = None,
    as_json: JsonOption = False,
    plain: PlainOption = False,
    faq_file: FaqOption = None,
) -> None:
    """Show whom to write to about a topic."""
    from faqcli import records
    from faqcli.directory import find_contacts, unknown

    index = _open(faq_file)
    wanted = " ".join(topic or ())
    found = find_contacts(index, wanted) if topic else index.contacts
    _write(
        ctx,
        as_json,
        plain,
        document=lambda: records.contacts_document(found),
        lines=lambda: records.plain_contacts(found),
        show=(lambda screen: screen.contacts(found)) if found else None,
    )
    if not found:
        topics = [known.topic for known in index.contacts]
        raise NotFoundError(unknown("topic", wanted, topics) if topics else "This FAQ names no contacts.")


@app.command(epilog=_examples("faqcli check team-faq.yaml", "faqcli check --strict --json"))
def check(
    ctx: typer.Context,
    file: Annotated[
        Path | None, typer.Argument(metavar="[FILE]", help="A FAQ file; the one in use when left out.")
    ] = None,
    strict: Annotated[bool, typer.Option("--strict", help="Let warnings count as errors.")] = False,
    as_json: JsonOption = False,
    plain: PlainOption = False,
    faq_file: FaqOption = None,
) -> None:
    """Find everything that is wrong with a FAQ file, or doubtful."""
    from faqcli import records
    from faqcli.checks import check as find
    from faqcli.checks import counts
    from faqcli.store import shipped_faq

    path = file or _chosen(faq_file) or shipped_faq()
    findings = find(path)
    _write(
        ctx,
        as_json,
        plain,
        document=lambda: records.findings_document(path, findings),
        lines=lambda: records.plain_findings(path, findings),
        show=(lambda screen: screen.findings(path, findings)) if findings else None,
    )
    found = counts(findings)
    summary = f"{path}: {found['error']} errors, {found['warning']} warnings."
    if found["error"] or (strict and findings):
        raise FaqFileError(summary)
    output.say(summary)


@app.command(epilog=_examples("faqcli schema", "faqcli schema > faqcli.schema.json"))
def schema() -> None:
    """Print the JSON schema of everything that --json writes."""
    from faqcli import records

    output.write_json(records.schema())


@app.command(epilog=_examples("faqcli cache", "faqcli cache --clear"))
def cache(
    ctx: typer.Context,
    clear: Annotated[bool, typer.Option("--clear", help="Remove them; they are built again when needed.")] = False,
    as_json: JsonOption = False,
    plain: PlainOption = False,
) -> None:
    """Show the compiled FAQs that are kept for a quick start, or remove them."""
    from faqcli import records
    from faqcli.store import cache_folder, cached, clear_cache

    folder = cache_folder(os.environ)
    found = [] if folder is None else clear_cache(folder) if clear else cached(folder)
    _write(
        ctx,
        as_json,
        plain,
        document=lambda: records.cache_document(folder, found),
        lines=lambda: records.plain_cache(found),
        show=lambda screen: screen.cache(folder, found, cleared=clear),
    )


def _open(faq_file: Path | None) -> "Index":
    from faqcli.progress import progress
    from faqcli.store import cache_folder, open_faq

    with progress("Indexing the FAQ") as report:
        return open_faq(_chosen(faq_file), cache=cache_folder(os.environ), progress=report)


def _chosen(faq_file: Path | None) -> Path | None:
    """The FAQ file that the option or the environment names; read here, as Typer 0.26 overlooks shared envvars."""
    named = os.environ.get("FAQCLI_FILE")
    return faq_file or (Path(named) if named else None)


def _write(
    ctx: typer.Context,
    as_json: bool,
    plain: bool,
    *,
    document: "Callable[[], Document]",
    lines: Callable[[], str],
    show: "Callable[[Screen], None] | None",
) -> None:
    """Write a result in the format that was asked for; for people, an empty one is not shown at all."""
    if as_json:
        from faqcli.records import dumps

        output.write_json(dumps(document()))
    elif plain:
        output.write(lines())
    elif show:
        from faqcli.render import Screen

        show(Screen(colored=_colored(ctx.obj)))


def _colored(choice: Color) -> bool:
    """Whether to write in colour: on a terminal that can, unless NO_COLOR (no-color.org) or the option says no."""
    if choice != "auto":
        return choice == "always"
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def _stdin() -> str:
    """The text on stdin; of a longer one than any message, its beginning."""
    try:
        with _stdin_bytes() as file:
            return file.read(MOST_STDIN).decode("utf-8-sig", "replace")
    except OSError as exc:
        raise UsageError(f"Cannot read stdin: {reason(exc)}.") from exc


def _stdin_bytes() -> "AbstractContextManager[IO[bytes]]":
    """Stdin, as nothing when it is closed."""
    return nullcontext(sys.stdin.buffer) if sys.stdin else BytesIO()


def _short(query: str) -> str:
    """The query for a message: quoted, on one line, not longer than a line."""
    line = " ".join(query.split())
    return repr(line if len(line) <= 60 else line[:59] + "…")
