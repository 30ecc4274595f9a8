"""Which texts share hashes: every hash of an article as a posting (value, code), and an index that postings meet.

A code is an article's row times `PLACES` and the place of the hash in the article: the n-grams of a text, or a whole
text. It takes one index to find whatever two sets of articles share, in whatever fields.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from standfirst.traces import TEXTS

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    import pyarrow as pa

    Hashes = npt.NDArray[np.uint64]
    Numbers = npt.NDArray[np.int64]

PLACES = 3 * len(TEXTS)
"""The n-grams of each of `TEXTS`, then the key of each (its letters and digits), then the hash of each as it is."""
_SALT = 0xD6E8FEB86659FD93
"""Keeps the hashes of whole texts from those of n-grams: a text of five words has both."""


def postings(table: pa.Table) -> tuple[Hashes, Numbers]:
    """All hashes of a table of traces, with their codes; in no order.

    >>> from standfirst.traces import trace_table
    >>> row = {"id": "0", "headline": "A mill burns down overnight", "standfirst": "", "body": "So.", "published": ""}
    >>> values, codes = postings(trace_table([row])); sorted(codes.tolist())
    [0, 2, 3, 6]
    """
    import numpy as np

    values, codes = [], []
    for place, name in enumerate(TEXTS):
        column = table[f"{name}_grams"].combine_chunks()
        rows = np.arange(len(table), dtype=np.int64)
        values.append(column.flatten().to_numpy(zero_copy_only=False))
        codes.append(np.repeat(rows, column.value_lengths().to_numpy(zero_copy_only=False)) * PLACES + place)
    for place, (kind, name) in enumerate(((k, n) for k in ("key", "hash") for n in TEXTS), len(TEXTS)):
        column = table[f"{name}_{kind}"].combine_chunks()
        there = np.flatnonzero(column.is_valid().to_numpy(zero_copy_only=False))
        salt = np.uint64(place * _SALT % 2**64)
        values.append(column.drop_null().to_numpy(zero_copy_only=False) ^ salt)
        codes.append(there.astype(np.int64) * PLACES + place)
    return np.concatenate(values), np.concatenate(codes)


def sizes(table: pa.Table) -> Numbers:
    """How many n-grams each text of a table of traces has: of shape (rows, texts)."""
    import numpy as np

    lengths = [table[f"{name}_grams"].combine_chunks().value_lengths().to_numpy(zero_copy_only=False) for name in TEXTS]
    return np.stack([column.astype(np.int64) for column in lengths], axis=1)


class Index:
    """Postings of one side, sorted: says whose values those of the other side meet.

    Memory: 24 bytes a posting, so 300 MB for 30,000 articles of 400 words.
    """

    def __init__(self, values: Hashes, codes: Numbers) -> None:
        import numpy as np

        order = np.argsort(values)
        values, self._codes = values[order], codes[order]
        self._starts = np.flatnonzero(np.append(True, values[1:] != values[:-1])[: len(values)])
        self._values = values[self._starts]
        self._counts = np.diff(self._starts, append=len(values))

    def _found(self, values: Hashes) -> tuple[Any, Any]:
        import numpy as np

        if not len(self._values):
            return np.zeros(len(values), dtype=bool), np.zeros(0, dtype=np.int64)
        at = np.searchsorted(self._values, values)
        at[at == len(self._values)] = 0
        hit = self._values[at] == values
        return hit, at[hit]

    def meetings(self, values: Hashes) -> int:
        """How often the values meet a held one."""
        return int(self._counts[self._found(values)[1]].sum())

    def meet(self, values: Hashes, codes: Numbers, most: int = 2**62) -> Iterator[tuple[Numbers, Numbers, Numbers]]:
        """Pairs of a code held and a code given that share values, and how many: the three as arrays of one length.

        They come in pieces of about `most` meetings; a pair that is in several pieces shares the sum. In a piece a
        pair comes once, and pairs are sorted.
        """
        import numpy as np

        hit, at = self._found(values)
        given, counts = codes[hit], self._counts[at]
        ends = np.cumsum(counts)
        start = 0
        while start < len(given):
            before = ends[start - 1] if start else 0
            stop = max(start + 1, int(np.searchsorted(ends, before + most, side="right")))
            part, base = counts[start:stop], self._starts[at[start:stop]]
            within = np.arange(part.sum()) - np.repeat(np.cumsum(part) - part, part)
            yield shared(self._codes[np.repeat(base, part) + within], np.repeat(given[start:stop], part))
            start = stop


def shared(held: Numbers, other: Numbers, count: Numbers | None = None) -> tuple[Numbers, Numbers, Numbers]:
    """The distinct pairs of codes, sorted, and how often each comes, or the sum of its counts.

    >>> import numpy as np; a, b = np.array([4, 2, 4]), np.array([1, 1, 1])
    >>> [column.tolist() for column in shared(a, b)], shared(a, b, np.array([5, 1, 6]))[2].tolist()
    ([[2, 4], [1, 1], [1, 2]], [1, 11])
    """
    import numpy as np

    many = int(other.max(initial=0)) + 1
    if count is None:
        pairs, times = np.unique(held * many + other, return_counts=True)
    else:
        pairs, at = np.unique(held * many + other, return_inverse=True)
        times = np.bincount(at, weights=count, minlength=len(pairs)).astype(np.int64)
    return pairs // many, pairs % many, times
