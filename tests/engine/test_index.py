"""A compiled FAQ is the same for the same FAQ, and is read or refused whatever it holds."""

from __future__ import annotations

import json
import os
import random
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import ROOT
from faqcli.engine.build import build
from faqcli.engine.index import Index
from faqcli.engine.search import Searcher
from faqcli.errors import DamagedIndexError
from faqcli.files.loader import entry_from, load
from faqcli.models import Contact, Entry, FaqFile
from measure.corpus import made_entries, read_source

SHIPPED = ROOT / "data" / "faq.yaml"
QUERIES = (
    "mdp sigma",
    "émargement électronique prf19",
    "moodel conexion",
    "comment modifier mon mot de passe ?",
    "prf",
)
BIG = 16 * 1024 * 1024  # bytes; the cache compares the checksums of smaller files alone

COMPILE = """\
import hashlib, sqlite3, sys
from pathlib import Path
from faqcli.engine.build import build
from faqcli.engine.index import Index
from faqcli.engine.search import Searcher
from faqcli.files.loader import load
faq = load(Path(sys.argv[1]))
connection = sqlite3.connect(sys.argv[2])
build(connection, faq, faq.entries)
print(hashlib.sha256(Path(sys.argv[2]).read_bytes()).hexdigest())
searcher = Searcher(Index(connection))
for query in sys.argv[3:]:
    print([(one.position, one.score, one.best, one.terms) for one in searcher.rank(query)])
    print(searcher.search(query, limit=5, explain=True))
"""


