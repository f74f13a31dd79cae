"""What the user has chosen, by option, environment, configuration file and default, in this order."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest

from conftest import Run


@pytest.fixture
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The configuration file, which is not there yet."""
    path = tmp_path / "config" / "config.toml"
    path.parent.mkdir()
    monkeypatch.setenv("FAQCLI_CONFIG", str(path))
    return path


def count(done: subprocess.CompletedProcess[str]) -> int:
    return len(done.stdout.splitlines())


def test_an_option_wins_over_the_environment_over_the_file_over_the_default(faqcli: Run, config: Path) -> None:
    query = ("search", "sigma", "--plain")
    assert count(faqcli(*query)) == 5
    config.write_text("limit = 4\n", encoding="utf-8")
    assert count(faqcli(*query)) == 4
    assert count(faqcli(*query, FAQCLI_LIMIT="3")) == 3
    assert count(faqcli(*query, "-n", "2", FAQCLI_LIMIT="3")) == 2


def test_config_shows_every_setting_and_its_source(faqcli: Run, config: Path) -> None:
    config.write_text('signature = "Le support"\ncolor = "never"\nfaq = ["shipped", "notes.yaml"]\n', encoding="utf-8")
    done = faqcli("--color", "always", "config", "--plain", FAQCLI_LIMIT="7")
    assert done.stdout.splitlines() == [
        "language\ten\tlocale\t",
        "color\talways\toption\t--color",
        "limit\t7\tenvironment\tFAQCLI_LIMIT",
        "live\tscreen\tdefault\t",
        f"faq\tshipped{os.pathsep}notes.yaml\tfile\t{config}",
        "reply\t\tdefault\t",
        f"signature\tLe support\tfile\t{config}",
    ]
    document = json.loads(faqcli("config", "--json").stdout)
    assert document["file"] == str(config)
    assert document["settings"]["signature"] == {"value": "Le support", "source": "file", "where": str(config)}
    shown = faqcli("config").stdout
    assert f"Configuration file: {config}\n" in shown


def test_the_file_chooses_the_language_and_the_colour(faqcli: Run, config: Path) -> None:
    config.write_text('language = "fr"\ncolor = "always"\n', encoding="utf-8")
    assert faqcli("show", "99").stderr.startswith("faqcli: Pas d’entrée 99")
    assert faqcli("--lang", "en", "show", "99").stderr.startswith("faqcli: No entry 99")
    assert "\x1b[1" in faqcli("list").stdout
    assert "\x1b[" not in faqcli("list", FAQCLI_COLOR="never").stdout


def test_files_in_the_configuration_are_beside_it_or_in_the_home(
    faqcli: Run, config: Path, corpus: Path, tmp_path: Path
) -> None:
    corpus.rename(config.with_name("notes.yaml"))
    config.write_text('faq = "notes.yaml"\n', encoding="utf-8")
    assert faqcli("show", "1", cwd=tmp_path).stdout.startswith("1  À quelle heure")
    config.write_text('faq = "~/config/notes.yaml"\n', encoding="utf-8")
    assert faqcli("show", "1", cwd=Path("/"), HOME=str(tmp_path)).stdout.startswith("1  À quelle heure")


def test_the_configuration_is_in_the_folder_of_the_system(faqcli: Run, tmp_path: Path) -> None:
    path = tmp_path / "faqcli" / "config.toml"
    path.parent.mkdir()
    path.write_text("limit = 1\n", encoding="utf-8")
    places = {"FAQCLI_CONFIG": "", "XDG_CONFIG_HOME": str(tmp_path), "LOCALAPPDATA": str(tmp_path)}
    assert count(faqcli("search", "sigma", "--plain", **places)) == 1


