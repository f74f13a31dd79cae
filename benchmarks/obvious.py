"""The obvious build of a FAQ search, to measure against: typer, yaml.safe_load, WRatio and a Rich table."""

from pathlib import Path

import typer
import yaml
from rapidfuzz import fuzz, process
from rich.console import Console
from rich.table import Table

app = typer.Typer()
FAQ = Path(__file__).parents[1] / "data" / "faq.yaml"


@app.command()
def search(words: list[str], faq: Path = FAQ, limit: int = 5) -> None:
    """Search the questions."""
    entries = yaml.safe_load(faq.read_text(encoding="utf-8"))["entries"]
    questions = {entry["id"]: entry["question"] for entry in entries}
    table = Table("N°", "Score", "Category", "Question")
    for question, score, number in process.extract(" ".join(words), questions, scorer=fuzz.WRatio, limit=limit):
        entry = next(entry for entry in entries if entry["id"] == number)
        table.add_row(str(number), f"{score:.0f}", entry.get("subcategory", ""), question)
    Console().print(table)


@app.command()
def show(number: int, faq: Path = FAQ) -> None:
    """Show an entry."""
    entries = yaml.safe_load(faq.read_text(encoding="utf-8"))["entries"]
    Console().print(next(entry["answer"] for entry in entries if entry["id"] == number))


if __name__ == "__main__":
    app()
