"""What more is seen of a line of page text among the others: whether it speaks of what the article speaks of.

Page text has no boxes that set furniture apart. A promotion, a notice or another article's teaser shares few words with
the article; and what stands after a line that ends articles (a date, an author's biography, "more on") is seldom body.
"""

from __future__ import annotations

from standfirst.extract.features import Reading
from standfirst.extract.phrases import BIT
from standfirst.extract.text_standfirst import caption
from standfirst.extract.tree import Block
from standfirst.text import content_words

SLOTS = ("cohesion", "cohesion_near", "to_headline", "caption", "mass_before", "ended", "row", "company", "sentence")
_ENDING = BIT["biography"] | BIT["updated"] | BIT["readmore"] | BIT["comment"] | BIT["note"] | BIT["rights"]


def describe(reading: Reading, scores: list[float]) -> list[tuple[object, ...]]:
    """The values of each line."""
    blocks, sizes, sheet, headline = reading.document.blocks, reading.sheet.sizes, reading.sheet, reading.headline
    head = headline.block.index if headline is not None and headline.block is not None else 0
    content = [content_words(block.words) for block in blocks]
    title = content[head] if blocks else set()
    strong = reading.paragraphs(scores, head)
    held: dict[str, int] = {}
    for i in strong:
        for word in content[i]:
            held[word] = held.get(word, 0) + 1
    total = sum(sizes[i] for i in strong)
    is_strong = set(strong)
    before = ended = 0
    rows: list[tuple[object, ...]] = []
    for i, block in enumerate(blocks):
        text, size, told = block.text, sizes[i], int(sheet.values[i][7])  # type: ignore[call-overload]
        own = i in is_strong
        beside = [k for k in range(max(0, i - 3), min(len(blocks), i + 4)) if k in is_strong and k != i]
        near = set().union(*(content[k] for k in beside))
        elsewhere = {word for word in content[i] if held.get(word, 0) > own}
        few = min(size.bit_length(), 6)
        ends = text[-1] in '.!?…。！？।"”»’)'
        parent = block.element.parent
        low, high = _row(blocks, sizes, i)
        rows.append((
            f"{_share(content[i], elsewhere)}:{few}",
            f"{_share(content[i], near)}:{few > 3}",
            f"{_share(content[i], title)}:{few > 3}",
            f"{caption(blocks, sheet.values, i)}:{few}",
            f"{_part(before, total)}:{few > 3}:{ends}",
            f"{min(ended, 2)}:{_part(before, total) > 3}",
            f"{min((high - low).bit_length(), 4)}:{size < 14 and not ends}:{_part(before, total) == 5}",
            f"{parent is not None and parent.tag}:{few}:{ends}",
            f"{ends}:{few}:{i - 1 in is_strong}:{i + 1 in is_strong}",
        ))  # fmt: skip
        if own:
            before += size
        if before and told & _ENDING and size < 40:
            ended += 1
    return rows


def _row(blocks: list[Block], sizes: list[int], i: int) -> tuple[int, int]:
    """The first and the last of the short lines in a row that a line stands among, at most eight each way."""

    def short(at: int) -> bool:
        return 0 <= at < len(blocks) and sizes[at] < 14 and blocks[at].text[-1] not in ".!?"

    low = high = i
    while i - low < 8 and short(low - 1):
        low -= 1
    while high - i < 8 and short(high + 1):
        high += 1
    return low, high


def _share(mine: set[str], other: set[str]) -> int:
    """Share of the line's words that are held, in sixths; -1 where it has fewer than three."""
    return int(6 * len(mine & other) / len(mine)) if len(mine) >= 3 else -1


def _part(part: int, whole: int) -> int:
    """0 for none, 1 to 4 for quarters, 5 for all but all."""
    if not part or not whole:
        return 0
    return 5 if part >= 0.97 * whole else 1 + int(4 * part / whole)
