"""The displayed headline: the heading that best agrees with what the page's metadata call it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from standfirst.extract.metadata import Metadata
from standfirst.extract.tree import Block, Document, Element
from standfirst.extract.vocabulary import BIT
from standfirst.text import words

_APART = BIT["related"] | BIT["nav"] | BIT["consent"] | BIT["signup"] | BIT["ad"] | BIT["comments"]
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


def choose(document: Document, data: Metadata) -> Headline | None:
    """The headline, or None where neither a heading nor the metadata name one."""
    names = _variants(data)
    best: tuple[float, Block] | None = None
    ones = 0
    known = {word for name in names for word in name}
    for block in document.blocks:
        length = len(block.text)
        if not 3 <= length <= 400:
            continue
        tag = _heads(block)
        if not tag and length < 12 and not block.element.masks & BIT["headline"]:
            continue
        own = block.words
        if tag != "h1" and sum(map(known.__contains__, own)) < 0.6 * len(own):
            continue
        fit = max((_agreement(own, name) for name in names), default=0.0)
        if tag != "h1" and fit < 0.6:
            continue
        score = 2.0 * fit + {"h1": 1.0, "h2": 0.45, "h3": 0.1}.get(tag, 0.0)
        if block.element.masks & BIT["headline"]:
            score += 0.2
        score -= 0.3 * bool(block.element.within & _APART) + 1.0 * block.element.hidden
        score -= 0.5 * (block.linked > 0.8 * length) + 0.1 * min(ones, 4)
        ones += tag == "h1"
        if len(own) < 2:
            score -= 0.4
        if best is None or score > best[0]:
            best = (score, block)
    if best is not None and best[0] > 0.3:
        score, block = best
        return Headline(
            _whole(document, block, names), block, _heads(block) or block.element.tag, min(1.0, max(0.05, score / 3))
        )
    for source, text in data.headlines:
        if source != "title":
            return Headline(text, None, source, 0.5)
    if document.title:
        return Headline(document.title, None, "title", 0.3)
    return None
