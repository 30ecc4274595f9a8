"""The displayed standfirst: blocks about the headline, scored by their names, their place and what they say."""

from __future__ import annotations

import re
from collections import Counter
from operator import itemgetter

from standfirst.extract.features import INSIDE_NAMES, LOCAL, Reading, likeness, place
from standfirst.extract.furniture import SMALL
from standfirst.extract.tree import BOLD, SLANTED, Block, Document, Element
from standfirst.extract.vocabulary import BIT
from standfirst.text import squeeze, words

SLOTS = (
    "own", "said", "linked", "strong", "place", "described", "stated", "rank", "score", "sign", "path",
    "tagged", "unique", "retold", "bold", "where", "said_before", "said_after", "shorter", "nearer",
)  # fmt: skip
MASKS = frozenset({"own", "said"})
_HEADINGS = frozenset(("h1", "h2", "h3", "h4"))
_HEADLINES = frozenset(("h1", "h2"))
_NAMED, _SUMMARY = BIT["standfirst"], BIT["summary"]
# Where the values of `features.LOCAL` stand that are read again.
_INSIDE, _SAID, _DESCRIBED = LOCAL.index("inside"), LOCAL.index("said"), LOCAL.index("described")
_AS_THEY_ARE = {slot: LOCAL.index(slot) for slot in ("said", "linked", "stated")}
_TAG, _LENGTH = LOCAL.index("tag"), LOCAL.index("length")
_in_order = itemgetter(*SLOTS)
_BY = re.compile(r"(?:by|von|par|por|di|door|av|af|text:?|texte:?|written by|reporting by)\s", re.I)
_ASIDES = sum(1 << INSIDE_NAMES.index(tag) for tag in ("aside", "form", "figcaption"))
_OTHERS = sum(BIT[name] for name in ("byline", "date", "consent", "related", "ad", "signup", "comments"))
_TOOLS = sum(BIT[name] for name in ("social", "consent", "signup", "comments"))
_OURS = BIT["standfirst"] | BIT["summary"] | BIT["headline"] | BIT["points"]
MOST_WORDS = 130
"""No displayed standfirst of the 321 measured pages is longer than 110 words."""


def _clip(score: float) -> int:
    return max(-4, min(4, round(score / 1.5)))


def _common(one: Element, chain: set[int]) -> int:
    """How far up from `one` the first element lies that is in the chain, by its index; at most 9."""
    steps = 0
    at: Element | None = one
    while at is not None and steps < 9 and at.index not in chain:
        at, steps = at.parent, steps + 1
    return steps


def _in_list(element: Element) -> bool:
    at: Element | None = element
    while at is not None and at.tag != "li":
        at = at.parent
    return at is not None


def _shown(reading: Reading, scores: list[float]) -> Block | None:
    """The block that shows the headline where the article starts.

    The headline itself, or, where this stands in a breadcrumb or another menu, the next heading that shares two fifths
    of its words.
    """
    if reading.headline is None or reading.headline.block is None:
        return None
    block = reading.headline.block
    if not (block.element.apart or block.element.hidden or _in_list(block.element)):
        return block
    title = set(words(reading.headline.text))
    for other in reading.document.blocks[block.index + 1 :]:
        if scores[other.index] > 0 and reading.sheet.sizes[other.index] > 12:
            break
        if other.element.tag in _HEADLINES and _overlap(set(other.words), title) >= 2:
            return other
    return block


def candidates(reading: Reading, scores: list[float]) -> list[int]:
    """Indices of the blocks that may be (part of) a standfirst."""
    sizes, blocks = reading.sheet.sizes, reading.document.blocks
    shown = _shown(reading, scores)
    head = shown.index if shown is not None else 0
    strong = [i for i, z in enumerate(scores) if z > 0 and sizes[i] > 12 and i > head]
    first = strong[0] if strong else min(head + 20, len(blocks))
    last = strong[min(2, len(strong) - 1)] if strong else first
    around = set(range(max(0, head - 12), min(head + 25, last + 3, len(blocks)))) | set(
        range(max(0, head - 12, first - 12), min(last + 3, len(blocks)))
    )
    title = set(words(reading.headline.text)) if reading.headline is not None else set()
    return [
        i
        for i in sorted(around)
        if i != head
        and i < len(sizes)
        and 3 <= sizes[i] <= MOST_WORDS
        and not _something_else(reading, i)
        and not _says_again(title, set(blocks[i].words))
        and not _is_byline(blocks[i].text)
    ]


def _says_again(title: set[str], mine: set[str]) -> bool:
    """Whether a text's words are the headline once more, in much the same words."""
    return len(title) > 2 and 10 * len(mine & title) >= 7 * len(mine | title)


def _is_byline(text: str) -> bool:
    """Whether the text is "By" and names: every longer word has a capital, and no sentence ends.

    >>> _is_byline("By Ada Moor, Cy Vale and Eli Tarn"), _is_byline("By Monday the rain had stopped")
    (True, False)
    """
    if not _BY.match(text) or text[-1] in ".!?…" or len(text) > 200:
        return False
    return all(word[:1].isupper() for word in text.split()[1:] if len(word) > 3)


