"""The body's paragraphs: the blocks that the scores choose, less what `furniture` knows, less the standfirst."""

from __future__ import annotations

from unicodedata import normalize

from standfirst.extract import furniture
from standfirst.extract.features import LOCAL, Reading
from standfirst.extract.tree import Element
from standfirst.text import squeeze

LEAST = -2.0
"""Log-odds, seen by itself, that the best block of a body has: of the 263 measured bodies the least sure has 0.1."""
FEW_WORDS, LEAST_OF_FEW = 40, 0.5
"""A body of fewer words than any measured one has (41) needs a block as sure as this: else it is a notice."""
_SAID = LOCAL.index("said")
OPENING = 3
"""Paragraphs of a body from whose start a dateline is cut, and a standfirst that the page prints there once more."""


def choose(
    reading: Reading, first: list[float], scores: list[float], lead: list[int]
) -> tuple[list[int], list[str], dict[str, int]]:
    """The body's blocks, their texts, and how often the standfirst was taken out.

    `first` are the blocks' scores each by itself, `scores` the last ones, `lead` the standfirst's blocks.
    """
    blocks, squeezed, headline = reading.document.blocks, reading.sheet.squeezed, reading.headline
    head = headline.block.index if headline is not None and headline.block is not None else -1
    wanted = "".join(squeezed[i] for i in lead)
    likely = [i for i, score in enumerate(scores) if score > 0 and i != head and i not in lead]
    html = reading.kind == "html"
    telling = sum(reading.sheet.sizes[i] for i in lead) >= furniture.LEAST
    if html:
        likely = _without_furniture(reading, likely)
    likely = [i for i in likely if not furniture.is_clock(blocks[i].text)]
    kept: list[int] = []
    paragraphs: list[str] = []
    repeats = 0
    for i in likely:
        if wanted and (squeezed[i] == wanted or (len(squeezed[i]) > 40 and squeezed[i] in wanted)):
            repeats += 1
            continue
        text = normalize("NFC", furniture.without_popups(blocks[i]) if html else blocks[i].text)
        if html and len(kept) < OPENING:
            text = furniture.without_dateline(text)
        whole = text
        if len(wanted) > 40 and len(kept) < OPENING and squeeze(text).startswith(wanted):
            text = _without_start(text, len(wanted))
        elif telling and wanted in squeezed[i]:
            text = furniture.without_standfirst(text, wanted)
        repeats += text != whole
        if text:
            kept.append(i)
            paragraphs.append(text)
    if kept:
        few = html and sum(reading.sheet.sizes[i] for i in kept) < FEW_WORDS
        if max(first[i] for i in kept) < (LEAST_OF_FEW if few else LEAST):
            kept, paragraphs = [], []
    return kept, paragraphs, {"repeated-standfirst": repeats} if repeats else {}


def _without_furniture(reading: Reading, likely: list[int]) -> list[int]:
    """The likely blocks without those that are furniture on every page."""
    blocks, sizes, values = reading.document.blocks, reading.sheet.sizes, reading.sheet.values
    masses: dict[int, int] = {}
    for i in likely:
        at: Element | None = blocks[i].element
        for _ in range(2 * furniture.BOX_DEPTH):
            if at is not None:
                masses[at.index] = masses.get(at.index, 0) + sizes[i]
                at = at.parent
    return [
        i
        for i in likely
        if not furniture.leads_elsewhere(blocks[i], int(values[i][_SAID]))  # type: ignore[call-overload]
        and not furniture.in_small_box(blocks[i], masses)
        and not furniture.heads_links(blocks[i], blocks[i + 1] if i + 1 < len(blocks) else None)
    ]


def _without_start(text: str, letters: int) -> str:
    """The text after that many letters and digits, and the punctuation that follows them."""
    for at, character in enumerate(text):
        letters -= len(squeeze(character))
        if letters < 0:
            return text[at:]
    return ""
