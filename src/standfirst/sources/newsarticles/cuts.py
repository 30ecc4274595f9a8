"""Lines of the page that run into an article's text and have no form of their own, cut out by hand, and single marks.

No rule tells a caption that ends in a noun from the sentence that begins with a name after it, nor which mark a letter
was. Such places were read; `cuts.tsv` holds where they stand in the pinned table, and none of their words: article_id,
the column, the first character and the one after the last in it, and the first 8 hexadecimal digits of their SHA-256.
A sixth field is what stands there instead, a few letters with `_` for a space and `~` for a no-break space, after which
no rule looks for the end of a line; without a sixth field, a paragraph ends there. Where the sixth field is `^`, what
is cut is the page's standfirst, which ran into the text's head while the column for it is empty.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import cache
from importlib import resources
from typing import NamedTuple

_SPACES = {ord("_"): " ", ord("~"): "\u00a0"}
BREAK = "   "
"""Three spaces, which the source reads as the end of a paragraph."""
STANDFIRST = "^"


class Cut(NamedTuple):
    """A run of characters in one cell of the table, what its digest begins with, and what stands in its place."""

    start: int
    end: int
    digest: str
    put: str = BREAK
    standfirst: bool = False


@cache
def cuts() -> dict[tuple[str, str], tuple[Cut, ...]]:
    """The runs of every cell, by article_id and column, in order; they do not overlap."""
    read: dict[tuple[str, str], list[Cut]] = {}
    for line in resources.files(__package__).joinpath("cuts.tsv").read_text(encoding="utf-8").splitlines():
        name, column, start, end, digest, *put = line.split("\t")
        standfirst = put == [STANDFIRST]
        words = put[0].translate(_SPACES) if put and not standfirst else BREAK
        cut = Cut(int(start), int(end), digest, words, standfirst)
        read.setdefault((name, column), []).append(cut)
    return {cell: tuple(found) for cell, found in read.items()}


def holds(text: str, cut: Cut) -> bool:
    """Whether the text has there what was read."""
    return hashlib.sha256(text[cut.start : cut.end].encode()).hexdigest()[: len(cut.digest)] == cut.digest


def without(text: str, runs: Iterable[Cut]) -> tuple[str, int]:
    """The text with what replaces each run that it holds, and how many it held.

    >>> without("Tea. A cup It is hot.", [Cut(5, 11, "c70f540f")])
    ('Tea.    It is hot.', 1)
    """
    kept, end, count = "", 0, 0
    for cut in runs:
        if holds(text, cut):
            kept, end, count = kept + text[end : cut.start] + cut.put, cut.end, count + 1
    return kept + text[end:], count


def standfirst_of(text: str, runs: Iterable[Cut]) -> str | None:
    """What is cut from the text as the page's standfirst, if anything is."""
    return next((text[cut.start : cut.end].strip() for cut in runs if cut.standfirst and holds(text, cut)), None)
