"""Quotations within quotations, whose single marks the NewsArticles table turned into double ones."""

from __future__ import annotations

import re

# What closes a quotation within a quotation after an s could have been an apostrophe.
_AFTER_S = re.compile(r"""(?<=[ (])"([A-Za-z][^"'.?!\n]{2,30}s)'(?= (?!matters|minds)[a-z])""")
# American pages set single marks within double ones; TASS sets double marks in both places.
SINGLE = frozenset({"huffingtonpost.com", "abcnews.go.com"})
_MARK = re.compile(r'"')
_BEFORE_OPENING = " ([-—/'"
# A mark that opens, one pair and more within, and one that closes, which a stop before it says.
_WITHIN = re.compile(r"(?<!O)O((?:OC)+)C(?!C)")
_SPOKEN = re.compile(r'[,.?!-]"$')
# Letters. Of 60 found, two were marks lost elsewhere: one was long and began in mid-sentence, one had a verb of saying.
_LONGEST_PHRASE = 250
_SAYS = re.compile(r"[^\"]{0,3}\b(?:he|she|they) (?:said|told|wrote|added)\b")
# A mark in a third quotation, or one that ends a line of the page: `"minister" Can't call her Susan`.
_DOUBTFUL = re.compile(r"'|(?<=\w\") [A-Z]")


def mend_closings(text: str) -> tuple[str, int]:
    """The marks that close a quotation within a quotation after an s, and how many there were."""
    count = 0

    def close(match: re.Match[str]) -> str:
        nonlocal count
        if text.count('"', text.rfind("\n", 0, match.start()) + 1, match.start()) % 2 == 0:
            return match.group()
        count += 1
        return f'"{match.group(1)}"'

    return _AFTER_S.sub(close, text), count


def mend_nested(text: str) -> tuple[str, int]:
    """Single marks for the pairs within a quotation, paragraph by paragraph, and how many pairs there were.

    >>> mend_nested('"I hope "femme" will help," she said.')
    ('"I hope \\'femme\\' will help," she said.', 1)
    """
    paragraphs = [_single(paragraph) for paragraph in re.split(r"(\s{3,}|\n\n)", text)]
    return "".join(made for made, _ in paragraphs), sum(count for _, count in paragraphs)


def _single(text: str) -> tuple[str, int]:
    places = [mark.start() for mark in _MARK.finditer(text)]
    if len(places) < 4:
        return text, 0
    kinds = "".join("O" if _opens(text, place) else "C" for place in places)
    letters, count = list(text), 0
    for run in _WITHIN.finditer(kinds):
        first, *inner, last = places[run.start() : run.end()]
        phrase = text[first + 1].islower() and last - first > _LONGEST_PHRASE
        spoken = _SPOKEN.search(text, 0, last + 1)
        doubt = any(_SAYS.match(text, end + 1) or _DOUBTFUL.match(text, end + 1) for end in inner[1::2])
        if phrase or not spoken or doubt:
            continue
        for place in inner:
            letters[place] = "'"
        count += len(inner) // 2
    return "".join(letters), count


def _opens(text: str, place: int) -> bool:
    before, after = text[place - 1 : place], text[place + 1 : place + 2]
    return (not before or before in _BEFORE_OPENING) and bool(after.strip())
