"""No-break spaces, which the NewsArticles table turned into hyphens (`the German-government`, `lines.- Democrats`)."""

from __future__ import annotations

import re
from collections.abc import Callable

from standfirst.sources.newsarticles.lexicon import Lexicon
from standfirst.sources.newsarticles.parted import PARTED

# CNN's hyphens are its own but for the pairs in PARTED (of 170 read, 15 were spaces).
HYPHENATED = frozenset({"abcnews.go.com", "bbc.co.uk", "chinadaily.com.cn", "cnn.com"})
NO_BREAK = frozenset({"rte.ie", "dw.com", "aljazeera.com", "huffingtonpost.com", "tass.com", "cnn.com"})
_AFTER_STOP = re.compile(
    r"""(?<=[,;:?!"')\]€£])-(?!(?:related|linked|backed)\b)(?=[\w"'(@#$€£])|"""
    r"""(?<=%)-(?=[A-Za-z"'(])|(?<=: )-(?=")|"""
    r"""(?<![A-Z]\.[A-Z]\.)(?<=\.)-(?=[A-Za-z"'(])"""
)
_AFTER_STOP_SPACED = re.compile(r"""(?<=[,;:.?!"')\]%])-+(?=\s)""")
_BEFORE_STOP = re.compile(r"(?<=[\w)\]])-(?=[.,;:?!](?:\s|$))")
_BEFORE_SENTENCE = re.compile(r"""(?<=[.!?"] )(?:- ?)+(?=[A-Z"])""")
_AFTER_WORD = re.compile(r"(?<=[a-z])-(?= (?!and\b|or\b|to\b))")
_BEFORE_MARK = re.compile(r"""(?<=[a-z])-(?=["'(][\w$])|(?<=[a-z]['’]s)-(?=[a-z])|(?<=[a-z])--(?=[a-z@])""")
_AFTER_COMMA = re.compile(r"(?<=[,;] )-(?=[A-Za-z])")
_AFTER_SPACE = re.compile(
    r"(?<=[\w'] )-(?!to-be|which|including|although|not\b|universities)(?=[a-z])|(?<= - )-(?=[a-z])"
)
_UNITED_STATES = re.compile(r"(?<=\bU\.S\.)-(?=(?:The|Interagency|politics|about|from|manufacturers|counterparts)\b)")
_BEFORE_NAME = re.compile(r"(?<=[a-z:'] )-(?=[A-Z](?!ASS\b))")
_LONG_DASH = re.compile(r"(?<=\s)-{2,3}(?=[a-z])")
_BEFORE_SUM = re.compile(r"(?<=[a-z])-(?=\$\d)")
# The page's own hyphens: a century before a word ("a 16th-century ball"), a part of a month or a year ("end-May"), a
# prefix before a name ("Post-Brexit"), and what is not so ("a not-so-distant future").
_MONTH = "(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_OWN = rf"\d+(?:st|nd|rd|th)-century [A-Za-z]|(?i:end|mid)-(?:{_MONTH}|\d{{4}})"
_OWN += r"|(?i:pre|anti|pro|non|neo)-[A-Z]|(?<!Washington )(?<!Huffington )Post-[A-Z]|(?i:not-(?:very|so|too))-"
_CHAIN = re.compile(rf"(?<![^\W_])(?<![^\W_]-)(?!{_OWN})[^\W_]+(?:-[^\W_]+)+")
# A dash with a no-break space before it, and one of three hyphens; the hyphen first, which is found ten times as fast.
_DASH = re.compile(
    r"""-(?<=\w-)(?:-? - |--? (?=\w)| - |--(?=[\w"]))| --(?<=[a-z] --)(?=[\w"])|---(?<=["']---)(?=[\w"])"""
)
# These pages write a dash as two hyphens between words; elsewhere the two are no-break spaces.
DASHES = frozenset({"huffingtonpost.com", "cnn.com"})
_DOUBLE_DASH = re.compile(r"(?<=\w)(?<!\bwell)--(?=\w)")


def mend_spaces(text: str, lexicon: Lexicon, publisher: str) -> tuple[str, int]:
    """Spaces for the hyphens that were no-break spaces: at stops, at small words, and in pairs never hyphenated."""
    text, count = _DASH.subn(" - ", text)
    if publisher in DASHES and "--" in text:
        text, n = _DOUBLE_DASH.subn(" - ", text)
        count += n
    steps: tuple[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]], ...] = (
        (_AFTER_STOP, " "),
        (_AFTER_STOP_SPACED, ""),
        (_AFTER_WORD, ""),
        (_BEFORE_SENTENCE, ""),
        (_BEFORE_STOP, ""),
        (_BEFORE_MARK, " "),
        (_AFTER_COMMA, ""),
        (_AFTER_SPACE, ""),
        (_UNITED_STATES, " "),
        (_BEFORE_SUM, " "),
        (_BEFORE_NAME, ""),
        (_LONG_DASH, "- "),
        (_CHAIN, lambda m: lexicon.spaced(m.group(), PARTED)),
    )
    for pattern, made in steps:
        before = text
        text, n = pattern.subn(made, text)
        count += n if pattern is not _CHAIN else before.count("-") - text.count("-")
    text, n = re.subn(r"(?:\s+|(?<=[.?!]))-\s*$", "", text)
    return text, count + n
