"""The three ways faqcli is there: a wheel in a virtual environment of its own, a checkout, an editable installation."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

from conftest import ROOT, Run

BIN = "Scripts" if os.name == "nt" else "bin"


def run(*command: str | Path, cwd: Path, **env: str) -> str:
    done = subprocess.run(
        command, cwd=cwd, env={**os.environ, **env}, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "pip", "wheel", "--no-deps", "--no-build-isolation", "-w", folder, ROOT, cwd=folder)
    (built,) = folder.glob("faqcli-*.whl")
    return built


@pytest.mark.slow
def test_the_wheel_holds_data_and_schema_and_nothing_strange(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert {"faqcli/data/faq.yaml", "faqcli/formats/schema.json", "faqcli/py.typed"} <= set(names)
    assert "faqcli/i18n/locale/fr/LC_MESSAGES/faqcli.mo" in names
    assert {name.partition("/share/")[2] for name in names} >= {"man/man1/faqcli.1", "man/fr/man1/faqcli.1"}
    assert all(name.startswith(("faqcli/", "faqcli-")) for name in names), names
    assert not any("__pycache__" in name for name in names)


@pytest.mark.slow
def test_the_wheel_works_alone_in_a_clean_environment(wheel: Path, tmp_path: Path) -> None:
    home = tmp_path / "venv"
    venv.create(home, with_pip=True)
    run(home / BIN / "python", "-m", "pip", "install", "--no-deps", "--no-index", wheel, cwd=tmp_path)
    site = next(home.rglob("site-packages"))
    # The dependencies come from here: their paths alone, so that this environment's own faqcli stays out.
    (site / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    shown = run(home / BIN / "faqcli", "search", "mdp", "sigma", "--plain", "-1", cwd=tmp_path)
    assert shown.startswith("42\t")
    where = run(home / BIN / "python", "-c", "import faqcli.files.cache as s; print(s.shipped_faq())", cwd=tmp_path)
    assert Path(where.strip()) == site / "faqcli" / "data" / "faq.yaml"


def test_a_checkout_works_without_installation(tmp_path: Path) -> None:
    shown = run(sys.executable, "-m", "faqcli", "show", "42", "--plain", cwd=tmp_path, PYTHONPATH=str(ROOT / "src"))
    assert shown.startswith("42\tOutils\tSIGMA\t")


def test_an_editable_installation_reads_the_checkouts_faq(installed: Run, tmp_path: Path) -> None:
    shown = run(sys.executable, "-c", "import faqcli.files.cache as s; print(s.shipped_faq())", cwd=tmp_path)
    assert Path(shown.strip()) == ROOT / "data" / "faq.yaml"
    assert installed("show", "1", cwd=tmp_path).returncode == 0
