"""The standfirst of page text: which line about the headline it is, told by layout, wording and what the body says.

A page's text has no class names and no description. What tells a standfirst from a first paragraph there: a byline, a
date or a caption stands between it and the body; the body says it again in other words, and names in full whom it
named; it is shorter than the body's paragraphs, and gives neither a dateline nor a source.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from standfirst.extract import furniture, text_dateline
from standfirst.extract.features import Reading, size, start_of
from standfirst.extract.phrases import BIT
from standfirst.extract.tree import Block, Document
from standfirst.text import content_words, words

SLOTS = (
    "score", "next", "prose_order", "above", "kept", "titled", "place", "body_opens", "english",
    "title_like", "clause", "after", "prior", "taken_up", "speaks", "asked", "numbers", "asks", "sentence",
    "then", "named", "days",
)  # fmt: skip
MOST_WORDS = 130
_SENTENCE = re.compile(r"[.!?…。！？।]+[\"”»’)]*(?:\s|$)")
_SPEAKS = re.compile(
    r"\b(?:I|we|my|our|you|your|ich|wir|mein\w*|unser\w*|je|nous|mon|notre|vous|votre|yo|nosotros|mi|nuestr\w*|io|noi|"
    r"mio|nostr\w*)\b"
)
"""Writer and readers."""
_NUMBER = re.compile(r"\d+")


def candidates(reading: Reading, scores: list[float]) -> list[int]:
    """Indices of the lines that may be (part of) a standfirst."""
    sizes, blocks, headline = reading.sheet.sizes, reading.document.blocks, reading.headline
    head = headline.block.index if headline is not None and headline.block is not None else 0
    strong = reading.paragraphs(scores, head)
    first = strong[0] if strong else min(head + 20, len(blocks))
    last = strong[min(2, len(strong) - 1)] if strong else first
    near = [*range(max(0, head - 2), min(head + 25, last + 2)), *range(max(0, head - 2, first - 12), last + 2)]
    title = content_words(words(headline.text)) if headline is not None else set()
    # A report that opens with a dateline begins there: a standfirst stands before it.
    report = next(
        (i for i in range(head + 1, min(last + 2, len(blocks))) if _has_dateline(blocks[i].text)), len(blocks)
    )
    return [
        i
        for i in sorted(set(near))
        if i < report
        and i != head
        and i < len(sizes)
        and 3 <= sizes[i] <= MOST_WORDS
        and not _no_standfirst(reading, title, i)
    ]


def _no_standfirst(reading: Reading, title: set[str], i: int) -> bool:
    """Whether the line is plainly something else: furniture by its wording, a caption, the headline once more."""
    blocks, values = reading.document.blocks, reading.sheet.values
    told = int(values[i][7])  # type: ignore[call-overload]
    if told & _NEVER or (told & BIT["date"] and reading.sheet.sizes[i] < 14):
        return True
    text = blocks[i].text
    if caption(blocks, values, i) in ("ends", "twice") or _has_dateline(text) or _OTHER.search(text):
        return True
    mine = content_words(blocks[i].words)
    both = len(mine & title)
    again = len(title) >= 3 and both >= 0.8 * len(title) and len(mine) <= 2 * len(title)  # with a kicker before it
    return len(mine) >= 3 and (both >= 0.65 * len(mine) or again)


def _has_dateline(text: str) -> bool:
    """Whether the line opens with a dateline, by which a report's first paragraph is known."""
    return text_dateline.opens_with(text) or furniture.without_dateline(text) != text


