"""What is seen of a block among its neighbours, once each block has a first score by itself."""

from __future__ import annotations

import math
from collections.abc import Sequence

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


def describe(document: Document, sheet: Sheet, scores: list[float]) -> list[Sequence[object]]:
    """The values for the second look: for each slot those of all blocks."""
    if sheet.surroundings is None:
        sheet.surroundings = Surroundings(document, sheet)
    around = sheet.surroundings
    if not scores:
        return [()] * len(SLOTS)
    sizes, count = around.sizes, len(scores)
    few, near, outer, boxes, heads, seen, inside = zip(*around.fixed, strict=True)
    scores = levelled(around, scores)
    clipped = list(map(_clip, scores))
    good, every = around.likely(scores), around.masses
    total = good[0] if good else 0
    shares = {at: (_part(good[at], every[at]), _part(good[at], total)) for at in around.boxes}
    within = [shares[at] for at in near]
    kinds = _kinds(around, scores, total)
    mean = [kinds[kind][1] for kind in around.kinds]
    strong = [i for i in range(count) if scores[i] > 0 and sizes[i] > 12]
    first, last = (strong[0], strong[-1]) if strong else (0, count)
    prior, prior_clipped, prior_far, prior_alike = _neighbours(around, scores, clipped, range(count))
    later, later_clipped, later_far, later_alike = _neighbours(around, scores, clipped, range(count - 1, -1, -1))
    return [
        clipped,
        [kinds[kind][0] for kind in around.kinds],
        [(score, short > 2) for score, short in zip(mean, few, strict=True)],
        within,
        [shares[at] for at in outer],
        [(box, part[0]) for box, part in zip(boxes, within, strict=True)],
        prior_clipped,
        later_clipped,
        [(_clip((one + other) / 2), short) for one, other, short in zip(prior, later, few, strict=True)],
        prior_far,
        later_far,
        prior_alike,
        later_alike,
        list(map(_distance, range(-last, count - last))),
        list(map(_distance, range(-first, count - first))),
        list(zip(heads, [*clipped[1:], -5], strict=True)),
        *zip(*seen, strict=True),
        [(one > 0, other > 0, score > 0, n) for one, other, score, n in zip(prior, later, mean, few, strict=True)],
        inside,
    ]


def _kinds(around: Surroundings, scores: list[float], total: float) -> list[tuple[tuple[int, int], int]]:
    """For each kind of block: its share of likely body and its part of the whole page's, and its mean score."""
    sums = [[0.0, 0.0, 0.0] for _ in range(around.kind_count)]
    for kind, score, words in zip(around.kinds, scores, around.sizes, strict=True):
        entry = sums[kind]
        entry[1] += words
        entry[2] += words * (-6.0 if score < -6.0 else 6.0 if score > 6.0 else score)
        if score > 0:
            entry[0] += words
    return [((_part(g, every), _part(g, total)), _clip(mass / max(every, 1))) for g, every, mass in sums]


def _neighbours(
    around: Surroundings, scores: list[float], clipped: list[int], order: range
) -> tuple[list[float], list[int], list[int], list[int]]:
    """For each block what the three blocks of enough words before it in the order score, and the last of its kind.

    The nearest one's score, the same clipped, the mean of the three clipped, and the score of the one of its kind.
    """
    nothing = _clip(_NONE)
    nearest, second, third = _NONE, _NONE, _NONE
    short = far = nothing
    latest = [nothing] * around.kind_count
    scored, cut, mean, alike = [_NONE] * len(scores), clipped.copy(), clipped.copy(), clipped.copy()
    kinds, sizes = around.kinds, around.sizes
    for i in order:
        scored[i], cut[i], mean[i], alike[i] = nearest, short, far, latest[kinds[i]]
        if sizes[i] >= FEW_WORDS:
            nearest, second, third = scores[i], nearest, second
            short = latest[kinds[i]] = clipped[i]
            far = _clip((nearest + second + third) / 3)
    return scored, cut, mean, alike


def _distance(steps: int) -> int:
    """Signed, in doublings: 0 at the place itself."""
    return min(steps.bit_length(), 6) if steps >= 0 else -min((-steps).bit_length(), 6)
