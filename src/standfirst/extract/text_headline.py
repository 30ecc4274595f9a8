"""The headline of page text: one line among the first ones, chosen by what it says, where it stands and what follows.

No tag and no metadata tell it there. It is the line whose words come back in the prose after it, that has no prose
before it, and is followed by a standfirst, a byline or a date. The weights of the choice are learnt with those of the
other questions (`learning`).
"""

from __future__ import annotations

import re
from collections import Counter

from standfirst.extract.features import bucket, size, start_of
from standfirst.extract.headline import Headline
from standfirst.extract.model import Model, probability
from standfirst.extract.phrases import BIT, said
from standfirst.extract.tree import Document
from standfirst.text import content_words, squeeze

SLOTS = (
    "first", "index", "prose_before", "near_before", "gap", "dense", "length", "end", "start", "tag", "said_here",
    "kept", "most", "kept_next", "kept_prior", "repeats", "said_1", "said_2", "said_3", "said_prior", "size_next",
    "size_prior", "shape", "opens", "opens_far", "clean_before",
    "opens_menu", "opens_told", "signed", "signed_first", "alike",
)  # fmt: skip
PROSE = 25
"""Words from which a line that ends as a sentence counts as prose."""
MOST_WORDS = 40
SIGNED = 8
"""Lines after a headline, less one, among which a byline or a date is looked for."""
ALIKE = 0.6
"""Share of their words that a headline and the same headline in a list of links have in common, at least."""
# What the first lines of a whole page say, in the languages that pages are learnt from.
_MENU = re.compile(
    r"\b(?:skip|jump|navigation|accessib\w*|menu|menü|home|sign in|search|cookies?|newsletter|edition|https?|facebook|"
    r"springen|hauptinhalt|inhalt|contenu|contenido|contenuto|innhold\w*|innehåll\w*|içeriğe)\b|メニュー|本文",
    re.I,
)
_TELLS = BIT["byline"] | BIT["date"] | BIT["updated"] | BIT["minutes"]
OPENS = 3.0
"""Log-odds that a first line of four words gains that is no menu: a page is copied from its headline on more often."""
_ENDS = '.!?…。！？।"”»’)）'


