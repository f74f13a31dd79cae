"""Streams as scripts and shells hand them over: other encodings, readers that leave, other folders."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest

from conftest import COMMAND, Run


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "latin-1", "cp437"])
def test_any_output_encoding_is_written_to(installed: Run, encoding: str) -> None:
    done = installed("search", "raison sociale", PYTHONIOENCODING=encoding)
    assert (done.returncode, done.stderr) == (0, "")
    assert "Pouvez-vous modifier la raison sociale de l'organisme ?" in done.stdout


def test_ascii_output_has_letters_without_accents(installed: Run) -> None:
    done = installed("show", "42", PYTHONIOENCODING="ascii")
    assert done.stdout.endswith('Outils > SIGMA\nVous pouvez utiliser la fonction "Mot de passe oublie".\n')


def test_output_works_in_the_c_locale(installed: Run) -> None:
    assert installed("search", "émargement", LANG="C", LC_ALL="C").returncode == 0


@pytest.mark.skipif(os.name == "nt", reason="needs a POSIX shell")
@pytest.mark.parametrize("command", ["list", "list --json", "list --plain", "search assiduités prf19 -n 50", "show 26"])
def test_a_reader_that_leaves_early_ends_with_0(command: str) -> None:
    script = f'"{COMMAND}" {command} | head -c 1; echo ${{PIPESTATUS[0]}}'
    done = subprocess.run(["bash", "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1].endswith("0")
    assert done.stderr == ""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
@pytest.mark.parametrize("args", [("list",), ("list", "--json"), ("search", "mdp sigma"), ("contact", "--plain")])
def test_a_full_device_ends_with_2(args: tuple[str, ...]) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run([COMMAND, *args], stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert done.returncode == 2
    said = "Cannot write the result: no space left on device."
    if "--json" in args:
        assert json.loads(done.stderr)["error"]["message"] == said
    else:
        assert done.stderr == f"faqcli: {said}\n"


def test_commands_work_from_any_folder(faqcli: Run, tmp_path: Path) -> None:
    assert faqcli("show", "42", cwd=tmp_path).returncode == 0


def test_a_home_that_cannot_be_written_to_changes_nothing(faqcli: Run, tmp_path: Path) -> None:
    no_folder = tmp_path / "file"
    no_folder.write_text("", encoding="utf-8")
    usual = faqcli("search", "mdp sigma", "--json")
    done = faqcli("search", "mdp sigma", "--json", FAQCLI_CACHE_DIR=str(no_folder / "cache"))
    assert (done.returncode, done.stdout, done.stderr) == (0, usual.stdout, "")
    assert [path.name for path in tmp_path.iterdir()] == ["file"]
