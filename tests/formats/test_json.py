"""Every JSON output is held against the schema that is shipped."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from conftest import Run


@pytest.fixture
def schema(faqcli: Run) -> dict[str, Any]:
    """The published schema, made strict: no field that it does not name."""
    document: dict[str, Any] = json.loads(faqcli("schema").stdout)
    jsonschema.Draft202012Validator.check_schema(document)
    strict: dict[str, Any] = closed(document)
    return strict


def closed(schema: Any) -> Any:
    """A schema in which every object has the fields that are named and no other."""
    if isinstance(schema, list):
        return [closed(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    items = {key: closed(value) for key, value in schema.items()}
    return {"additionalProperties": False, **items} if isinstance(schema.get("properties"), dict) else items


def test_the_published_schema_allows_fields_of_later_versions(faqcli: Run) -> None:
    document = json.loads(faqcli("show", "42", "--json").stdout)
    document["entries"][0]["later"] = document["later"] = 1
    published = json.loads(faqcli("schema").stdout)
    jsonschema.validate(document, published)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(document, closed(published))


@pytest.mark.parametrize(
    ("args", "shape"),
    [
        (("search", "mdp", "sigma"), "search"),
        (("search", "mdp sigma", "--explain", "-n", "20"), "search"),
        (("search", "pizza"), "search"),
        (("search", "mdp", "-c", "zzz"), "search"),
        (("show", "4", "7", "42", "99"), "entries"),
        (("list",), "entries"),
        (("list", "-c", "zzz"), "entries"),
        (("contact",), "contacts"),
        (("contact", "zzz"), "contacts"),
    ],
)
def test_output_follows_the_schema(faqcli: Run, schema: dict[str, Any], args: tuple[str, ...], shape: str) -> None:
    done = faqcli(*args, "--json")
    document = json.loads(done.stdout)
    jsonschema.validate(document, {**schema, "oneOf": [{"$ref": f"#/$defs/{shape}"}]})
    items = next(value for value in document.values() if isinstance(value, list))
    assert document["count"] == len(items)
    if done.returncode:
        jsonschema.validate(json.loads(done.stderr), {**schema, "oneOf": [{"$ref": "#/$defs/error"}]})


@pytest.mark.parametrize(
    ("args", "code"),
    [(("search",), 2), (("show", "x"), 2), (("search", "x", "--nonsense"), 2), (("list", "--faq", "missing.yaml"), 3)],
)
def test_errors_follow_the_schema(faqcli: Run, schema: dict[str, Any], args: tuple[str, ...], code: int) -> None:
    done = faqcli(*args, "--json")
    assert (done.returncode, done.stdout) == (code, "")
    error = json.loads(done.stderr)
    jsonschema.validate(error, {**schema, "oneOf": [{"$ref": "#/$defs/error"}]})
    assert error["error"]["exit_code"] == code


def test_json_is_one_line_of_plain_utf8(faqcli: Run) -> None:
    done = faqcli("search", "émargement", "--json")
    assert done.stdout.count("\n") == 1
    assert "émargement" in done.stdout
    assert "\\u" not in done.stdout


def test_json_is_utf8_in_every_locale(installed: Run) -> None:
    usual = installed("show", "45", "--json").stdout
    assert installed("show", "45", "--json", PYTHONIOENCODING="ascii").stdout == usual
    assert installed("show", "45", "--json", PYTHONIOENCODING="cp1252").stdout == usual


def test_json_carries_a_query_that_is_no_utf8(installed: Run) -> None:
    done = installed("search", b"mdp \xff sigma".decode("utf-8", "surrogateescape"), "--json")
    assert json.loads(done.stdout)["query"] == "mdp \udcff sigma"


def test_terminal_escapes_stay_exact_in_json(faqcli: Run, tmp_path: Path) -> None:
    path = tmp_path / "faq.yaml"
    path.write_text(
        'entries: [{id: 1, question: "Le \\e[31mrouge\\e[0m ?", answer: "\\e]0;x\\a oui"}]', encoding="utf-8"
    )
    entry = json.loads(faqcli("show", "1", "--json", "--faq", str(path)).stdout)["entries"][0]
    assert (entry["question"], entry["answer"]) == ("Le \x1b[31mrouge\x1b[0m ?", "\x1b]0;x\x07 oui")


@pytest.mark.parametrize("args", [("search", "pizza"), ("show", "99"), ("list", "-c", "zzz"), ("contact", "zzz")])
def test_nothing_found_is_still_a_document(faqcli: Run, args: tuple[str, ...]) -> None:
    done = faqcli(*args, "--json")
    assert done.returncode == 1
    assert json.loads(done.stdout)["count"] == 0
    assert json.loads(done.stderr)["error"]["exit_code"] == 1
