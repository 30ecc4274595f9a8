"""The displayed standfirst: blocks about the headline, scored by their names, their place and what they say."""

from __future__ import annotations

from collections import Counter
from operator import itemgetter

from standfirst.extract.candidates import NAMED, candidates, names_of, overlap, shown_headline, typeface_of
from standfirst.extract.features import LOCAL, Reading, likeness, place
from standfirst.extract.tree import Block, Document, Element
from standfirst.extract.vocabulary import BIT
from standfirst.text import squeeze, words

__all__ = ["SLOTS", "candidates", "describe", "pick"]  # what a module of `steps.LEAD` has
SLOTS = (
    "own", "said", "linked", "strong", "place", "described", "stated", "rank", "score", "sign", "path",
    "tagged", "unique", "retold", "bold", "where", "said_before", "said_after", "shorter", "nearer",
)  # fmt: skip
_HEADINGS = frozenset(("h1", "h2", "h3", "h4"))
_SUMMARY = BIT["summary"]
# Where the values of `features.LOCAL` stand that are read again.
_SAID, _DESCRIBED = LOCAL.index("said"), LOCAL.index("described")
_AS_THEY_ARE = {slot: LOCAL.index(slot) for slot in ("said", "linked", "stated")}
_TAG, _LENGTH = LOCAL.index("tag"), LOCAL.index("length")
_in_order = itemgetter(*SLOTS)


def _clip(score: float) -> int:
    return max(-4, min(4, round(score / 1.5)))


def _common(one: Element, chain: set[int]) -> int:
    """How far up from `one` the first element lies that is in the chain, by its index; at most 9."""
    steps = 0
    at: Element | None = one
    while at is not None and steps < 9 and at.index not in chain:
        at, steps = at.parent, steps + 1
    return steps


