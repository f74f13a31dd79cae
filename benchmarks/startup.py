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
from pathlib import Path

BIN = Path(sys.executable).parent
OBVIOUS = [sys.executable, str(Path(__file__).with_name("obvious.py"))]
HELLO = "import typer\napp = typer.Typer()\n@app.command()\ndef hello(name: str): print(name)\napp()"
TYPER = "import typer"

COMMANDS: dict[str, list[str]] = {
    "python -c pass": [sys.executable, "-c", "pass"],
    TYPER: [sys.executable, "-c", TYPER],
    "Typer's hello-world --help": [sys.executable, "-c", HELLO, "--help"],
    "faqcli --version": [str(BIN / "faqcli"), "--version"],
    "faqcli --help": [str(BIN / "faqcli"), "--help"],
    "faqcli show 42 --json": [str(BIN / "faqcli"), "show", "42", "--json"],
    "faqcli search mdp sigma --json": [str(BIN / "faqcli"), "search", "mdp", "sigma", "--json"],
    "faqcli search moodel --json (a typo)": [str(BIN / "faqcli"), "search", "moodel", "--json"],
    "faqcli search mdp sigma": [str(BIN / "faqcli"), "search", "mdp", "sigma"],
    "obvious.py search mdp sigma": [*OBVIOUS, "search", "mdp", "sigma"],
}


def measure(runs: int) -> dict[str, float]:
    """The median of each command, in seconds."""
    taken: dict[str, list[float]] = {name: [] for name in COMMANDS}
    with tempfile.TemporaryDirectory() as cache:
        environment = {**os.environ, "FAQCLI_CACHE_DIR": cache}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        for number in range(runs + 2):  # two rounds to warm up: they write the index and the bytecode
            for name, command in COMMANDS.items():
                start = time.perf_counter()
                subprocess.run(command, capture_output=True, env=environment, check=True)
                if number > 1:
                    taken[name].append(time.perf_counter() - start)
    return {name: statistics.median(times) for name, times in taken.items()}


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description="Measure the start-up of faqcli against Typer's own import.")
    parser.add_argument("-n", "--runs", type=int, default=25, help="counted runs of each command (default 25)")
    medians = measure(parser.parse_args().runs)
    print("| command | ms | × import typer |\n|---|--:|--:|")
    for name, median in medians.items():
        print(f"| `{name}` | {median * 1000:.0f} | {median / medians[TYPER]:.2f} |")
    table, obvious = medians["faqcli search mdp sigma"], medians["obvious.py search mdp sigma"]
    print(f"\nThe table takes {table / obvious:.2f} of the obvious build's time.")


if __name__ == "__main__":
    main()
