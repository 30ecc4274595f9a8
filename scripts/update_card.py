"""Write what the repository says of its data anew from the built benchmark: figures of card and pages, and manifests.

    python scripts/update_card.py --build build            write
    python scripts/update_card.py --build build --check    write nothing; exit 1 where a figure is not current

Figures stand between `<!-- begin: NAME -->` and `<!-- end: NAME -->`. The build itself fills those that its report
gives; what compares the data with other collections, with its own bodies and with baselines is made here. The manifests
of the version under way, in corpus/manifests, are written whole; those of published versions stay.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from standfirst.errors import InputError
from standfirst.record import SPLITS, TASKS
from standfirst.release import card, read_report, read_split
from standfirst.release.manifest import lines_of, manifest_of

ROOT = Path(__file__).resolve().parent.parent
CARD = ROOT / "DATASET_CARD.md"
FLOORS = ROOT / "evaluation" / "floors.json"
RELEASES = ("newsarticles", "articles")
VERSION = "1.0.0"
"""Of the data: what is next published, see docs/release.md."""
PAGES = ("README.md", "docs/*.md", "evaluation/README.md")
"""Pages that may repeat a block of the card: whatever block of its name they hold is filled."""

ORANGESUM = ROOT / "evaluation" / "orangesum.json"
PUBLISHED: tuple[tuple[str, float, float, float | None], ...] = (
    ("Newsroom", 658.6, 26.7, None),
    ("XSum", 431.07, 23.26, 83.45),
    ("CNN", 760.50, 45.70, 54.33),
    ("Daily Mail", 653.33, 54.65, 53.78),
)
"""Mean words of article and summary, and novel bigrams in percent: Newsroom from Grusky et al. 2018, table 1; the
others from Narayan et al. 2018, tables 1 and 2."""
SOURCES = """Means. OrangeSum (French): its standfirsts' test set, measured here as this collection is. The others are
printed figures: Newsroom, Grusky et al. 2018, table 1; XSum, CNN and Daily Mail, Narayan et al. 2018, tables 1 and 2.
The papers count words and bigrams with tokenizers of their own, and Grusky et al. print coverage and density as plots,
without means. What was checked: Newsroom's figures against a copy of its table; XSum's summary length by counting the
11,334 published references of its test split (23.26 words). What else is of Narayan et al. is quoted from memory."""
BINS: Mapping[str, tuple[str, tuple[int, ...]]] = {
    "headline": ("words of the headline", (1, 5, 7, 9, 11, 13, 15, 17)),
    "standfirst": ("words of the standfirst", (1, 10, 15, 20, 25, 30, 40, 50)),
    "body": ("words of the body", (1, 100, 200, 300, 400, 600, 800, 1200)),
    "novel_bigrams": ("novel bigrams of the standfirst, %", (0, 20, 40, 60, 80, 100)),
}
"""What is plotted, under which title, and the least value of each bar."""
PLACES = ((1, 1, "first"), (2, 2, "second"), (3, 3, "third"), (4, 5, "4 to 5"), (6, 10, "6 to 10"), (11, None, "later"))


def main(argv: list[str] | None = None) -> int:
    """Fill every page; 0 done or current, 1 with --check where a page is not current, 2 without a build or scores."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", type=Path, default=ROOT / "build", help="where build_benchmark.py wrote")
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 where a figure is not current")
    args = parser.parse_args(argv)
    try:
        pages = {**filled(args.build / "newsarticles"), **manifests(args.build)}
    except InputError as error:
        print(f"update_card: {error}", file=sys.stderr)
        return 2
    stale = [path for path, text in pages.items() if not path.is_file() or path.read_text(encoding="utf-8") != text]
    for path in stale:
        if not args.check:
            write(path, pages[path])
        print(f"{path.relative_to(ROOT)}: {'not current; run make figures' if args.check else 'written'}")
    return int(bool(stale) and args.check)


def filled(release: Path) -> dict[Path, str]:
    """Every page with its figures as the release and the floors give them."""
    report = read_report(release)
    blocks = {**card.blocks_of(report), **figures(release, report), "scores": scores(FLOORS, report)}
    text = card.fill_blocks(CARD.read_text(encoding="utf-8"), blocks, CARD.name)
    pages = {CARD: card.fill(report, text)}
    blocks |= {"supervised": supervised(release), "signature": signature(FLOORS)}  # which pages alone hold
    for path in sorted(p for pattern in PAGES for p in ROOT.glob(pattern)):
        text = path.read_text(encoding="utf-8")
        held = {name: blocks[name] for name in card.block_names(text) if name in blocks}
        if held:
            pages[path] = card.fill_blocks(text, held, path.name)
    return pages


