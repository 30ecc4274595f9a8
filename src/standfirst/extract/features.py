"""What is seen of a block, as a tuple of values, one a slot; the model has a weight for every value of every slot."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from standfirst.extract.headline import Headline
from standfirst.extract.metadata import Metadata
from standfirst.extract.phrases import said
from standfirst.extract.tree import Document, Element
from standfirst.text import squeeze

if TYPE_CHECKING:
    from standfirst.extract.surroundings import Surroundings

# Slots whose value is a set of bits: a weight a bit. All others have a weight a value.
MASKS = frozenset({"own", "near", "mid", "far", "inside", "said"})
LOCAL = (
    "tag", "around", "own", "near", "mid", "far", "inside", "said", "length", "linked", "strong", "start", "place",
    "repeat", "hidden", "title", "described", "stated", "shape", "commas",
)  # fmt: skip
_TAGS = frozenset((
    "p", "div", "li", "h1", "h2", "h3", "h4", "h5", "h6", "td", "th", "blockquote", "figcaption", "section", "article",
    "header", "aside", "body", "ul", "dd", "dt", "span", "a",
))  # fmt: skip
INSIDE_NAMES = (
    "article", "main", "aside", "nav", "footer", "header", "figure", "ul", "ol", "table", "blockquote", "section",
    "form", "li", "a", "details", "address", "figcaption", "label", "dl", "h2", "h3", "p",
)  # fmt: skip
_INSIDE = {name: 1 << i for i, name in enumerate(INSIDE_NAMES)}
_ENDS = {**dict.fromkeys(".!?…。！？।」”\"'’)»؟։", "end"), ":": "colon", "：": "colon"}

_LABEL = 12
"""Words that a heading, a caption or a link may have; a block with more that reads as body is a paragraph of it."""
_BUCKETS = (0, *((words - 1).bit_length() for words in range(1, 66)))
# Values that are made of two, ready: a string's hash is kept, and one made anew is to be hashed at every look-up.
PAIRS = [[f"{one}:{other}" for other in range(7)] for one in range(7)]
_SHAPES = {tag: [f"{tag}{length}" for length in range(8)] for tag in (*_TAGS, "other")}
_LENGTHS = {ends: [f"{length}{ends}" for length in range(8)] for ends in ("end", "colon", "none")}
_AFTER = [f"after{doublings}" for doublings in range(9)]


@dataclass(slots=True)
class Sheet:
    """Values of each block of a page, in the page's order, and what later steps need of the blocks again."""

    values: list[tuple[object, ...]] = field(default_factory=list)
    squeezed: list[str] = field(default_factory=list)
    sizes: list[int] = field(default_factory=list)
    shown: int = -1
    """The groups of names that are seen, as bits: all, but in a page's second copy for learning."""
    surroundings: Surroundings | None = None
    """What `context` made of the sheet, once it was asked."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read of a page before anything is chosen."""

    document: Document
    data: Metadata
    headline: Headline | None
    sheet: Sheet
    kind: str = "html"
    """`text` for page text."""

    def paragraphs(self, scores: list[float], head: int) -> list[int]:
        """Indices of the blocks below the one at `head` that the scores call body and that are longer than a label."""
        sizes = self.sheet.sizes
        return [i for i, score in enumerate(scores) if score > 0 and sizes[i] > _LABEL and i > head]


def size(text: str) -> int:
    """How many words the text has, or would have where words are not spaced (two and a half characters a word).

    >>> size("Tea is drunk"), size("お茶は毎日どこでも飲まれている")
    (3, 6)
    """
    spaced = text.count(" ") + 1
    return spaced if len(text) < 12 * spaced else len(text) * 2 // 5


def bucket(words: int) -> int:
    """0 for one word, then one more for each doubling, to 7 from 65 words on."""
    return _BUCKETS[words] if words < 66 else 7


def _share(part: int, whole: int) -> int:
    """0 for none, 1 to 4 for quarters, 5 for all."""
    if not part:
        return 0
    return 5 if part >= whole * 0.97 else 1 + part * 4 // max(whole, 1)


def start_of(text: str) -> str:
    """The kind of character that a text starts with.

    >>> start_of("Tea"), start_of("‘Tea’"), start_of("3 teas")
    ('upper', 'quote', 'digit')
    """
    first = text[0]
    if first.isupper():
        return "capitals" if len(text) > 3 and text.isupper() else "upper"
    if first.islower():
        return "lower"
    if first.isdigit():
        return "digit"
    if first.isalpha():
        return "letter"
    if first in "\"'“‘„«»「":
        return "quote"
    return "dash" if first in "-–—" else "bullet" if first in "•*·►▶→>|" else "other"


