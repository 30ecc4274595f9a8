"""From a page to its fields: the order of the steps, the same for HTML and for page text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from standfirst.extract import (
    body,
    candidates,
    context,
    features,
    furniture,
    kinds,
    metadata,
    page_text,
    phrases,
    standfirst,
    text_context,
    text_furniture,
    text_headline,
    text_standfirst,
    tree,
    vocabulary,
)
from standfirst.extract.dates import published
from standfirst.extract.features import Reading, size
from standfirst.extract.headline import Headline, choose
from standfirst.extract.language import language
from standfirst.extract.model import Model, probability, stored_weights
from standfirst.record import Fields, Reason
from standfirst.text import tidy

BITS = {
    **dict.fromkeys(("own", "near", "mid", "far", "own2"), vocabulary.NAMES),
    **dict.fromkeys(("said", "said2", "headed", "said_before", "said_after"), phrases.NAMES),
    **dict.fromkeys(("said_here", "said_1", "said_2", "said_3", "said_prior"), phrases.NAMES),
    "inside": features.INSIDE_NAMES,
    "inside2": features.INSIDE_NAMES,
}

LEAD = {"html": standfirst, "text": text_standfirst}
"""The module that tells the standfirst on pages of a kind."""
AMONG = {"html": context.SLOTS, "text": context.SLOTS + text_context.SLOTS}
"""The slots of a block among its neighbours, by kind of page."""


def among(reading: Reading, scores: list[float]) -> list[Sequence[object]]:
    """What is seen of each block among its neighbours: for each slot of `AMONG` the values of all blocks."""
    columns = context.describe(reading.document, reading.sheet, scores)
    if reading.kind == "text":
        columns += zip(*text_context.describe(reading, scores), strict=True)
    return columns


SHARES = {"html": (0.2, 0.3, 0.5), "text": (0.0, 0.0, 1.0)}
"""How much of a block's last score is its first, its second and its third one.

What is seen among neighbours feeds on itself: on a page of an unknown make one wrong score pulls down the next, and the
earlier scores hold against it. In page text, whose lines have no names, they do not help.
"""


RAISED = {"html": 0.4, "text": 0.0}
"""Log-odds by which the last scores are raised: on a site that nothing was learnt from they are lower all over.

A paragraph lost costs the body more than a line of something else, and a first paragraph that is not seen as body is
soon taken for a standfirst. On five draws of folds .4 is better than 0 for both; more takes in other texts.
"""


def blended(kind: str, looks: Sequence[Sequence[float]]) -> list[float]:
    """The last score of each block from those of the three looks, in `SHARES`, with `RAISED`."""
    (one, two, three), raised = SHARES[kind], RAISED[kind]
    return [one * a + two * b + three * c + raised for a, b, c in zip(*looks, strict=True)]


@dataclass(frozen=True, slots=True)
class Models:
    """The weights of the questions, ready to be asked."""

    alone: Model
    among: Model
    again: Model
    lead: Model
    head: Model | None = None
    """For page text alone: which line is the headline."""

    @classmethod
    def of(cls, stored: Mapping[str, Any], kind: str) -> Models:
        """The models of weights as a file of `weights/` stores them."""
        return cls(
            Model(features.LOCAL, BITS, stored["block"]),
            Model(AMONG[kind], BITS, stored["context"]),
            Model(AMONG[kind], BITS, stored["again"]),
            Model(LEAD[kind].SLOTS, BITS, stored["standfirst"]),
            Model(text_headline.SLOTS, BITS, stored["headline"]) if kind == "text" else None,
        )


@cache
def stored(kind: str) -> Models:
    """The models that the package brings for pages of a kind: html or text."""
    return Models.of(stored_weights(kind), kind)


def read_html(html: str | bytes) -> Reading:
    """One parse, one walk, metadata, headline, and what is seen of each block."""
    document = tree.read(html)
    data = metadata.gather(document)
    headline = choose(document, data)
    return Reading(document, data, headline, features.describe(document, data, headline))


def read_text(text: str, models: Models) -> Reading:
    """The same of a page's text, which has no metadata: its headline is chosen by a model."""
    document = page_text.read(text)
    return described_text(document, text_headline.choose(document, models.head))


