"""The commands that look after the tool and its files: check, config, cache and schema."""

from pathlib import Path
from typing import Annotated

import typer

from faqcli.cli.context import session, settings, write
from faqcli.cli.options import FaqOption, JsonOption, PlainOption
from faqcli.errors import FaqFileError
from faqcli.formats import streams
from faqcli.i18n.messages import gettext as _
from faqcli.i18n.messages import ngettext


def check(
    ctx: typer.Context,
    file: Annotated[
        Path | None, typer.Argument(metavar="[FILE]", help="A FAQ file; the ones in use when left out.")
    ] = None,
    strict: Annotated[bool, typer.Option("--strict", help="Let warnings count as errors.")] = False,
    as_json: JsonOption = False,
    plain: PlainOption = False,
    faq_files: FaqOption = None,
) -> None:
    """Find everything that is wrong with a FAQ file, or doubtful."""
    from faqcli.files.cache import shipped_faq
    from faqcli.files.checks import check as find
    from faqcli.files.checks import counts
    from faqcli.formats import records

    settings(ctx).choose("faq", [file] if file else faq_files, "--faq")
    paths = [path or shipped_faq() for path in settings(ctx).faq_files()]
    findings = [(path, finding) for path in paths for finding in find(path)]
    write(
        ctx,
        as_json,
        plain,
        document=lambda: records.findings_document(paths, findings),
        lines=lambda: records.plain_findings(findings),
        show=(lambda screen: screen.findings(findings)) if findings else None,
    )
    found = counts([finding for _path, finding in findings])
    errors = ngettext("{count} error", "{count} errors", found["error"]).format(count=found["error"])
    warnings = ngettext("{count} warning", "{count} warnings", found["warning"]).format(count=found["warning"])
    summary = _("{file}: {errors}, {warnings}.").format(
        file=", ".join(map(str, paths)), errors=errors, warnings=warnings
    )
    if found["error"] or (strict and findings):
        raise FaqFileError(summary)
    streams.say(summary)


def config(ctx: typer.Context, as_json: JsonOption = False, plain: PlainOption = False) -> None:
    """Show every setting, and where it comes from."""
    from faqcli.formats import records
    from faqcli.settings import KINDS

    found = {name: settings(ctx)[name] for name in KINDS}
    folder = session(ctx).cache
    file = settings(ctx).file
    write(
        ctx,
        as_json,
        plain,
        document=lambda: records.config_document(file, found, folder),
        lines=lambda: records.plain_config(found),
        show=lambda screen: screen.config(file, found, folder),
    )


def cache(
    ctx: typer.Context,
    clear: Annotated[bool, typer.Option("--clear", help="Remove them; they are built again when needed.")] = False,
    as_json: JsonOption = False,
    plain: PlainOption = False,
) -> None:
    """Show or remove the compiled FAQs."""
    from faqcli.files.cache import cached, clear_cache
    from faqcli.formats import records

    folder = session(ctx).cache
    found = [] if folder is None else clear_cache(folder) if clear else cached(folder)
    write(
        ctx,
        as_json,
        plain,
        document=lambda: records.cache_document(folder, found),
        lines=lambda: records.plain_cache(found),
        show=lambda screen: screen.cache(folder, found, cleared=clear),
    )


def schema() -> None:
    """Print the JSON schema of everything that --json writes."""
    from faqcli.formats import records

    streams.write_json(records.schema())
