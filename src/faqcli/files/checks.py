"""Everything that is wrong with a FAQ file, or doubtful: what `faqcli check` finds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

from faqcli import languages
from faqcli.files import rules
from faqcli.files.json_lines import is_json_lines, read_json_lines
from faqcli.files.kinds import is_id
from faqcli.files.loader import SAMPLE_ENTRIES, entry_from, faq_from, language_of
from faqcli.files.problem import KeyPath, Problem
from faqcli.files.reading import read_text
from faqcli.files.validation import problems, read_problems
from faqcli.files.yaml_reader import line_numbers, read_yaml
from faqcli.i18n.messages import gettext as _
from faqcli.i18n.messages import quoted
from faqcli.models import Accepted, Entry, FaqFile, Level

MAX_FINDINGS = 1_000  # errors of a file; nobody reads more before mending the first ones
NOT_GIVEN = "not-given"  # of an acceptance of what is not found

_RULES: tuple[Callable[[FaqFile], Iterator[Problem]], ...] = (
    rules.text_problems,
    rules.contact_problems,
    rules.synonym_problems,
    rules.review_problems,
    rules.search_problems,
)


class Finding(NamedTuple):
    """Something wrong (`error`) or doubtful (`warning`) in a FAQ file."""

    line: int  # counted from 1
    level: Level
    entry: int | None  # the number of the entry it is about
    key: str | None  # the key it is about
    message: str  # what it is, and what to do
    code: str  # its kind, the same in every language


def check(path: Path) -> list[Finding]:
    """Return all that is wrong with a FAQ file, in the order of its lines.

    Raises:
        FaqFileError: The file cannot be read as YAML or JSON Lines at all.
    """
    found = _check_json_lines(path) if is_json_lines(path) else _check_yaml(path)
    return sorted(set(found), key=lambda finding: (finding.line, finding.level, finding.message))


def counts(findings: Sequence[Finding]) -> Mapping[str, int]:
    """Return how many findings there are of each level."""
    return {level: sum(finding.level == level for finding in findings) for level in ("error", "warning")}


def _check_yaml(path: Path) -> list[Finding]:
    text = read_text(path)
    content = read_yaml(path, text)
    found = _cut(problems(content.data, content.problems))
    if not found:  # what is doubtful in a file can be told once it is one
        entries = tuple(map(entry_from, content.data["entries"]))
        faq = faq_from(content.data, title="FAQ", sample=entries[:SAMPLE_ENTRIES])._replace(entries=entries)
        doubts = [
            *read_problems(content.data, content.problems),
            *_language_problems(content.data, entries, "language: {code}"),
        ]
        found = _of_faq(faq, doubts)
    lines = line_numbers(text, [problem.at for problem in found])
    return [_finding(problem, lines[problem.at], _id_in(content.data, problem.at)) for problem in found]


def _check_json_lines(path: Path) -> list[Finding]:
    """A line is a place of its own: ("entries", line - 1)."""
    errors: list[Finding] = []
    head: dict[str, Any] = {}
    entries: list[Entry] = []
    line_of: list[int] = []  # of each entry
    for line in read_json_lines(path):
        errors += [_finding(problem, line.number, _id_of(line.data)) for problem in line.problems]
        if len(errors) >= MAX_FINDINGS:
            return [*errors[:MAX_FINDINGS], _finding(_more(), line.number, None)]
        if line.problems:
            continue
        if line.is_head:
            head = line.data
        else:
            entries.append(entry_from(line.data))
            line_of.append(line.number)
    if not entries:
        return errors
    faq = faq_from(head, title=path.stem, sample=entries[:SAMPLE_ENTRIES])._replace(entries=tuple(entries))
    found = _of_faq(faq, _language_problems(head, entries, '{{"language": "{code}"}}'))
    if errors:  # what is accepted may be about a line that is wrong
        found = [problem for problem in found if problem.code != NOT_GIVEN]
    return errors + [
        _finding(problem, line_of[int(problem.at[1])], entries[int(problem.at[1])].id)
        if problem.at[:1] == ("entries",)
        else _finding(problem, 1, None)
        for problem in found
    ]


def _cut(found: Iterator[Problem]) -> list[Problem]:
    """Return the first problems; after too many, with one that says so."""
    first = list(islice(found, MAX_FINDINGS))
    return [*first, _more()] if next(found, None) else first


def _more() -> Problem:
    return Problem((), _("more than {count} errors: mend the first ones.").format(count=MAX_FINDINGS))


def _finding(problem: Problem, line: int, entry: int | None) -> Finding:
    return Finding(line, problem.level, entry, _key(problem.at), problem.message, problem.code)


def _key(at: KeyPath) -> str | None:
    """Return the key that a place is about; None for an item as a whole."""
    if len(at) == 2 and at[0] != "synonyms":
        return None
    return next((part for part in reversed(at) if isinstance(part, str)), None)


def _id_in(data: Any, at: KeyPath) -> int | None:
    """Return the id of the entry at a place in the content of a file."""
    return _id_of(data["entries"][at[1]]) if len(at) > 1 and at[0] == "entries" else None


def _id_of(entry: Any) -> int | None:
    known = entry.get("id") if isinstance(entry, dict) else None
    return known if is_id(known) else None


def _language_problems(data: Mapping[str, Any], entries: Sequence[Entry], line: str) -> Iterator[Problem]:
    """Yield that the file does not name its language.

    Args:
        data: The keys of the file.
        entries: Its entries.
        line: What names the language, with a field {code}.
    """
    if data.get("language"):
        return
    told = language_of(entries[:SAMPLE_ENTRIES])
    message = _("the file names no language, and its text is {language}: write {line} at the top.")
    if not told:
        message = _("the file names no language, and is searched as {language}: write {line}, or another, at the top.")
    language = languages.language(told or languages.FALLBACK)
    message = message.format(language=language.name, line=quoted(line.format(code=language.code)))
    yield Problem((), message, "language", "warning")


def _of_faq(faq: FaqFile, doubts: Iterable[Problem]) -> list[Problem]:
    """Return what is wrong or doubtful in a FAQ that can be loaded, without the warnings that it accepts."""
    found = [*doubts, *(problem for rule in _RULES for problem in rule(faq))]
    accepted = {item._replace(reason=""): number for number, item in enumerate(faq.accepted)}
    used = {_acceptance(faq, problem) for problem in found if problem.level == "warning"}
    unused = [number for item, number in accepted.items() if item not in used]
    if any(problem.code == "not-compared" for problem in found):
        unused = []
    message = _("accepted warning {number}: there is no such warning: take it out.")
    return [
        *(problem for problem in found if problem.level == "error" or _acceptance(faq, problem) not in accepted),
        *(Problem(("accepted", number), message.format(number=number + 1), NOT_GIVEN, "warning") for number in unused),
    ]


def _acceptance(faq: FaqFile, problem: Problem) -> Accepted:
    """Return what would accept a warning."""
    match problem.at:
        case ("entries", int(number), *_rest):
            return Accepted(problem.code, entry=faq.entries[number].id)
        case ("contacts", int(number), *_rest):
            return Accepted(problem.code, contact=faq.contacts[number].topic)
        case ("synonyms", int(number), int(place)):
            return Accepted(problem.code, expression=faq.synonyms[number][place])
    return Accepted(problem.code)
