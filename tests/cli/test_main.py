"""The error boundary: arguments and environment in, one sentence and an exit code out."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path

import pytest

from conftest import COMMAND, ROOT, Run, run_here, unmeasured
from faqcli.cli.main import main


def test_arguments_and_environment_are_read_in_one_module() -> None:
    reading = re.compile(r"\bsys\.argv\b|\bos\.environ\b|\bos\.(?:getenv|putenv)\b")
    paths = [path for path in (ROOT / "src").rglob("*.py") if reading.search(path.read_text(encoding="utf-8"))]
    assert [path.relative_to(ROOT).as_posix() for path in paths] == ["src/faqcli/cli/main.py"]


def test_a_run_has_the_environment_that_it_is_given(tmp_path: Path) -> None:
    given = {"FAQCLI_LANG": "fr", "FAQCLI_CACHE_DIR": str(tmp_path), "FAQCLI_LIMIT": "2"}
    run = partial(run_here, partial(main, environment=given))
    assert len(run("search", "mdp sigma", "--plain", FAQCLI_LIMIT="3").stdout.splitlines()) == 2
    assert "est pas une commande" in run("serch", FAQCLI_LANG="en").stderr
    assert list(tmp_path.glob("*.faqcli"))


@pytest.mark.parametrize("args", [["search", "mdp", "--lang", "fr"], ["serch"], ["-h"], ["list", "--faq", "none"]])
def test_a_run_changes_neither_the_environment_nor_the_arguments(args: list[str]) -> None:
    before, arguments = dict(os.environ), list(sys.argv)
    seen: list[dict[str, str]] = []

    def run(args: Sequence[str]) -> int:
        code = main(args)
        seen.append(dict(os.environ))
        return code

    run_here(run, *args)
    assert seen == [before]
    assert sys.argv == arguments


@pytest.mark.skipif(os.name == "nt", reason="needs POSIX paths")
@pytest.mark.parametrize("path", ["x" * 300, "y/" * 3_000], ids=["name", "path"])
@pytest.mark.parametrize("how", ["option", "variable", "check"])
def test_a_faq_that_cannot_be_looked_at_is_no_result_that_cannot_be_written(faqcli: Run, path: str, how: str) -> None:
    args, env = {
        "option": (("show", "1", "--faq", path, "--json"), {}),
        "variable": (("show", "1", "--json"), {"FAQCLI_FILE": path}),
        "check": (("check", path, "--json"), {}),
    }[how]
    done = faqcli(*args, **env)
    assert done.returncode == 3
    message = json.loads(done.stderr)["error"]["message"]
    assert message.startswith("Cannot read the FAQ file")
    assert message.endswith("file name too long.")


@pytest.mark.skipif(os.name == "nt" or os.geteuid() != 0, reason="root alone can become a user who may not look")
def test_a_faq_in_a_folder_that_may_not_be_looked_into(tmp_path: Path) -> None:
    (tmp_path / "shut").mkdir(mode=0o700)
    code = (
        "import os, sys; from faqcli.cli.main import main; main(['show', '1']); os.setuid(54321)\n"
        "sys.exit(main(['show', '1', '--json']))"
    )
    env = {**unmeasured(), "FAQCLI_FILE": str(tmp_path / "shut" / "faq.yaml")}
    done = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 3
    assert "permission denied" in json.loads(done.stderr.splitlines()[-1])["error"]["message"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
@pytest.mark.parametrize("before", [(), ("--lang", "fr")])
def test_a_result_that_cannot_be_written_is_told_as_json_when_that_is_asked_for(before: tuple[str, ...]) -> None:
    with Path("/dev/full").open("w") as full:
        command = [str(COMMAND), *before, "list", "--json"]
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, encoding="utf-8", check=False)
    assert done.returncode == 2
    message = json.loads(done.stderr)["error"]["message"]
    assert message.startswith("Impossible d’écrire" if before else "Cannot write the result: no space left")


def test_the_sentence_of_a_failure_comes_after_the_result(corpus: Path) -> None:
    command = [str(COMMAND), "show", "1", "99", "--faq", str(corpus)]
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
    shown = done.stdout.decode().splitlines()
    assert shown[0].startswith("1  À quelle heure")
    assert shown[-1].startswith("faqcli: No entry 99")
