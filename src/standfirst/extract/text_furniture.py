"""Furniture of page text that is told by what it says and by where it stands: rules over the learnt scores.

The scores see each line with its neighbours; these rules see what spans many lines: that the article has ended, that a
title opens a list of links, that a name at the top signs a biography at the bottom.
"""

from __future__ import annotations

import re
from collections import Counter

from standfirst.extract.features import Reading
from standfirst.extract.phrases import BIT
from standfirst.extract.text_standfirst import caption
from standfirst.text import content_words, squeeze

EVEN = 0.01
"""The score of a line that a rule takes in."""
OUT = -9.0
"""The score of a line that a rule takes out."""
# A line that ends articles: what follows is never body. In the languages of the learning pages.
_END = re.compile(
    r"^\W*(?:most (?:read|popular|viewed|shared)|comments?|about the authors?|(?:editor.?s|staff|our) picks?|"
    r"related(?: (?:articles?|stories|topics|links))?|more (?:stories|from)\b.{0,40}|recommended(?: for you)?|"
    r"you (?:may|might) also like|meist ?gelesen|am meisten gelesen|kommentare?|das könnte sie auch interessieren|"
    r"les plus lus|les plus consultés|commentaires?|lo más (?:leído|visto)|comentarios?|i più letti|commenti)"
    r"\W*(?:\(?\d+\)?)?\W*$",
    re.I,
)
_LINKS = re.compile(
    r"^\W*(?:read (?:more|next|also)|see also|more on this(?: story)?|also read|related|mehr zum thema|lesen sie auch|"
    r"(?:à )?lire aussi|sur le même sujet|(?:lea|lee) también|leggi anche|per approfondire)\W*$",
    re.I,
)
_BY = re.compile(r"^(?:by|von|par|por|di|text:)\s+([^,|•]{4,60}?)(?:,.*|\s*[|•].*)?$", re.I)


_NAMED = re.compile(
    r"^((?:[A-ZÀ-Þ][\w’'.-]+ ){2,4})(?:is|writes|covers|reports|teaches|has|works|est|écrit|enseigne|es|escribe|"
    r"trabaja|ist|schreibt|arbeitet|lehrt|è|scrive|insegna)\b"
)
_NOTE = re.compile(
    r"^\W*(?:(?:this|the) (?:online |earlier |original |print )*(?:article|story|report|version|interview|column)\b"
    r".{0,70}\b(?:corrects?|corrected|amended|updated|misstated|misspelled)\b|corrections?:|corrected\b|"
    r"(?:an?|this) (?:earlier|previous) version of|la (?:première|précédente) version d|"
    r"une (?:première|précédente) version|in einer (?:früheren|ersten) (?:fassung|version)|"
    r"(?:una|la) (?:primera )?versión anterior|(?:una|la) (?:precedente|prima) versione)",
    re.I,
)
_OFFER = re.compile(
    r"\bbecome a (?:supporter|member|subscriber|patron)|\b(?:it.s|is|are) free\b.{0,4}$|by text message|"
    r"\bshould reach us\b|\bwrite to (?:us|the \S+ desk)|\bour (?:\S+ )?(?:newsletter|letter|bulletin|briefing)\b|"
    r"\b(?:add|leave) your (?:e-?mail )?address|help us (?:to )?keep|support our (?:work|journalism)|"
    r"picks? every (?:mon|tues|wednes|thurs|fri|satur|sun)day|\binscrivez-vous|\bnotre lettre\b|\bunser brief\b|"
    r"\bnuestra carta\b|\bnuestro boletín|\bla nostra lettera\b",
    re.I,
)


def _head(reading: Reading) -> int:
    headline = reading.headline
    return headline.block.index if headline is not None and headline.block is not None else 0


_LAST_NAME = re.compile(r"[a-zà-ÿ’'.,)] ((?:[A-ZÀ-Þ][\w’'-]+ ){1,2}[A-ZÀ-Þ][\w’'-]+)$")


def _credited(text: str, told_of: str) -> bool:
    """Whether the line ends, without a full stop, in the name of somebody of whom the article does not speak."""
    match = _LAST_NAME.search(text)
    return match is not None and squeeze(match[1]) not in told_of


def _biography(text: str, told_of: str) -> bool:
    """Whether the line says what somebody does of whom the article does not speak."""
    match = _NAMED.match(text)
    return match is not None and squeeze(match[1].split()[-1]) not in told_of


