"""The words of a table, counted: by them damaged words are told from whole, and sentences from what ran into them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from itertools import pairwise

_WHOLE = re.compile(r"(?<![\"'\w\ufffd?-])[A-Za-z]{2,}(?![\w\ufffd?-])")
_CHAIN = re.compile(r"(?<![^\W_])[^\W_]+(?:-[^\W_]+)+")
_PAIR = re.compile(r"(?<![\w-])([^\W_]+) (?=([^\W_]+)(?![\w-]))")
# Small words that join nothing: a hyphen beside one of them was a space, unless whole texts hold the compound.
_SMALL = """
the a an of to in on at by for from with and or but nor that which who whose whom was were is are am has have had will
would said says his her their its our my your it he she they we you this these those as into than been be being also
before while when where because if against about during between since until there then such some any each very more most
many much both only other another however told added among under within without through could should may might must can
did does do not no so what how why after
"""
SMALL = frozenset(_SMALL.split())
_JOINING = frozenset({"in", "on", "to", "of", "by"})  # in the middle of three: coffee-to-go, brothers-in-arms
# Within a chain these bind what stands around them: bricks-and-mortar, half-an-hour, top-of-the-range.
_BINDING = _JOINING - {"by"} | {"and", "a", "an", "the", "for", "than", "as", "or", "at", "it", "be", "most", "but"}
_BINDING |= {"before", "out"}


def _letter(word: str, following: str) -> bool:
    """Whether "A" is a letter and no article: `A-321`, `A-list`."""
    return word == "A" and (not following[0].islower() or following in ("grade", "level", "list"))


class Lexicon:
    """Which words a table knows, which pairs it writes with a hyphen, which words stand before a name.

    `texts` are pairs of a publisher and a text; in those of `whole` publishers every hyphen is one. A pair that whole
    texts never join is two words where the texts write it with a space more often than with a hyphen, or where one of
    the two is a small word. Small words within a chain bind it (`bricks-and-mortar`).
    `joined` are further compounds, known to be one.

    >>> texts = [("a", "The German government met.")] * 3 + [("b", "a well-known man")]
    >>> lexicon = Lexicon(texts, {"b"})
    >>> lexicon.spaced("well-known"), lexicon.spaced("German-government"), lexicon.spaced("the-man")
    ('well-known', 'German government', 'the man')
    """

    def __init__(
        self, texts: Iterable[tuple[str, str]], whole: frozenset[str] | set[str], joined: Iterable[str] = ()
    ) -> None:
        self._words: Counter[str] = Counter()
        self._pairs: Counter[str] = Counter()  # written with a space, less the times written with a hyphen
        self._compounds: Counter[str] = Counter(joined)
        self._small: Counter[str] = Counter()  # in mid-sentence: without a capital, and with one
        self._capital: Counter[str] = Counter()
        self._seen: Counter[str] = Counter()  # before another word, and before a capital
        self._named: Counter[str] = Counter()
        written: Counter[tuple[str, str]] = Counter()
        for publisher, text in texts:
            self._words.update(map(str.lower, _WHOLE.findall(text)))
            written.update(_PAIR.findall(text))
            for chain in _CHAIN.findall(text):
                parts = chain.lower().split("-")
                pairs = [f"{a}-{b}" for a, b in pairwise(parts)]
                self._pairs.subtract(pairs)
                if publisher in whole:
                    self._compounds.update({*pairs, "-".join(parts)})
        for (a, b), count in written.items():
            self._pairs[f"{a}-{b}".lower()] += count
            if a.islower():
                self._seen[a] += count
                self._named[a] += count * b[0].isupper()
                (self._capital if b[0].isupper() else self._small)[b.lower()] += count
        self._tails: dict[str, set[str]] = {}
        for word, count in self._words.items():
            if count >= 5:
                self._tails.setdefault(word[1:], set()).add(word)

    def knows(self, word: str) -> bool:
        """Whether the table holds the word at least twice away from any damage."""
        return self._words[word.lower()] >= 2

    def count(self, word: str) -> int:
        """How often the table holds the word away from any damage."""
        return self._words[word.lower()]

    def completions(self, tail: str) -> set[str]:
        """The words of which a first letter was lost."""
        return self._tails.get(tail, set())

    def common(self, word: str) -> bool:
        """Whether the word takes no capital within a sentence: fewer than 6% of its places there have one."""
        low = word.lower()
        return self._small[low] >= 5 and self._capital[low] < 0.06 * (self._small[low] + self._capital[low])

    def small(self, word: str) -> bool:
        """Whether the word takes no capital within a sentence: it is common, or seen without one and never with one."""
        low = word.lower()
        return self.common(low) or (len(low) > 4 and self._small[low] > 0 == self._capital[low])

    def name(self, word: str) -> bool:
        """Whether the word takes a capital within a sentence: at least 90% of its 3 places and more there have one."""
        low = word.lower()
        return self._capital[low] >= 3 and self._small[low] < 0.1 * (self._small[low] + self._capital[low])

    def names_follow(self, word: str) -> float:
        """The share of the word's places, without a capital, in which the next word has one; small for a rare word."""
        return (self._named[word.lower()] + 0.1) / (self._seen[word.lower()] + 6)

    def spaced(self, chain: str, parted: frozenset[str] = frozenset()) -> str:
        """The chain of words with spaces for those hyphens that were spaces; `parted` names pairs known to be two."""
        low = chain.lower()
        parts = chain.split("-")
        if (self._compounds[low] and low not in parted and not self._all_small(low.split("-"))) or (
            len(parts) == 3 and parts[1] in _JOINING
        ):
            return chain
        runs: list[list[str]] = [[]]
        for i, (a, b) in enumerate(pairwise(parts)):
            runs[-1].append(a)
            counted = i == 0 and len(parts) > 2 and a.isdigit()  # "5-million-euro"
            if f"{a}-{b}".lower() in parted or (not counted and self._two(a, b)):
                runs.append([])
        runs[-1].append(parts[-1])
        return " ".join(self._run(run) for run in runs)

    def _all_small(self, parts: list[str]) -> bool:
        """Whether a chain is of small words ("of-the"), which whole texts hold in longer compounds only."""
        return parts != ["would", "be"] and all(part in SMALL for part in parts)

    def _two(self, a: str, b: str) -> bool:
        """Whether two words, neither of them small, are written with a space more often than with a hyphen."""
        pair = f"{a}-{b}".lower()
        if SMALL & {a.lower(), b.lower()} or self._compounds[pair]:
            return False
        return self._pairs[pair] > 0 and not b[0].isdigit()

    def _run(self, parts: list[str]) -> str:
        """A chain without a pair that is known to be two, with spaces beside its small words where they do not bind."""
        low = [part.lower() for part in parts]
        small = self._all_small(low)
        ends, middle = SMALL & {low[0], low[-1]}, SMALL & {*low[1:-1]}
        if (
            (self._compounds["-".join(low)] and not small)
            or (len(parts) == 3 and parts[1] in _JOINING)
            or (not ends and middle and middle <= _BINDING)
        ):
            return "-".join(parts)
        made = parts[0]
        for a, b in pairwise(parts):
            apart = (a.lower() in SMALL and not _letter(a, b)) or b.lower() in SMALL
            made += (" " if apart and (small or not self._compounds[f"{a}-{b}".lower()]) else "-") + b
        return made
