"""The engines a user would pick instead of faqcli, each set up as well as its documentation allows.

Settings were chosen for the best mean MRR@10 over the shipped FAQ (agents' queries) and quebec-covid, both
bare; where phrasings go, on quebec-covid with five rewordings an entry as `asked_as` and the others as
queries ("held out"). So the peers are tuned on the collections that they are measured on, which favours them.
"""

import json
import shutil
import sqlite3
import subprocess
import weakref
from collections.abc import Callable, Iterable, Sequence
from collections.abc import Set as AbstractSet
from functools import partial
from pathlib import Path
from typing import Any, Protocol

from measure.judged import Entry, Synonyms
from measure.languages import LANGUAGES, fold, words
from measure.metrics import DEPTH

MINISEARCH = Path(__file__).parents[1] / "minisearch"
SHORTEST_PREFIX = 4  # letters; shorter words are whole words or acronyms

Ranking = list[tuple[int, float]]  # ids and scores, best first, at most DEPTH
Ranker = Callable[[str], Ranking]
Builder = Callable[[Sequence[Entry], str], Ranker]  # entries and language, no synonyms


class Engine(Protocol):
    """What builds a ranker for the entries of a FAQ."""

    def __call__(self, entries: Sequence[Entry], synonyms: Synonyms, language: str) -> Ranker: ...


class UnavailableError(Exception):
    """An engine that can't run here; the message says why and what to do."""


def expand(query: str, synonyms: Synonyms) -> str:
    """`query` with the other expressions of each group that it contains an expression of."""
    padded = f" {' '.join(words(query))} "
    matched = [group for group in synonyms if any(f" {' '.join(words(each))} " in padded for each in group)]
    others = [each for group in matched for each in group if f" {' '.join(words(each))} " not in padded]
    return " ".join([query, *others])


def expanding(build: Builder) -> Engine:
    """An engine without synonyms of its own, given them by expanding its queries."""

    def engine(entries: Sequence[Entry], synonyms: Synonyms, language: str) -> Ranker:
        rank = build(entries, language)
        return lambda query: rank(expand(query, synonyms))

    return engine


def best(scores: Iterable[tuple[int, float]]) -> Ranking:
    """The highest positive scores with their ids; equal scores in the order of the ids."""
    positive = [(id_, score) for id_, score in scores if score > 0]
    return sorted(positive, key=lambda pair: (-pair[1], pair[0]))[:DEPTH]


def build_wratio(entries: Sequence[Entry], language: str) -> Ranker:
    """RapidFuzz as most people use it: `process.extract` with WRatio on the questions and phrasings.

    Its docs leave folding and stop words to the caller: with them MRR is 0.43, without 0.22.
    """
    from rapidfuzz import fuzz

    texts = [(entry.id, text) for entry in entries for text in (entry.question, *entry.asked_as)]
    return closest_text(fuzz.WRatio, texts, LANGUAGES[language].folded_longer_list)


def build_token_set(entries: Sequence[Entry], language: str) -> Ranker:
    """RapidFuzz's best single scorer, on question, answer and phrasings apart, the closest counting.

    Question and answer as one text: MRR 0.63 against 0.69.
    """
    from rapidfuzz import fuzz

    texts = [(each.id, text) for each in entries for text in (each.question, each.answer, *each.asked_as)]
    return closest_text(fuzz.token_set_ratio, texts, LANGUAGES[language].folded_stop_words)


def closest_text(scorer: Any, texts: Sequence[tuple[int, str]], skip: AbstractSet[str]) -> Ranker:
    """Ranks each id by its text that `scorer` finds closest to the query."""
    from rapidfuzz import process

    choices = [" ".join(words(text, skip)) for _, text in texts]

    def rank(query: str) -> Ranking:
        closest: dict[int, float] = {}
        matches = process.extract(" ".join(words(query, skip)), choices, scorer=scorer, limit=None)
        for _, score, position in matches:  # best first
            closest.setdefault(texts[position][0], score)
        return best(closest.items())

    return rank


