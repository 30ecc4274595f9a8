"""The letters that the NewsArticles table lost, put back where what is left says which they were.

The table went through the Chinese character set GBK on its way; `accents`, `quotations` and `spaces` tell what
happened. What is in doubt stays as it is: a U+FFFD that stays makes `standfirst.quality` refuse the record.
"""

from __future__ import annotations

from collections import Counter

from standfirst.sources.newsarticles.accents import LOST, mend_accents, mend_pounds, mend_sterling
from standfirst.sources.newsarticles.fused import mend_fused
from standfirst.sources.newsarticles.lexicon import Lexicon
from standfirst.sources.newsarticles.nested import SINGLE, mend_nested
from standfirst.sources.newsarticles.quotations import (
    mend_capitals,
    mend_contractions,
    mend_first_letters,
    mend_marks,
)
from standfirst.sources.newsarticles.spaces import NO_BREAK, mend_spaces


def mend(text: str, lexicon: Lexicon, publisher: str) -> tuple[str, Counter[str]]:
    """The text with its letters back, and how many places each of the table's damages was undone in."""
    done: Counter[str] = Counter()
    text, done["accents"] = mend_accents(text)
    text, done["pounds"] = mend_pounds(text)
    if publisher == "chinadaily.com.cn":
        text, sterling = mend_sterling(text)
        done["pounds"] += sterling
    text, done["contractions"] = mend_contractions(text)
    garbled = '"?' in text or f'"{LOST}' in text
    if garbled:
        text, done["quotation-marks"] = mend_marks(text)
        text, done["first-letters"] = mend_first_letters(text, lexicon)
    if publisher in NO_BREAK:
        text, done["no-break-spaces"] = mend_spaces(text, lexicon, publisher)
    text, done["fused-words"] = mend_fused(text, lexicon)
    text, done["capitals"] = mend_capitals(text)
    if publisher in SINGLE and garbled:
        text, done["nested-quotations"] = mend_nested(text)
    return text, +done
