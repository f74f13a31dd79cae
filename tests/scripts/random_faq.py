"""FAQ files as people might write them: any style of YAML, comments in odd places, keys in any order."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from random import Random
from typing import Any

TEXTS = (
    "Comment changer le mot de passe ?", "Où sont les tutos ?", "Oui.", "Voir l'aide : page 2", "a # b", "- tiret",
    "Ligne un\nligne deux", "x" * 130, "mot " * 40, "\"Guillemets\" d'abord", "'apostrophes'", "no", "12", "été\xa0!",
    "{a}", "  blancs  ", "fin:\n\n  retrait\n", "émoji 😀 et \u2028 séparateur", "@tous", "%x", "`y`", "tab\tici",
    "a: b", "Fin de ligne\n", "Deux fins\n\n", "Retrait\n  gardé\n\net fin\n",
)  # fmt: skip


def quoted(value: Any) -> str:
    """Return a value as JSON, which YAML reads too."""
    return json.dumps(value, ensure_ascii=False).replace("\u2028", "\\u2028")


@dataclass
class Writer:
    """Writes a FAQ in styles chosen at random; each comment is another one."""

    rng: Random
    comments: list[str] = field(default_factory=list)

    def comment(self) -> str:
        self.comments.append(f"# note {len(self.comments)} de quelqu'un: 'x' [y]")
        return self.comments[-1]

    def maybe(self, share: float = 0.3) -> bool:
        return self.rng.random() < share

    def above(self, column: int) -> str:
        """Return blank and comment lines, rarely any, at a column or somewhere else."""
        lines = ""
        while self.maybe(0.25):
            column_here = column if self.maybe(0.8) else self.rng.randrange(9)
            lines += "\n" if self.maybe(0.4) else f"{' ' * column_here}{self.comment()}\n"
        return lines

    def end(self) -> str:
        """Return the end of a line, rarely with a comment."""
        return (f"  {self.comment()}" if self.maybe(0.15) else " " * self.maybe(0.1)) + "\n"

    def flow(self, value: Any) -> str:
        """Return a value on one line."""
        if isinstance(value, list):
            return "[" + ", ".join(map(self.flow, value)) + self.rng.choice(["", ", ", " "] if value else [""]) + "]"
        if isinstance(value, dict):
            return "{" + ", ".join(f"{key}: {self.flow(item)}" for key, item in value.items()) + "}"
        return quoted(value)

    def value(self, value: Any, column: int, *, of_key: bool = True) -> str:
        """Return what follows the colon of a key, or the dash of an item, whose own column is given."""
        pad = " " * (column + self.rng.randint(1, 3))
        if isinstance(value, list) and value and self.maybe(0.6):
            dash = " " * (column + (self.rng.choice([0, 2]) if of_key else 2))
            items = (f"{self.above(len(dash))}{dash}-{self.value(item, len(dash), of_key=False)}" for item in value)
            return self.end() + "".join(items)
        if isinstance(value, str) and value.endswith("\n") and value[0] != " " and self.maybe(0.8):
            body = "".join(f"{pad}{line}\n" if line else "\n" for line in value.removesuffix("\n").split("\n"))
            return f" |{'+' if value.endswith(chr(10) * 2) else ''}{self.end()}{body}"
        if self.maybe(0.05):
            tag = {str: "!!str", list: "!!seq", int: "!!int"}.get(type(value), "!!null")
            return f" {tag} {self.flow(value)}{self.end()}"
        if isinstance(value, str) and value.strip() == value and "\u2028" not in value and "\t" not in value:
            style = self.rng.choice(["flow", "block", "fold", "next", "multi", "single"])
            if style == "block":
                lines = value.split("\n")
                body = "".join(f"{pad}{line}\n" if line else "\n" for line in lines)
                return f" |-{self.end()}{body}"
            if style == "fold" and "\n" not in value:
                return f" >-{self.end()}{pad}{value}\n"
            if style == "next":
                return f"{self.end()}{pad}{quoted(value)}{self.end()}"
            if style == "multi" and "\n" not in value and "  " not in value and " " in value:
                first, rest = value.split(" ", 1)
                return f' "{first.replace(chr(34), chr(92) + chr(34))}\n{pad}{quoted(rest)[1:]}{self.end()}'
            if style == "single" and "\n" not in value:
                return " '" + value.replace("'", "''") + f"'{self.end()}"
        return f" {self.flow(value)}{self.end()}"

    def mapping(self, data: dict[str, Any], column: int) -> str:
        """Return the lines of a mapping from its first key on, which stands at a column."""
        keys = list(data)
        if self.maybe():
            self.rng.shuffle(keys)
        lines = ""
        for key in keys:
            name = quoted(key) if self.maybe(0.1) else key
            lines += self.above(column) + " " * column if lines else ""
            lines += f"{name}:{self.value(data[key], column)}"
        return lines

    def item(self, data: dict[str, Any], column: int) -> str:
        """Return the lines of an item of a list, from its dash on."""
        dash = " " * column + "-"
        if self.maybe(0.15):
            return f"{dash} {self.flow(data)}{self.end()}"
        inside = column + self.rng.choice([2, 2, 2, 4])
        if self.maybe(0.1):
            return f"{dash}{self.end()}{' ' * inside}{self.mapping(data, inside)}"
        return f"{dash}{' ' * (inside - column - 1)}{self.mapping(data, inside)}"

    def faq(self, data: dict[str, Any]) -> str:
        """Return the text of a FAQ."""
        keys = list(data)
        if self.maybe():
            self.rng.shuffle(keys)
        text = self.above(0) + self.rng.choice(["", "", "---\n"])
        for key in keys:
            text += self.above(0)
            if isinstance(data[key], list) and data[key] and isinstance(data[key][0], dict):
                if self.maybe(0.1):
                    text += f"{key}: {self.flow(data[key])}{self.end()}"
                    continue
                column = self.rng.choice([0, 2, 2, 4])
                text += f"{key}:{self.end()}"
                gap = self.rng.choice(["", "\n"])
                text += gap.join(self.above(column) + self.item(item, column) for item in data[key])
            elif data[key] is None:
                text += f"{key}:{self.end()}"
            else:
                text += f"{key}:{self.value(data[key], 0)}"
        text += self.above(0)
        return text + "...\n" * self.maybe(0.1)


def random_faq(rng: Random) -> dict[str, Any]:
    """Return the content of a FAQ with phrasings, aliases and keys that only its owner knows."""
    entries = []
    for number in rng.sample(range(1, 30), rng.randint(1, 7)):
        entry: dict[str, Any] = {"id": number, "category": rng.choice(TEXTS)}
        entry["question"] = f"Question {number} {rng.choice(TEXTS)}".strip()
        entry["answer"] = rng.choice(TEXTS)
        if rng.random() < 0.5:
            entry["asked_as"] = [f"phrasing {number} {at} {rng.choice(TEXTS)}" for at in range(rng.randint(1, 3))]
        for key, share in (("note", 0.2), ("email", 0.1)):
            if rng.random() < share:
                entry[key] = rng.choice(TEXTS)
        if rng.random() < 0.3:
            del entry["category"]
        entries.append(entry)
    contacts = []
    for number in range(rng.randint(0, 3)):
        contact: dict[str, Any] = {"topic": f"sujet {number}", "email": f"a{number}@b.fr"}
        if rng.random() < 0.5:
            contact["aliases"] = [f"alias {number} {rng.choice(TEXTS)}"]
        if rng.random() < 0.6:
            contact["source"] = rng.choice(["header", [1, 2], "un collègue"])
        contacts.append(contact)
    withdrawn = rng.choice(
        [
            None,
            [],
            [{"id": 99, "question": "Ancienne ?", "answer": "Rien.", "asked_as": ["vieux"], "email": "x"}],
            [{"topic": "vieux", "email": "v@b.fr", "aliases": ["un vieux"]}],
        ]
    )
    data: dict[str, Any] = {"title": "T", "entries": entries}
    data |= {"contacts": contacts} if contacts else {}
    data |= {"synonyms": [["mdp", "mot de passe"], ["a", "b"]]} if rng.random() < 0.5 else {}
    data |= {"withdrawn": withdrawn} if rng.random() < 0.4 else {}
    data |= {"reply": "Bonjour,\n{answer}"} if rng.random() < 0.3 else {}
    return data
