"""Measure whole commands, interleaved in one run, against `python -c "import typer"` and the obvious build; see --help.

The figures are medians of whole processes and ratios of medians. Run it with the Python of an environment in which
faqcli is installed from a wheel: an editable installation adds its own start-up.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

BIN = Path(sys.executable).parent
SCRIPT = str(Path(__file__).with_name("obvious.py"))
OBVIOUS = "obvious.py search mdp sigma"
HELLO = "import typer\napp = typer.Typer()\n@app.command()\ndef hello(name: str): print(name)\napp()"
TYPER = "import typer"

FAQCLI = str(BIN / "faqcli")
TABLE = "faqcli search mdp sigma"
JSON = ["search", "mdp", "sigma", "--json"]
UNCOMPILED = {"PYTHONPYCACHEPREFIX": os.devnull, "PYTHONDONTWRITEBYTECODE": "1"}
COMPLETION = {"_FAQCLI_COMPLETE": "complete_bash", "COMP_WORDS": "faqcli\nshow\n4", "COMP_CWORD": "2"}


class Measured(NamedTuple):
    """A command that is measured."""

    name: str
    command: list[str]
    variables: Mapping[str, str] = {}


def commands(newer: str | None) -> list[Measured]:
    """What is measured; `newer` is a Python whose environment has a newer Typer."""
    found = [
        Measured("python -c pass", [sys.executable, "-c", "pass"]),
        Measured(TYPER, [sys.executable, "-c", TYPER]),
        Measured("Typer's hello-world --help", [sys.executable, "-c", HELLO, "--help"]),
        Measured("faqcli --version", [FAQCLI, "--version"]),
        Measured("faqcli --help", [FAQCLI, "--help"]),
        Measured("faqcli --help, in French", [FAQCLI, "--help"], {"FAQCLI_LANG": "fr"}),
        Measured("completion of faqcli show 4", [FAQCLI], COMPLETION),
        Measured("faqcli show 42 --json", [FAQCLI, "show", "42", "--json"]),
        Measured("faqcli search mdp sigma --json", [FAQCLI, *JSON]),
        Measured("python -m faqcli search mdp sigma --json", [sys.executable, "-m", "faqcli", *JSON]),
        Measured("the same without any compiled module", [sys.executable, "-m", "faqcli", *JSON], UNCOMPILED),
        Measured("faqcli search moodel --json (a typo)", [FAQCLI, "search", "moodel", "--json"]),
        Measured(TABLE, [FAQCLI, "search", "mdp", "sigma"]),
        Measured(f"{TABLE}, in French", [FAQCLI, "search", "mdp", "sigma"], {"FAQCLI_LANG": "fr"}),
        Measured(OBVIOUS, [sys.executable, SCRIPT, "search", "mdp", "sigma"]),
    ]
    if newer:
        found.append(Measured(f"{OBVIOUS}, newer Typer", [newer, SCRIPT, "search", "mdp", "sigma"]))
    return found


def measure(measured: Sequence[Measured], runs: int) -> dict[str, float]:
    """The median of each command, in seconds."""
    taken: dict[str, list[float]] = {each.name: [] for each in measured}
    with tempfile.TemporaryDirectory() as cache:
        environment = {**os.environ, "FAQCLI_CACHE_DIR": cache}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        for number in range(runs + 2):  # two rounds to warm up: they write the index and the bytecode
            for each in measured:
                start = time.perf_counter()
                subprocess.run(each.command, capture_output=True, env={**environment, **each.variables}, check=True)
                if number > 1:
                    taken[each.name].append(time.perf_counter() - start)
    return {name: statistics.median(times) for name, times in taken.items()}


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description="Measure the start-up of faqcli against Typer's own import.")
    parser.add_argument("-n", "--runs", type=int, default=25, help="counted runs of each command (default 25)")
    parser.add_argument("--newer", metavar="PYTHON", help="of an environment with a newer Typer, for the obvious build")
    options = parser.parse_args()
    medians = measure(commands(options.newer), options.runs)
    print("| command | ms | × import typer |\n|---|--:|--:|")
    for name, median in medians.items():
        print(f"| `{name}` | {median * 1000:.0f} | {median / medians[TYPER]:.2f} |")
    for name in [name for name in medians if name.startswith(OBVIOUS)]:
        print(f"\nThe table takes {medians[TABLE] / medians[name]:.2f} of the time of {name}.")


if __name__ == "__main__":
    main()
