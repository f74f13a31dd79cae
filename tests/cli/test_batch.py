"""`faqcli search --batch`: thousands of questions in one process, as a script asks them."""

from __future__ import annotations

import json
import subprocess
import time
from pathlib import Path

import pytest

from conftest import COMMAND, Run


def test_each_line_gets_its_document_in_order(faqcli: Run, tmp_path: Path) -> None:
    queries = ["mdp sigma", "", "pizza margherita", "émargement prf19"]
    file = tmp_path / "queries.txt"
    file.write_text("\n".join(queries) + "\n", encoding="utf-8")
    done = faqcli("search", "--batch", str(file), "-n", "2")
    documents = [json.loads(line) for line in done.stdout.splitlines()]
    assert [document["query"] for document in documents] == queries
    assert [document["count"] for document in documents[1:3]] == [0, 0]
    assert documents[0]["results"][0]["id"] == 42
    assert (done.returncode, done.stderr) == (0, "")


def test_a_line_gets_the_document_of_a_single_search(faqcli: Run) -> None:
    for query in ("liste d'attente kairos", "moodel"):
        assert faqcli("search", "--batch", "-", stdin=f"{query}\n").stdout == faqcli("search", query, "--json").stdout


def test_windows_line_ends_and_a_last_line_without_one_are_read(faqcli: Run) -> None:
    done = faqcli("search", "--batch", "-", stdin="mdp\r\nmoodle")
    assert [json.loads(line)["query"] for line in done.stdout.splitlines()] == ["mdp", "moodle"]


def test_an_answer_comes_before_the_next_question_is_asked() -> None:
    with subprocess.Popen(
        [COMMAND, "search", "--batch", "-"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdin
        assert process.stdout
        for query, right in (("mot de passe", 42), ("raison sociale", 48)):
            process.stdin.write(f"{query}\n".encode())
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["results"][0]["id"] == right
        process.stdin.close()
        assert process.wait(timeout=10) == 0


def test_a_batch_that_finds_nothing_ends_with_1(faqcli: Run) -> None:
    done = faqcli("search", "--batch", "-", stdin="pizza\n\n")
    assert (done.returncode, len(done.stdout.splitlines())) == (1, 2)
    assert done.stderr == "faqcli: None of the queries found anything.\n"


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("--batch", "missing.txt"), "Cannot read the queries in 'missing.txt'"),
        (("mdp", "--batch", "-"), "not both"),
    ],
)
def test_wrong_usage_ends_with_2(faqcli: Run, args: tuple[str, ...], said: str) -> None:
    done = faqcli("search", *args)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr


@pytest.mark.slow
def test_the_time_of_a_batch_grows_in_proportion_to_its_lines(faqcli: Run) -> None:
    queries = [
        f"question {number} sur le mot de passe de sigma ou l'émargement du {number}" for number in range(10_000)
    ]
    taken = []
    for count in (1_000, 10_000):
        start = time.perf_counter()
        done = faqcli("search", "--batch", "-", "-1", stdin="\n".join(queries[:count]))
        taken.append(time.perf_counter() - start)
        assert len(done.stdout.splitlines()) == count
    assert taken[1] < 15 * taken[0]  # start-up counts for the smaller; a quadratic cost would show as 100
