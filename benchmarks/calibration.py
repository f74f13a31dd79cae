"""Fit the probability that the first entry answers, and measure how far it can be trusted; see --help."""

import argparse
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from faqcli.engine.confidence import BIAS, WEIGHTS, Quantities
from measure.confidence import (
    HIGH,
    PRECISIONS,
    Figures,
    Model,
    Sample,
    by_kind,
    collection_samples,
    figures,
    fit,
    left_out,
    own_samples,
    predicted,
    reliability,
)
from relevance import QUEBEC, ROOT, markdown, number

CONFIDENCE = ROOT / "src/faqcli/engine/confidence.py"
SHIPPED = ROOT / "data/faq.yaml"
COLLECTIONS = {
    "agents": (SHIPPED, ROOT / "tests/relevance/agents.jsonl"),
    "judged": (SHIPPED, ROOT / "tests/relevance/judged.jsonl"),
    "spoken": (SHIPPED, ROOT / "tests/relevance/spoken.jsonl"),
    "tempting": (SHIPPED, ROOT / "tests/relevance/tempting.jsonl"),
    **{
        name: (QUEBEC.parent / name / "faq.yaml", QUEBEC.parent / name / "queries.jsonl")
        for name in ("quebec-covid", "curekart", "sofmattress")
    },
}

Judged = Sequence[tuple[Sample, float]]


def read_samples(collections: Mapping[str, tuple[Path, Path]]) -> list[Sample]:
    """The samples of some collections, and of the phrasings of their FAQs."""
    samples = [sample for name, files in collections.items() for sample in collection_samples(name, *files)]
    for faq in dict.fromkeys(faq for faq, _ in collections.values()):
        samples += own_samples(faq)
    return samples


def report(judged: Mapping[str, Judged]) -> str:
    """All tables as Markdown."""
    variants = {
        f"{name}, {variant}": [each for each in of_name if each[0].variant == variant]
        for name, of_name in judged.items()
        for variant in ("full", "bare")
    }
    sets = {name: of_set for name, of_set in variants.items() if of_set}
    shipped = [each for of_name in judged.values() for each in of_name if _is_shipped(each[0])]
    strays = [chance for sample, chance in shipped if sample.kind == "one-word" and not sample.answerable]
    sure_strays = sum(chance >= HIGH for chance in strays)
    return "\n\n".join(
        [
            "## Each collection by a model fitted without it",
            format_figures("collection", {name: figures(of_set) for name, of_set in sets.items()}),
            f"One-word strays that nothing answers: {sure_strays} of {len(strays)} are high.",
            "## Greatest recall at a precision, whatever the bound",
            format_best_recalls({name: figures(of_set) for name, of_set in sets.items()}),
            "## By kind of query, shipped FAQ",
            format_figures("kind", by_kind(shipped)),
            "## Reliability",
            *(f"{name}\n\n{format_reliability(of_set)}" for name, of_set in sets.items()),
        ]
    )


def _is_shipped(sample: Sample) -> bool:
    return sample.variant == "full" and sample.faq == str(SHIPPED)


def format_figures(first: str, rows: Mapping[str, Figures]) -> str:
    """One row for each set of queries."""
    header = (
        first,
        "queries",
        "answerable",
        "high",
        "right",
        "any grade",
        "right and high",
        "calibration error",
        "of it chance",
        "AUROC",
        "AUROC of the score",
    )
    return markdown(
        header,
        [
            (
                name,
                str(each.queries),
                str(each.answerable),
                str(each.high),
                number(each.precision),
                number(each.defensible),
                number(each.recall),
                number(each.calibration_error),
                number(each.calibration_noise),
                number(each.auroc),
                number(each.auroc_of_score),
            )
            for name, each in rows.items()
        ],
    )


def format_best_recalls(rows: Mapping[str, Figures]) -> str:
    """One row for each set of queries, a column for each precision."""
    header = ("collection", *(f"at {precision:.0%}" for precision in PRECISIONS))
    return markdown(header, [(name, *map(number, each.best_recalls)) for name, each in rows.items()])


