"""Which blocks of an HTML page may be its standfirst: those about the headline that are not told as something else."""

from __future__ import annotations

import re

from standfirst.extract.features import INSIDE_NAMES, LOCAL, Reading
from standfirst.extract.furniture import SMALL
from standfirst.extract.tree import BOLD, SLANTED, Block, Element
from standfirst.extract.vocabulary import BIT
from standfirst.text import words

_HEADLINES = frozenset(("h1", "h2"))
NAMED = BIT["standfirst"]
_CALLED = NAMED | BIT["summary"]
_INSIDE = LOCAL.index("inside")
_BY = re.compile(r"(?:by|von|par|por|di|door|av|af|text:?|texte:?|written by|reporting by)\s", re.I)
_ASIDES = sum(1 << INSIDE_NAMES.index(tag) for tag in ("aside", "form", "figcaption"))
_OTHERS = sum(BIT[name] for name in ("byline", "date", "consent", "related", "ad", "signup", "comments"))
_TOOLS = sum(BIT[name] for name in ("social", "consent", "signup", "comments"))
_OURS = BIT["standfirst"] | BIT["summary"] | BIT["headline"] | BIT["points"]
MOST_WORDS = 130
"""No displayed standfirst of the 321 measured pages is longer than 110 words."""
LITTLE = 6
"""Words that a box may hold beside the block and still be its own: a label, a button."""


def candidates(reading: Reading, scores: list[float]) -> list[int]:
    """Indices of the blocks that may be (part of) a standfirst."""
    sizes, blocks = reading.sheet.sizes, reading.document.blocks
    shown = shown_headline(reading, scores)
    head = shown.index if shown is not None else 0
    strong = reading.paragraphs(scores, head)
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
        and not (sizes[i] <= 3 * len(title) and _says_again(title, set(blocks[i].words)))
        and not _is_byline(blocks[i].text)
    ]


def shown_headline(reading: Reading, scores: list[float]) -> Block | None:
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
        if other.element.tag in _HEADLINES and overlap(set(other.words), title) >= 2:
            return other
    return block


def _in_list(element: Element) -> bool:
    at: Element | None = element
    while at is not None and at.tag != "li":
        at = at.parent
    return at is not None


def _says_again(title: set[str], mine: set[str]) -> bool:
    """Whether a text's words are the headline or standfirst once more, in much the same words."""
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


def without_openings(
    reading: Reading, scores: list[float], chosen: list[int], odds: list[float]
) -> tuple[list[int], list[float]]:
    """The candidates, and their log-odds over "none", without a body's first paragraph and an interview's questions.

    They are learnt from as the others are, so that the weights hold what tells them from standfirsts.
    """
    shown = shown_headline(reading, scores)
    strong = reading.paragraphs(scores, shown.index if shown is not None else 0)
    kept = [at for at, i in enumerate(chosen) if not (_opens_body(reading, i, strong) or _is_asked(reading, i))]
    return [chosen[at] for at in kept], [odds[at] for at in kept]


def passed_over(reading: Reading, chosen: list[int], odds: list[float], lead: list[int]) -> list[int]:
    """Candidates below the standfirst that read as one, too, and are none: a first paragraph in bold, for example.

    Among its neighbours such a block is told from the body by what it has of a standfirst. Where another is the
    standfirst, that speaks against it no longer. What says the standfirst again in other words is left out.
    """
    blocks = reading.document.blocks
    told = {word for i in lead for word in blocks[i].words}
    return [
        i
        for i, score in zip(chosen, odds, strict=True)
        if lead and i > lead[-1] and score > 0 and not _says_again(told, set(blocks[i].words))
    ]


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
    return typeface_of(block) == "plain" and not names_of(reading, block, reading.sheet.sizes[i])[0] & _CALLED


def _is_asked(reading: Reading, i: int) -> bool:
    """Whether the block is a question of an interview: a later one in its element is set as it is."""
    blocks, block = reading.document.blocks, reading.document.blocks[i]
    if not block.text.endswith("?") or (typeface := typeface_of(block)) == "plain":
        return False
    around = block.element.parent
    later = (b for b in blocks[i + 1 :] if b.text.endswith("?") and b.element.parent is around)
    return any(typeface_of(b) == typeface for b in later)


def typeface_of(block: Block) -> str:
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


def names_of(reading: Reading, block: Block, size: int) -> tuple[int, int]:
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


def overlap(mine: set[str], other: set[str]) -> int:
    """Share of the smaller set's words that both hold, in fifths; -1 where either has fewer than four."""
    if len(mine) < 4 or len(other) < 4:
        return -1
    return int(5 * len(mine & other) / min(len(mine), len(other)))
