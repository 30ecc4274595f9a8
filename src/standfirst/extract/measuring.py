"""How well extracted fields match the true ones: the figures of extraction, defined once for benchmark and tests.

Figures are means over pages, 0 to 1: `headline` right (letters and digits compared); `precision` of the standfirsts
found and `recall` of those there are (right at a token F1 of .8); `false`: found where the page has none; `left`: the
standfirst found is still in the body; `body`: F1 over multisets of 4-word shingles; `whole`: headline right,
standfirst right or rightly absent, body token F1 of .95.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping
from typing import Any

from standfirst.text import ngrams, squeeze, words

FIGURES = ("headline", "precision", "recall", "false", "left", "body", "whole")
LOWER_IS_BETTER = frozenset({"false", "left"})
RIGHT_STANDFIRST = 0.8
RIGHT_BODY = 0.95


def f1(found: Iterable[Hashable], true: Iterable[Hashable]) -> float:
    """F1 of two multisets, 1 where both are empty.

    >>> round(f1(["a", "b", "c"], ["b", "c", "d"]), 3)
    0.667
    """
    one, other = Counter(found), Counter(true)
    total = one.total() + other.total()
    return 2 * (one & other).total() / total if total else 1.0


def judge(true: Mapping[str, Any], found: Mapping[str, Any]) -> dict[str, float]:
    """The figures that apply to one page.

    `true` has headline, standfirst (None where the page shows none), body (None where not known) and may have
    `headline_alts`, other headlines that are right, and `told`: False where nobody could say whether what the page
    shows is a standfirst. `found` has headline, standfirst and body.
    """
    out: dict[str, float] = {}
    accepted = {squeeze(text) for text in [true["headline"], *(true.get("headline_alts") or [])] if text}
    out["headline"] = float(squeeze(found.get("headline") or "") in accepted)
    lead, wanted = found.get("standfirst") or "", true.get("standfirst") or ""
    hit = bool(lead and wanted) and f1(words(lead), words(wanted)) >= RIGHT_STANDFIRST
    told = true.get("told", True)
    if told:
        if lead:
            out["precision"] = float(hit)
        out["recall" if wanted else "false"] = float(hit if wanted else bool(lead))
        if hit and found.get("body"):
            out["left"] = float(squeeze(wanted)[:80] in squeeze(found["body"]))
    if true.get("body"):
        mine, theirs = words(found.get("body") or ""), words(true["body"])
        out["body"] = f1(ngrams(mine, 4), ngrams(theirs, 4))
        if told:
            right = out["headline"] and (hit if wanted else not lead)
            out["whole"] = float(bool(right) and f1(mine, theirs) >= RIGHT_BODY)
    return out


MISTAKES = {
    "headline": "headline wrong",
    "missed": "standfirst not found",
    "part": "a part of the standfirst, or more than it",
    "wrong": "another text taken for the standfirst",
    "none": "a standfirst where there is none",
    "left": "standfirst left in the body",
    "lost": "a tenth or more of the body lost",
    "extra": "a tenth or more of the body that is none",
}
"""Kinds of mistakes, and what tables call them. A page may have several."""
MUCH = 0.1


def mistakes(true: Mapping[str, Any], found: Mapping[str, Any]) -> set[str]:
    """The kinds of `MISTAKES` made on one page; `true` and `found` as `judge` takes them.

    >>> sorted(mistakes({"headline": "Tea", "standfirst": "It is hot."}, {"headline": "Tea", "standfirst": None}))
    ['missed']
    """
    figures = judge(true, found)
    kinds = {"headline"} if not figures["headline"] else set()
    lead, wanted = squeeze(found.get("standfirst") or ""), squeeze(true.get("standfirst") or "")
    if figures.get("false"):
        kinds.add("none")
    elif figures.get("recall") == 0:
        kinds.add("missed" if not lead else "part" if lead in wanted or wanted in lead else "wrong")
    if figures.get("left"):
        kinds.add("left")
    if true.get("body"):
        mine, theirs = (Counter(ngrams(words(text), 4)) for text in (found.get("body") or "", true["body"]))
        common = (mine & theirs).total()
        kinds |= {"lost"} if theirs.total() - common >= MUCH * theirs.total() > 0 else set()
        kinds |= {"extra"} if mine.total() - common >= MUCH * mine.total() > 0 else set()
    return kinds


def means(pages: Iterable[Mapping[str, float]]) -> dict[str, float]:
    """The mean of each figure over the pages to which it applies.

    >>> means([{"headline": 1.0}, {"headline": 0.0, "body": 0.5}])
    {'headline': 0.5, 'body': 0.5}
    """
    values: dict[str, list[float]] = defaultdict(list)
    for page in pages:
        for name, value in page.items():
            values[name].append(value)
    return {name: sum(values[name]) / len(values[name]) for name in FIGURES if values.get(name)}