def _prose(document: Document, sizes: list[int]) -> list[int]:
    """Indices of the lines that are prose; of the longer lines where there are none."""
    blocks = document.blocks
    found = [i for i, words in enumerate(sizes) if words >= PROSE and blocks[i].text[-1] in _ENDS]
    return found or [i for i, words in enumerate(sizes) if words >= PROSE // 2]


def candidates(document: Document) -> list[int]:
    """Indices of the lines that may be the headline: none after the sixth line of prose that follows others closely."""
    sizes = [size(block.text) for block in document.blocks]
    prose = _prose(document, sizes)
    close = [a for a, b in zip(prose, prose[2:], strict=False) if b - a < 15] or prose
    last = close[min(5, len(close) - 1)] if close else len(sizes)
    found = [i for i, words in enumerate(sizes[: last + 1]) if 2 <= words <= MOST_WORDS]
    return found or [i for i, words in enumerate(sizes) if words >= 2][:1]


def describe(document: Document, chosen: list[int]) -> list[tuple[object, ...]]:
    """The values of each candidate."""
    blocks = document.blocks
    sizes = [size(block.text) for block in blocks]
    prose = _prose(document, sizes)
    is_prose = set(prose)
    held = {i: set(blocks[i].words) for i in prose}
    flat = [squeeze(block.text) for block in blocks]
    counts = Counter(flat)
    kept = {i: _kept(document, i, prose, held) for j in chosen for i in (j - 1, j, j + 1) if 0 <= i < len(blocks)}
    most = max((kept[i] for i in chosen), default=0.0)
    # Whole pages open with a menu: many short lines.
    signs = [said(block.text) & _TELLS > 0 for block in blocks[: max(9, max(chosen, default=0) + SIGNED)]]
    told = any(signs[1:9])
    alike = _alike(document, chosen)
    menu = sum(words < 6 for words in sizes[:12])
    values: list[tuple[object, ...]] = []
    for i in chosen:
        text = blocks[i].text
        before = sum(at < i for at in prose)
        near = sum(at in is_prose for at in range(max(0, i - 12), i))
        gap = next((at - i for at in prose if at > i), 99)
        dense = next((a - i for a, b in zip(prose, prose[2:], strict=False) if a > i and b - a < 12), 99)
        after = [said(blocks[at].text) if at < len(blocks) else 0 for at in (i + 1, i + 2, i + 3)]
        length = bucket(sizes[i])
        signed = next((step for step in range(1, SIGNED) if any(signs[i + step : i + step + 1])), SIGNED)
        signed_before = any(signs[max(0, i - SIGNED + 1) : i])
        values.append((
            i == 0,
            min(i.bit_length(), 8),
            min(before.bit_length(), 5),
            min(near, 4),
            min(gap.bit_length(), 7),
            min(dense.bit_length(), 7),
            f"{length}",
            f"{text[-1] if text[-1] in '.!?:…' else 'none'}:{length > 4}",
            start_of(text),
            blocks[i].element.tag,
            said(text),
            round(6 * kept[i]),
            f"{kept[i] >= most > 0}:{near > 0}",
            round(4 * kept.get(i + 1, 0.0)),
            f"{round(4 * kept.get(i - 1, 0.0))}:{near > 0}",
            min(counts[flat[i]], 3),
            *after,
            said(blocks[i - 1].text) if i else 0,
            bucket(sizes[i + 1]) if i + 1 < len(blocks) else "none",
            bucket(sizes[i - 1]) if i else "none",
            f"{min(before, 1)}:{length}:{min(gap.bit_length(), 4)}",
            f"{i == 0}:{length}:{said(text) > 0}:{bool(_MENU.search(text))}",
            f"{i == 0}:{min(gap.bit_length(), 7)}",
            f"{min(i.bit_length(), 8)}:{menu // 2}",
            f"{i == 0}:{menu // 2}:{length > 2}",
            f"{i == 0}:{told}",
            signed,
            f"{i == 0}:{signed_before}:{signed}",
            alike[i],
        ))  # fmt: skip
    return values


def _alike(document: Document, chosen: list[int]) -> dict[int, int]:
    """How many other lines, to three, have most words of the candidate and few others; -1 where it has few words."""
    content = [content_words(block.words) for block in document.blocks]
    places: dict[str, list[int]] = {}
    for i, mine in enumerate(content):
        for word in mine:
            places.setdefault(word, []).append(i)
    found = {}
    for i in chosen:
        shared = Counter(at for word in content[i] for at in places[word] if at != i)
        size = len(content[i])
        same = sum(both >= ALIKE * max(size, len(content[at])) for at, both in shared.items())
        found[i] = min(same, 3) if size > 2 else -1
    return found


def _kept(document: Document, i: int, prose: list[int], held: dict[int, set[str]]) -> float:
    """Share of the line's words, those of few letters aside, that the twelve lines of prose after it hold, 0 to 1."""
    mine = content_words(document.blocks[i].words)
    near = [held[at] for at in prose if at > i][:12]
    return sum(any(word in other for other in near) for word in mine) / (len(mine) + 1) if near else 0.0


def choose(document: Document, model: Model | None) -> Headline | None:
    """The headline, or None where no line has two words; without a model the first line of three words or more."""
    if model is None:
        block = next((block for block in document.blocks if len(block.text) > 8), None)
        return Headline(block.text, block, "first line", 0.9) if block else None
    chosen = candidates(document)
    if not chosen:
        return None
    scores = [model.score(values) for values in describe(document, chosen)]
    opening = document.blocks[0].text
    if chosen[0] == 0 and size(opening) >= 4 and not _MENU.search(opening):
        scores[0] += OPENS
    best = max(range(len(chosen)), key=scores.__getitem__)
    block = document.blocks[chosen[best]]
    return Headline(block.text, block, "line", round(probability(scores[best]), 3))