def _tags_around(elements: list[Element]) -> list[int]:
    """For each element its tag and those of all around it, as bits. An element stands after the one around it."""
    bits: list[int] = []
    for element in elements:
        around = bits[element.parent.index] if element.parent is not None else 0
        bits.append(around | _INSIDE.get(element.tag, 0))
    return bits


def _masks_around(parent: Element | None) -> tuple[int, int, int]:
    """Groups of names of the two elements around, of the three around those, and of the rest."""
    near = mid = steps = 0
    at = parent
    while at is not None:
        if steps < 2:
            near |= at.masks
        elif steps < 5:
            mid |= at.masks
        else:
            return near, mid, at.within
        at, steps = at.parent, steps + 1
    return near, mid, 0


def place(index: int, head: int) -> str:
    """Where a block stands with respect to the headline's block: before it, or how far after."""
    if head < 0:
        return "unknown"
    distance = index - head
    if distance <= 0:
        return "head" if distance == 0 else "before1" if distance > -5 else "before"
    return _AFTER[min(distance.bit_length(), 8)]


def likeness(text: str, others: list[str]) -> str:
    """How a squeezed text is like the nearest of others: equal, inside it, holding it, the same start, or not."""
    if not others:
        return "none"
    if text in others:
        return "equal"
    length = len(text)
    if length >= 20:
        for other in others:
            if len(other) >= 20:
                if length < len(other):
                    if text in other:
                        return "inside"
                elif other in text:
                    return "holds"
                if length >= 40 and len(other) >= 40 and text.startswith(other[:40]):
                    return "start"
    return "other"


def describe(document: Document, data: Metadata, headline: Headline | None) -> Sheet:
    """The sheet of a page's blocks."""
    sheet = Sheet()
    blocks = document.blocks
    sheet.squeezed = squeezed = [squeeze(block.text) for block in blocks]
    counts: dict[str, int] = {}
    for text in squeezed:
        counts[text] = counts.get(text, 0) + 1
    named = [text for _, text in data.headlines]
    if headline is not None:
        named.append(headline.text)
    titles = [squeeze(text) for text in dict.fromkeys(named)]
    told = dict.fromkeys(text.rstrip(".… ") for _, text in data.descriptions)
    described = [s for text in told if (s := squeeze(text))]
    stated = squeeze(" ".join(data.bodies)) if data.bodies else ""
    head = headline.block.index if headline is not None and headline.block is not None else -1
    titles, described = list(dict.fromkeys(titles)), list(dict.fromkeys(described))
    tags = _tags_around(document.elements)
    masks: dict[int, tuple[int, int, int]] = {}
    seen: set[str] = set()
    for block, flat in zip(blocks, squeezed, strict=True):
        text, element = block.text, block.element
        words = size(text)
        sheet.sizes.append(words)
        tag = element.tag if element.tag in _TAGS else "other"
        parent = element.parent
        around = parent.index if parent is not None else -1
        if around not in masks:
            masks[around] = _masks_around(parent)
        length = _BUCKETS[words] if words < 66 else 7
        few = length if length < 5 else 5
        linked = strong = 0
        if block.linked or block.strong:
            raw = sum(map(len, block.pieces))
            linked, strong = _share(block.linked, raw), _share(block.strong, raw)
        commas = text.count(",") + text.count("、") + text.count("，")
        values: tuple[object, ...] = (
            tag,
            parent.tag if parent is not None and parent.tag in _TAGS else "other",
            element.masks,
            *masks[around],
            tags[element.index],
            said(text),
            _LENGTHS[_ENDS.get(text[-1], "none")][length],
            PAIRS[few][linked],
            PAIRS[few][strong],
            start_of(text),
            place(block.index, head),
            "no" if counts[flat] == 1 else "later" if flat in seen else "first",
            element.hidden,
            likeness(flat, titles),
            likeness(flat, described) if length > 2 else "short",
            "unknown" if len(stated) < 300 else f"{flat in stated}{min(length, 4)}",
            _SHAPES[tag][length],
            PAIRS[length if length < 6 else 6][commas if commas < 3 else 3],
        )
        seen.add(flat)
        sheet.values.append(values)
    return sheet
