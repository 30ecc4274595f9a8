"""What stands in a body's blocks and is none of it: lines that lead elsewhere, times, datelines, the standfirst again.

The learnt scores tell blocks by their names, places and neighbours; these few rules tell what is the same on every
page.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from standfirst.extract import phrases
from standfirst.extract.tree import LINK, STRONG, Block, Element
from standfirst.extract.vocabulary import BIT
from standfirst.text import squeeze

_CLOCK = re.compile(r"\W*\d{1,2}[:.h]\d{2}(?:\s?(?:[ap]\.?\s?m\.?|uhr|[A-Z]{2,4}))?\W*", re.I)
_LONGEST_LINE = 200  # characters of a line that leads to another article
# PLACE[, day] (Agency) - ...; PLACE, day (Agency) ...; PLACE (Agency) -- ...
_DATELINE = re.compile(
    r"[A-ZÀ-ÞŁŚŻ][A-ZÀ-ÞŁŚŻ'’. /-]{2,40}(?:, [\w .]{2,30}?)?\s?\([A-ZÀ-Þ][\w ./&’'-]{1,40}\)\s?(?:—|–|--?|:)\s+"
)
_CALLS = BIT["signup"] | BIT["promo"]
_ASIDE = BIT["caption"] | BIT["comments"]
_TEXT = BIT["body"] | BIT["article"]
BOX_DEPTH = 3
"""How far up from a block its box is looked for: the block's own element, and two around it."""
SMALL = 60
"""Words in a sign-up or promotion, at most; where more stand in a box of that name, the box is the article's."""
_STOP = frozenset(".!?…。！？")
_CLOSERS = frozenset("\"'”’»)")
LABEL = 6
"""Words that the label of a box of links has at most."""
LEAST = 6
"""Words of a standfirst that is looked for inside paragraphs; a shorter one may be anybody's words."""


def leads_elsewhere(block: Block, said: int) -> bool:
    """Whether the block is a line that leads to another article: a call to read on, or a label and a link.

    A label is set in bold or italics and has two words or more; the link has three or more; nothing else is there. A
    line of four words or more that is one link, and is set in capitals or ends like a title, leads elsewhere too.
    `said` are the phrases of the block (`phrases.said`).
    """
    if not block.linked:
        return False
    text = block.text
    calls = said & phrases.BIT["readmore"] > 0
    if len(text) > _LONGEST_LINE:
        return calls and block.linked > 0.6 * len(text)
    if calls:
        return True
    if block.linked >= 0.97 * len(text) and text.count(" ") >= 3 and (text.isupper() or text[-1] not in _STOP):
        return True
    label = rest = 0
    longest = 0
    for piece, look in zip(block.pieces, block.looks, strict=True):
        count = len(piece.split())
        if look & LINK:
            longest = max(longest, count)
        elif look & STRONG:
            label += count
        else:
            rest += count
    return label >= 2 and longest >= 3 and not rest


def heads_links(block: Block, after: Block | None) -> bool:
    """Whether the block is the label of a box of related links: few words, no full stop, and a link right below."""
    around = block.element.parent
    return (
        after is not None
        and around is not None
        and after.element.parent is around
        and bool(around.masks & BIT["related"])
        and block.text.count(" ") < LABEL
        and block.text[-1] not in _STOP
        and after.text[-1] not in _STOP
        and after.linked >= 0.97 * len(after.text)
    )


def without_popups(block: Block) -> str:
    """The block's text without what opens over a linked name: the name again, in a link too, and the links after it.

    Pages hide such boxes (of a person's other articles, say) until a reader points at the name. In the box the name may
    be longer, its last word is the same, and nothing stands between the two, as a space or line does between names.
    """
    if not block.linked:
        return block.text
    kept: list[str] = []
    name, inside = "", False
    for piece, look in zip(block.pieces, block.looks, strict=True):
        words = " ".join(piece.split())
        if not (words and look & LINK):
            name = ""
            inside = inside and not words
            kept.append(piece)
        elif inside or words.split()[-1] == name:
            inside = True
        else:
            name = words.split()[-1]
            kept.append(piece)
    return " ".join("".join(kept).split())


def in_small_box(block: Block, masses: Mapping[int, int]) -> bool:
    """Whether the block stands in a sign-up, promotion, caption or list of comments.

    These are boxes of that name with few words of the body so far; a caption's or comments' name stands on the block
    or on the element around it. `masses` are the words of likely body in each element, by its index.
    """
    element: Element | None = block.element
    for depth in range(BOX_DEPTH):
        if element is None or element.masks & _TEXT:
            return False
        if element.masks & (_CALLS | _ASIDE if depth < 2 else _CALLS) and masses.get(element.index, 0) <= SMALL:
            return True
        element = element.parent
    return False


def is_clock(text: str) -> bool:
    """Whether the text is a time of day and nothing else, as live pages set above each entry.

    >>> is_clock("13:48"), is_clock("6.30 pm"), is_clock("At 13:48")
    (True, True, False)
    """
    return len(text) < 16 and _CLOCK.fullmatch(text) is not None


def without_dateline(text: str) -> str:
    """The paragraph without an agency's dateline at its start: a place in capitals and the agency in brackets.

    >>> without_dateline("OXLODE, 14 May (Tern) - A carved oak seat was cut down.")
    'A carved oak seat was cut down.'
    """
    return text[found.end() :] if (found := _DATELINE.match(text)) else text


def without_standfirst(text: str, wanted: str) -> str:
    """The paragraph without the sentences that say the standfirst once more, letter for letter.

    `wanted` is the standfirst squeezed. The text is unchanged where it holds the standfirst as a part of a sentence.

    >>> without_standfirst("It rains. Tea is drunk. Cups fill.", "teaisdrunk")
    'It rains. Cups fill.'
    """
    letters = [squeeze(character) for character in text]
    ends: list[int] = []
    total = 0
    for letter in letters:
        total += len(letter)
        ends.append(total)
    at = "".join(letters).find(wanted)
    if at < 0:
        return text
    start = next(i for i, end in enumerate(ends) if end > at)
    stop = next(i for i, end in enumerate(ends) if end >= at + len(wanted)) + 1
    while stop < len(text) and (text[stop] in _STOP or text[stop] in _CLOSERS):
        stop += 1
    while start and not text[start - 1].isspace():
        start -= 1
    before, behind = text[:start].rstrip(), text[stop:].lstrip()
    if before and before.rstrip("".join(_CLOSERS))[-1:] not in _STOP:
        return text
    if behind and text[stop - 1] not in _STOP and text[stop - 1] not in _CLOSERS:
        return text
    return f"{before} {behind}".strip()