def build_bm25s(entries: Sequence[Entry], language: str) -> Ranker:
    """bm25s with Snowball stems and stop words, an entry as one text with the question three times.

    One-letter words are kept, unlike its default pattern: MRR 0.75 against 0.74.
    """
    tokenize = tokenizer(language)
    ids = [entry.id for entry in entries]
    index = bm25s_index(tokenize([one_text(entry, phrasings=1) for entry in entries]))

    def rank(query: str) -> Ranking:
        (stems,) = tokenize([query])
        return best(zip(ids, bm25s_scores(index, stems, len(entries)), strict=True))

    return rank


def tokenizer(language: str) -> Callable[[Sequence[str]], list[list[str]]]:
    """What cuts texts into folded Snowball stems without stop words, by bm25s."""
    import bm25s
    import Stemmer

    tokenize = partial(
        bm25s.tokenize,
        token_pattern=r"\w+",
        stopwords=sorted(LANGUAGES[language].folded_stop_words),
        stemmer=Stemmer.Stemmer(LANGUAGES[language].snowball),
        return_ids=False,
        show_progress=False,
        allow_empty=False,
    )
    return lambda texts: [list(filter(None, stems)) for stems in tokenize(list(map(fold, texts)))]


def bm25s_index(tokens: Sequence[Sequence[str]]) -> Any:
    """An index of texts; None where no text has a word."""
    import bm25s

    if not any(tokens):
        return None
    index = bm25s.BM25()
    index.index([list(stems) or [""] for stems in tokens], show_progress=False)
    return index


def bm25s_scores(index: Any, stems: Sequence[str], texts: int) -> list[float]:
    """The scores of so many texts; bm25s raises for a stem that it lacks."""
    known = [stem for stem in stems if index and stem in index.vocab_dict]
    scores: list[float] = index.get_scores(known).tolist() if known else [0.0] * texts
    return scores


def one_text(entry: Entry, *, phrasings: int) -> str:
    """The whole entry as one text, its question three times to outweigh the answer."""
    return "\n".join([*[entry.question] * 3, entry.answer, entry.category, *entry.asked_as * phrasings])


def build_bm25s_by_field(entries: Sequence[Entry], language: str) -> Ranker:
    """bm25s as above with an index a field, the question with its phrasings counting three times.

    Twice: MRR the same within 0.003.
    """
    weights = {"question": 3.0, "answer": 1.0, "category": 1.0}
    texts = [fields_of(entry) for entry in entries]
    tokenize = tokenizer(language)
    indexes = {field: bm25s_index(tokenize([text[field] for text in texts])) for field in weights}

    def rank(query: str) -> Ranking:
        (stems,) = tokenize([query])
        sums = [0.0] * len(entries)
        for field, index in indexes.items():
            for at, score in enumerate(bm25s_scores(index, stems, len(entries))):
                sums[at] += weights[field] * score
        return best(zip((entry.id for entry in entries), sums, strict=True))

    return rank


def fields_of(entry: Entry) -> dict[str, str]:
    """The fields of an entry, phrasings in that of the question."""
    question = "\n".join([entry.question, *entry.asked_as])
    return {"question": question, "answer": entry.answer, "category": entry.category}


def build_fts5(entries: Sequence[Entry], language: str) -> Ranker:
    """SQLite FTS5: entries with any of the query's words or prefixes, by bm25() with the question doubled.

    Its only stemmer, Porter's for English, still helps French: MRR 0.76 against 0.74.
    """
    database = sqlite3.connect(":memory:")
    try:
        database.execute(
            "CREATE VIRTUAL TABLE faq USING fts5("
            "question, answer, category, asked_as, tokenize = 'porter unicode61 remove_diacritics 2')"
        )
    except sqlite3.OperationalError as exc:
        raise UnavailableError(f"this Python's SQLite has no FTS5 ({exc})") from exc
    database.executemany(
        "INSERT INTO faq(rowid, question, answer, category, asked_as) VALUES (?, ?, ?, ?, ?)",
        [(e.id, e.question, e.answer, e.category, "\n".join(e.asked_as)) for e in entries],
    )

    def rank(query: str) -> Ranking:
        terms = dict.fromkeys(words(query, LANGUAGES[language].folded_stop_words))
        expression = " OR ".join(f'"{term}"{"*" if len(term) >= SHORTEST_PREFIX else ""}' for term in terms)
        if not expression:
            return []
        select = "SELECT rowid, -bm25(faq, 2, 1, 1, 1) AS score FROM faq WHERE faq MATCH ?"
        return best(database.execute(select, (expression,)))

    return rank