def manifests(build: Path) -> dict[Path, str]:
    """The manifest of each release of the benchmark."""
    folder = ROOT / "corpus" / "manifests"
    return {
        folder / f"{name}-{VERSION}.jsonl": "".join(lines_of(manifest_of(build / name, VERSION))) for name in RELEASES
    }


def figures(release: Path, report: Mapping[str, Any]) -> dict[str, str]:
    """The blocks that compare standfirsts with other collections' summaries and with their own bodies."""
    import pyarrow as pa

    columns = ["id", "headline", "standfirst", "body", "novel_bigrams"]
    every = pa.concat_tables([read_split(release, s, columns) for s in SPLITS]).to_pylist()
    rows = [row for row in every if row["standfirst"]]
    return {
        "compared": compared(report),
        "histograms": histograms(every),
        "position": position(rows),
        "support": support(rows),
    }


def histograms(rows: list[dict[str, Any]]) -> str:
    """A plot of each length, in words, and of novel bigrams: a table whose bars are text, drawn to the longest."""
    parts = []
    for field, (title, starts) in BINS.items():
        known = [row[field] for row in rows if row[field] is not None]
        values = [len(v.split()) if isinstance(v, str) else round(100 * v) for v in known]
        ends = [*(following - 1 for following in starts[1:]), None]
        bins = [
            (a, b, sum(a <= v and (b is None or v <= b) for v in values)) for a, b in zip(starts, ends, strict=True)
        ]
        most = max(count for *_, count in bins) or 1
        lines = [[_range(a, b), count, card.bar(count / most)] for a, b, count in bins]
        parts.append(card.table([title, "articles", ""], lines))
    return "\n\n".join(parts)


def _range(start: int, end: int | None) -> str:
    return f"{start} to {end}" if end is not None else f"{start}" if start == 100 else f"{start} and more"


def compared(report: Mapping[str, Any]) -> str:
    """Lengths, compression and novel bigrams beside the published figures of other collections."""
    measured = {"body": report["words"]["body"]["mean"], "standfirst": report["words"]["standfirst"]["mean"]}
    measured |= {name: spread["mean"] for name, spread in report["abstractiveness"].items()}
    orangesum = json.loads(ORANGESUM.read_text(encoding="utf-8"))["collection"]
    rows = [_collection(name, found) for name, found in (("this", measured), ("OrangeSum", orangesum))]
    rows += [
        _collection(name, {"body": body, "standfirst": short} | ({"novel_bigrams": novel / 100} if novel else {}))
        for name, body, short, novel in PUBLISHED
    ]
    heads = ["words of the article", "of the summary", "their ratio", "coverage", "density", "novel bigrams, %"]
    head = ["collection", *heads, ""]
    return f"{card.table(head, rows)}\n\n{SOURCES}"


def _collection(name: str, found: Mapping[str, float]) -> list[str]:
    """A row of the comparison: what is not known of a collection is left open."""
    novel = found.get("novel_bigrams")
    return [
        name,
        f"{found['body']:.2f}",
        f"{found['standfirst']:.2f}",
        f"{found['body'] / found['standfirst']:.1f}",
        *(f"{found[n]:.2f}" if n in found else "" for n in ("coverage", "density")),
        "" if novel is None else f"{100 * novel:.2f}",
        card.bar(novel or 0),
    ]


def position(rows: list[dict[str, Any]]) -> str:
    """Where the sentence of the body stands that shares the most words with the standfirst (F1 of distinct words)."""
    from standfirst.sentences import sentences
    from standfirst.text import words

    found: Counter[int] = Counter()
    for row in rows:
        wanted = set(words(row["standfirst"]))
        held = [set(words(s)) for s in sentences(row["body"])]
        shared = [2 * len(wanted & h) / (len(wanted) + len(h)) if h else 0.0 for h in held]
        found[shared.index(max(shared)) + 1] += 1
    total = sum(found.values())
    counts = [(name, sum(n for at, n in found.items() if a <= at <= (b or at))) for a, b, name in PLACES]
    return card.table(
        ["sentence of the body", "articles", "share, %", ""],
        [[name, n, f"{100 * n / total:.1f}", card.bar(n / total)] for name, n in counts],
    )


