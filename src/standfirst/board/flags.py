"""What a reader should know of a submission before its score: flags, never bans. Each says what was counted.

The shares were set on the newsarticles test split (375 headlines, 229 standfirsts; fingerprint cb82ce898913), where the
references themselves and the ten baselines stay far from them, as each constant says.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from standfirst.baselines import FLOORS
from standfirst.board.others import Others, nearly_same
from standfirst.board.system import System
from standfirst.scoring.comparison import main_metric
from standfirst.scoring.predictions import Pair
from standfirst.scoring.scores import Scores
from standfirst.scoring.signature import parse, unlike
from standfirst.text import fold, squeeze, words

COPIED = 0.5
"""Share of predictions that are one run of the body's words. References: at most 6%; extractive baselines: all."""
EQUAL = 0.05
"""Share of predictions that are the reference. Baselines: at most 0.9%; the oracle, which reads it: 4.4%."""
SHORT = 0.1
"""Share of predictions of fewer than `FEW_WORDS` words. References: at most 1.6%; baselines: at most 2.6%."""
FEW_WORDS = 3
SAME = 0.1
"""Share of the articles that the commonest prediction is given to. Baselines: at most 1.3%."""
NEAR = 0.8
"""Share of the articles with nearly the same prediction as another system. The newsarticles baselines (330 headlines,
187 standfirsts; 68c07b2ab816) share at most 63%, but for words, lead and supervised on headlines, which are nearly one
system (96% and more); BARThez and mBARThez share 9% of OrangeSum's 1,500 titles."""
LONG = 3.0
"""Words of all predictions to words of all references. Baselines of one sentence: at most 1.32; lead3: 7.8 and 2.9."""


class Flag(NamedTuple):
    """A name for machines, and a sentence for people."""

    flag: str
    detail: str


def flags(
    scores: Scores,
    system: System,
    published: Mapping[str, str | None],
    floors: Mapping[str, Mapping[str, Any]],
    *,
    others: Others | None = None,
    digest: str = "",
) -> list[Flag]:
    """Everything to be flagged in one task's scores, in a fixed order; [] where nothing is.

    `published` holds each article's date by id; `floors` each baseline's scores as `Scores.to_dict` gives them. What a
    floor or an extractive system copies is its way of working, and no flag. `others` are compared with the predictions,
    and where only a hash is known of them, with `digest`, that of the file scored.
    """
    pairs, n = scores.pairs, scores.n
    found = []
    if below := below_floors(scores, floors):
        found.append(Flag("below-floor", f"scores below the floors {', '.join(below)}"))
    copied = sum(_copied(pair) for pair in pairs)
    if copied >= COPIED * n and system.kind not in ("floor", "extractive", "ceiling"):
        found.append(Flag("copied", f"{copied} of {n} predictions are a run of words of the body"))
    equal = sum(any(squeeze(pair.prediction) == squeeze(r) for r in pair.references) for pair in pairs)
    if equal > max(1, EQUAL * n):
        found.append(Flag("equal-to-references", f"{equal} of {n} predictions are the reference itself"))
    short = sum(len(words(pair.prediction)) < FEW_WORDS for pair in pairs)
    if short > SHORT * n:
        found.append(Flag("nearly-empty", f"{short} of {n} predictions have fewer than {FEW_WORDS} words"))
    most = max(Counter(fold(pair.prediction) for pair in pairs).values())
    if most > max(1, SAME * n):
        found.append(Flag("constant", f"{most} of {n} articles have the same prediction"))
    ratio = _length_ratio(pairs)
    if ratio > LONG:
        found.append(Flag("long", f"predictions have {ratio:.1f} times as many words as the references"))
    if near := near_equal(scores, others or Others(), digest):
        found.append(Flag("near-equal", f"nearly the predictions of {', '.join(near)}"))
    return found + _contamination(scores, system, published)


def near_equal(scores: Scores, others: Others, digest: str) -> list[str]:
    """The submissions that have nearly these predictions, each with how many of them, the most alike first."""
    mine = {pair.id: pair.prediction for pair in scores.pairs}
    shared = {name: nearly_same(mine, theirs) for name, theirs in others.predictions.items()}
    shared |= {name: scores.n for name, theirs in others.hashes.items() if theirs == digest}
    near = sorted((name for name in shared if shared[name] >= NEAR * scores.n), key=lambda name: (-shared[name], name))
    return [f"{name} ({shared[name]} of {scores.n})" for name in near]


def below_floors(scores: Scores, floors: Mapping[str, Mapping[str, Any]]) -> list[str]:
    """The floors of like signature that score higher by the task's main metric, highest first.

    A baseline that weighs words is a system to be measured like any other, and below it is no sign of a fault.
    """
    metric = main_metric(scores.signature.task)
    mean = scores.scores[metric]["f1"].mean
    means = {
        name: float(floor["scores"][metric]["f1"]["mean"])
        for name, floor in floors.items()
        if name in FLOORS and not unlike(parse(floor["signature"]), scores.signature)
    }
    return sorted((name for name in means if means[name] > mean), key=lambda name: (-means[name], name))


def _contamination(scores: Scores, system: System, published: Mapping[str, str | None]) -> list[Flag]:
    found = []
    if system.saw_test:
        found.append(Flag("contamination-declared", "the authors say that test articles, or their stories, were seen"))
    if (cutoff := system.knowledge_cutoff) is not None:
        seen = sum(_may_be_seen(published.get(key), cutoff) for key in scores.ids)
        if seen:
            detail = f"{seen} of {scores.n} articles are of the day of the knowledge cut-off, {cutoff}, or earlier"
            found.append(Flag("contamination-suspected", detail))
    return found


def _may_be_seen(published: str | None, cutoff: date) -> bool:
    """Whether text of that day can have been learnt from; an article without a date can."""
    return published is None or published[:10] <= cutoff.isoformat()


def _copied(pair: Pair) -> bool:
    """Whether the prediction is one run of the body's words."""
    tokens = words(pair.prediction)
    return pair.source is not None and bool(tokens) and f" {' '.join(tokens)} " in _running(pair.source)


@lru_cache(maxsize=1024)  # a leaderboard asks for a body once a system
def _running(body: str) -> str:
    return f" {' '.join(words(body))} "


def _length_ratio(pairs: Sequence[Pair]) -> float:
    wanted = sum(len(words(r)) / len(pair.references) for pair in pairs for r in pair.references)
    return sum(len(words(pair.prediction)) for pair in pairs) / wanted if wanted else 0.0