def describe(reading: Reading, scores: list[float], chosen: list[int]) -> list[tuple[object, ...]]:
    """The values of each candidate block."""
    document, data, sheet = reading.document, reading.data, reading.sheet
    blocks, sizes = document.blocks, sheet.sizes
    head = shown_headline(reading, scores)
    at_head = head.index if head is not None else -1
    strong = reading.paragraphs(scores, at_head)
    first = strong[0] if strong else -1
    typefaces = [typeface_of(block) for block in blocks]
    sign_of = list(map(_sign, blocks, typefaces))
    signs, all_signs = Counter([sign_of[i] for i in strong]), Counter(sign_of)
    told = dict.fromkeys(text for _, text in data.descriptions[:4])  # most pages give the same one several times
    descriptions = [set(words(text)) for text in told]
    flat = [squeeze(text.rstrip(".… ")) for text in told]
    runs = _runs(document, chosen)
    lengths = sorted(sizes[i] for i in strong)
    typical = max(lengths[len(lengths) // 2], 12) if lengths else 40
    around_head = _depths(head.element) if head is not None else {}
    head_chain = {head.element.index, *around_head} if head is not None else set()
    around_body = _depths(blocks[strong[len(strong) // 2]].element) if strong else {}
    paragraphs = [i for i in strong if blocks[i].element.tag not in _HEADINGS]
    plainly = sum(typefaces[i] == "plain" for i in paragraphs[:8]) / max(len(paragraphs[:8]), 1)
    rank = 0
    values: list[tuple[object, ...]] = []
    for i in chosen:
        block, local = blocks[i], sheet.values[i]
        if i > at_head >= 0 and sizes[i] >= 6:
            rank += 1
        sign = sign_of[i]
        same = min(signs[sign] - (scores[i] > 0 and sizes[i] > 12), 2)
        own, near = names_of(reading, block, sizes[i])
        named = "own" if own & NAMED else "near" if near & NAMED else "summary" if (own | near) & _SUMMARY else "no"
        stands = "none" if first < 0 else "before" if i < first else "first" if i == first else "later"
        if i < at_head:
            stands = "above"
        described, mine = local[_DESCRIBED], set(block.words)
        run = runs[i]
        if len(run) > 1 and (alike := likeness("".join(sheet.squeezed[k] for k in run), flat)) in ("equal", "start"):
            described, mine = alike, set(words(" ".join(blocks[k].text for k in run)))
        retold = max((overlap(mine, other) for other in descriptions), default=-1)
        typeface = typefaces[i]
        if typeface != "plain" and plainly < 0.6:
            typeface = "as others"
        row: dict[str, object] = {slot: local[at] for slot, at in _AS_THEY_ARE.items()}
        row.update(
            own=own,
            strong=f"{typeface}:{described in ('equal', 'start')}",
            place=place(i, at_head),
            described=described,
            rank=min(rank, 6) if i > at_head >= 0 else -1,
            score=_clip(scores[i]),
            sign=f"{stands}:{same}",
            path=_common(block.element, head_chain) if head is not None else "none",
            tagged=f"{local[_TAG]}:{local[_LENGTH]}",
            unique=f"{min(all_signs[sign].bit_length(), 4)}:{named}",
            retold=f"{retold}:{stands}",
            bold=f"{typeface}:{stands}",
            where=f"{named}:{stands}",
            said_before=sheet.values[i - 1][_SAID] if i else 0,
            said_after=sheet.values[i + 1][_SAID] if i + 1 < len(blocks) else 0,
            shorter=f"{min(int(4 * sizes[i] / typical), 8)}:{stands}",
            nearer=f"{_nearer(block.element, around_head, around_body)}:{same}:{stands}",
        )
        values.append(_in_order(row))
    return values


def _runs(document: Document, chosen: list[int]) -> dict[int, list[int]]:
    """For each candidate the run of candidates of its kind that it stands in (points of a list), if of at most six."""
    runs: dict[int, list[int]] = {}
    run: list[int] = []
    for i in [*chosen, -1]:
        if run and (i != run[-1] + 1 or _kind(document.blocks[i]) != _kind(document.blocks[run[-1]])):
            runs.update((k, run if len(run) <= 6 else [k]) for k in run)
            run = []
        run.append(i)
    return runs


def _depths(element: Element) -> dict[int, int]:
    """How deep each element around the element lies, by its index."""
    depths: dict[int, int] = {}
    at: Element | None = element.parent
    while at is not None:
        depths[at.index] = at.depth
        at = at.parent
    return depths


def _nearer(element: Element, head: dict[int, int], body: dict[int, int]) -> str:
    """Whether the element shares a deeper box with the headline or with the middle of the body."""
    in_head = in_body = -1
    at: Element | None = element.parent
    while at is not None and (in_head < 0 or in_body < 0):
        if in_head < 0:
            in_head = head.get(at.index, -1)
        if in_body < 0:
            in_body = body.get(at.index, -1)
        at = at.parent
    return "head" if in_head > in_body else "body" if in_body > in_head else "even"


def _sign(block: Block, typeface: str) -> tuple[str, str, str, str]:
    """What the block looks like: tag, names, names of the element around it, and whether all is bold or in italics."""
    around = block.element.parent
    return block.element.tag, block.element.kind, around.kind if around is not None else "", typeface


def pick(document: Document, chosen: list[int], scores: list[float]) -> tuple[list[int], float]:
    """Indices of the blocks that make up the standfirst, and the best score; none where no score is above `MARGIN`.

    The blocks beside the best one join it if they are of its kind (same tag, same names, same element around) and
    score nearly as well: standfirsts of several bullets or paragraphs.
    """
    if not chosen:
        return [], -9.0
    best = max(range(len(chosen)), key=scores.__getitem__)
    if scores[best] <= MARGIN:
        return [], scores[best]
    known = dict(zip(chosen, scores, strict=True))
    picked = [chosen[best]]
    kind = _kind(document.blocks[chosen[best]])
    least = max(min(scores[best] - 2.5, 0.0), -3.0)
    if kind[0] == "li":  # a list is told as one, short points among them
        least = min(least, LEAST_OF_POINT)
    for step in (1, -1):
        at = chosen[best] + step
        while (
            known.get(at, -9.0) > least
            and _kind(document.blocks[at]) == kind
            and document.blocks[at].linked < 0.8 * len(document.blocks[at].text)
        ):
            picked.append(at)
            at += step
    return sorted(picked), scores[best]


LEAST_OF_POINT = -1.5
"""Log-odds over "none" of a point of a list whose best one is the standfirst."""
MARGIN = -0.1
"""Log-odds over "none" that a standfirst needs: a wrong one costs a record more than a missing one."""


def _kind(block: Block) -> tuple[str, str, int]:
    around = block.element.parent
    return block.element.tag, block.element.kind, around.index if around is not None else -1
