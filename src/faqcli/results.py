"""What each command found, as a value that holds everything that any format shows of it.

A format shows such a value and looks nothing up. They are named tuples without postponed annotations, for the reasons
given in `models`.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from faqcli.models import Contact, Entry, Match

if TYPE_CHECKING:
    from faqcli.files.cache import Compiled
    from faqcli.files.checks import Finding
    from faqcli.reply import Reply
    from faqcli.settings import Setting


class EntryDetails(NamedTuple):
    """An entry with what its FAQ knows about it."""

    entry: Entry
    faq_title: str
    related: tuple[str, ...] = ()  # references of the entries that are close to it


class SearchResult(NamedTuple):
    """The matches of a query, best first."""

    query: str
    matches: tuple[Match, ...] = ()
    best: EntryDetails | None = None  # of the first match, when its answer is to be shown: it is sure, or likely
    best_only: bool = False  # whether nothing but the best match was asked for
    explained: bool = False  # whether the matches carry what each word of the query matched
    several_faqs: bool = False
    several_categories: bool = False


class ShowResult(NamedTuple):
    """Entries in full, in the order in which they were asked for."""

    entries: tuple[EntryDetails, ...]
    several_faqs: bool = False


class ListResult(NamedTuple):
    """Entries in the order of their FAQs."""

    entries: tuple[EntryDetails, ...]
    several_faqs: bool = False


class ReplyResult(NamedTuple):
    """A reply by mail that gives the answers of entries."""

    reply: "Reply"
    references: tuple[str, ...]  # of the entries


class ContactResult(NamedTuple):
    """Contacts in the order of their FAQs."""

    contacts: tuple[Contact, ...]


class CheckResult(NamedTuple):
    """What is wrong or doubtful in FAQ files."""

    files: tuple[Path, ...]  # at least one
    findings: "tuple[tuple[Path, Finding], ...]"


class ConfigResult(NamedTuple):
    """Every setting, and where the user's files are."""

    settings: "Mapping[str, Setting]"
    file: Path | None  # the configuration file, None without a home
    file_exists: bool
    cache: Path | None  # the folder of compiled FAQs, None without a home


class CacheResult(NamedTuple):
    """The compiled FAQs in the cache, or those that were removed from it."""

    folder: Path | None  # None without a home
    files: "tuple[Compiled, ...]"
    cleared: bool


class SchemaResult(NamedTuple):
    """The JSON schema of all documents."""

    schema: str


Result = (
    SearchResult
    | ShowResult
    | ListResult
    | ReplyResult
    | ContactResult
    | CheckResult
    | ConfigResult
    | CacheResult
    | SchemaResult
)
