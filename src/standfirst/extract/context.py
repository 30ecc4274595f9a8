"""What is seen of a block among its neighbours, once each block has a first score by itself."""

from __future__ import annotations

import math

from standfirst.extract.features import Sheet
from standfirst.extract.surroundings import Surroundings
from standfirst.extract.tree import Document

SLOTS = (
    "score", "kind_share", "kind_mean", "around_share", "outer_share", "box", "before", "after", "flow", "before_far",
    "after_far", "alike_before", "alike_after", "from_end", "from_start", "heads", "headed", "own2", "said2", "tag2",
    "linked2", "length2", "odd", "repeat2", "hidden2", "between", "inside2",
)  # fmt: skip
MASKS = frozenset({"own2", "said2", "headed", "inside2"})
FEW_WORDS = 8
"""A neighbour of fewer words is looked past: labels, credits and buttons stand between paragraphs everywhere."""
LIFT = 1.5
"""Log-odds that the page's best kind of block has at least, and the most that scores are raised by."""
_NONE = -3.0  # what stands before the first and after the last block


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
    kinds: dict[tuple[str, str, str], list[float]] = {}
    for i, kind in around.long:
        words, score = around.sizes[i], scores[i]
        entry = kinds.get(kind)
        if entry is None:
            entry = kinds[kind] = [0.0, 0.0, 0.0]
        entry[0] += words / (1 + math.exp(-max(-20.0, min(20.0, score))))
        entry[1] += words * score
        entry[2] += words
    if not kinds:
        return scores
    best = max(kinds.values(), key=lambda entry: entry[0])
    lift = min(LIFT, LIFT - best[1] / best[2])
    return [score + lift for score in scores] if lift > 0 else scores


def describe(document: Document, sheet: Sheet, scores: list[float]) -> list[tuple[object, ...]]:
    """The values of each block for the second look."""
    if sheet.surroundings is None:
        sheet.surroundings = Surroundings(document, sheet)
    around = sheet.surroundings
    sizes, count = around.sizes, len(scores)
    scores = levelled(around, scores)
    clipped = [*map(_clip, scores), -5]
    good, every = around.likely(scores), around.masses
    total = good[0] if good else 0
    shares = {at: (_part(good[at], every[at]), _part(good[at], total)) for at in around.boxes}
    kinds = _kinds(around, scores, total)
    strong = [i for i in range(count) if scores[i] > 0 and sizes[i] > 12]
    first, last = (strong[0], strong[-1]) if strong else (0, count)
    before = _neighbours(around.kinds, scores, sizes, range(count))
    after = _neighbours(around.kinds, scores, sizes, range(count - 1, -1, -1))
    values: list[tuple[object, ...]] = []
    for i, (few, near, outer, box, heading, seen, inside) in enumerate(around.fixed):
        share, mean = kinds[around.kinds[i]]
        prior, prior_clipped, prior_far, prior_alike = before[i]
        later, later_clipped, later_far, later_alike = after[i]
        values.append((
            clipped[i],
            share,
            (mean, few > 2),
            shares[near],
            shares[outer],
            (box, shares[near][0]),
            prior_clipped,
            later_clipped,
            (_clip((prior + later) / 2), few),
            prior_far,
            later_far,
            prior_alike,
            later_alike,
            _distance(i - last),
            _distance(i - first),
            (heading, clipped[i + 1]),
            *seen,
            (prior > 0, later > 0, mean > 0, few),
            inside,
        ))  # fmt: skip
    return values


def _kinds(around: Surroundings, scores: list[float], total: float) -> list[tuple[tuple[int, int], int]]:
    """For each kind of block: its share of likely body and its part of the whole page's, and its mean score."""
    sums = [[0.0, 0.0, 0.0] for _ in range(around.kind_count)]
    for kind, score, words in zip(around.kinds, scores, around.sizes, strict=True):
        entry = sums[kind]
        entry[1] += words
        entry[2] += words * max(-6.0, min(6.0, score))
        if score > 0:
            entry[0] += words
    return [((_part(g, every), _part(g, total)), _clip(mass / max(every, 1))) for g, every, mass in sums]


def _neighbours(
    kinds: list[int], scores: list[float], sizes: list[int], order: range
) -> list[tuple[float, int, int, int]]:
    """For each block what the three blocks of enough words before it in the order score, and the last of its kind.

    The nearest one's score, the same clipped, the mean of the three clipped, and the score of the one of its kind.
    """
    nothing = _clip(_NONE)
    found = [(_NONE, nothing, nothing, nothing)] * len(scores)
    nearest, second, third = _NONE, _NONE, _NONE
    clipped = far = nothing
    latest: dict[int, int] = {}
    for i in order:
        found[i] = nearest, clipped, far, latest.get(kinds[i], nothing)
        if sizes[i] >= FEW_WORDS:
            nearest, second, third = scores[i], nearest, second
            clipped, far = _clip(nearest), _clip((nearest + second + third) / 3)
            latest[kinds[i]] = clipped
    return found


def _distance(steps: int) -> int:
    """Signed, in doublings: 0 at the place itself."""
    return min(steps.bit_length(), 6) if steps >= 0 else -min((-steps).bit_length(), 6)