def build_tantivy(entries: Sequence[Entry], language: str) -> Ranker:
    """Tantivy: for each stem and field the better of BM25 and, for longer stems, one edit or a prefix.

    A fuzzy term scores the same for all that it matches. The question counts double, phrasings are further
    values of it: as a field of their own, 0.83 against 0.85 (held out).
    """
    import tantivy
    from tantivy import Filter, Occur, Query

    analyzer = (
        tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
        .filter(Filter.lowercase())
        .filter(Filter.custom_stopword(sorted(LANGUAGES[language].stop_words)))
        .filter(Filter.stemmer(LANGUAGES[language].snowball))
        .filter(Filter.ascii_fold())
        .build()
    )
    boosts = {"question": 2.0, "answer": 1.0, "category": 1.0}
    builder = tantivy.SchemaBuilder().add_integer_field("id", stored=True)
    for field in boosts:
        builder = builder.add_text_field(field, tokenizer_name="analyzed")
    schema = builder.build()
    index = tantivy.Index(schema)
    index.register_tokenizer("analyzed", analyzer)
    writer = index.writer(heap_size=15_000_000, num_threads=1)  # one thread, one segment, one order
    for entry in entries:
        questions = [entry.question, *entry.asked_as]
        writer.add_document(
            tantivy.Document(id=entry.id, question=questions, answer=entry.answer, category=entry.category)
        )
    writer.commit()
    index.reload()
    searcher = index.searcher()

    def term(field: str, stem: str) -> Query:
        either = [Query.term_query(schema, field, stem)]
        if len(stem) >= SHORTEST_PREFIX:
            either.append(Query.fuzzy_term_query(schema, field, stem, distance=1, prefix=True))
        return Query.boost_query(Query.disjunction_max_query(either), boosts[field])

    def rank(query: str) -> Ranking:
        stems = dict.fromkeys(analyzer.analyze(query))
        clauses = [(Occur.Should, term(field, stem)) for stem in stems for field in boosts]
        hits = searcher.search(Query.boolean_query(clauses), DEPTH).hits if clauses else []
        return best((searcher.doc(address)["id"][0], score) for score, address in hits)

    return rank


def build_whoosh(entries: Sequence[Entry], language: str) -> Ranker:
    """Whoosh with its analyzer for the language: BM25F over fields, each stem also within one edit at half its weight.

    The question counts double; phrasings are in its field. Without fuzzy terms: MRR 0.01 lower.
    """
    from whoosh import query as whoosh_query
    from whoosh.analysis import CharsetFilter, LowercaseFilter, RegexTokenizer, StemFilter, StopFilter
    from whoosh.fields import ID, TEXT, Schema
    from whoosh.filedb.filestore import RamStorage
    from whoosh.support.charset import accent_map

    fold_accents = CharsetFilter(accent_map)
    stop_words = LANGUAGES[language].folded_stop_words
    analyzer = (
        RegexTokenizer(r"\w+")
        | LowercaseFilter()
        | StemFilter(lang=language)
        | fold_accents
        | StopFilter(stoplist=stop_words, minsize=1)
    )
    boosts = {"question": 2.0, "answer": 1.0, "category": 1.0}
    schema = Schema(id=ID(stored=True), **{field: TEXT(analyzer=analyzer) for field in boosts})
    index = RamStorage().create_index(schema)
    writer = index.writer()
    for entry in entries:
        writer.add_document(id=str(entry.id), **fields_of(entry))
    writer.commit()
    searcher = index.searcher()

    def term(field: str, stem: str) -> Any:
        exact = whoosh_query.Term(field, stem, boost=boosts[field])
        if len(stem) < SHORTEST_PREFIX:
            return exact
        fuzzy = whoosh_query.FuzzyTerm(field, stem, boost=boosts[field] / 2, maxdist=1, prefixlength=1)
        return whoosh_query.Or([exact, fuzzy])

    def rank(query: str) -> Ranking:
        stems = dict.fromkeys(token.text for token in analyzer(query))
        either = whoosh_query.Or([term(field, stem) for stem in stems for field in boosts])
        hits = searcher.search(either, limit=None) if stems else []
        return best((int(hit["id"]), hit.score) for hit in hits)

    return rank


