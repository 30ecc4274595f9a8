"""Give extraction inputs made to break it, and count: no exception, no hang.

    python scripts/fuzz_extract.py [--inputs 200000] [--seed 0]
    python scripts/fuzz_extract.py --growth

Half of the inputs are Hypothesis's: markup of any shape and any bytes. Half are pieces of corpus/articles that were
cut, doubled, swapped, and had bytes changed. An input that raises, or takes over two CPU seconds, is printed and ends
with 1. --growth prints how CPU seconds grow with pages of ever more nested tags, and of ever more text.
"""

from __future__ import annotations

import argparse
import gc
import random
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

from standfirst.extract import extract
from standfirst.record import Page

ARTICLES = Path(__file__).parent.parent / "corpus" / "articles"
LONGEST = 2.0
"""CPU seconds for one input; a page of this size takes 5 thousandths."""


NESTS: tuple[str, ...] = (
    "<div>",
    "<div>word ",
    "<b>",
    "<b id=%d>",
    "<a href=x><div>",
    "<b><div>",
    "<p><font color=%d>",
    "<table><tr><td>",
)
NESTS += (
    "<svg><g>",
    "<ul><li>",
    "<li><dd>",
    "<x-a>",
    "<section><p><span>",
    "<!--<div>-->",
    "<body a%d>",
    "<object><p>",
)


def mutated(pages: Sequence[bytes], chance: random.Random) -> bytes:
    """A piece of a page after some cuts, repeats, swaps and wrong bytes."""
    page = bytearray(chance.choice(pages))
    start = chance.randrange(len(page))
    page = page[start : start + chance.randrange(1, 4000)] if chance.random() < 0.8 else page
    for _ in range(chance.randrange(1, 12)):
        if not page:
            break
        at, length = chance.randrange(len(page)), chance.randrange(1, 200)
        kind = chance.randrange(5)
        if kind == 0:
            del page[at : at + length]
        elif kind == 1:
            page[at:at] = page[at : at + length] * chance.randrange(1, 6)
        elif kind == 2:
            page[at] = chance.randrange(256)
        elif kind == 3:
            page[at:at] = chance.choice(
                [b"<", b">", b"</", b"<!--", b"\0", b"&#", b'"', b"<div>", b"</p>", b"\xff\xfe"]
            )
        else:
            other = chance.choice(pages)
            page[at : at + length] = other[at : at + length]
    return bytes(page)


def made(count: int, seed: int) -> Iterator[bytes]:
    """Hypothesis's inputs: they are gathered first, since it calls and is not called."""
    from hypothesis import HealthCheck, Phase, given, settings
    from hypothesis import seed as seeded
    from hypothesis import strategies as st

    tags = st.sampled_from(
        ["p", "div", "h1", "h2", "li", "ul", "a", "span", "article", "script", "b", "br", "td", "nav"]
    )
    piece = st.one_of(
        tags.map(lambda t: f"<{t}>"),
        tags.map(lambda t: f"</{t}>"),
        tags.map(lambda t: f'<{t} class="standfirst body" style="display:none" id=a>'),
        st.text(max_size=40),
    )
    markup = st.lists(piece, max_size=40).map(lambda parts: "".join(parts).encode("utf-8", "replace"))
    gathered: list[bytes] = []

    @seeded(seed)
    @settings(
        max_examples=count,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(st.one_of(markup, markup, st.binary(max_size=300)))
    def gather(content: bytes) -> None:
        gathered.append(content)

    gather()
    gc.collect()  # else a million objects of Hypothesis are freed within some input's time: 1.4 CPU seconds of 50,000
    yield from gathered


def inputs(count: int, seed: int) -> Iterator[bytes]:
    """Inputs of both kinds; Hypothesis may find fewer distinct ones than asked, the rest is made of pages."""
    left = count
    for content in made(count // 2, seed):
        left -= 1
        yield content
    pages = [p.read_bytes() for p in sorted(ARTICLES.iterdir()) if p.suffix in (".html", ".txt")]
    chance = random.Random(seed)
    for _ in range(left):
        yield mutated(pages, chance)


def seconds(content: bytes) -> float:
    """CPU seconds for one page, the better of two."""
    taken = []
    for _ in range(2):
        start = time.process_time()
        extract(Page(content, name="growth"))
        taken.append(time.process_time() - start)
    return min(taken)


def growth() -> str:
    """A table: the time for 25,000 nested tags, twice and four times as many, and for pages of a text as often."""
    page = max((p.read_bytes() for p in ARTICLES.glob("*.html")), key=len)
    cut = page.rindex(b"</p>") + 4
    text = page[page.index(b"<p>") : cut]
    lines = ["| page | s | twice | four times | growth |", "|---|---|---|---|---|"]
    rows = [(f"`{nest}`", [_nested(nest, tags) for tags in (25_000, 50_000, 100_000)]) for nest in NESTS]
    rows.append(("an article's text", [page[:cut] + text * times + page[cut:] for times in (49, 99, 199)]))
    rows.append(("attributes of one tag", [_attributes(count) for count in (25_000, 50_000, 100_000)]))
    for name, pages in rows:
        taken = [seconds(p) for p in pages]
        steps = [b / a for a, b in pairwise(taken)]
        cells = [name, *(f"{t:.2f}" for t in taken), " ".join(f"{s:.1f}" for s in steps)]
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines)


def _nested(nest: str, tags: int) -> bytes:
    count = tags // nest.count("<")
    return ("".join(nest % k for k in range(count)) if "%" in nest else nest * count).encode()


def _attributes(count: int) -> bytes:
    return ("<div " + " ".join(f"a{k}" for k in range(count)) + ">").encode()


def main(argv: Sequence[str] | None = None) -> int:
    """Fuzz; 0 where every input had an answer in time."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--inputs", type=int, default=200_000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--growth", action="store_true")
    args = parser.parse_args(argv)
    if args.growth:
        print(growth())
        return 0
    ends: Counter[str] = Counter()
    slowest = longest = (0.0, -1)  # CPU and wall-clock seconds of an input, and which one it is
    extract(Page(b"<h1>Tea", name="fuzz", media="html"))  # modules and weights are loaded by the first call
    extract(Page(b"Tea", name="fuzz", media="text"))
    for number, content in enumerate(inputs(args.inputs, args.seed)):
        media: Any = "text" if number % 4 == 3 else "html"
        begun, start = time.perf_counter(), time.process_time()
        try:
            fields = extract(Page(content, name="fuzz", media=media))
        except Exception as error:
            print(f"input {number} ({media}): {error!r}\n{content!r}")
            return 1
        taken = time.process_time() - start
        slowest = max(slowest, (taken, number))
        longest = max(longest, (time.perf_counter() - begun, number))
        if taken > LONGEST:
            print(f"input {number} ({media}): {taken:.1f} s\n{content[:2000]!r}")
            return 1
        ends[fields.rejected.value if fields.rejected else "article"] += 1
    most = f"most CPU {slowest[0]:.3f} s (input {slowest[1]}), most wall clock {longest[0]:.3f} s (input {longest[1]})"
    print(f"{ends.total()} inputs, no exception; {most}; {dict(sorted(ends.items()))}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
