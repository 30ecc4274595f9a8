"""Pages that are no article: galleries, quizzes, indexes, forms. A page that says it is an article is never one."""

from __future__ import annotations

import re
from collections.abc import Sequence

from standfirst.extract.metadata import Metadata
from standfirst.extract.tree import Document
from standfirst.record import Reason

# What pages declare (schema.org types, OpenGraph's og:type).
_ARTICLE = re.compile(r"(?:Article|BlogPosting|Report|LiveBlogPosting)$|^og:article")
_DECLARED: tuple[tuple[re.Pattern[str], Reason], ...] = (
    (re.compile(r"^(?:ImageGallery|MediaGallery|VideoGallery)$"), Reason.GALLERY),
    (re.compile(r"^Quiz$"), Reason.QUIZ),
    (re.compile(r"^(?:CollectionPage|SearchResultsPage|ItemList|Blog|og:website:index)$"), Reason.INDEX),
    (
        re.compile(r"^(?:Product|Recipe|JobPosting|ContactPage|CheckoutPage|FAQPage|ProfilePage)$"),
        Reason.NOT_AN_ARTICLE,
    ),
)
_COUNTED = re.compile(r"^\W*(?:photo |image |bild |slide )?(\d{1,3}) ?(?:of|/|von|de|sur|di) ?(\d{1,3})\b", re.I)
_QUESTION = re.compile(r"^(?:q(?:uestion)? ?)?\d{1,2}[.):]\s.{8,}[?:_]\W*$|^\d{1,2}[.)]\s.*_{2,}", re.I)
_QUIZ = re.compile(r"\bquiz\b|\bquizz\b|\btrivia\b", re.I)
_CELLS = frozenset(("td", "th", "label", "option", "legend", "dt", "dd"))
FEW_WORDS = 120
"""Words of a body under which a page that declares nothing is looked at for being something else; the shortest body
of the 263 measured articles has 41, and none of them is taken for anything else."""


def refused(
    document: Document, data: Metadata, headline: str, kept: Sequence[int], sizes: Sequence[int]
) -> tuple[Reason, str] | None:
    """Why the page is no article, with what was seen; None where nothing says so."""
    blocks = document.blocks
    words = sum(sizes[i] for i in kept)
    if _QUIZ.search(headline):
        questions = sum(1 for block in blocks if _QUESTION.match(block.text))
        if questions >= 4 and words < 30 * questions + FEW_WORDS:
            return Reason.QUIZ, f"{questions} numbered questions under a headline that says quiz"
    if any(_ARTICLE.search(kind) for kind in data.kinds):
        return None
    for pattern, reason in _DECLARED:
        declared = next((kind for kind in sorted(data.kinds) if pattern.match(kind)), None)
        if declared and words < 3 * FEW_WORDS:
            return reason, f"the page declares itself a {declared}, and {words} words of it read as a body"
    if words >= FEW_WORDS:
        return None
    counted = sum(1 for block in blocks if _COUNTED.match(block.text))
    if counted >= 4:
        return Reason.GALLERY, f"{counted} captions that are counted (1 of {counted}), and no text beside them"
    cells = sum(size for block, size in zip(blocks, sizes, strict=True) if block.element.tag in _CELLS)
    everything = sum(sizes)
    if everything and cells > 0.4 * everything and len(blocks) > 12:
        return Reason.NOT_AN_ARTICLE, f"{cells} of {everything} words stand in tables and forms"
    titles = sum(1 for block in blocks if block.element.tag in ("h2", "h3", "h4") and block.linked)
    links = titles + document.entries
    if titles + links > 40 and words < FEW_WORDS / 2:
        return Reason.INDEX, f"{links} linked titles and entries, and {words} words that read as a body"
    return None