def build_lunr(entries: Sequence[Entry], language: str) -> Ranker:
    """lunr.py with its pipeline for the language: each word also as a prefix and within one edit, at less weight.

    The question counts double; phrasings are in its field.
    """
    from lunr import get_default_builder, lunr

    documents = [{"id": str(entry.id), **{k: fold(v) for k, v in fields_of(entry).items()}} for entry in entries]
    boosted = {"field_name": "question", "boost": 2}
    builder = get_default_builder() if language == "en" else get_default_builder(language)
    index = lunr(ref="id", fields=[boosted, "answer", "category"], documents=documents, builder=builder)

    def rank(query: str) -> Ranking:
        clauses = []
        for word in dict.fromkeys(words(query, LANGUAGES[language].folded_stop_words)):
            clauses.append(f"{word}^4")
            if len(word) >= SHORTEST_PREFIX:
                clauses += [f"{word}*^2", f"{word}~1"]
        hits = index.search(" ".join(clauses)) if clauses else []
        return best((int(hit["ref"]), hit["score"]) for hit in hits)

    return rank


def build_tfidf_by_field(entries: Sequence[Entry], language: str) -> Ranker:
    """scikit-learn: the sum of the cosines of sublinear tf-idf of Snowball stems, by field.

    The question counts double; of question and phrasings the closest one.
    """
    from sklearn.feature_extraction.text import TfidfVectorizer

    texts = [
        (at, weight, text)
        for at, entry in enumerate(entries)
        for weight, given in (
            (2.0, (entry.question, *entry.asked_as)),
            (1.0, (entry.answer,)),
            (0.5, (entry.category,)),
        )
        for text in given
    ]
    tokenize = tokenizer(language)
    vectorizer = TfidfVectorizer(analyzer=lambda text: tokenize([text])[0], sublinear_tf=True)
    matrix = vectorizer.fit_transform([text for _, _, text in texts])

    def rank(query: str) -> Ranking:
        cosines = (matrix @ vectorizer.transform([query]).T).toarray().ravel().tolist()
        closest: dict[tuple[int, float], float] = {}
        for (at, weight, _), cosine in zip(texts, cosines, strict=True):
            closest[at, weight] = max(closest.get((at, weight), 0.0), weight * cosine)
        sums = [0.0] * len(entries)
        for (at, _), cosine in closest.items():
            sums[at] += cosine
        return best(zip((entry.id for entry in entries), sums, strict=True))

    return rank


def build_char_ngrams(entries: Sequence[Entry], language: str) -> Ranker:
    """scikit-learn: cosine of sublinear tf-idf over the 3- to 5-grams within words, without stop words.

    An entry is one text as for bm25s, its phrasings twice (held out: 0.86, once 0.84). With its fields apart,
    MRR 0.77 against 0.78.
    """
    from sklearn.feature_extraction.text import TfidfVectorizer

    def prepare(text: str) -> str:
        return " ".join(words(text, LANGUAGES[language].folded_stop_words))

    vectorizer = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), preprocessor=prepare, sublinear_tf=True)
    matrix = vectorizer.fit_transform([one_text(entry, phrasings=2) for entry in entries])
    ids = [entry.id for entry in entries]

    def rank(query: str) -> Ranking:
        cosines = (matrix @ vectorizer.transform([query]).T).toarray().ravel()
        return best(zip(ids, cosines.tolist(), strict=True))

    return rank