def describe(reading: Reading, scores: list[float], chosen: list[int]) -> list[tuple[object, ...]]:
    """The values of each candidate."""
    blocks, sheet, headline = reading.document.blocks, reading.sheet, reading.headline
    sizes, values = sheet.sizes, sheet.values
    head = headline.block.index if headline is not None and headline.block is not None else 0
    body = [i for i, z in enumerate(scores) if z > 0 and i > head]
    strong = [i for i in body if sizes[i] > 12]
    held = {i: content_words(blocks[i].words) for i in {*chosen, *strong[:8]}}
    title = content_words(words(headline.text)) if headline is not None else set()
    english = _english([blocks[i].text for i in strong[:6]])
    order = prose = 0
    rows: list[tuple[object, ...]] = []
    for i in chosen:
        text, mine = blocks[i].text, held[i]
        if i > head and sizes[i] >= 6:
            order += 1
            prose += text[-1] in '.!?…。！？।"”»’)' and sizes[i] >= 12
        following = [k for k in strong if k > i]
        after = following[0] if following else -1
        place = "above" if i < head else "first" if strong and i == strong[0] else "before" if after >= 0 and (
            i < strong[0]) else "later"  # fmt: skip
        gap = min(after - i - 1, 4) if after >= 0 else 5
        near = following[:6]
        kept = _share(mine, set().union(*(held[k] for k in near if k in held))) if near else -1
        stems = {word[:STEM] for word in mine}
        again = stems & {word[:STEM] for word in held.get(after, ())}
        asked = sum(
            blocks[k].text.rstrip(_CLOSERS).endswith(("?", "？")) for k in range(i + 1, min(i + 9, len(blocks)))
        )
        clause = match[1] if (match := _CLAUSE.match(text)) else "no"
        prior = _kind(blocks, values, i - 1, head) if i else "start"
        then = _kind(blocks, values, i + 1, head) if i + 1 < len(blocks) else "end"
        rows.append((
            f"{_clip(scores[i])}:{place}",
            _clip(scores[i + 1]) if i + 1 < len(scores) else "none",
            f"{min(prose, 4)}:{place}",
            min(i - head - 1, 6) if i > head else -1,
            f"{kept}:{place}",
            _share(mine, title),
            f"{place}:{order == 1}:{gap}",
            f"{place}:{_opens(blocks, values, after)}",
            f"{english}:{place}",
            f"{_TITLE.match(text) is not None}:{text[-1] in '.!?'}:{place}",
            f"{clause}:{place}",
            f"{_step(sizes[after]) if after >= 0 else -1}:{place}",
            f"{prior}:{place}",
            f"{6 * len(again) // max(len(stems), 1)}:{place}",
            f"{_SPEAKS.search(text) is not None}:{place}",
            f"{min(asked, 3)}:{place}",
            f"{min(len(_NUMBER.findall(text)), 2)}:{place}",
            f"{'?' in text}:{place}",
            f"{min(sizes[i] // max(len(_SENTENCE.findall(text)), 1) // 6, 6)}:{place}",
            f"{then}:{place}",
            f"{_names_anew(blocks[after].text, text) if after >= 0 else 'none'}:{place}",
            f"{text_dateline.names_day(text)}:{after >= 0 and text_dateline.names_day(blocks[after].text)}:{place}",
        ))  # fmt: skip
    return rows


def _names_anew(opening: str, text: str) -> bool:
    """Whether a paragraph opens with a name in full that the line before it does not give."""
    name = _FULL_NAME.match(opening)
    return name is not None and name[0] not in text


def _kind(blocks: list[Block], values: list[tuple[object, ...]], i: int, head: int) -> str:
    """What kind of line stands there: the headline, a byline or date, a caption, an item, a label or prose."""
    block, told = blocks[i], int(values[i][7])  # type: ignore[call-overload]
    if i == head:
        return "head"
    if told & _SIGNED:
        return "signed"
    if told & BIT["follow"]:
        return "share"
    if told & BIT["credit"] or caption(blocks, values, i) != "no":
        return "caption"
    if block.element.tag == "li":
        return "list"
    return "short" if size(block.text) < 7 else "prose" if block.text[-1] in '.!?…。"”»' else "line"


def caption(blocks: list[Block], values: list[tuple[object, ...]], i: int) -> str:
    """Whether a line ends in a credit, stands before a line that is one, or says what a line beside it says."""
    text = blocks[i].text
    after = blocks[i + 1].text if i + 1 < len(blocks) else ""
    if after and (text.endswith(after) or text == after or (i and blocks[i - 1].text == text)):
        return "twice"
    if _CREDIT.search(text[-90:]):
        return "ends"
    told = int(values[i + 1][7]) if after else 0  # type: ignore[call-overload]
    if told & BIT["credit"] and len(after) < 90:
        return "credited"
    return "no"


_CREDIT = re.compile(
    r"©|copyright|\(c\)|\bfotos?\b|\bphoto(?:graph)?s?\b|\bbilde?\b|\bimages?\b|\bcredits?:|"
    r"(?:photo|image|picture)\w* credit|getty|reuters|\bafp\b|"
    r"(?<!\()\bap\b|/ ?\w+$|shutterstock|imago|\bpictured\b|"
    r"\bpictures?(?: by\b|\W*(?:[:/]|$))|handout|courtesy|фото|写真|撮影|droits réservés|crédit|archiv",
    re.I,
)


