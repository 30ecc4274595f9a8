"""The displayed headline: the heading that best agrees with what the page's metadata call it."""

from __future__ import annotations

import re
from bisect import bisect
from dataclasses import dataclass

from standfirst.extract.metadata import Metadata
from standfirst.extract.tree import Block, Document, Element
from standfirst.extract.vocabulary import BIT
from standfirst.text import words

_APART = BIT["related"] | BIT["nav"] | BIT["consent"] | BIT["signup"] | BIT["ad"] | BIT["comments"]
_WORTH = {"h1": 1.0, "h2": 0.45, "h3": 0.1, "": 0.0}
"""What a heading's tag adds to a score, beside 2 where it agrees with the names in full."""
_CALLED = 0.2
"""What a name such as "headline" adds."""
LEAST = 0.3
"""A headline scores more."""
_SITE = re.compile(r"\s+[|\-–—·»:•]\s+|\s*[|·»_]\s*")


@dataclass(frozen=True, slots=True)
class Headline:
    """The headline's text, the block that shows it (None where only metadata hold it), where and how surely."""

    text: str
    block: Block | None
    found: str
    confidence: float


def _agreement(one: list[str], other: list[str]) -> float:
    """Token F1 of two texts, 0 to 1."""
    if not one or not other:
        return 0.0
    left: dict[str, int] = {}
    for word in one:
        left[word] = left.get(word, 0) + 1
    same = 0
    for word in other:
        if left.get(word, 0) > 0:
            left[word] -= 1
            same += 1
    return 2 * same / (len(one) + len(other))


def _variants(data: Metadata) -> list[list[str]]:
    """The names that metadata give the page, as words; a title with a separator also without its first or last part."""
    texts: dict[str, None] = {}
    for _, text in data.headlines:
        texts[text] = None
        pieces = _SITE.split(text)
        if 1 < len(pieces) < 6:
            texts[max(pieces, key=len)] = None
            texts[text[: text.rfind(pieces[-1])].rstrip(" |-–—·»:•_")] = None
            texts[text[text.find(pieces[1]) :]] = None
    found = {" ".join(w): w for text in list(texts)[:24] if (w := words(text[:400]))}
    return list(found.values())


def _heads(block: Block) -> str:
    """The tag of the heading that the block stands in, or an empty string."""
    element, steps = block.element, 0
    while element is not None and steps < 4:
        if element.tag in ("h1", "h2", "h3"):
            return element.tag
        element, steps = element.parent, steps + 1  # type: ignore[assignment]
    return ""


def _whole(document: Document, block: Block, names: list[list[str]]) -> str:
    """The block's text, or that of its whole h1 where this is nearer to what the metadata say."""
    heading: Element | None = block.element
    while heading is not None and heading.tag != "h1":
        heading = heading.parent
    if heading is None:
        return block.text
    parts = []
    for other in document.blocks[max(0, block.index - 3) : block.index + 4]:
        at: Element | None = other.element
        while at is not None and at is not heading:
            at = at.parent
        if at is heading:
            parts.append(other.text)
    if len(parts) == 1:  # the block itself
        return block.text
    whole = " ".join(parts)
    own, more = block.words, words(whole)
    gain = max((_agreement(more, n) for n in names), default=0.0) - max(
        (_agreement(own, n) for n in names), default=0.0
    )
    return whole if gain > 0.1 else block.text


def _score(block: Block, tag: str, names: list[list[str]], known: set[str], ones: int) -> float:
    """How likely the block is the headline; under `LEAST` where it is no h1 and says little of what the names say.

    `tag` is the heading that it stands in, `ones` how many h1 stand before it.
    """
    length, own = len(block.text), block.words
    called = bool(block.element.masks & BIT["headline"])
    if tag != "h1" and ((not tag and length < 12 and not called) or sum(map(known.__contains__, own)) < 0.6 * len(own)):
        return -9.0
    fit = max((_agreement(own, name) for name in names), default=0.0)
    if tag != "h1" and fit < 0.6:
        return -9.0
    score = 2.0 * fit + _WORTH[tag]
    if called:
        score += _CALLED
    score -= 0.3 * bool(block.element.within & _APART) + 1.0 * block.element.hidden
    score -= 0.5 * (block.linked > 0.8 * length) + 0.1 * min(ones, 4)
    if len(own) < 2:
        score -= 0.4
    return score


def choose(document: Document, data: Metadata) -> Headline | None:
    """The headline, or None where neither a heading nor the metadata name one."""
    names = _variants(data)
    known = {word for name in names for word in name}
    best: tuple[float, int, Block] | None = None
    ones: list[int] = []
    heads = [(_heads(block), block) for block in document.blocks if 3 <= len(block.text) <= 400]
    heads.sort(key=lambda head: head[0] != "h1")  # most pages have a headline in h1 that no other block can outdo
    for tag, block in heads:
        if best is None or best[0] <= 2.0 + _WORTH[tag] + _CALLED:
            score = _score(block, tag, names, known, bisect(ones, block.index))
            if score > LEAST and (best is None or (score, -block.index) > best[:2]):
                best = score, -block.index, block
        if tag == "h1":
            ones.append(block.index)
    if best is not None:
        score, _, block = best
        return Headline(
            _whole(document, block, names), block, _heads(block) or block.element.tag, min(1.0, max(0.05, score / 3))
        )
    for source, text in data.headlines:
        if source != "title":
            return Headline(text, None, source, 0.5)
    if document.title:
        return Headline(document.title, None, "title", 0.3)
    return None
