"""Learn the weights of extraction from pages with true fields, and measure them on publishers left out.

    python scripts/learn_extract.py ../shared/data/pages                       # writes extract/weights/*.json
    python scripts/learn_extract.py ../shared/data/pages --kind html           # writes html.json alone
    python scripts/learn_extract.py ../shared/data/pages --folds 5 --out DIR   # writes predictions, changes nothing
    python scripts/learn_extract.py ../shared/data/pages --real-alone          # reads the corpus, changes nothing

The folder holds pages.jsonl.gz and page_texts.jsonl.gz. With --folds each page is read with weights learnt without its
publisher; DIR then holds html.jsonl and text.jsonl (and of page text also text_full.jsonl, the whole pages, and
text_wrapped.jsonl, lines broken at 72 columns), for ../shared/tools/score_extraction.py.

Page text is learnt from both texts of a page, and from the HTML pages that come without one, rendered by inscriptis (of
the dependency group learn) as the others were. Both kinds are learnt from the articles of corpus/articles/ too, with
the weight of `CORPUS_WEIGHT`. With --real-alone they are not, and how many of them come right all the same is printed.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import sys
import textwrap
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from standfirst.extract import features, learning, steps, text_learning
from standfirst.record import Fields
from standfirst.text import squeeze

CORPUS = Path(__file__).parent.parent / "corpus" / "articles"
CORPUS_WEIGHT = {".html": 0.4, ".txt": 0.75}
"""How much a page of our own corpus counts beside a real one (`docs/extraction.md` has what other weights give)."""
WEIGHTS = Path(__file__).parent.parent / "src" / "standfirst" / "extract" / "weights"
Row = dict[str, Any]


def rows(path: Path) -> Iterator[Row]:
    """The rows of a gzipped JSONL file."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def example(row: Row, reading: features.Reading) -> learning.Example:
    """The HTML page as learning wants it."""
    status = row["standfirst_status"]
    lead = row["standfirst"] if status != "none" else None
    told, weight = status != "ambiguous", row.get("weight", 1.0)
    return learning.example(reading, row["reg_domain"], row["body"], lead, told=told, weight=weight)


def corpus(suffix: str) -> Iterator[Row]:
    """The corpus's own articles whose pages have the suffix; a house style is as a publisher."""
    for path in sorted(CORPUS.glob(f"*{suffix}")):
        gold = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
        if "refused" not in gold:
            yield {
                "id": path.stem,
                **{name: gold[name] for name in ("headline", "standfirst", "body")},
                "headline_alts": None,
                "standfirst_status": "gold" if gold["standfirst"] else "none",
                "reg_domain": f"style:{gold['style']}",
                "weight": CORPUS_WEIGHT[suffix],
                "page": path.read_text(encoding="utf-8"),
            }


def wrapped(text: str, width: int = 72) -> str:
    """The text with its lines broken as mail and terminals break them."""
    return "\n".join(textwrap.fill(line, width) if len(line) > width else line for line in text.split("\n"))


VIEWS: dict[str, Callable[[Row], str]] = {
    "text": lambda row: str(row["text_dump"]),
    "text_full": lambda row: str(row["text_full"]),
    "text_wrapped": lambda row: wrapped(row["text_dump"]),
}
"""File of predictions -> the text of a page that they are made from."""


def rendered(row: Row) -> Row | None:
    """The HTML page as page text, whole and from its headline on; None where no line is the headline."""
    from inscriptis import get_text

    lines = [line.strip() for line in get_text(row["html"]).split("\n")]
    whole = re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
    lines = whole.split("\n")
    accepted = {squeeze(text) for text in [row["headline"], *(row["headline_alts"] or [])] if text}
    opening = squeeze((row["body"] or "").strip()[:60])
    heads = [i for i, line in enumerate(lines) if squeeze(line) in accepted]
    first = next((i for i, line in enumerate(lines) if opening and squeeze(line).startswith(opening)), len(lines))
    at = max((i for i in heads if i < first), default=heads[-1] if heads else None)
    return None if at is None else {**row, "text_full": whole, "text_dump": "\n".join(lines[at:])}


def text_pages(row: Row) -> list[text_learning.TextPage]:
    """The texts of the page as learning wants them."""
    status = row["standfirst_status"]
    lead = row["standfirst"] if status != "none" else None
    headlines = [row["headline"], *(row["headline_alts"] or [])]
    told, weight = status != "ambiguous", row.get("weight", 1.0)
    texts = [row[name] for name in ("text_dump", "text_full", "page") if name in row]
    return [
        text_learning.TextPage(row["reg_domain"], text, headlines, lead, told, row["body"], weight) for text in texts
    ]


def predictions(found: Iterable[tuple[str, Fields]], path: Path) -> None:
    """Write what was read of each page."""
    with path.open("w", encoding="utf-8") as out:
        for name, fields in found:
            row = {"id": name, **{field: getattr(fields, field) for field in ("headline", "standfirst", "body")}}
            out.write(json.dumps(row, ensure_ascii=False) + "\n")