# A line that opens with a label, as "Analysis: ...", and one that opens with a clause before a colon or a dash.
_TITLE = re.compile(r"^[^.!?]{3,45}\s?: \S")
_CLAUSE = re.compile(r"^[a-z]{4,}(?: [a-z]+)*(?:/\w+)?\s?([:(–—]|-\s)", re.I)
_OTHER = re.compile(
    r"^\W*(?:above|below|pictured|from left|left|right|file)\b.{0,12}[:,]|^\W*(?:chat|talk) with us|会員|登録|ログイン|"
    r"マイページ|^\W*find out what['’]s happening\b|^\W*share this\b|\btop headlines\b",
    re.I,
)
"""Lines that are never a standfirst: captions that say where they point, invitations."""
_NEVER = (
    BIT["advert"] | BIT["affiliate"] | BIT["biography"] | BIT["byline"] | BIT["comment"] | BIT["consent"]
    | BIT["contact"] | BIT["note"] | BIT["play"] | BIT["readmore"] | BIT["rights"] | BIT["signup"] | BIT["updated"]
    | BIT["minutes"]
)  # fmt: skip
"""What no standfirst of the 158 measured page texts says."""
_SIGNED = BIT["byline"] | BIT["date"] | BIT["updated"] | BIT["minutes"]
_FULL_NAME = re.compile(r"(?:[A-ZÀ-Þ][\w.’'-]*\s){1,3}[A-ZÀ-Þ][\w’'-]+")
_CLOSERS = '»" ”'
STEM = 5
"""Letters by which two words are told to be one: they differ in their endings."""
_STEPS = (5, 9, 14, 19, 25, 32, 40, 55, 75)


def _step(size: int) -> int:
    return sum(size > step for step in _STEPS)


def _clip(score: float) -> int:
    return max(-4, min(4, round(score / 1.5)))


def _share(mine: set[str], other: set[str]) -> int:
    """Share of the line's words that the other holds, in sixths; -1 where it has fewer than three."""
    return int(6 * len(mine & other) / len(mine)) if len(mine) >= 3 and other else -1


def _opens(blocks: list[Block], values: list[tuple[object, ...]], after: int) -> str:
    """How the first line of the body after a candidate opens."""
    if after < 0:
        return "none"
    told = int(values[after][7])  # type: ignore[call-overload]
    return "dateline" if told & BIT["dateline"] or _has_dateline(blocks[after].text) else start_of(blocks[after].text)


_ENGLISH = re.compile(r"\b(?:the|of|and|to|in|that|is|was|for|on)\b", re.I)


def _english(texts: Sequence[str]) -> bool:
    whole = " ".join(texts)
    return len(_ENGLISH.findall(whole)) > 0.12 * (whole.count(" ") + 1)


def pick(document: Document, chosen: list[int], scores: list[float]) -> tuple[list[int], float]:
    """Indices of the lines that make up the standfirst, and its score; none where no score is above `MARGIN`.

    Of two lines in a row that may each be it, the first is: the other is the body's.
    """
    if not chosen:
        return [], -9.0
    best = max(range(len(chosen)), key=scores.__getitem__)
    if scores[best] <= MARGIN:
        return [], scores[best]
    known = dict(zip(chosen, scores, strict=True))
    first = chosen[best]
    while known.get(first - 1, MARGIN) > MARGIN:
        first -= 1
    picked = [first]
    for step in (1, -1):
        at = first + step
        while at in known and _goes_with(document.blocks[at], document.blocks[at - step], known[at] - known[first]):
            picked.append(at)
            at += step
    return sorted(picked), known[first]


def _goes_with(block: Block, beside: Block, behind: float) -> bool:
    """Whether a line is a part of the standfirst that the line beside it belongs to, scoring `behind` the best one.

    Parts are points of one list, lines of one group, or short sentences that each stand by themselves: a paragraph of
    several is the body's.
    """
    if block.element.tag != beside.element.tag:
        return False
    if block.element.parent is beside.element.parent:
        return behind > (-6.0 if block.element.tag == "li" else -1.0)
    return behind > -3.0 and all(len(b.text) < SHORT and not _INNER_STOP.search(b.text) for b in (block, beside))


_INNER_STOP = re.compile(r"[.!?…]\W*\s+\w")
"""The end of a sentence after which another begins."""


SHORT = 200
"""Characters that a part of a standfirst in paragraphs of its own has at most."""
MARGIN = 0.0
"""Log-odds over "none" that a standfirst needs: it is to be likelier than none."""
