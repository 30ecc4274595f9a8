"""What of a block's neighbourhood is the same whatever the scores: kinds, boxes, headings. Read once a page."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from standfirst.extract.features import bucket
from standfirst.extract.tree import Document, Element

if TYPE_CHECKING:
    from standfirst.extract.features import Sheet

_BOXES = frozenset(("article", "main", "section", "aside", "div", "body", "ul", "ol", "table", "tbody", "blockquote"))
_FEW, _MANY = 4, 16  # words of a label at most; more than a heading has
_LONG = 10  # words; blocks with more tell which kind of block is the page's best


class Fixed(NamedTuple):
    """What is fixed of one block."""

    few: int
    """Its length (`features.bucket`), at most 5."""
    near: int
    """Index of the nearest element with twice the block's words."""
    outer: int
    """Index of the nearest one with eight times as many, if it lies around the near one."""
    box: str
    """The near element's tag, if it is one that boxes are made of."""
    heading: bool
    seen: tuple[object, ...]
    """The values of slots `headed` to `hidden2`."""
    inside: object


class Surroundings:
    """The fixed part of a page: masses of words below each element, kinds of blocks, and `Fixed` for each block."""

    def __init__(self, document: Document, sheet: Sheet) -> None:
        self.blocks, self.sizes = document.blocks, sheet.sizes
        numbers: dict[tuple[str, str, str, str], int] = {}
        self.kinds: list[int] = []
        """The kind of each block, numbered: the tags and names of its element and of the one around it."""
        self.long: list[tuple[int, tuple[str, str, str]]] = []
        """Each block of enough words, with the same less the tag of the element around."""
        self.masses = [element.words for element in document.elements]
        for i, block in enumerate(self.blocks):
            element, words = block.element, self.sizes[i]
            outer = element.parent
            tag, kind = (outer.tag, outer.kind) if outer is not None else ("", "")
            self.kinds.append(numbers.setdefault((element.tag, element.kind, tag, kind), len(numbers)))
            if words > _LONG:
                self.long.append((i, (element.tag, element.kind, kind)))
            self.masses[element.index] += words
        self.kind_count = len(numbers)
        # An element's index is greater than that of the element around it: from last to first, masses add up.
        self.inner = [(at.index, at.parent.index) for at in reversed(document.elements) if at.parent is not None]
        """Each element but the outermost, and the one around it; from last to first."""
        for inner, around in self.inner:
            self.masses[around] += self.masses[inner]
        headed = _headings(document, sheet)
        self.fixed = [self._fixed(i, sheet.values[i], headed[i]) for i in range(len(self.blocks))]
        self.boxes = {at for fixed in self.fixed for at in (fixed.near, fixed.outer)}

    def _fixed(self, i: int, local: tuple[object, ...], headed: object) -> Fixed:
        element = self.blocks[i].element
        near, outer = self._around(element, self.sizes[i])
        few = min(bucket(self.sizes[i]), 5)
        tag = element.tag
        # The slots of `features.LOCAL` that are read again, by their place.
        odd = (*local[9], *local[10], local[11]) if few < 5 else "long"  # type: ignore[misc]
        seen = (headed, local[2], local[7], local[0], local[9], local[8], odd, (local[13], few), local[14])
        box = near.tag if near.tag in _BOXES else "other"
        return Fixed(few, near.index, outer.index, box, len(tag) == 2 and tag[0] == "h", seen, local[6])

    def _around(self, element: Element, words: int) -> tuple[Element, Element]:
        """The nearest element with twice the block's words, and the nearest one with eight times as many."""
        at, near = element, None
        masses = self.masses
        while at.parent is not None and (near is None or masses[at.index] < 8 * words):
            if near is None and masses[at.index] >= 2 * words:
                near = at
            at = at.parent
        return near or at, at

    def likely(self, scores: list[float]) -> list[int]:
        """Words of blocks that score above nought, below each element."""
        good = [0] * len(self.masses)
        for block, score, words in zip(self.blocks, scores, self.sizes, strict=True):
            if score > 0:
                good[block.element.index] += words
        for at, outer in self.inner:
            if good[at]:
                good[outer] += good[at]
        return good


def _headings(document: Document, sheet: Sheet) -> list[int]:
    """For each block what the last heading before it said, if it stands within the ten blocks before."""
    said: list[int] = []
    latest, at = 0, -99
    for i, block in enumerate(document.blocks):
        said.append(latest if i - at <= 10 else 0)
        values, words = sheet.values[i], sheet.sizes[i]
        tag = block.element.tag
        if (tag[0] == "h" and len(tag) == 2) or (words <= _FEW and values[7]):
            latest, at = values[7], i  # type: ignore[assignment]
        elif words > _MANY and not block.linked:
            latest = 0
    return said