def store(kind: str, weights: dict[str, Any]) -> None:
    """Write the weights of a kind of page into the package."""
    text = json.dumps(weights, ensure_ascii=False, indent=1, sort_keys=True)
    (WEIGHTS / f"{kind}.json").write_text(text + "\n", encoding="utf-8")


def html(folder: Path, folds: int, out: Path, salt: str = "") -> None:
    """Learn HTML pages, or measure by folds."""
    pages = [(row, steps.read_html(row.pop("html"))) for row in rows(folder / "pages.jsonl.gz")]
    pages += [(row, steps.read_html(row["page"])) for row in corpus(".html")]
    examples = [example(row, reading) for row, reading in pages]
    if not folds:
        store("html", learning.learn(examples))
        return
    found = []
    for fold in range(folds):
        inside = [learning.fold_of(e.publisher, folds, salt) == fold for e in examples]
        known = [e for e, here in zip(examples, inside, strict=True) if not here]
        models = steps.Models.of(learning.learn(known), "html")
        found += [
            (row["id"], steps.choose_fields(reading, models, Fields(source="pages", name=row["id"])))
            for (row, reading), here in zip(pages, inside, strict=True)
            if here
        ]
    predictions(found, out / "html.jsonl")


def real_texts(folder: Path) -> tuple[list[Row], list[Row]]:
    """The page texts that are measured, and those of the other pages, rendered."""
    pages = {row["id"]: row for row in rows(folder / "pages.jsonl.gz")}
    measured = [{**row, "reg_domain": pages[row["id"]]["reg_domain"]} for row in rows(folder / "page_texts.jsonl.gz")]
    held = {row["id"] for row in measured}
    return measured, [row for name, page in pages.items() if name not in held and (row := rendered(page))]


def text(folder: Path, folds: int, out: Path, salt: str = "") -> None:
    """Learn page text, or measure by folds."""
    measured, more = real_texts(folder)
    examples = [page for row in [*measured, *more, *corpus(".txt")] for page in text_pages(row)]
    if not folds:
        store("text", text_learning.learn(examples))
        return
    found: dict[str, list[tuple[str, Fields]]] = {view: [] for view in VIEWS}
    for fold in range(folds):
        known = [page for page in examples if learning.fold_of(page.publisher, folds, salt) != fold]
        models = steps.Models.of(text_learning.learn(known), "text")
        for row in measured:
            if learning.fold_of(row["reg_domain"], folds, salt) == fold:
                for view, text_of in VIEWS.items():
                    reading = steps.read_text(text_of(row), models)
                    fields = steps.choose_fields(reading, models, Fields(source="pages", name=row["id"]))
                    found[view].append((row["id"], fields))
    for view, read in found.items():
        predictions(read, out / f"{view}.jsonl")


def real_alone(folder: Path) -> None:
    """Read the corpus with weights that were learnt without it, and print how many pages come right."""
    measured, more = real_texts(folder)
    weights = {
        ".txt": text_learning.learn([page for row in [*measured, *more] for page in text_pages(row)]),
        ".html": learning.learn(
            [example(row, steps.read_html(row["html"])) for row in rows(folder / "pages.jsonl.gz")]
        ),
    }
    for suffix, learnt in weights.items():
        kind = "text" if suffix == ".txt" else "html"
        models = steps.Models.of(learnt, kind)
        right: Counter[str] = Counter()
        for row in corpus(suffix):
            reading = steps.read_text(row["page"], models) if kind == "text" else steps.read_html(row["page"])
            fields = steps.choose_fields(reading, models, Fields(source="corpus", name=row["id"]))
            equal = {name: getattr(fields, name) == row[name] for name in ("headline", "standfirst", "body")}
            right.update(name for name in equal if equal[name])
            right.update(pages=1, whole=all(equal.values()))
            if not equal["standfirst"]:
                print(f"{row['id']}: {fields.standfirst!r} where the record has {row['standfirst']!r}")
        print(kind, *(f"{name} {right[name]}" for name in ("pages", "headline", "standfirst", "body", "whole")))


def main(argv: Sequence[str] | None = None) -> int:
    """Learn, or measure by folds; 0 done."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pages", type=Path)
    parser.add_argument("--folds", type=int, default=0)
    parser.add_argument("--salt", default="", help="draws other folds: what is better must be so with several")
    parser.add_argument("--kind", choices=["html", "text"])
    parser.add_argument("--out", type=Path, default=Path())
    parser.add_argument("--real-alone", action="store_true", help="read the corpus with weights learnt without it")
    args = parser.parse_args(argv)
    if args.real_alone:
        real_alone(args.pages)
        return 0
    for kind, work in (("html", html), ("text", text)):
        if args.kind in (None, kind):
            work(args.pages, args.folds, args.out, args.salt)
    return 0


if __name__ == "__main__":
    sys.exit(main())