@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param("limit = 0", "limit is 0: it must be a whole number from 1 to 1000.", id="limit"),
        pytest.param("limit = true", "limit is True: it must be a whole number", id="boolean"),
        pytest.param("limt = 5", "the key 'limt' is not known: the keys are language, color, limit,", id="key"),
        pytest.param('language = "de"', "language is 'de': it must be en or fr.", id="language"),
        pytest.param('color = "pink"', "color is 'pink': it must be auto, always or never.", id="color"),
        pytest.param("faq = []", "faq is []: it must be a file, or a list of files.", id="no-files"),
        pytest.param("faq = [1]", "faq is [1]: it must be a file, or a list of files.", id="files"),
        pytest.param("signature = 5", "signature is 5: it must be text.", id="signature"),
        pytest.param('reply = "{anser}"', "it has {anser}; in braces it can have {question}, {answer},", id="reply"),
        pytest.param('reply = "Bonjour"', "it has no {answer}.", id="reply-without-answer"),
        pytest.param('reply = "{answer} {links"', "it has {links; in braces it can have", id="reply-open-brace"),
        pytest.param("limit = ", "not valid TOML (Invalid value", id="toml"),
        pytest.param("\xff", "not valid TOML (", id="encoding"),
        pytest.param("a = " + "[" * 5000, "not valid TOML (", id="deep"),
    ],
)
def test_an_invalid_file_is_one_sentence(faqcli: Run, config: Path, text: str, said: str) -> None:
    config.write_text(text, encoding="latin-1")
    done = faqcli("search", "sigma")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"faqcli: {config}: ")
    assert said in done.stderr
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("FAQCLI_COLOR", "pink"),
        ("FAQCLI_FILE", os.pathsep),
        ("FAQCLI_LANG", "de"),
        ("FAQCLI_LIMIT", "0000010009"),
        ("FAQCLI_LIMIT", "1001"),
        ("FAQCLI_LIMIT", "9" * 500),
        ("FAQCLI_LIMIT", "many"),
        ("FAQCLI_LIMIT", "²"),
    ],
)
def test_an_invalid_variable_is_one_sentence(faqcli: Run, name: str, value: str) -> None:
    done = faqcli("search", "sigma", **{name: value})
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"faqcli: {name} is '{value}': it must be ")


@pytest.mark.parametrize("what", ["folder", "unreadable"])
def test_an_unreadable_configuration_is_an_error(faqcli: Run, config: Path, what: str) -> None:
    if what == "folder":
        config.mkdir()
        assert faqcli("show", "42").returncode == 0  # no file: no settings
        return
    if os.geteuid() == 0:
        pytest.skip("the superuser reads everything")
    config.write_text("limit = 1", encoding="utf-8")
    config.chmod(0)
    assert faqcli("show", "42").stderr.startswith(f"faqcli: Cannot read the configuration '{config}': permission")


def test_zeros_before_a_limit_do_not_count(faqcli: Run) -> None:
    assert count(faqcli("search", "sigma", "--plain", FAQCLI_LIMIT="0000000002")) == 2


@pytest.mark.parametrize("how", ["file", "variable"])
def test_shipped_is_the_shipped_faq_whatever_files_there_are(
    faqcli: Run, config: Path, corpus: Path, tmp_path: Path, how: str
) -> None:
    for folder in (tmp_path, config.parent):
        (folder / "shipped").write_text("no FAQ", encoding="utf-8")
    if how == "file":
        config.write_text(f'faq = ["shipped", "{corpus}"]\n', encoding="utf-8")
    env = {"FAQCLI_FILE": os.pathsep.join(("shipped", str(corpus)))} if how == "variable" else {}
    done = faqcli("show", "42", "corpus/1", "--plain", cwd=tmp_path, **env)
    assert (done.returncode, len(done.stdout.splitlines())) == (0, 2)


def test_a_file_that_is_called_shipped_can_be_named(faqcli: Run, config: Path, corpus: Path) -> None:
    corpus.rename(config.with_name("shipped"))
    asked = ("show", "1", "--plain")
    assert "cantine" in faqcli(*asked, "--faq", "./shipped", cwd=config.parent).stdout
    assert "cantine" in faqcli(*asked, cwd=config.parent, FAQCLI_FILE="./shipped").stdout
    config.write_text('faq = "./shipped"\n', encoding="utf-8")
    assert "cantine" in faqcli(*asked, cwd=Path("/")).stdout


def test_a_relative_base_folder_is_left_alone(faqcli: Run, corpus: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    env = {"FAQCLI_CACHE_DIR": "", "FAQCLI_CONFIG": "", "XDG_CACHE_HOME": "cache", "HOME": str(home)}
    assert faqcli("show", "42", cwd=tmp_path, **env).returncode == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == [corpus.name, "home"]
    assert list((home / ".cache" / "faqcli").iterdir())
