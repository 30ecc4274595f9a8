"""How the weights of page text are learnt: the questions of `learning`, and first which line is the headline.

Lines are described with respect to the true headline in learning; in use it is the one that the model chooses.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from standfirst.extract import learning, page_text, steps, text_headline
from standfirst.extract.headline import Headline
from standfirst.extract.tree import Document
from standfirst.text import squeeze

INVERSE_PENALTY = 0.3
"""Of the choice of a headline, as scikit-learn's C; of .05 to .3 the best on publishers left out."""


@dataclass(frozen=True, slots=True)
class TextPage:
    """A page's text with its true fields; `told` is False where nobody could say whether it shows a standfirst."""

    publisher: str
    text: str
    headlines: Collection[str]
    standfirst: str | None
    told: bool
    body: str | None
    weight: float = 1.0
    """How much the text counts beside others."""


def _heads(document: Document, headlines: Collection[str]) -> list[int]:
    """Indices of the candidates that are the true headline."""
    accepted = {squeeze(text) for text in headlines if text}
    return [i for i in text_headline.candidates(document) if squeeze(document.blocks[i].text) in accepted]


def learn(pages: Sequence[TextPage]) -> dict[str, Any]:
    """The weights of the five questions, as `weights/text.json` stores them."""
    choices: list[tuple[learning.Rows, list[bool], float]] = []
    examples: list[learning.Example] = []
    for page in pages:
        document = page_text.read(page.text)
        if not document.blocks:
            continue
        heads = _heads(document, page.headlines)
        if heads:
            chosen = text_headline.candidates(document)
            choices.append((text_headline.describe(document, chosen), [i in heads for i in chosen], page.weight))
        block = document.blocks[heads[0] if heads else 0]
        reading = steps.described_text(document, Headline(block.text, block, "line", 1.0))
        examples.append(
            learning.example(reading, page.publisher, page.body, page.standfirst, told=page.told, weight=page.weight)
        )
    return {
        **learning.learn(examples),
        "headline": learning.fit_choice(text_headline.SLOTS, choices, INVERSE_PENALTY),
    }
