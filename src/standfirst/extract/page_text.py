"""From the text of a page to its fields: lines are blocks, and what HTML would tell is read from layout and wording."""

from __future__ import annotations

import re
from itertools import pairwise

from standfirst.extract.headline import Headline
from standfirst.extract.tree import Block, Document, Element

_BULLET = re.compile(r"^\s*(?:[•*+·▪◦‣●–-]|\d{1,2}\.)\s+")


# What a line ends with that was broken inside a word: a hyphen, or a character of a script without spaces.
_SOLID = re.compile(r"\w-$|[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff、。，]$")


_BREAKS = re.compile(r"[ \u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]")


def lines_of(text: str) -> list[list[str]]:
    """Groups of lines, apart by blank lines, with wrapped lines joined.

    >>> lines_of("One\\ntwo\\n\\nThree")
    [['One', 'two'], ['Three']]
    """
    groups: list[list[str]] = []
    group: list[str] = []
    for line in text.splitlines():
        if line.strip():
            group.append(line.rstrip())
        elif group:
            groups.append(group)
            group = []
    if group:
        groups.append(group)
    width = _wrap_width(groups)
    return [_unwrapped(group, width) for group in groups] if width else groups


def _wrap_width(groups: list[list[str]]) -> int:
    """The width at which lines were broken, or 0 where they were not.

    Of wrapped text no line is longer than the width, and many are so long that the next line's first word had no room.
    """
    # A line without a space may be a word, or an address, that had to be longer.
    lengths = sorted(len(line) for group in groups for line in group if _BREAKS.search(line.strip()))
    if not lengths:
        return 0
    width, longest = (lengths[int(share * (len(lengths) - 1))] for share in (0.99, 0.997))
    if not 30 <= width <= 140 or longest > 1.5 * width:
        return 0
    pairs = [(line, after) for group in groups for line, after in pairwise(group)]
    full = sum(_goes_on(line, after, width) for line, after in pairs)
    long = sum(len(line) > 0.6 * width for line, _ in pairs)
    return width if full >= 4 and full > 0.6 * long else 0


def _goes_on(line: str, after: str, width: int) -> bool:
    """Whether the line after is its continuation: its first word had no room any more."""
    return len(line) >= width or len(line) + 1 + len(after.split(maxsplit=1)[0]) > width


def _unwrapped(group: list[str], width: int) -> list[str]:
    """The group with every continuation joined to its line."""
    joined = [group[0].strip()]
    for line, after in pairwise(group):
        if _goes_on(line, after, width):
            joined[-1] += ("" if _SOLID.search(line) else " ") + after.strip()
        else:
            joined.append(after.strip())
    return joined


def read(text: str) -> Document:
    """The document of a page's text: a group of lines is an element, a line is a block, a bullet makes it an item."""
    document = Document()
    top = Element("body", None, 0)
    document.elements.append(top)
    for group in lines_of(text):
        around = Element("section" if len(group) > 1 else "div", top, len(document.elements))
        document.elements.append(around)
        for line in group:
            bullet = _BULLET.match(line)
            words = " ".join((line[bullet.end() :] if bullet else line).split())
            if words.strip("*•·-–—_=|"):
                element = Element("li" if bullet else "p", around, len(document.elements))
                document.elements.append(element)
                document.blocks.append(Block(element, words, len(document.blocks), [words], [0]))
    return document


def headline(document: Document) -> Headline | None:
    """The first line of three words or more."""
    for block in document.blocks:
        if len(block.text) > 8:
            return Headline(block.text, block, "first line", 0.9)
    return None