def test_the_same_faq_gives_the_same_bytes_and_scores_whatever_the_hash_seed(tmp_path: Path) -> None:
    outputs = set()
    for seed in range(3):
        done = subprocess.run(
            [sys.executable, "-c", COMPILE, str(SHIPPED), str(tmp_path / f"{seed}"), *QUERIES],
            env={**os.environ, "PYTHONHASHSEED": str(seed)},
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        assert done.returncode == 0, done.stderr
        outputs.add(done.stdout)
    assert len(outputs) == 1


def compiled(path: Path, faq: FaqFile) -> Path:
    """A FAQ compiled into a file."""
    connection = sqlite3.connect(path)
    build(connection, faq, faq.entries)
    connection.close()
    return path


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The bytes of the shipped FAQ, compiled."""
    return compiled(tmp_path_factory.mktemp("compiled") / "faq", load(SHIPPED)).read_bytes()


def use(path: Path) -> None:
    """Open a compiled FAQ and read from it whatever can be read."""
    connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)
    try:
        index = Index(connection)
        _ = (index.title, index.reply, index.language, index.categories, index.contacts, index.id_bounds())
        index.entry_with_id(42)
        index.entries_with_id_prefix("4", 5)
        index.in_categories(["SIGMA"])
        searcher = Searcher(index)
        for query in QUERIES:
            searcher.search(query, limit=2, explain=query == QUERIES[0])
        if index.size < 100:
            list(index.entries())
    finally:
        connection.close()


def refused_flips(path: Path, flips: int) -> int:
    """How many of some random flips of a byte are refused; the others make no difference that can be told."""
    choose = random.Random(7)
    size = path.stat().st_size
    refused = 0
    with path.open("r+b") as file:
        for _ in range(flips):
            at = choose.randrange(size)
            file.seek(at)
            right = file.read(1)
            for byte in (bytes([right[0] ^ 1 << choose.randrange(8)]), right):
                file.seek(at)
                file.write(byte)
                file.flush()
                if byte != right:
                    try:
                        use(path)
                    except DamagedIndexError:
                        refused += 1
    return refused


@pytest.mark.parametrize("flips", [150, pytest.param(1_000, marks=pytest.mark.slow)])
def test_a_flipped_byte_is_refused_or_makes_no_difference(tmp_path: Path, original: bytes, flips: int) -> None:
    path = tmp_path / "faq"
    path.write_bytes(original)
    use(path)
    assert 1 <= refused_flips(path, flips) < flips


@pytest.mark.slow
def test_a_flipped_byte_of_a_big_file_is_refused_or_makes_no_difference(tmp_path: Path) -> None:
    source = read_source([SHIPPED])
    entries = tuple(map(entry_from, made_entries(source, 16_000)))
    path = compiled(tmp_path / "faq", FaqFile("T", "fr", entries, synonyms=load(SHIPPED).synonyms))
    assert path.stat().st_size > BIG
    assert 1 <= refused_flips(path, 300) < 300


WRONG = [None, 7, -1, 2**62, 0.5, "", "x", "[]", "[[]]", '{"a": 1}', "7", b"", b"\xff\xff\xff\xff", b"abc"]
CELLS = [
    *(("meta", "value", f"key = '{key}'") for key in
      ("size", "title", "language", "reply", "acronyms", "expressions", "contacts", "categories")),
    *(("entries", column, "TRUE") for column in
      ("id", "category", "subcategory", "question", "answer", "asked_as", "position")),
    ("weights", "weights", "TRUE"),
    ("tokens", "postings", "TRUE"),
    ("words", "stem", "TRUE"),
    ("lengths", "words", "TRUE"),
    ("stems", "frequency", "TRUE"),
    ("stems", "words", "TRUE"),
]  # fmt: skip


@pytest.mark.parametrize(("table", "column", "where"), CELLS, ids=lambda part: str(part).removeprefix("key = "))
def test_a_wrong_value_in_a_table_is_refused_or_makes_no_difference(
    tmp_path: Path, original: bytes, table: str, column: str, where: str
) -> None:
    for number, value in enumerate(WRONG):
        path = tmp_path / str(number)
        path.write_bytes(original)
        connection = sqlite3.connect(path)
        query = f"UPDATE OR REPLACE {table} SET {column} = ? WHERE {where}"
        try:
            connection.execute(query, (value,))
            connection.commit()
        except sqlite3.IntegrityError:  # the table itself does not take it
            continue
        finally:
            connection.close()
        try:
            use(path)
        except DamagedIndexError:
            continue


@pytest.mark.parametrize("table", ["meta", "entries", "weights", "tokens", "words", "lengths", "stems"])
def test_a_table_that_is_empty_or_missing_is_refused_or_makes_no_difference(
    tmp_path: Path, original: bytes, table: str
) -> None:
    path = tmp_path / "faq"
    path.write_bytes(original)
    for statement in (f"DELETE FROM {table}", f"DROP TABLE {table}"):
        connection = sqlite3.connect(path)
        connection.execute(statement)
        connection.commit()
        connection.close()
        try:
            use(path)
        except DamagedIndexError:
            continue


FAQ = FaqFile(
    title="T",
    language="en",
    entries=(Entry(7, "Where?", "Here.", "Office", "Rooms", ("which room", "the place")), Entry(3, "When?", "Now.")),
    contacts=(Contact("rooms", "a@b.example", ("desk",), "header", (7,)),),
    reply="{answer}",
)


def test_what_was_written_is_read_again(tmp_path: Path) -> None:
    index = Index.of(FAQ)
    assert [entry for _, entry in index.entries()] == list(FAQ.entries)
    assert index.contacts == list(FAQ.contacts)
    assert (index.title, index.reply, index.language_code, index.size) == ("T", "{answer}", "en", 2)
    assert index.categories == [("Office", "Rooms"), ("", "")]
    assert index.id_bounds() == (3, 7)


@pytest.mark.parametrize("call", [Index.id_bounds, lambda index: list(index.entries())])
def test_a_second_thread_is_no_damage(call: Callable[[Index], object]) -> None:
    index = Index.of(FAQ)
    raised: list[BaseException] = []

    def run() -> None:
        try:
            call(index)
        except Exception as exc:
            raised.append(exc)

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    assert [type(exc) for exc in raised] == [sqlite3.ProgrammingError]
    assert json.dumps(index.id_bounds()) == "[3, 7]"
