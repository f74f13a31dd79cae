"""Tell what a merge does: the counts, what changes, and what a person should look at."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from converter.merging import ENTRY_CHANGED, ENTRY_MOVED, ENTRY_RENUMBERED, Change
from faqcli.i18n.messages import gettext as _

MAX_RANGES: Final = 20  # of numbers in a line

Range = tuple[int, int, int]  # the old and the new number of the first entry, and how many follow each other


def format_report(title: str, changes: Sequence[Change], notes: Iterable[str], *, brief: bool) -> list[str]:
    """Return a line with the counts, what changes unless brief, and the notes.

    All renumbered entries share a line, and so do those that are moved; the changed texts come last.
    """
    counts = Counter(change.kind for change in changes)
    lines = [", ".join([title, *(labelled(_(kind), str(count)) for kind, count in counts.items())])]
    if not brief:
        lines += format_changes(changes)
    return [*lines, *(labelled(_("note"), note) for note in notes)]


def format_changes(changes: Sequence[Change]) -> Iterator[str]:
    """Yield the lines that tell each change."""
    numbered = (ENTRY_RENUMBERED, ENTRY_MOVED)
    for change in changes:
        if change.kind not in (*numbered, ENTRY_CHANGED):
            yield from format_change(change)
    for kind in numbered:
        if ids := sorted(change.ids for change in changes if change.kind == kind):
            yield labelled(_(kind), format_ranges(ranges(ids)))
    for change in changes:
        if change.kind == ENTRY_CHANGED:
            yield from format_change(change)


def format_change(change: Change) -> Iterator[str]:
    """Yield the lines that tell a change."""
    yield labelled(_(change.kind), change.what)
    for key, old, new in change.texts:
        yield from (f"  {key}", f"  - {old}", f"  + {new}")


def labelled(label: str, text: str) -> str:
    """Return a text behind its label."""
    return _("{label}: {text}").format(label=label, text=text)


def ranges(ids: Iterable[tuple[int, int]]) -> list[Range]:
    """Return sorted pairs of an old and a new number, those that follow each other as one."""
    found: list[Range] = []
    for old, new in ids:
        if found and (old - found[-1][2], new - found[-1][2]) == found[-1][:2]:
            found[-1] = (*found[-1][:2], found[-1][2] + 1)
        else:
            found.append((old, new, 1))
    return found


def format_ranges(found: Sequence[Range]) -> str:
    """Return numbers on one line: "1-3 -> 2-4, 9 -> 7", or just "1-3" where they stay."""
    parts = [
        format_range(old, count) if old == new else f"{format_range(old, count)} -> {format_range(new, count)}"
        for old, new, count in found[:MAX_RANGES]
    ]
    if len(found) > MAX_RANGES:
        parts.append(_("and {count} more").format(count=sum(count for _old, _new, count in found[MAX_RANGES:])))
    return ", ".join(parts)


def format_range(first: int, count: int) -> str:
    """Return some numbers that follow each other."""
    return str(first) if count == 1 else f"{first}-{first + count - 1}"
