"""What is seen of a block among its neighbours, once each block has a first score by itself."""

from __future__ import annotations

from collections.abc import Sequence
from math import exp

from standfirst.extract.features import PAIRS, Sheet
from standfirst.extract.surroundings import Neighbours, Surroundings
from standfirst.extract.tree import Document

SLOTS = (
    "score", "kind_share", "kind_mean", "around_share", "outer_share", "box", "before", "after", "flow", "before_far",
    "after_far", "alike_before", "alike_after", "from_end", "from_start", "heads", "headed", "own2", "said2", "tag2",
    "linked2", "length2", "odd", "repeat2", "hidden2", "between", "inside2",
)  # fmt: skip
MASKS = frozenset({"own2", "said2", "headed", "inside2"})
LIFT = 1.5
"""Log-odds that the page's best kind of block has at least, and the most that scores are raised by."""
_NONE = -3.0  # what stands before the first and after the last block
_SCORES = range(-5, 6)
# Names of values that are made of two, ready: a string's hash is kept, and a tuple's is made at every look-up.
_MEANS = {score: (f"{score}:False", f"{score}:True") for score in _SCORES}
_FLOWS = {score: [f"{score}:{few}" for few in range(6)] for score in _SCORES}
_HEADS = {head: {score: f"{head}:{score}" for score in _SCORES} for head in (False, True)}
_FAR = 64  # steps from which `_distance` is surely the same


def _clip(score: float) -> int:
    return -5 if score < -6 else 5 if score > 6 else round(score / 1.2)


def _part(part: float, whole: float) -> int:
    """0 to 6: none, to 2%, 10%, 30%, 60%, 90%, all but all."""
    if part <= 0:
        return 0
    share = part / max(whole, 1)
    return 1 + (share > 0.02) + (share > 0.1) + (share > 0.3) + (share > 0.6) + (share > 0.9)


def levelled(around: Surroundings, scores: list[float]) -> list[float]:
    """The scores, raised as a whole where even the page's most likely kind of block scores low.

    A page in an unknown house style has scores that are low all over; what is body there is what scores best there.
    """
    if not around.long:
        return scores
    likely, total, every = ([0.0] * around.broad_kinds for _ in range(3))
    for i, words, kind in around.long:
        score = scores[i]
        likely[kind] += words / (1 + exp(-(-20.0 if score < -20.0 else 20.0 if score > 20.0 else score)))
        total[kind] += words * score
        every[kind] += words
    best = likely.index(max(likely))
    lift = min(LIFT, LIFT - total[best] / every[best])
    return [score + lift for score in scores] if lift > 0 else scores


def describe(document: Document, sheet: Sheet, scores: list[float]) -> list[Sequence[object]]:
    """The values for the second look: for each slot those of all blocks."""
    if sheet.surroundings is None:
        sheet.surroundings = Surroundings(document, sheet)
    around = sheet.surroundings
    if not scores:
        return [()] * len(SLOTS)
    count, few = len(scores), around.few
    scores = levelled(around, scores)
    clipped = list(map(_clip, scores))
    good, every = around.likely(scores), around.masses
    total = good[0]
    parts = {at: _part(good[at], every[at]) for at in around.around}
    shares = {at: PAIRS[part][_part(good[at], total)] for at, part in parts.items()}
    share_of_kind, mean_of_kind = _kinds(around, scores, total)
    means = [mean_of_kind[kind] for kind in around.kinds]
    strong = [i for i, score in enumerate(scores) if score > 0 and around.sizes[i] > 12]
    first, last = (strong[0], strong[-1]) if strong else (0, count)
    following = [*clipped[1:], -5]
    clipped_or_none, scores_or_none = [*clipped, _clip(_NONE)], [*scores, _NONE]
    prior = [scores_or_none[at] for at in around.before.nearest]
    later = [scores_or_none[at] for at in around.after.nearest]
    return [
        clipped,
        [share_of_kind[kind] for kind in around.kinds],
        [_MEANS[mean][short > 2] for mean, short in zip(means, few, strict=True)],
        [shares[at] for at in around.near],
        [shares[at] for at in around.outer],
        [names[parts[at]] for names, at in zip(around.boxes, around.near, strict=True)],
        [clipped_or_none[at] for at in around.before.nearest],
        [clipped_or_none[at] for at in around.after.nearest],
        [_FLOWS[_clip((one + other) / 2)][short] for one, other, short in zip(prior, later, few, strict=True)],
        _far(around.before, scores),
        _far(around.after, scores),
        [clipped_or_none[at] for at in around.before.alike],
        [clipped_or_none[at] for at in around.after.alike],
        _distances(last, count),
        _distances(first, count),
        [_HEADS[head][score] for head, score in zip(around.heads, following, strict=True)],
        *around.seen,
        [(one > 0, other > 0, mean > 0, n) for one, other, mean, n in zip(prior, later, means, few, strict=True)],
        around.inside,
    ]


def _kinds(around: Surroundings, scores: list[float], total: int) -> tuple[list[str], list[int]]:
    """For each kind of block: its share of likely body and its part of the whole page's, and its mean score."""
    good, sums = [0] * len(around.words_of_kind), [0.0] * len(around.words_of_kind)
    for kind, score, words in zip(around.kinds, scores, around.sizes, strict=True):
        sums[kind] += words * (-6.0 if score < -6.0 else 6.0 if score > 6.0 else score)
        if score > 0:
            good[kind] += words
    shares = [PAIRS[_part(g, w)][_part(g, total)] for g, w in zip(good, around.words_of_kind, strict=True)]
    return shares, [_clip(mass / max(w, 1)) for mass, w in zip(sums, around.words_of_kind, strict=True)]


def _far(neighbours: Neighbours, scores: list[float]) -> list[int]:
    """For each block the mean score of the three blocks of enough words before it in the direction."""
    passed = [scores[at] for at in neighbours.passed]
    means = list(map(_mean, passed, [_NONE, *passed], [_NONE, _NONE, *passed]))
    means.append(_clip(_NONE))
    return [means[step] for step in neighbours.steps]


def _mean(nearest: float, second: float, third: float) -> int:
    return _clip((nearest + second + third) / 3)


def _distance(steps: int) -> int:
    """Signed, in doublings: 0 at the place itself."""
    return min(steps.bit_length(), 6) if steps >= 0 else -min((-steps).bit_length(), 6)


_DISTANCES = [_distance(steps) for steps in range(-_FAR, _FAR)]


def _distances(place: int, count: int) -> list[int]:
    """The distance from the place of each of so many blocks."""
    near = _DISTANCES[max(_FAR - place, 0) : _FAR + count - place]
    return [_DISTANCES[0]] * (place - _FAR) + near + [_DISTANCES[-1]] * (count - place - _FAR)
