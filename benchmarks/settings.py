"""Measure other values of the tuning of the ranking, and choose among them with one collection left out; see --help."""

import argparse
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from statistics import fmean

from faqcli.engine import build, search, tables
from faqcli.engine.parameters import DEFAULT
from measure.judged import Collection
from measure.runs import CONDITIONS, run_with
from relevance import DEFAULT_COLLECTIONS, faqcli_with, markdown, read_all, short_name

AS_IT_IS = "as it is"
# Each is one change: tuning values of a search, and in capitals those of a compiled FAQ.
SETTINGS: Mapping[str, Mapping[str, float]] = {
    AS_IT_IS: {},
    "no words that begin alike (prefixes stay)": {"beginning_share": 2.0},
    "no prefixes (words that begin alike stay)": {"prefix_similarity": 0.0},
    "beginning_share 0.5": {"beginning_share": 0.5},
    "beginning_share 0.7": {"beginning_share": 0.7},
    "beginning_power 1": {"beginning_power": 1.0},
    "beginning_power 2": {"beginning_power": 2.0},
    "no near synonyms": {"near_synonym_similarity": 0.0},
    "near_synonym_similarity 0.3": {"near_synonym_similarity": 0.3},
    "near_synonym_similarity 0.7": {"near_synonym_similarity": 0.7},
    "no cues": {"CUE_WEIGHT": 0.0},
    "CUE_WEIGHT 0.2": {"CUE_WEIGHT": 0.2},
    "CUE_WEIGHT 0.8": {"CUE_WEIGHT": 0.8},
    "no frequency, no length (each match counts in full)": {"IMPACT_SCALE": 1e9},
    "LENGTH_SHARE 0 (frequency alone)": {"LENGTH_SHARE": 0.0},
    "LENGTH_SHARE 0.75": {"LENGTH_SHARE": 0.75},
    "IMPACT_SCALE 1.2": {"IMPACT_SCALE": 1.2},
    "IMPACT_SCALE 2": {"IMPACT_SCALE": 2.0},
    "similarity_share 0": {"similarity_share": 0.0},
    "similarity_share 0.3": {"similarity_share": 0.3},
    "similarity_share 0.5": {"similarity_share": 0.5},
    "support_share 0": {"support_share": 0.0},
    "support_share 0.5": {"support_share": 0.5},
    "answer_weight 0.7": {"answer_weight": 0.7},
    "answer_weight 1": {"answer_weight": 1.0},
    "category_weight 0": {"category_weight": 0.0},
    "inflection_similarity 0.8": {"inflection_similarity": 0.8},
    "inflection_similarity 1": {"inflection_similarity": 1.0},
    "synonym_similarity 0.7": {"synonym_similarity": 0.7},
    "no typos": {"one_edit_from": 99, "two_edits_from": 99},
    "min_score 0, min_share 0": {"min_score": 0.0, "min_share": 0.0},
}

Figures = dict[tuple[str, str], float]  # MRR@10 by collection and condition


@contextmanager
def compiled_with(values: Mapping[str, float]) -> Iterator[None]:
    """Compile FAQs with other values of constants."""
    changed = [(module, name) for module in (tables, build, search) for name in values if hasattr(module, name)]
    old = [getattr(module, name) for module, name in changed]
    for module, name in changed:
        setattr(module, name, values[name])
    try:
        yield
    finally:
        for (module, name), value in zip(changed, old, strict=True):
            setattr(module, name, value)


def figures(setting: Mapping[str, float], collections: Sequence[Collection]) -> Figures:
    """MRR@10 of faqcli with a setting on each collection, bare and full where that differs."""
    of_search = {name: value for name, value in setting.items() if name.islower()}
    engine = faqcli_with(DEFAULT._replace(**of_search))  # type: ignore[arg-type]
    found = {}
    with compiled_with({name: value for name, value in setting.items() if name.isupper()}):
        for full in collections:
            for condition, each in zip(CONDITIONS, (full.bare(), full), strict=True):
                if each != full.bare() or condition == CONDITIONS[0]:
                    found[short_name(full), condition] = run_with(engine, each, each.synonyms).mrr
    return found


def left_out(results: Mapping[str, Figures], collection: str) -> str:
    """The setting with the best mean over all collections but one."""
    return max(results, key=lambda name: fmean(mrr for (each, _), mrr in results[name].items() if each != collection))


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.parse_args()
    collections = read_all(DEFAULT_COLLECTIONS)
    results = {name: figures(setting, collections) for name, setting in SETTINGS.items()}
    now = results[AS_IT_IS]
    header = ("change", *(f"{name} {condition}" for name, condition in now), *(f"mean {each}" for each in CONDITIONS))
    rows = [
        (
            name,
            *(f"{found[key]:.3f}" if name == AS_IT_IS else f"{found[key] - now[key]:+.3f}" for key in now),
            *(f"{fmean(found[key] for key in now if key[1] == condition):.4f}" for condition in CONDITIONS),
        )
        for name, found in results.items()
    ]
    print(markdown(header, rows))
    print()
    chosen = {short_name(collection): left_out(results, short_name(collection)) for collection in collections}
    rows = [
        (name, best, *(f"{results[best][key] - now[key]:+.3f}" for key in now if key[0] == name))
        for name, best in chosen.items()
    ]
    print(markdown(("left out", "chosen on the others", *CONDITIONS), rows))


if __name__ == "__main__":
    main()
