"""What of a block's neighbourhood is the same whatever the scores: kinds, boxes, headings. Read once a page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from standfirst.extract.features import LOCAL, bucket
from standfirst.extract.tree import Document, Element

if TYPE_CHECKING:
    from standfirst.extract.features import Sheet

_BOX_TAGS = (
    "article", "main", "section", "aside", "div", "body", "ul", "ol", "table", "tbody", "blockquote", "other",
)  # fmt: skip
_BOXES = {tag: [f"{tag}:{part}" for part in range(7)] for tag in _BOX_TAGS}
"""Tags that boxes are made of, each with every share of it that may be likely body, as values of `context`."""
_FEW, _MANY = 4, 16  # words of a label at most; more than a heading has
_LONG = 10  # words; blocks with more tell which kind of block is the page's best
FEW_WORDS = 8
"""A neighbour of fewer words is looked past: labels, credits and buttons stand between paragraphs everywhere."""
_AGAIN = [LOCAL.index(slot) for slot in ("own", "said", "tag", "linked", "length")]
_ODD = [LOCAL.index(slot) for slot in ("linked", "strong", "start")]
_SAID, _REPEAT, _HIDDEN, _INSIDE = (LOCAL.index(slot) for slot in ("said", "repeat", "hidden", "inside"))


class Neighbours:
    """For each block, in one direction, where the scores stand that it is told by; -1 where there is none.

    Blocks of fewer than `FEW_WORDS` words are looked past.
    """

    def __init__(self, order: Sequence[int], sizes: list[int], kinds: list[int], kind_count: int) -> None:
        self.nearest = [-1] * len(sizes)
        """The nearest block."""
        self.alike = [-1] * len(sizes)
        """The nearest one of its kind."""
        self.steps = [-1] * len(sizes)
        """The nearest one's place in `passed`."""
        self.passed: list[int] = []
        """All blocks of enough words, in the order of the direction."""
        latest = [-1] * kind_count
        at, step = -1, -1
        for i in order:
            self.nearest[i], self.alike[i], self.steps[i] = at, latest[kinds[i]], step
            if sizes[i] >= FEW_WORDS:
                at, step = i, step + 1
                latest[kinds[i]] = i
                self.passed.append(i)


class Surroundings:
    """The fixed part of a page: kinds of blocks, boxes and the words in them, neighbours, and values for `context`."""

    def __init__(self, document: Document, sheet: Sheet) -> None:
        self.blocks, self.sizes = document.blocks, sheet.sizes
        numbers: dict[tuple[str, str, str, str], int] = {}
        self.kinds: list[int] = []
        """The kind of each block, numbered: the tags and names of its element and of the one around it."""
        self.words_of_kind: list[int] = []
        broad: dict[tuple[str, str, str], int] = {}
        self.long: list[tuple[int, int, int]] = []
        """Each block of enough words, its words, and its kind less the tag of the element around, numbered too."""
        self.masses = [element.words for element in document.elements]
        for i, (block, words) in enumerate(zip(self.blocks, self.sizes, strict=True)):
            element = block.element
            outer = element.parent
            tag, kind = (outer.tag, outer.kind) if outer is not None else ("", "")
            number = numbers.setdefault((element.tag, element.kind, tag, kind), len(numbers))
            self.kinds.append(number)
            if number == len(self.words_of_kind):
                self.words_of_kind.append(0)
            self.words_of_kind[number] += words
            if words > _LONG:
                self.long.append((i, words, broad.setdefault((element.tag, element.kind, kind), len(broad))))
            self.masses[element.index] += words
        self.broad_kinds = len(broad)
        # An element's index is greater than that of the element around it: from last to first, masses add up.
        self.inner = [(at.index, at.parent.index) for at in reversed(document.elements) if at.parent is not None]
        """Each element but the outermost, and the one around it; from last to first."""
        for inner, around in self.inner:
            self.masses[around] += self.masses[inner]
        self.few = [min(bucket(words), 5) for words in self.sizes]
        """The length of each block (`features.bucket`), at most 5."""
        self.near: list[int] = []
        """By index, the nearest element with twice the block's words."""
        self.outer: list[int] = []
        """The nearest one with eight times as many, if it lies around the near one."""
        self.boxes: list[Sequence[str]] = []
        """The near element's tag, if it is one that boxes are made of, with each share of likely body."""
        for block, words in zip(self.blocks, self.sizes, strict=True):
            near, far = self._around(block.element, words)
            self.near.append(near.index)
            self.outer.append(far.index)
            self.boxes.append(_BOXES.get(near.tag, _BOXES["other"]))
        self.around = {*self.near, *self.outer}
        self.heads = [len(tag) == 2 and tag[0] == "h" for tag in (block.element.tag for block in self.blocks)]
        count, kinds = range(len(self.blocks)), len(numbers)
        self.before = Neighbours(count, self.sizes, self.kinds, kinds)
        self.after = Neighbours(count[::-1], self.sizes, self.kinds, kinds)
        columns = list(zip(*sheet.values, strict=True)) or [()] * len(LOCAL)
        odd = [
            f"{linked}:{strong}:{start}" if few < 5 else "long"
            for few, linked, strong, start in zip(self.few, *(columns[at] for at in _ODD), strict=True)
        ]
        self.seen: list[Sequence[object]] = [
            self._headings(columns[_SAID]),
            *(columns[at] for at in _AGAIN),
            odd,
            [f"{repeat}:{few}" for repeat, few in zip(columns[_REPEAT], self.few, strict=True)],
            columns[_HIDDEN],
        ]
        """The columns of slots `headed` to `hidden2`."""
        self.inside: Sequence[object] = columns[_INSIDE]

    def _around(self, element: Element, words: int) -> tuple[Element, Element]:
        """The nearest element with twice the block's words, and the nearest one with eight times as many."""
        at, near = element, None
        masses = self.masses
        while at.parent is not None and (near is None or masses[at.index] < 8 * words):
            if near is None and masses[at.index] >= 2 * words:
                near = at
            at = at.parent
        return near or at, at

    def _headings(self, said: Sequence[int]) -> list[int]:
        """For each block what the last heading before it said, if it stands within the ten blocks before."""
        headed: list[int] = []
        latest, at = 0, -99
        for i, (block, words, head, phrases) in enumerate(zip(self.blocks, self.sizes, self.heads, said, strict=True)):
            headed.append(latest if i - at <= 10 else 0)
            if head or (words <= _FEW and phrases):
                latest, at = phrases, i
            elif words > _MANY and not block.linked:
                latest = 0
        return headed

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
