"""Every result in every format; a new format is a module and a line."""

from __future__ import annotations

import json
import re
import sys
import types
from pathlib import Path
from typing import get_args

import pytest

from faqcli import formats, results
from faqcli.files.cache import Compiled
from faqcli.files.checks import Finding
from faqcli.formats import json as json_format
from faqcli.formats import plain
from faqcli.models import Confidence, Contact, Entry, Evidence, Match, Span
from faqcli.reply import Reply
from faqcli.settings import Setting

ENTRY = Entry(7, "Où est le badge ?", "Au guichet, badge@example.org.", "Vie", "Badges")
MATCH = Match(
    1, ENTRY, 91.5, Confidence.HIGH, (Span("question", 10, 15),),
    (Evidence("badge", "badge", "exact", "question", 1.0, 1.0),), "Où est le badge ?", 0.9,
)  # fmt: skip
DETAILS = results.EntryDetails(ENTRY, "Nos notes", ("8", "team/9"))
CONTACT = Contact("badges", "badge@example.org", ("carte",), "", (7,))

FULL: list[results.Result] = [
    results.SearchResult("badge", (MATCH,), DETAILS, explained=True, several_categories=True),
    results.SearchResult("badge", (MATCH,), DETAILS, best_only=True, several_faqs=True),
    results.ShowResult((DETAILS,), several_faqs=True),
    results.ListResult((DETAILS,)),
    results.ReplyResult(Reply("Objet", "Bonjour\n"), ("7",)),
    results.ContactResult((CONTACT,)),
    results.CheckResult((Path("a.yaml"),), ((Path("a.yaml"), Finding(3, "error", 7, "answer", "missing")),)),
    results.ConfigResult({"limit": Setting(5, "default")}, Path("config.toml"), False, None),
    results.CacheResult(Path("cache"), (Compiled(Path("cache/a.faqcli"), 1_500_000, 61.0),), cleared=False),
    results.SchemaResult("{}"),
]
EMPTY: list[results.Result] = [
    results.SearchResult("badge"),
    results.ShowResult(()),
    results.ListResult(()),
    results.ContactResult(()),
    results.CheckResult((Path("a.yaml"),), ()),
    results.CacheResult(None, (), cleared=True),
]


def test_there_is_a_sample_of_every_result() -> None:
    assert {type(result) for result in FULL} == set(get_args(results.Result))


@pytest.mark.parametrize("result", [*FULL, *EMPTY], ids=lambda result: type(result).__name__)
@pytest.mark.parametrize("name", [*formats.FORMATS, formats.FOR_PEOPLE])
def test_every_format_writes_every_result(
    result: results.Result, name: str, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    formats.write(result, name)
    sys.stdout.flush()
    written = capfdbinary.readouterr().out.decode("utf-8")
    names_the_folder = isinstance(result, results.CacheResult) and name == "table"
    assert bool(written) == (result in FULL or name == "json" or names_the_folder)
    assert not written or written.endswith("\n")


@pytest.mark.parametrize("result", FULL[:-1], ids=lambda result: type(result).__name__)
def test_a_document_is_json_with_its_version(result: results.Result) -> None:
    document = json_format.document(result)
    assert document["schema_version"] == 1
    assert json.loads(json_format.dumps(document)) == document


def test_related_entries_are_told_in_every_format(capsys: pytest.CaptureFixture[str]) -> None:
    assert json_format.document(results.ShowResult((DETAILS,)))["entries"][0]["related"] == ["8", "team/9"]
    assert plain.text(results.ShowResult((DETAILS,))).endswith("\t8, team/9\n")
    formats.write(results.ShowResult((DETAILS,)), "table")
    assert "See also: 8, team/9\n" in capsys.readouterr().out


@pytest.fixture
def csv(monkeypatch: pytest.MonkeyPatch) -> None:
    """A format that is not there: its module, and its line in the table."""
    module = types.ModuleType("faqcli.formats.csv")
    module.write = lambda result, *, colored: print(",".join(type(result)._fields))  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "faqcli.formats.csv", module)
    monkeypatch.setitem(formats.FORMATS, "csv", formats.Format("faqcli.formats.csv", "Write comma-separated lines."))


@pytest.mark.usefixtures("csv")
def test_a_new_format_has_an_option_of_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    from faqcli.cli.main import main

    for args in (["list"], ["show", "42"], ["contact"], ["config"]):
        assert main([*args, "--csv"], "faqcli") == 0
    assert main(["list", "-h"], "faqcli") == 0
    written = capsys.readouterr().out
    assert written.startswith("entries,several_faqs\nentries,several_faqs\ncontacts\nsettings,file,")
    assert re.search("--csv +Write comma-separated lines", written)
