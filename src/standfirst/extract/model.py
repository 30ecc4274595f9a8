"""Weighing what is seen: a score is a bias and a weight for each value of each slot, as logistic regression adds them.

The weights stand in `weights/`, a file for each kind of page, by slot and value, so that anyone can read why a block
was kept. `learning.py` and `scripts/learn_extract.py` make them.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib.resources import files
from itertools import repeat
from operator import getitem
from typing import Any

_REMEMBERED = 50_000  # values of one slot whose weight is kept ready; a page has about 200 blocks


def name_of(value: object) -> str:
    """The name under which the weight of a value is stored; several values together are a tuple.

    >>> name_of((3, True)), name_of("p")
    ('3:True', 'p')
    """
    return ":".join(map(str, value)) if isinstance(value, tuple) else str(value)


class _Table(dict[object, float]):
    """Weight of a value; one not seen in learning weighs nothing."""

    def __init__(self, weights: Mapping[str, float]) -> None:
        super().__init__()
        self.update(weights)
        self.weights = dict(weights)

    def __missing__(self, value: object) -> float:
        weight = self.value_weight(value)
        if len(self) < _REMEMBERED:
            self[value] = weight
        return weight

    def value_weight(self, value: object) -> float:
        return self.weights.get(name_of(value), 0.0)


class _Bits(_Table):
    """Weight of a set of bits: the sum of its bits' weights."""

    def __init__(self, weights: Mapping[str, float], names: Sequence[str]) -> None:
        super().__init__({})
        self.bits = [weights.get(name, 0.0) for name in names]

    def value_weight(self, value: object) -> float:
        total, bits = 0.0, int(value)  # type: ignore[call-overload]
        while bits:
            lowest = bits & -bits
            total += self.bits[lowest.bit_length() - 1]
            bits ^= lowest
        return total


class Model:
    """The weights of one question, asked of rows of values in the order of `slots`."""

    def __init__(self, slots: Sequence[str], bits: Mapping[str, Sequence[str]], stored: Mapping[str, Any]) -> None:
        weights: Mapping[str, Mapping[str, float]] = stored["weights"]
        self.bias: float = stored["bias"]
        self.tables = [
            _Bits(weights.get(slot, {}), bits[slot]) if slot in bits else _Table(weights.get(slot, {}))
            for slot in slots
        ]

    def score(self, values: Iterable[object]) -> float:
        """Log-odds that the answer is yes."""
        return sum(map(getitem, self.tables, values), self.bias)

    def scores(self, columns: Iterable[Sequence[object]]) -> list[float]:
        """The scores of many rows, given as a column of values for each slot: twice as fast as one by one."""
        weights = [list(map(table.__getitem__, column)) for table, column in zip(self.tables, columns, strict=False)]
        # The bias first, as in `score`: later steps round scores, and another order may end on the other side.
        return list(map(sum, zip(repeat(self.bias), *weights, strict=False))) if weights else []


def probability(score: float) -> float:
    """Log-odds as a probability, 0 to 1.

    >>> probability(0.0)
    0.5
    """
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, score))))


@cache
def stored_weights(kind: str) -> dict[str, Any]:
    """The weights that the package brings for a kind of page (html or text), by question."""
    file = files(__package__).joinpath("weights", f"{kind}.json")
    loaded: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return loaded
