"""Find the stored entry or contact that each row or contact of the export continues."""

from collections import Counter, defaultdict, deque
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Any, Final

from converter.comparing import fold, similarity
from converter.export import HEADER, Contact, Row
from converter.faq_file import is_contact
from faqcli.files.document import Document
from faqcli.files.editing import Item

MIN_REWORDED: Final = 0.8  # similarity of two questions under different numbers that are one, reworded
MIN_ANSWER_WORDS: Final = 3  # "Oui." answers many questions, "Sur le site." says which
MAX_ITEMS_PER_WORD: Final = 100  # a word that more questions have does not tell which one it is
MAX_CANDIDATES: Final = 20  # questions compared with a row: those that share most words with it


@dataclass(slots=True)
class Pairs:
    """Rows or contacts of the export with the stored items that they continue."""

    found: dict[int, Item] = field(default_factory=dict)  # by number of the row, or position of the contact
    taken: set[Item] = field(default_factory=set)

    def add(self, number: int, item: Item) -> None:
        """Pair a number with an item, unless one of them has its pair."""
        if number not in self.found and item not in self.taken:
            self.found[number] = item
            self.taken.add(item)

    def join(self, keys: Mapping[int, Hashable], items: Iterable[tuple[Item, Hashable]]) -> None:
        """Pair numbers and items that have the same key, in their order; a key that is None has no pair."""
        waiting: dict[Hashable, deque[Item]] = defaultdict(deque)
        for item, key in items:
            if item not in self.taken:
                waiting[key].append(item)
        for number, key in keys.items():
            if key is not None and number not in self.found and waiting[key]:
                self.add(number, waiting[key].popleft())


@dataclass(frozen=True, slots=True)
class Folded:
    """What tells an entry from others, as compared."""

    id: int
    question: str
    answer: str


def match_entries(rows: Sequence[Row], faq: Document) -> dict[int, Item]:
    """Return the stored entry that each row continues, by the number of the row.

    First the same question: rather in use than withdrawn, rather with the same answer than with another, rather
    under the same number than under another. Then the same answer, where nobody else has it. At last, of those in
    use, the questions most alike.
    """
    pairs = Pairs()
    wanted = {row.id: Folded(row.id, fold(row.question), fold(row.answer)) for row in rows}
    in_use, archive = (
        {item: Folded(item.data["id"], fold(item.data["question"]), fold(item.data["answer"])) for item in items}
        for items in (faq.items("entries"), [item for item in faq.items("withdrawn") if not is_contact(item.data)])
    )
    for stored in (in_use, archive):
        for fields in (("question", "answer", "id"), ("question", "answer"), ("question", "id"), ("question",)):
            key = attrgetter(*fields)
            pairs.join({at: key(text) for at, text in wanted.items()}, [(at, key(text)) for at, text in stored.items()])
    answers = only_once({number: text.answer for number, text in wanted.items()})
    for stored in (in_use, archive):
        pairs.join(answers, only_once({item: text.answer for item, text in stored.items()}).items())
    pair_reworded(
        pairs,
        {number: text.question for number, text in wanted.items() if number not in pairs.found},
        {item: text.question for item, text in in_use.items() if item not in pairs.taken},
    )
    return pairs.found


def only_once(answers: Mapping[Any, str]) -> dict[Any, str | None]:
    """Return the answers that tell an entry from all others, and None in place of those that do not."""
    counts = Counter(answers.values())
    return {
        key: answer if counts[answer] == 1 and len(answer.split()) >= MIN_ANSWER_WORDS else None
        for key, answer in answers.items()
    }


def pair_reworded(pairs: Pairs, rows: Mapping[int, str], asked: Mapping[Item, str]) -> None:
    """Pair the questions most alike: at least MIN_REWORDED, or just under the same number."""
    numbered = {item.data["id"]: item for item in asked}
    with_word: dict[str, list[Item]] = defaultdict(list)
    for item, question in asked.items():
        for word in dict.fromkeys(question.split()):
            with_word[word].append(item)
    ranked = []
    for number, question in rows.items():
        shared: Counter[Item] = Counter()
        for word in dict.fromkeys(question.split()):
            if len(with_word.get(word, ())) <= MAX_ITEMS_PER_WORD:
                shared.update(with_word.get(word, ()))
        same = numbered.get(number)
        candidates = dict.fromkeys([item for item, _count in shared.most_common(MAX_CANDIDATES)] + [same] * bool(same))
        for item in filter(None, candidates):
            alike = similarity(question, asked[item])
            if item is same or alike >= MIN_REWORDED:
                ranked.append((alike, item is same, number, item))
    for _alike, _same, number, item in sorted(ranked, key=lambda pair: pair[:2], reverse=True):
        pairs.add(number, item)


def match_contacts(contacts: Sequence[Contact], faq: Document) -> dict[int, Item]:
    """Return the stored contact that each one continues, by its position.

    A contact of the headings is known by its topic, any by its address; a person's own comes after the others.
    """
    pairs = Pairs()
    archive = [item for item in faq.items("withdrawn") if is_contact(item.data)]
    stored = [*sorted(faq.items("contacts"), key=lambda item: is_own(item.data)), *archive]
    found = [(contact.source == HEADER, fold(contact.topic), contact.email.lower()) for contact in contacts]
    known = [
        (item, (item.data.get("source") == HEADER, fold(item.data["topic"]), item.data["email"].lower()))
        for item in stored
    ]
    for key in (heading_and_address, heading, topic_and_address, address):
        pairs.join({at: key(*contact) for at, contact in enumerate(found)}, [(item, key(*of)) for item, of in known])
    return pairs.found


def heading_and_address(in_headings: bool, topic: str, email: str) -> Hashable:
    """Return what tells a contact of the headings that stays as it is."""
    return (topic, email) if in_headings else None


def heading(in_headings: bool, topic: str, email: str) -> Hashable:
    """Return what tells a contact of the headings."""
    return topic if in_headings else None


def topic_and_address(in_headings: bool, topic: str, email: str) -> Hashable:
    """Return what tells a contact that only changes its place in the export."""
    return topic, email


def address(in_headings: bool, topic: str, email: str) -> Hashable:
    """Return what tells any contact."""
    return email


def is_own(contact: Mapping[str, Any]) -> bool:
    """Return whether a contact is a person's: its source is neither the headings nor the numbers of entries."""
    source = contact.get("source")
    return source != HEADER and not isinstance(source, list)