def support(rows: list[dict[str, Any]]) -> str:
    """Of the standfirsts' numbers and names, those that the body does not hold, as `standfirst score` counts them."""
    import numpy as np

    from standfirst.scoring.predictions import Pair
    from standfirst.scoring.support import MEASURES, measured

    pairs = [Pair(r["id"], r["standfirst"], (r["standfirst"],), r["body"], None) for r in rows]
    values = measured(pairs)
    found = []
    for name, title in (("unsupported_numbers", "numbers in digits"), ("unsupported_names", "capitalised names")):
        column = values[:, list(MEASURES).index(name)]
        column = column[~np.isnan(column)]
        shares = (float(column.mean()), float((column > 0).mean()))
        found.append([title, len(column), *(f"{100 * share:.1f}" for share in shares)])
    head = ["in the standfirst", "standfirsts with any", "share absent from the body, %", "with one absent, %"]
    return card.table(head, found)


def supervised(release: Path) -> str:
    """What the supervised baseline gains over the first sentence, and what who knew the best of five would gain."""
    from standfirst.baselines import fitted, run, target_length
    from standfirst.baselines.ranking import Matcher
    from standfirst.baselines.supervised import candidates
    from standfirst.scoring import compare, score
    from standfirst.scoring.comparison import MAIN

    train = read_split(release, "train", list(TASKS)).to_pandas()
    rows = []
    for split, task in ((split, task) for split in ("validation", "test") for task in TASKS):
        texts = {name: run(name, release, task, split) for name in ("lead", "supervised")}
        options: dict[str, Any] = {"data": release, "task": task, "split": split, "samples": 0}
        scored = {name: score(found, **options) for name, found in texts.items()}
        best, first = {}, 0
        for pair in scored["lead"].pairs:
            shown = [fitted(c, task, target_length(train, task)) for c in candidates(pair.source or "")]
            values = Matcher(task, [pair.language])([pair.references[0]] * len(shown), shown)
            best[pair.id] = shown[int(values.argmax())]
            first += best[pair.id] == shown[0]
        scored["best"] = score(best, **options)
        [difference] = compare({name: scored[name] for name in texts}, metric=MAIN[task], samples=0).differences
        n = len(best)
        other = sum(text != texts["lead"][i] for i, text in texts["supervised"].items())
        means = (f"{100 * scored[name].scores[MAIN[task]]['f1'].mean:.2f}" for name in ("lead", "supervised", "best"))
        metric = MAIN[task].replace("rouge", "ROUGE-")
        shares = (f"{100 * first / n:.0f}", f"{100 * other / n:.0f}")
        rows.append([f"{split}, {task}, {metric}", n, *shares, *means, f"{difference.randomisation:.2f}"])
    head = ["split, task, metric", "articles", "first sentence is the best of five, %", "supervised takes another, %"]
    told = f"F1 x 100 on the dataset {read_report(release)['content_sha256'][:12]}; p is of the paired test."
    return card.table([*head, "lead", "supervised", "the best of five", "p"], rows) + f"\n\n{told}"


def scores(floors: Path, report: Mapping[str, Any]) -> str:
    """A table a task: each baseline's scores, as `evaluation/run_baselines.py` prints them, with the signature."""
    from standfirst.board.table import markdown

    try:
        found = json.loads(floors.read_text(encoding="utf-8"))["newsarticles"]
    except FileNotFoundError:
        raise InputError(f"{floors}: no such file; write it with: make figures") from None
    if found["fingerprint"] != report["content_sha256"]:
        raise InputError(
            f"{floors}: scores of the dataset {found['fingerprint'][:12]}, wanted {report['content_sha256'][:12]}; "
            "write them anew with: make figures"
        )
    parts = []
    for task in TASKS:
        signatures = sorted({system["signature"] for system in found[task].values()})
        parts += [f"Body to {task}:", markdown(found[task], task), *(f"`{line}`" for line in signatures)]
    return "\n\n".join(parts)


def signature(floors: Path) -> str:
    """The signature of a score of headlines, as an example of one."""
    systems = json.loads(floors.read_text(encoding="utf-8"))["newsarticles"]["headline"]
    return f"`{systems['lead']['signature']}`"


def write(path: Path, text: str) -> None:
    """The text into the file, whole or not at all."""
    path.parent.mkdir(exist_ok=True)
    partial = path.with_name(f".{path.name}.part")
    partial.write_text(text, encoding="utf-8")
    partial.replace(path)


if __name__ == "__main__":
    sys.exit(main())
