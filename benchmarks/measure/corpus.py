"""FAQs of any size that read like real ones: sentences of real FAQs recombined, with rare words among them.

Recombined sentences alone would have the few thousand words of their sources, all of them common. So some words are
replaced by made-up ones, drawn from a Zipf-Mandelbrot law: a few are drawn often, most once or twice, and new ones keep
coming as the FAQ grows, as Heaps' law says of real text (Manning, Raghavan and Schütze, 2008, section 5.1).
"""

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache, partial
from pathlib import Path
from random import Random
from statistics import fmean
from typing import NamedTuple

import yaml

from faqcli.languages import language
from faqcli.text import fold

SEED = 31096
LENGTH = 600  # characters of an entry's question and answer, in the mean
SPREAD = 150  # characters, the standard deviation
REPLACEABLE_FROM = 5  # letters; shorter words are kept
REPLACED = 0.13  # the share of the others that are replaced by rare words
PLURALS = 0.2  # the share of rare words that are plurals
COMMON = 60  # the commonest words of the sources, of which queries are made

# The word of a rank is drawn with a probability proportional to (rank + SHIFT) ** -EXPONENT, so that the vocabulary
# grows with the power 1 / EXPONENT of the text.
EXPONENT = 1.7
SHIFT = 1000

_WORD = re.compile(rf"(?<![\w@.'’-])[^\W\d_]{{{REPLACEABLE_FROM},}}(?![\w@.'’-])")
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+")
_ONSETS = "b bl br c ch cl cr d dr f fl fr g gl gr j l m n p ph pl pr qu r s st t tr v".split()
_VOWELS = "a e i o u ou ai au eu oi é an on in ar er il or".split()
_ENDINGS = "tion ment eur age ier ité ance ique el oir ade if et ure isme al ette ain".split()
_SCRAMBLE = 2_654_435_761  # odd: multiplied by it modulo a power of two, no two ranks become one, nor neighbours

KINDS = ("rare words", "common words", "typos", "a question")


class Source(NamedTuple):
    """What is recombined."""

    questions: Sequence[str]
    sentences: Sequence[str]  # of the answers
    categories: Sequence[tuple[str, str]]
    mean_length: float  # of a sentence, in characters


class Query(NamedTuple):
    """A query, and which of KINDS it is of."""

    kind: str
    text: str


def read_source(paths: Iterable[Path]) -> Source:
    """The questions, the sentences of the answers and the categories of some FAQ files."""
    read = [entry for path in paths for entry in yaml.safe_load(path.read_text(encoding="utf-8"))["entries"]]
    sentences = [sentence for entry in read for sentence in _SENTENCE_END.split(" ".join(entry["answer"].split()))]
    return Source(
        [entry["question"] for entry in read],
        sentences,
        sorted({(entry["category"], entry.get("subcategory", "")) for entry in read}),
        fmean(map(len, sentences)),
    )


def made_entries(source: Source, count: int) -> Iterator[dict[str, object]]:
    """So many entries, with the keys of a FAQ file; those of a small FAQ are the first of a big one."""
    random = Random(SEED)
    return (_entry(source, number, random) for number in range(1, count + 1))


def _entry(source: Source, number: int, random: Random) -> dict[str, object]:
    question = _with_rare_words(random.choice(source.questions), random)
    target = random.gauss(LENGTH, SPREAD) - len(question) - source.mean_length / 2
    answer = _with_rare_words(random.choice(source.sentences), random)
    while len(answer) < target:
        answer += " " + _with_rare_words(random.choice(source.sentences), random)
    category, subcategory = random.choice(source.categories)
    return {"id": number, "category": category, "subcategory": subcategory, "question": question, "answer": answer}


def _with_rare_words(text: str, random: Random) -> str:
    return _WORD.sub(partial(_rare_or_same, random), text)


def _rare_or_same(random: Random, found: re.Match[str]) -> str:
    if random.random() >= REPLACED:
        return found.group()
    rank = int(SHIFT * (random.random() ** (-1 / (EXPONENT - 1)) - 1))
    word = made_word(rank) + ("s" if random.random() < PLURALS else "")
    return word.capitalize() if found.group()[0].isupper() else word


@lru_cache(maxsize=1 << 20)
def made_word(rank: int) -> str:
    """A made-up French word, always the same for a rank: two or three syllables and an ending."""
    rest = rank * _SCRAMBLE % (1 << 32)
    rest, ending = divmod(rest, len(_ENDINGS))
    syllables = []
    for _ in range(2 + rest % 2):
        rest, onset = divmod(rest, len(_ONSETS))
        rest, vowel = divmod(rest, len(_VOWELS))
        syllables.append(_ONSETS[onset] + _VOWELS[vowel])
    return "".join(syllables) + _ENDINGS[ending]


def write_json_lines(path: Path, source: Source, count: int) -> None:
    """Write a made FAQ as JSON Lines."""
    with path.open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(entry, ensure_ascii=False) + "\n" for entry in made_entries(source, count))


def write_yaml(path: Path, source: Source, count: int, synonyms: Sequence[Sequence[str]]) -> None:
    """Write the same FAQ as YAML, with the synonyms of the shipped one."""
    document = {"language": "fr", "synonyms": synonyms, "entries": list(made_entries(source, count))}
    with path.open("w", encoding="utf-8") as file:
        yaml.dump(document, file, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False)


def made_queries(source: Source, made: Iterable[Mapping[str, object]]) -> Iterator[Query]:
    """A query of each kind for each entry of a made FAQ that has rare words enough."""
    random = Random(SEED)
    frequency = Counter(word for text in (*source.questions, *source.sentences) for word in meaning_words(text))
    common = [word for word, _ in frequency.most_common(COMMON)]
    for entry in made:
        rare = [word for word in meaning_words(f"{entry['question']} {entry['answer']}") if word not in frequency]
        if len(rare) >= 2:
            yield Query("rare words", " ".join(random.sample(rare, 2)))
            yield Query("common words", " ".join(random.sample(common, 3)))
            yield Query("typos", " ".join(slip(word, random) for word in (random.choice(common), random.choice(rare))))
            yield Query("a question", str(entry["question"]))


def meaning_words(text: str) -> list[str]:
    """The words of a text that carry meaning and are long enough to be replaced, in lower case."""
    return [word for word in map(str.lower, _WORD.findall(text)) if fold(word) not in language("fr").stop_words]


def slip(word: str, random: Random) -> str:
    """A word as a hasty hand types it: two letters swapped, one left out or one doubled."""
    at = random.randrange(1, len(word) - 1)
    left_out = word[:at] + word[at + 1 :]
    doubled = word[:at] + word[at] + word[at:]
    swapped = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    return random.choice((left_out, doubled, swapped))
