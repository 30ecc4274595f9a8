"""What several rooms read in a text: normal forms, words, n-grams, and how a summary was made from its article."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

# Letters or digits with the apostrophes and hyphens inside them; one character a word where words are not spaced.
_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_WORD = re.compile(rf"[{_UNSPACED}]|[^\W_{_UNSPACED}]+(?:['’\-][^\W_{_UNSPACED}]+)*")
_ASCII_WORD = re.compile(r"[a-z0-9]+(?:['\-][a-z0-9]+)*")
_APART = str.maketrans({c: " " for c in map(chr, range(128)) if not c.isalnum()})
_ALNUM = re.compile(r"[^\W_]+")
_PRINTED = "’“”‘–—…\u00a0"  # signs of which many a text holds nothing else that is not ASCII
_FEW = 40  # signs in a text: up to so many, to take out each is faster than to find what stands between them
_PUNCTUATION = bytes(c for c in range(128) if not chr(c).isalnum())
_LOWER = bytes(range(256)).lower()
# One `str.replace` a character is eight times as fast as `str.translate`, which looks up every character of the text.
_ALIKE = {"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "\u00ad": "", "\u200b": ""}


def is_whole(text: str) -> bool:
    """Whether the text is one: JSON can name half of a surrogate pair, which no file can hold as UTF-8.

    >>> is_whole("Tea"), is_whole("Tea \\ud83c")
    (True, False)
    """
    try:
        text.isascii() or text.encode()
    except UnicodeEncodeError:
        return False
    return True


def tidy(text: str) -> str:
    r"""The text in NFC on one line: runs of white space, no-break spaces included, are one space; ends are cut.

    >>> tidy("  Tea\u00a0is \n drunk ")
    'Tea is drunk'
    """
    return " ".join((text if text.isascii() else unicodedata.normalize("NFC", text)).split())


def fold(text: str) -> str:
    """The text as comparisons see it: NFKC, lower case, one space, quotation marks and dashes of one kind.

    >>> fold("“Tea” – HOT")
    '"tea" - hot'
    """
    return " ".join(_folded(text).split())


def _folded(text: str) -> str:
    """What `fold` gives but for white space."""
    if text.isascii():
        return text.lower()
    plain = text
    for other, common in _ALIKE.items():
        plain = plain.replace(other, common)
    if plain.isascii():  # then nothing was there that NFKC changes
        return plain.lower()
    text = unicodedata.normalize("NFKC", text)
    for other, common in _ALIKE.items():
        text = text.replace(other, common)
    return text.casefold()


def squeeze(text: str) -> str:
    """Only the letters and digits of `fold(text)`: equal for texts that differ in spacing or punctuation.

    >>> squeeze("Tea, hot!") == squeeze("tea HOT")
    True
    """
    plain = text
    if not text.isascii():
        for sign in _PRINTED:
            plain = plain.replace(sign, "")
    if plain.isascii():
        return plain.encode().translate(_LOWER, _PUNCTUATION).decode()
    text = unicodedata.normalize("NFKC", text).casefold()
    signs = [sign for sign in set(text) if not sign.isalnum()]
    if len(signs) > _FEW:
        return "".join(_ALNUM.findall(text))
    for sign in signs:
        text = text.replace(sign, "")
    return text


def words(text: str) -> list[str]:
    """The words of the folded text; each character of a script that writes no spaces is one.

    >>> words("Moon's 3rd visit to 平壌")
    ["moon's", '3rd', 'visit', 'to', '平', '壌']
    """
    text = _folded(text)
    if not text.isascii():
        return _WORD.findall(text)
    return _ASCII_WORD.findall(text) if "'" in text or "-" in text else text.translate(_APART).split()


def content_words(told: Iterable[str]) -> set[str]:
    """Those of the words that tell what a text speaks of: of four letters or more, and all in other scripts.

    >>> sorted(content_words(words("The tea is hot")))
    []
    >>> sorted(content_words(words("The harbour of Köln is shut")))
    ['harbour', 'köln', 'shut']
    """
    return {word for word in told if len(word) > 3 or not word.isascii()}


def placed_words(text: str) -> list[tuple[int, int, str]]:
    """Where each word of the text begins and ends, and the word as `words` has it.

    >>> placed_words("Hot Tea")
    [(0, 3, 'hot'), (4, 7, 'tea')]
    """
    return [(m.start(), m.end(), fold(m.group())) for m in _WORD.finditer(text)]


def ngrams(tokens: Sequence[str], n: int) -> list[tuple[str, ...]]:
    """Every run of n tokens, in order; none where there are fewer than n.

    >>> ngrams(["a", "b", "c"], 2)
    [('a', 'b'), ('b', 'c')]
    """
    return list(zip(*(tokens[i:] for i in range(n)), strict=False))


def copied_fragments(summary: Sequence[str], article: Sequence[str]) -> list[int]:
    """Lengths of the shared fragments, greedily from the left (Grusky et al. 2018, "Newsroom", figure 2).

    Time is proportional to the summary's length times how often its words stand in the article.

    >>> copied_fragments("the cat sat on a mat".split(), "on the cat sat the dog on a chair".split())
    [3, 2]
    """
    places: dict[str, list[int]] = defaultdict(list)
    for j, word in enumerate(article):
        places[word].append(j)
    lengths, i = [], 0
    while i < len(summary):
        best = 0
        for j in places.get(summary[i], ()):
            k = 1
            while i + k < len(summary) and j + k < len(article) and summary[i + k] == article[j + k]:
                k += 1
            best = max(best, k)
        if best:
            lengths.append(best)
        i += max(best, 1)
    return lengths


class Abstractiveness(NamedTuple):
    """How a summary was made from its article; see `abstractiveness`."""

    coverage: float
    density: float
    compression: float
    novel_bigrams: float


def abstractiveness(summary: str, article: str) -> Abstractiveness | None:
    """Coverage, density and compression (Grusky et al. 2018) and the share of novel bigrams (Narayan et al. 2018).

    None where either text has no word. Coverage and novel bigrams are 0 to 1, density is in words, compression is words
    of the article per word of the summary. A summary of one word has no bigram: its novel share is 0.

    >>> abstractiveness("the cat sat", "on the cat sat the dog")
    Abstractiveness(coverage=1.0, density=3.0, compression=2.0, novel_bigrams=0.0)
    """
    short, long = words(summary), words(article)
    if not short or not long:
        return None
    lengths = copied_fragments(short, long)
    pairs, held = ngrams(short, 2), set(ngrams(long, 2))
    return Abstractiveness(
        coverage=sum(lengths) / len(short),
        density=sum(n * n for n in lengths) / len(short),
        compression=len(long) / len(short),
        novel_bigrams=sum(p not in held for p in pairs) / len(pairs) if pairs else 0.0,
    )
