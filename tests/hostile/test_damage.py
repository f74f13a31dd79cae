"""A damaged compiled FAQ: a command answers once and for the whole of its input, or says that it could not."""

from __future__ import annotations

import json
import os
import subprocess
import time
from pathlib import Path

import pytest

from conftest import COMMAND

MIN_UNCHANGED_SECONDS = 2.0  # that a FAQ file must have before it is cached
UNCHECKED_BYTES = 16 * 1024 * 1024  # from which a compiled file is not read through at each start

PAGE_BYTES = 4096

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def big(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A FAQ whose compiled file is too big to be read through."""
    path = tmp_path_factory.mktemp("big") / "big.jsonl"
    with path.open("w", encoding="utf-8") as file:
        for number in range(1, 301):
            answer = f"Réponse {number} sur le badge {number % 97}. {'x' * 60_000}"
            file.write(json.dumps({"id": number, "question": f"Question numéro {number} ?", "answer": answer}) + "\n")
    time.sleep(MIN_UNCHANGED_SECONDS)
    return path


@pytest.fixture(scope="module")
def pristine(big: Path, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The compiled file of the big FAQ."""
    folder = tmp_path_factory.mktemp("pristine") / "cache"
    env = {**os.environ, "FAQCLI_CACHE_DIR": str(folder)}
    subprocess.run([COMMAND, "show", "1", "--faq", str(big)], env=env, capture_output=True, check=True)
    (compiled,) = folder.glob("*.faqcli")
    data = compiled.read_bytes()
    assert len(data) > UNCHECKED_BYTES
    return data


QUESTIONS = "Question numéro 200 ?\nQuestion numéro 7 ?\n"  # the second one is damaged


@pytest.mark.parametrize(
    ("command", "stdin", "code"),
    [
        pytest.param("show 7", "", 0, id="show"),
        pytest.param("show 7 --json", "", 0, id="show-json"),
        pytest.param("list --plain", "", 0, id="list"),
        pytest.param("search Question numéro 7 -1", "", 0, id="search"),
        pytest.param("search - --json", "Question numéro 7 ?", 0, id="stdin"),
        pytest.param("search --batch -", QUESTIONS, 3, id="batch-of-stdin"),
        pytest.param("search --batch {queries}", "", 3, id="batch"),
        pytest.param("search --batch={queries}", "", 3, id="batch-with-equals"),
    ],
)
def test_a_command_answers_once_or_says_that_it_could_not(
    big: Path, pristine: bytes, tmp_path: Path, command: str, stdin: str, code: int
) -> None:
    queries = tmp_path / "queries.txt"
    queries.write_text(QUESTIONS, encoding="utf-8")
    folder = tmp_path / "cache"
    env = {**os.environ, "FAQCLI_CACHE_DIR": str(folder)}
    arguments = [str(COMMAND), *command.format(queries=queries).split(), "--faq", str(big)]

    def run() -> subprocess.CompletedProcess[str]:
        return subprocess.run(arguments, input=stdin, env=env, capture_output=True, encoding="utf-8", check=False)

    whole = run()
    (compiled,) = folder.glob("*.faqcli")
    damaged = bytearray(pristine)
    for page in range(0, len(damaged), PAGE_BYTES):
        if "Question numéro 7 ?".encode() in pristine[page : page + PAGE_BYTES]:
            damaged[page : page + PAGE_BYTES] = b"\xff" * PAGE_BYTES
    compiled.write_bytes(damaged)
    done = run()
    assert done.returncode == code
    assert "Traceback" not in done.stderr
    if code == 0:
        assert (done.stdout, done.stderr) == (whole.stdout, "")
        return
    assert whole.stdout.startswith(done.stdout)
    assert done.stderr.startswith("faqcli: The compiled FAQ is damaged")
    again = run()
    assert (again.returncode, again.stdout) == (0, whole.stdout)