def format_reliability(judged: Judged) -> str:
    """One row for each tenth of the probability."""
    rows = reliability(_found(judged))
    header = ("probability, mean", "right", "queries")
    return markdown(header, [(number(chance), number(share), str(count)) for chance, share, count in rows])


def _found(judged: Judged) -> list[tuple[bool, float]]:
    return [(sample.right, chance) for sample, chance in judged if sample.quantities]


def draw(judged: Mapping[str, Judged], path: Path) -> None:
    """Draw the reliability diagram of each collection, in the variant in which a user of that FAQ meets it."""
    import matplotlib.pyplot as plt  # takes a second, and only the picture needs it

    figure, axes = plt.subplots(2, 4, figsize=(10, 5.4), sharex=True, sharey=True, layout="constrained")
    for axis, (name, of_name) in zip(axes.flat, judged.items(), strict=False):
        rows = reliability(_found([each for each in of_name if each[0].variant == of_name[0][0].variant]))
        axis.plot([0, 1], [0, 1], color="0.7", linewidth=1)
        axis.scatter(
            [chance for chance, _, _ in rows],
            [share for _, share, _ in rows],
            s=[count * 400 / sum(count for _, _, count in rows) for _, _, count in rows],
            color="#2a6fbb",
        )
        axis.set_title(name, fontsize=10)
    for axis in list(axes.flat)[len(judged) :]:
        axis.axis("off")
    figure.supxlabel("probability, by a model fitted without the collection")
    figure.supylabel("share of first entries that are right")
    figure.savefig(path, metadata={"Date": None})


def source_of(model: Model) -> str:
    """The two assignments of the model, as they stand in the source."""
    weights = ", ".join(f"{name}={value:.2f}" for name, value in zip(Quantities._fields, model.weights, strict=True))
    return f"WEIGHTS = Quantities(\n    {weights}\n)\nBIAS = {model.bias:.2f}"


def write_source(model: Model) -> None:
    """Put the model into the source."""
    text = CONFIDENCE.read_text(encoding="utf-8")
    written, count = re.subn(r"WEIGHTS = Quantities\(\n.*\n\)\nBIAS = [-\d.]+", source_of(model), text)
    if count != 1:
        raise ValueError(f"{CONFIDENCE}: no such assignments")
    CONFIDENCE.write_text(written, encoding="utf-8")


def parse(arguments: Iterable[str] | None = None) -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description="Measure how far the probability of the first entry can be trusted.")
    parser.add_argument("--fit", action="store_true", help="print the model fitted on all collections, no tables")
    parser.add_argument("--write", action="store_true", help=f"put that model into {CONFIDENCE.relative_to(ROOT)}")
    parser.add_argument("--as-it-is", action="store_true", help="measure the model of the source, fitted on all")
    parser.add_argument("--picture", type=Path, metavar="FILE", help="draw the reliability diagrams here")
    parser.add_argument(
        "--collection",
        nargs=3,
        action="append",
        default=[],
        metavar=("NAME", "FAQ.yaml", "QUERIES.jsonl"),
        help="measure another collection by the model of the source; may be repeated",
    )
    return parser.parse_args(arguments)


def main() -> None:
    """Run what the command line asks for."""
    arguments = parse()
    as_it_is = Model(WEIGHTS, BIAS)
    if arguments.collection:
        given = {
            name: collection_samples(name, Path(faq), Path(queries)) for name, faq, queries in arguments.collection
        }
        print(report({name: predicted(as_it_is, samples) for name, samples in given.items()}))
        return
    samples = read_samples(COLLECTIONS)
    if arguments.fit or arguments.write:
        model = fit(samples)
        print(source_of(model))
        if arguments.write:
            write_source(model)
        return
    judged = left_out(samples)
    if arguments.as_it_is:
        judged = {name: predicted(as_it_is, [each for each, _ in of_name]) for name, of_name in judged.items()}
    print(report(judged))
    if arguments.picture:
        draw(judged, arguments.picture)


if __name__ == "__main__":
    main()