def build_minisearch(entries: Sequence[Entry], language: str, *, stemmed: bool = False) -> Ranker:
    """MiniSearch in a Node process, with prefixes and typos, the question doubled and phrasings added to it.

    Settings are in minisearch/rank.mjs. With its default weights MRR is the same within 0.005. A stemmer is none of
    its own, but easily given to it.
    """
    node = shutil.which("node")
    if node is None:
        raise UnavailableError("node is not installed")
    if not (MINISEARCH / "node_modules" / "snowball-stemmers").is_dir():
        raise UnavailableError(f"its packages are not installed: run `npm ci` in {MINISEARCH}")
    process = subprocess.Popen(
        [node, str(MINISEARCH / "rank.mjs")], stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8"
    )
    documents = [
        {
            "id": entry.id,
            "question": "\n".join([entry.question, *entry.asked_as]),
            "answer": entry.answer,
            "category": entry.category,
        }
        for entry in entries
    ]
    known = LANGUAGES[language]
    settings = {"stopWords": sorted(known.folded_longer_list), "stemmer": known.snowball if stemmed else None}
    send(process, {"entries": documents, **settings})

    def rank(query: str) -> Ranking:
        send(process, query)
        return best((id_, score) for id_, score in receive(process))

    weakref.finalize(rank, stop, process)
    return rank


def send(process: subprocess.Popen[str], message: object) -> None:
    """Write one line of JSON to the process."""
    assert process.stdin is not None
    process.stdin.write(json.dumps(message) + "\n")
    process.stdin.flush()


def receive(process: subprocess.Popen[str]) -> Any:
    """The next line of JSON that the process writes."""
    assert process.stdout is not None
    line = process.stdout.readline()
    if not line:
        raise RuntimeError(f"{process.args!r} ended without an answer")
    return json.loads(line)


def stop(process: subprocess.Popen[str]) -> None:
    """End the process by closing its input."""
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.close()
    process.stdout.close()
    process.wait()


def build_dense(entries: Sequence[Entry], language: str) -> Ranker:
    """all-MiniLM-L6-v2, an English model: cosine of the query and the closest of question, answer and phrasings."""
    if language != "en":
        raise UnavailableError("its model is for English")
    import numpy as np

    from measure.dense import embedding

    texts = [(entry.id, text) for entry in entries for text in (entry.question, entry.answer, *entry.asked_as)]
    matrix = np.array([embedding(text) for _, text in texts])

    def rank(query: str) -> Ranking:
        closest: dict[int, float] = {}
        for (id_, _), cosine in zip(texts, (matrix @ embedding(query)).tolist(), strict=True):
            closest[id_] = max(closest.get(id_, 0.0), cosine)
        return best(closest.items())

    return rank


DENSE = "dense-minilm"
PEERS: dict[str, Engine] = {
    "rapidfuzz-wratio": expanding(build_wratio),
    "rapidfuzz-token-set-ratio": expanding(build_token_set),
    "bm25s": expanding(build_bm25s),
    "bm25s-by-field": expanding(build_bm25s_by_field),
    "sqlite-fts5": expanding(build_fts5),
    "tantivy": expanding(build_tantivy),
    "whoosh": expanding(build_whoosh),
    "lunr": expanding(build_lunr),
    "sklearn-tf-idf-by-field": expanding(build_tfidf_by_field),
    "sklearn-char-ngrams": expanding(build_char_ngrams),
    "minisearch": expanding(build_minisearch),
    "minisearch-stemmed": expanding(partial(build_minisearch, stemmed=True)),
    DENSE: expanding(build_dense),
}