def without_furniture(reading: Reading, scores: list[float]) -> list[float]:
    """The scores, with `OUT` for the lines that a rule tells as furniture."""
    blocks, sizes = reading.document.blocks, reading.sheet.sizes
    head = _head(reading)
    strong = reading.paragraphs(scores, head)
    total = sum(sizes[i] for i in strong)
    out = list(scores)
    authors = _authors(reading, head)
    told_of = squeeze(" ".join(blocks[i].text for i in strong if sizes[i] > 25))
    before, links, ended = 0, 0, False
    for i, block in enumerate(blocks):
        text, size = block.text, sizes[i]
        told = int(reading.sheet.values[i][7])  # type: ignore[call-overload]
        if i <= head:
            continue
        late = before >= 0.8 * total > 0
        if late and size < 10 and (_END.match(text) or (told & BIT["updated"] and told & BIT["date"])):
            ended = True
        if _LINKS.match(text):
            links = 8
        elif links and 3 <= size < 18 and not text.endswith("."):
            links -= 1
            out[i] = OUT
        else:
            links = 0
        flat = squeeze(text)
        signs = late and size < 45 and (any(flat.startswith(author) for author in authors) or _biography(text, told_of))
        noted = late and size < 80 and _NOTE.search(text)
        credited = scores[i] < 2 and 8 <= size < 30 and _credited(text, told_of)
        if (
            ended
            or signs
            or noted
            or credited
            or (size < 35 and (_OFFER.search(text) or _says_furniture(reading, i, told)))
        ):
            out[i] = OUT
        if scores[i] > 0 and size > 12:
            before += size
    return out


DOUBTED = -3.2
"""Log-odds from which whole sentences among the article's lines are body where nothing says that they are furniture."""
DOUBTED_SHORT = -2.7
"""The same of a short line between two lines of the body: a question of an interview, a heading."""
DOUBTED_BESIDE = -1.8
"""The same of sentences that stand next to a long line of the body, whatever they speak of."""
DOUBTED_ALONE = -1.0
"""The same of sentences, wherever they stand and whatever they speak of."""
DOUBTED_NEAR = -2.0
"""The same of a short line with the body on one side, and a caption or an advertisement on the other."""
SHARED = 0.2
"""Share of its words that such a line has in common with the article: teasers and notices speak of something else."""
_TELLS = (
    BIT["signup"] | BIT["consent"] | BIT["rights"] | BIT["readmore"] | BIT["credit"] | BIT["affiliate"] | BIT["note"]
    | BIT["biography"] | BIT["contact"] | BIT["advert"]
)  # fmt: skip


def with_prose(reading: Reading, scores: list[float]) -> list[float]:
    """The scores, even odds for sentences that speak of the article's matter, and lines between them."""
    blocks, sheet = reading.document.blocks, reading.sheet
    head = _head(reading)
    strong = reading.paragraphs(scores, head)
    out = list(scores)
    if not strong:
        return out
    content = [content_words(block.words) for block in blocks]
    held = Counter(word for i in strong for word in content[i])
    last = min(strong[-1] + 7, len(blocks))
    for i in range(head + 1, last):
        text, size, told = blocks[i].text, sheet.sizes[i], int(sheet.values[i][7])  # type: ignore[call-overload]
        sentences = size >= 40 or (size >= 12 and text[-1] in '.!?”"’»)')
        if not DOUBTED < scores[i] <= 0 or not sentences or told & _TELLS:
            continue
        shared = sum(held[word] > (i in strong) for word in content[i])
        near = (
            shared >= SHARED * len(content[i])
            or scores[i] > DOUBTED_ALONE
            or (scores[i] > DOUBTED_BESIDE and _beside(sheet.sizes, strong, i))
        )
        if near and (size > 45 or caption(blocks, sheet.values, i) in ("no", "credited")):
            out[i] = EVEN
    kept = {i for i in range(head + 1, len(blocks)) if out[i] > 0}
    for i in range(head + 2, last):
        short = sheet.sizes[i] < 10 and not sheet.values[i][7] and blocks[i].element.tag != "li"
        if not short or not DOUBTED_SHORT < out[i] <= 0 or caption(blocks, sheet.values, i) != "no":
            continue
        both = i - 1 in kept and i + 1 in kept
        before, after = kept.intersection(range(i - 4, i)), kept.intersection(range(i + 1, i + 5))
        if both or (out[i] > DOUBTED_NEAR and before and after and (i - 1 in kept or i + 1 in kept)):
            out[i] = EVEN
    return out


def _beside(sizes: list[int], strong: list[int], i: int) -> bool:
    """Whether the long line before or after is one of the body."""
    before = next((k for k in range(i - 1, -1, -1) if sizes[k] >= 20), -1)
    after = next((k for k in range(i + 1, len(sizes)) if sizes[k] >= 20), -1)
    return before in strong or after in strong


def _says_furniture(reading: Reading, i: int, told: int) -> bool:
    """Whether a line of few words is a caption or a sign-up by its wording."""
    return caption(reading.document.blocks, reading.sheet.values, i) == "twice" or bool(told & BIT["signup"])


def _authors(reading: Reading, head: int) -> list[str]:
    """Names of the authors that the lines after the headline give, squeezed."""
    found = []
    for block in reading.document.blocks[head + 1 : head + 8]:
        if match := _BY.match(block.text):
            found += [squeeze(name) for name in re.split(r"\s+(?:and|und|et|y|e)\s+", match[1])]
    return [name for name in found if len(name) > 5]