def _something_else(reading: Reading, i: int) -> bool:
    """Whether the block is called something that no standfirst is: a caption, a byline, a date, a sign-up or the like.

    A name of a standfirst or headline beside that, on the same element, counts more.
    """
    element = reading.document.blocks[i].element
    around = element.parent
    own, near = element.masks, around.masks if around is not None else 0
    if int(reading.sheet.values[i][_INSIDE]) & _ASIDES or element.within & BIT["slides"]:  # type: ignore[call-overload]
        return True
    if own & _OTHERS and not own & _OURS:
        return True
    masses, at = reading.sheet.surroundings.masses, element  # type: ignore[union-attr]
    for _ in range(3):
        if at is not None and masses[at.index] <= SMALL:
            if at.masks & _TOOLS and not (own | at.masks) & _OURS:
                return True
            at = at.parent  # type: ignore[assignment]
    pictured = (own | near) & BIT["caption"] or (around is not None and around.tag == "figure")
    return bool(pictured) and not (own | near) & (_OURS & ~BIT["headline"])  # a caption may have a title


def describe(reading: Reading, scores: list[float], chosen: list[int]) -> list[tuple[object, ...]]:
    """The values of each candidate block."""
    document, data, sheet = reading.document, reading.data, reading.sheet
    blocks, sizes = document.blocks, sheet.sizes
    head = _shown(reading, scores)
    at_head = head.index if head is not None else -1
    strong = [i for i, z in enumerate(scores) if z > 0 and sizes[i] > 12 and i > at_head]
    first = strong[0] if strong else -1
    sign_of = [_sign(block) for block in blocks]
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
    plainly = sum(_typeface(blocks[i]) == "plain" for i in paragraphs[:8]) / max(len(paragraphs[:8]), 1)
    rank = 0
    values: list[tuple[object, ...]] = []
    for i in chosen:
        block, local = blocks[i], sheet.values[i]
        if i > at_head >= 0 and sizes[i] >= 6:
            rank += 1
        sign = sign_of[i]
        same = min(signs[sign] - (scores[i] > 0 and sizes[i] > 12), 2)
        own, near = _names(reading, block, sizes[i])
        named = "own" if own & _NAMED else "near" if near & _NAMED else "summary" if (own | near) & _SUMMARY else "no"
        stands = "none" if first < 0 else "before" if i < first else "first" if i == first else "later"
        if i < at_head:
            stands = "above"
        described, mine = local[_DESCRIBED], set(block.words)
        run = runs[i]
        if len(run) > 1 and (alike := likeness("".join(sheet.squeezed[k] for k in run), flat)) in ("equal", "start"):
            described, mine = alike, set(words(" ".join(blocks[k].text for k in run)))
        retold = max((_overlap(mine, other) for other in descriptions), default=-1)
        typeface = _typeface(block)
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


def _typeface(block: Block) -> str:
    """Whether the whole block is bold or in italics, inside it or by an element around it."""
    if not any(block.looks):
        return "plain"
    bold = slanted = total = 0
    for piece, look in zip(block.pieces, block.looks, strict=True):
        letters = len(piece.strip())
        total += letters
        bold += letters if look & BOLD else 0
        slanted += letters if look & SLANTED else 0
        if total and not bold and not slanted:
            return "plain"
    if bold >= 0.95 * total:
        return "bold"
    return "italics" if slanted >= 0.95 * total else "plain"


def _names(reading: Reading, block: Block, size: int) -> tuple[int, int]:
    """Groups of names of the boxes that hold little more than the block, and of the two elements around those."""
    masses, shown = reading.sheet.surroundings.masses, reading.sheet.shown  # type: ignore[union-attr]
    own, at = block.element.masks, block.element.parent
    while at is not None and masses[at.index] <= size + LITTLE:
        own |= at.masks
        at = at.parent
    near = 0
    for _ in range(2):
        if at is not None:
            near |= at.masks
            at = at.parent
    return own & shown, near & shown


LITTLE = 6
"""Words that a box may hold beside the block and still be its own: a label, a button."""


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


def _sign(block: Block) -> tuple[str, str, str, str]:
    """What the block looks like: tag, names, names of the element around it, and whether all is bold or in italics."""
    around = block.element.parent
    return block.element.tag, block.element.kind, around.kind if around is not None else "", _typeface(block)


def _overlap(mine: set[str], other: set[str]) -> int:
    """Share of the smaller set's words that both hold, in fifths; -1 where either has fewer than four."""
    if len(mine) < 4 or len(other) < 4:
        return -1
    return int(5 * len(mine & other) / min(len(mine), len(other)))


def without_openings(
    reading: Reading, scores: list[float], chosen: list[int], odds: list[float]
) -> tuple[list[int], list[float]]:
    """The candidates, and their log-odds over "none", without the first paragraphs of a body.

    They are learnt from as the others are, so that the weights hold what tells them from standfirsts.
    """
    sizes, shown = reading.sheet.sizes, _shown(reading, scores)
    head = shown.index if shown is not None else 0
    strong = [i for i, z in enumerate(scores) if z > 0 and sizes[i] > 12 and i > head]
    kept = [at for at, i in enumerate(chosen) if not _opens_body(reading, i, strong)]
    return [chosen[at] for at in kept], [odds[at] for at in kept]


def _opens_body(reading: Reading, i: int, strong: list[int]) -> bool:
    """Whether two paragraphs of the body follow the block at once, in the same element and under the same tag.

    A standfirst in such a place is called one, or set in bold or italics: of about 250 such blocks of the measured
    pages and the corpus of which neither is so, one is a standfirst.
    """
    blocks, following = reading.document.blocks, [k for k in strong if k > i][:2]
    if len(following) < 2 or following[0] != i + 1:
        return False
    block, around, tag = blocks[i], blocks[i].element.parent, blocks[i].element.tag
    if any(blocks[k].element.parent is not around or blocks[k].element.tag != tag for k in following):
        return False
    return _typeface(block) == "plain" and not _names(reading, block, reading.sheet.sizes[i])[0] & _NAMED


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