def described_text(document: tree.Document, headline: Headline | None) -> Reading:
    """What is seen of each line of a page's text, with respect to its headline."""
    data = metadata.Metadata()
    return Reading(document, data, headline, features.describe(document, data, headline), "text")


def choose_fields(reading: Reading, models: Models, origin: Fields) -> Fields:
    """The fields of what was read; `origin` holds source, name, path and url.

    1. Every block is scored by itself (`features`), then twice more among its neighbours (`context`).
    2. The standfirst: the best of the blocks about the headline, or none (`standfirst`). What reads as one below it and
       is not chosen is scored by itself again.
    3. The body: all blocks above even odds that are neither headline nor standfirst, nor say the standfirst again.
    4. A page that is no article is refused (`kinds`); date and language are read.
    """
    document, sheet = reading.document, reading.sheet
    first = models.alone.scores(zip(*sheet.values, strict=True))
    second = models.among.scores(among(reading, first))
    third = models.again.scores(among(reading, second))
    scores = blended(reading.kind, (first, second, third))
    if reading.kind == "text":
        scores = text_furniture.without_furniture(reading, text_furniture.with_prose(reading, scores))
    lead = LEAD[reading.kind]
    able = lead.candidates(reading, scores)
    described = lead.describe(reading, scores, able)
    odds = [models.lead.score(values) for values in described]
    if reading.kind == "html":
        able, odds = candidates.without_openings(reading, scores, able, odds)
    chosen, sure = lead.pick(document, able, odds)
    if reading.kind == "html":
        for i in candidates.passed_over(reading, able, odds, chosen):
            scores[i] = max(scores[i], first[i])
    kept, paragraphs, changed = body.choose(reading, first, scores, chosen)
    return _fields(reading, _Choice(scores, chosen, sure, kept, paragraphs, changed), origin)


@dataclass(frozen=True, slots=True)
class _Choice:
    """What was chosen: blocks of standfirst and body by index, the body's paragraphs, what was taken out of it."""

    scores: list[float]
    lead: list[int]
    sure: float
    kept: list[int]
    paragraphs: list[str]
    changed: dict[str, int]


def _fields(reading: Reading, choice: _Choice, origin: Fields) -> Fields:
    document, data, headline, sizes = reading.document, reading.data, reading.headline, reading.sheet.sizes
    kept = choice.kept
    text = "\n\n".join(choice.paragraphs) or None
    where = f"{len(kept)} blocks"
    if text is None and headline is not None and data.bodies and size(data.bodies[0]) > 50:
        text, where = data.bodies[0], "jsonld articleBody"  # pages whose text a script writes
    when, when_found = published(document, data, headline.block.index if headline and headline.block else 0)
    tongue, tongue_found = language(document, data, text or "")
    found = {
        "headline": headline.found if headline is not None else None,
        "standfirst": _where(document, choice.lead) if choice.lead else None,
        "body": where if text else None,
        "published": when_found,
        "language": tongue_found,
    }
    confidence = {"standfirst": round(probability(choice.sure), 3)}
    if headline is not None:
        confidence["headline"] = round(headline.confidence, 3)
    if kept:
        words = sum(sizes[i] for i in kept)
        confidence["body"] = round(sum(probability(choice.scores[i]) * sizes[i] for i in kept) / words, 3)
    refusal = kinds.refused(document, data, headline.text if headline is not None else "", kept, sizes)
    if refusal is None and text is None:
        refusal = Reason.NO_BODY, "no block of text reads as a body"
    if refusal is None and headline is None:
        refusal = Reason.NO_HEADLINE, "no heading and no title"
    return replace(
        origin,
        url=origin.url or data.url,
        publisher=data.site,
        published=when,
        language=tongue,
        authors="; ".join(dict.fromkeys(data.authors)) or None,
        section=data.section,
        headline=tidy(headline.text) if headline is not None else None,
        standfirst=tidy(" ".join(furniture.without_popups(document.blocks[i]) for i in choice.lead)) or None,
        body=text,
        found={k: v for k, v in found.items() if v},
        changed=choice.changed,
        confidence=confidence,
        rejected=refusal[0] if refusal else None,
        detail=refusal[1] if refusal else "",
    )


def _where(document: tree.Document, lead: list[int]) -> str:
    element = document.blocks[lead[0]].element
    return f"{element.tag}.{element.names.split()[0]}" if element.names.strip() else element.tag
