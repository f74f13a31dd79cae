"""The compiled FAQ: fresh, checked before it is trusted, and never in the way; with real files and processes."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import jsonschema
import pytest

from conftest import COMMAND, CORPUS, Run, unmeasured

posix = pytest.mark.skipif(os.name == "nt", reason="POSIX files and signals")
as_root = pytest.mark.skipif(os.name == "nt" or os.geteuid() != 0, reason="only root can give files away")

SETTLED = 2.1  # seconds: a younger file is answered, but not cached


@pytest.fixture(scope="module")
def settled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with FAQ files that are old enough to be cached."""
    folder = tmp_path_factory.mktemp("settled")
    (folder / "corpus.yaml").write_text(CORPUS, encoding="utf-8")
    (folder / "again.yaml").write_text(CORPUS, encoding="utf-8")
    (folder / "small.jsonl").write_text('{"id": 1, "question": "Q", "answer": "A"}\n', encoding="utf-8")
    time.sleep(SETTLED)
    return folder


@pytest.fixture(scope="module")
def big(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A FAQ of 20,000 entries, old enough to be cached, whose compiled file is too big to be read through."""
    path = tmp_path_factory.mktemp("big") / "big.jsonl"
    with path.open("w", encoding="utf-8") as file:
        for number in range(1, 20_001):
            answer = f"Réponse numéro {number} sur le badge {number % 97} et la cantine {number % 89}. " * 14
            file.write(json.dumps({"id": number, "question": f"Question {number} ?", "answer": answer}) + "\n")
    time.sleep(SETTLED)
    return path


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache folder of its own."""
    monkeypatch.setenv("FAQCLI_CACHE_DIR", str(tmp_path / "cache"))
    return tmp_path / "cache"


@pytest.fixture
def answer(faqcli: Run, settled: Path) -> Callable[..., str]:
    """What a search in the settled corpus writes; it must succeed, and say nothing else."""

    def ask(**env: str) -> str:
        done = faqcli("search", "badge perdu", "--json", "--faq", str(settled / "corpus.yaml"), **env)
        assert (done.returncode, done.stderr) == (0, ""), done.stderr
        assert json.loads(done.stdout)["results"][0]["id"] == 2
        return done.stdout

    return ask


def compiled(folder: Path) -> list[Path]:
    return sorted(folder.iterdir()) if folder.exists() else []


def test_a_faq_is_compiled_into_one_private_file(answer: Callable[..., str], folder: Path) -> None:
    first = answer()
    (file,) = compiled(folder)
    written = file.stat().st_mtime_ns
    assert answer() == first
    assert compiled(folder)[0].stat().st_mtime_ns == written
    if os.name != "nt":
        assert (folder.stat().st_mode & 0o777, file.stat().st_mode & 0o777) == (0o700, 0o600)


def test_each_path_has_a_compiled_file(faqcli: Run, settled: Path, folder: Path) -> None:
    for name in ("corpus.yaml", "again.yaml"):
        assert faqcli("show", "1", "--faq", str(settled / name)).returncode == 0
    assert len(compiled(folder)) == 2


def test_a_young_file_is_answered_and_not_cached(faqcli: Run, corpus: Path, folder: Path) -> None:
    assert faqcli("show", "2", "--faq", str(corpus)).returncode == 0
    assert [path for path in compiled(folder) if path.name.startswith("corpus-")] == []


def test_a_change_is_seen_at_once_even_if_size_and_time_stay(faqcli: Run, tmp_path: Path, folder: Path) -> None:
    path = tmp_path / "faq.yaml"
    path.write_text(CORPUS, encoding="utf-8")
    time.sleep(SETTLED)
    before = path.stat()
    assert "midi" in faqcli("show", "1", "--faq", str(path)).stdout
    assert len(compiled(folder)) == 1
    path.write_text(CORPUS.replace("midi", "onze"), encoding="utf-8")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert path.stat().st_size == before.st_size
    assert "onze" in faqcli("show", "1", "--faq", str(path)).stdout


def test_a_compiled_file_of_another_format_is_rebuilt(answer: Callable[..., str], folder: Path) -> None:
    first = answer()
    (file,) = compiled(folder)
    with sqlite3.connect(file) as connection:
        connection.execute("UPDATE source SET state = '0' || state")
    connection.close()
    assert answer() == first
    connection = sqlite3.connect(file)
    assert connection.execute("SELECT state FROM source").fetchone()[0][0] != "0"
    connection.close()


@pytest.mark.parametrize("share", [0.0, 0.001, 0.01, 0.1, 0.3, 0.5, 0.7, 0.9, 0.999])
def test_a_compiled_file_with_a_flipped_byte_is_rebuilt(answer: Callable[..., str], folder: Path, share: float) -> None:
    first = answer()
    (file,) = compiled(folder)
    data = bytearray(file.read_bytes())
    data[int(share * (len(data) - 1))] ^= 0x40
    file.write_bytes(data)
    assert answer() == first
    assert file.read_bytes() != bytes(data)


@pytest.mark.parametrize("content", [b"", b"no database", b"SQLite format 3\0", "half"], ids=str)
def test_a_truncated_or_foreign_file_is_replaced(
    answer: Callable[..., str], folder: Path, content: bytes | str
) -> None:
    first = answer()
    (file,) = compiled(folder)
    whole = file.read_bytes()
    file.write_bytes(content if isinstance(content, bytes) else whole[: len(whole) // 2])
    assert answer() == first
    assert len(file.read_bytes()) == len(whole)


def test_another_database_is_replaced(answer: Callable[..., str], folder: Path) -> None:
    first = answer()
    (file,) = compiled(folder)
    file.unlink()
    with sqlite3.connect(file) as connection:
        connection.execute("CREATE TABLE source (path TEXT)")
    connection.close()
    file.chmod(0o600)
    assert answer() == first


@posix
def test_a_folder_or_a_fifo_in_place_of_the_file_is_not_removed(answer: Callable[..., str], folder: Path) -> None:
    first = answer()
    (file,) = compiled(folder)
    for make in (Path.mkdir, os.mkfifo):
        file.unlink() if file.is_file() else None
        make(file)
        assert answer() == first
        file.rmdir() if file.is_dir() else file.unlink()


@pytest.mark.slow
def test_a_damaged_big_file_is_rebuilt(faqcli: Run, big: Path, folder: Path) -> None:
    command = ("search", "badge 42 cantine", "--json", "--faq", str(big))
    first = faqcli(*command)
    (file,) = compiled(folder)
    assert file.stat().st_size > 16 * 1024 * 1024
    with file.open("r+b") as damaged:
        for place in range(8192, file.stat().st_size, 40_960):
            damaged.seek(place)
            damaged.write(b"\xff" * 4096)
    done = faqcli(*command)
    assert (done.returncode, done.stdout, done.stderr) == (0, first.stdout, "")


@pytest.mark.slow
def test_a_big_file_with_swapped_pages_is_rebuilt(faqcli: Run, big: Path, folder: Path) -> None:
    command = ("list", "--plain", "--faq", str(big))
    first = faqcli(*command)
    (file,) = compiled(folder)
    data = bytearray(file.read_bytes())
    for one, two in ((100, 900), (200, 1200), (300, 2000)):
        pages = [slice(page * 4096, page * 4096 + 4096) for page in (one, two)]
        data[pages[0]], data[pages[1]] = data[pages[1]], data[pages[0]]
    file.write_bytes(data)
    done = faqcli(*command)
    assert done.returncode == 0
    assert "Traceback" not in done.stderr
    assert len(done.stdout.splitlines()) == len(first.stdout.splitlines())


@posix
def test_a_path_that_is_no_utf8_is_cached_too(faqcli: Run, settled: Path, folder: Path) -> None:
    path = os.fsdecode(os.fsencode(settled) + b"/caf\xe9.yaml")
    os.link(settled / "corpus.yaml", path)
    time.sleep(SETTLED)
    for _ in range(2):
        assert faqcli("show", "2", "--faq", path).returncode == 0
    assert len(compiled(folder)) == 1


@posix
def test_a_link_is_read_by_the_name_it_has(faqcli: Run, settled: Path, folder: Path) -> None:
    link = settled / "called.yaml"
    link.symlink_to(settled / "small.jsonl")
    assert faqcli("show", "1", "--faq", str(settled / "small.jsonl")).returncode == 0
    assert faqcli("show", "1", "--faq", str(link)).returncode == 3


@pytest.mark.parametrize("name", ["x.faqcli.old.tmp", "x.faqcli.1e3.tmp", f"x.faqcli.{'9' * 30}.tmp", "x.faqcli..tmp"])
def test_other_files_in_the_cache_folder_do_not_matter(answer: Callable[..., str], folder: Path, name: str) -> None:
    folder.mkdir(mode=0o700)
    (folder / name).write_text("", encoding="utf-8")
    answer()


@as_root
@pytest.mark.parametrize("what", ["folder", "file"])
def test_a_file_or_folder_of_another_user_is_not_read(answer: Callable[..., str], folder: Path, what: str) -> None:
    first = answer()
    (file,) = compiled(folder)
    with sqlite3.connect(file) as connection:
        connection.execute("UPDATE entries SET answer = 'planted'")
    connection.close()
    os.chown(folder if what == "folder" else file, 12345, 12345)
    assert answer() == first


@posix
def test_a_folder_that_others_may_write_to_is_not_used(answer: Callable[..., str], folder: Path) -> None:
    folder.mkdir(mode=0o777)
    folder.chmod(0o777)
    answer()
    assert compiled(folder) == []


@posix
@pytest.mark.parametrize("limit", [0, 1, 4096, 20_000])
def test_a_full_disk_does_not_change_the_answer(settled: Path, folder: Path, limit: int) -> None:
    import resource

    def full() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    command = [str(COMMAND), "show", "2", "--plain", "--faq", str(settled / "corpus.yaml")]
    done = subprocess.run(command, capture_output=True, text=True, env=unmeasured(), preexec_fn=full, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("2\tVie pratique\tBadges\t")
    assert compiled(folder) == []


@pytest.mark.slow
def test_two_builds_at_a_time_both_answer(big: Path, folder: Path) -> None:
    command = [str(COMMAND), "search", "badge 42", "--json", "--faq", str(big)]
    processes = [subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) for _ in range(3)]
    results = [process.communicate(timeout=120) for process in processes]
    assert [process.returncode for process in processes] == [0, 0, 0]
    assert len({stdout for stdout, _ in results}) == 1
    assert [path.suffix for path in compiled(folder)] == [".faqcli"]


@pytest.mark.slow
@posix
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
@pytest.mark.parametrize("moment", [0.3, 0.6, 1.2])
def test_an_interrupted_build_leaves_no_file(
    faqcli: Run, big: Path, folder: Path, number: signal.Signals, moment: float
) -> None:
    command = ("search", "badge 42", "--json", "--faq", str(big))
    process = subprocess.Popen([COMMAND, *command], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=unmeasured())
    time.sleep(moment)
    process.send_signal(number)
    _, stderr = process.communicate(timeout=60)
    assert b"Traceback" not in stderr
    assert process.returncode in (0, 130, -number)
    assert faqcli(*command).returncode == 0
    assert [path.suffix for path in compiled(folder)] == [".faqcli"]


@pytest.mark.parametrize("variable", ["FAQCLI_CACHE_DIR", "XDG_CACHE_HOME", "HOME"])
def test_the_environment_names_the_folder(answer: Callable[..., str], tmp_path: Path, variable: str) -> None:
    if sys.platform != "linux" and variable != "FAQCLI_CACHE_DIR":
        pytest.skip("other systems have places of their own")
    answer(**{"FAQCLI_CACHE_DIR": "", "XDG_CACHE_HOME": "", variable: str(tmp_path / "place")})
    below = {"FAQCLI_CACHE_DIR": ".", "XDG_CACHE_HOME": "faqcli", "HOME": ".cache/faqcli"}[variable]
    assert len(compiled(tmp_path / "place" / below)) == 1


def test_cache_shows_and_clears(faqcli: Run, answer: Callable[..., str], folder: Path) -> None:
    answer()
    schema = json.loads(faqcli("schema").stdout)
    shown = json.loads(faqcli("cache", "--json").stdout)
    jsonschema.validate(shown, schema)
    (file,) = shown["files"]
    assert (file["path"], file["bytes"]) == (str(compiled(folder)[0]), compiled(folder)[0].stat().st_size)
    assert faqcli("cache", "--plain").stdout.split("\t")[:2] == [file["path"], str(file["bytes"])]
    assert json.loads(faqcli("cache", "--clear", "--json").stdout)["count"] == 1
    assert compiled(folder) == []
    assert faqcli("cache").stdout == f"Kept in {folder}\n  nothing\n"


def test_json_lines_and_yaml_give_the_same_answers(faqcli: Run, tmp_path: Path) -> None:
    entries = [
        {"id": 4, "question": "Un badge perdu ?", "answer": "Écrivez."},
        {"id": 7, "question": "Et ?", "answer": "-"},
    ]
    (tmp_path / "faq.jsonl").write_text("".join(json.dumps(entry) + "\n" for entry in entries), encoding="utf-8")
    (tmp_path / "faq.yaml").write_text(json.dumps({"entries": entries}), encoding="utf-8")
    for command in (("search", "badge"), ("list",), ("show", "7")):
        lines, yaml = (faqcli(*command, "--json", "--faq", str(tmp_path / f"faq.{kind}")) for kind in ("jsonl", "yaml"))
        assert lines.stdout == yaml.stdout
        assert lines.returncode == 0


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{", "not valid JSON"),
        ("[]", "not an entry: write one JSON object a line."),
        ('{"id": 2, "question": "Q"}', "entry 2: 'answer' is missing: add it."),
        ('{"id": 2, "qestion": "Q", "answer": "A"}', "unknown key 'qestion': did you mean 'question'?"),
        ('{"id": 1, "question": "Q", "answer": "A"}', "entry 1: the id is taken by line 1"),
        ('{"id": 2, "id": 3, "question": "Q", "answer": "A"}', "the key 'id' is given twice"),
        ('{"id": 2, "question": "\\ud800", "answer": "A"}', "half of a character"),
    ],
)
def test_an_error_in_json_lines_names_its_line(faqcli: Run, tmp_path: Path, folder: Path, line: str, said: str) -> None:
    path = tmp_path / "faq.jsonl"
    path.write_text('{"id": 1, "question": "Q", "answer": "A"}\n\n' + line + "\n", encoding="utf-8")
    done = faqcli("show", "1", "--faq", str(path))
    assert (done.returncode, done.stdout) == (3, "")
    assert done.stderr.startswith(f"faqcli: {path}:3: "), done.stderr
    assert said in done.stderr
    assert compiled(folder) == []
