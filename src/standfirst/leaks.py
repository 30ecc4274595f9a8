"""What of one set of articles stands in another: a report, and a gate.

Every comparison is exact: of all 5-grams of every text, and of whole fields, with no sampling. Both sides are tables of
`traces`. The held-out side is indexed; the other side streams past it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from standfirst.meetings import PLACES, Index, postings, sizes
from standfirst.stories import COPY, FORM_DAYS, SAME_TEXT
from standfirst.traces import TEXTS

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    import pyarrow as pa

    Numbers = npt.NDArray[np.int64]

NEAR_FIELD = 0.8
"""Share of a headline's or standfirst's 5-grams from which it stands in another text: a quotation of one clause of a
standfirst of 20 words is less."""
NEAR = {
    ("headline", "headline"): "near_headline",
    ("headline", "standfirst"): "headline_in_standfirst",
    ("headline", "body"): "headline_in_body",
    ("standfirst", "headline"): "standfirst_in_headline",
    ("standfirst", "standfirst"): "near_standfirst",
    ("standfirst", "body"): "standfirst_in_body",
    ("body", "headline"): "body_holds_headline",
    ("body", "standfirst"): "body_holds_standfirst",
    ("body", "body"): "near",
}
"""(field of the held-out article, field of the other) -> what the kind is called: one holds most of the other."""
KINDS = ("same_article", *TEXTS, *(f"exact_{name}" for name in TEXTS), *NEAR.values(), "form")
"""`near` is what `stories.bond` keeps in one split for the text alone; `form` shares half its text over months (a
monthly poll with its method). `headline`, `standfirst` and `body` are equal in letters and digits, `exact_` ones to the
last character."""
LIMITS: dict[str, int] = {"same_article": 0, "body": 0, "near": 0, "standfirst": 0}
"""How many articles of the held-out side may stand in the other: none by body, near-copy or standfirst. The other kinds
are reported and not limited: "Letters" heads many different articles, a round-up of the day quotes the openings of
many, and "An inquiry was opened on Friday" stands in any number of them (docs/stories.md has what was read)."""
MEETINGS = 20_000_000
"""Shared 5-grams looked at in one piece: 500 MB; a boilerplate line multiplies them."""
ROWS = 500

Pairs = dict[str, tuple[str, float]]


@dataclass(slots=True)
class Leaks:
    """What was found: for each kind the ids on the held-out side with the id they stand in and the share that does."""

    held_out: int = 0
    other: int = 0
    pairs: dict[str, Pairs] = field(default_factory=lambda: {kind: {} for kind in KINDS})
    nearest: Pairs = field(default_factory=dict)
    """Of each held-out article the other whose body shares most 5-grams, as a share of the smaller body's."""
    held_days: tuple[int, int] | None = None
    """The first day and the last of the held-out articles, and below of the others."""
    other_days: tuple[int, int] | None = None

    def over(self, limits: Mapping[str, int] = LIMITS) -> dict[str, Pairs]:
        """The kinds that are over their limit, with their pairs."""
        return {kind: self.pairs[kind] for kind, most in limits.items() if len(self.pairs[kind]) > most}

    def edges(self, limits: Mapping[str, int] = LIMITS) -> set[tuple[str, str]]:
        """The pairs of the limited kinds, smaller id first: what must not stand on two sides."""
        found = ((held, other) for kind in limits for held, (other, _) in self.pairs[kind].items())
        return {(min(pair), max(pair)) for pair in found}

    def merge(self, part: Leaks) -> None:
        """Take in what was found for other held-out articles or among others; parts may come in any order.

        The counts of the two sides are not added up, since parts may share one of them.
        """
        for kind, pairs in part.pairs.items():
            for held, found in pairs.items():
                _better(self.pairs[kind], held, found)
        for held, found in part.nearest.items():
            _better(self.nearest, held, found)
        self.held_days = _span(self.held_days, part.held_days)
        self.other_days = _span(self.other_days, part.other_days)

    @property
    def gap_days(self) -> int | None:
        """Days from the newest of the others to the oldest held-out article: negative where they overlap in time."""
        return None if not self.held_days or not self.other_days else self.held_days[0] - self.other_days[1]

    def summary(self) -> dict[str, Any]:
        """For the report: how many articles each side has, how many of the held-out stand in the other by each kind,
        the dates of both sides, and how many have a nearest article that shares a tenth, a fifth and half of it."""
        similar = [share for _, share in self.nearest.values()]
        return {
            "held_out": self.held_out,
            "other": self.other,
            **{kind: len(pairs) for kind, pairs in self.pairs.items()},
            "held_out_dates": _dates(self.held_days),
            "other_dates": _dates(self.other_days),
            "gap_days": self.gap_days,
            "nearest_shares": {f"{level}": sum(share >= level for share in similar) for level in (0.1, 0.2, 0.5)},
        }

    def to_table(self) -> pa.Table:
        """As a table of (kind, held, other, share), which `from_table` reads; counts and days are rows of their own."""
        import pyarrow as pa

        rows: list[tuple[str, str, str, float]] = [
            ("count", "held_out", "", self.held_out),
            ("count", "other", "", self.other),
        ]
        for name in ("held_days", "other_days"):
            rows += [("days", name, "", day) for day in getattr(self, name) or ()]
        for kind, pairs in {**self.pairs, "nearest": self.nearest}.items():
            rows += [(kind, held, other, share) for held, (other, share) in sorted(pairs.items())]
        names, kinds = ("kind", "held", "other", "share"), (pa.string(), pa.string(), pa.string(), pa.float64())
        columns = list(zip(*rows, strict=True))
        return pa.table({n: pa.array(c, k) for n, c, k in zip(names, columns, kinds, strict=True)})

    @classmethod
    def from_table(cls, table: pa.Table) -> Leaks:
        """What `to_table` wrote."""
        found = cls()
        for row in table.to_pylist():
            kind, held, other, share = row["kind"], row["held"], row["other"], row["share"]
            if kind == "count":
                setattr(found, held, int(share))
            elif kind == "days":
                setattr(found, held, _span(getattr(found, held), (int(share), int(share))))
            else:
                (found.nearest if kind == "nearest" else found.pairs[kind])[held] = (other, share)
        return found

    def nearest_table(self) -> pa.Table:
        """A row for each held-out article that shares a 5-gram with the other side: id, nearest, similarity; by id."""
        import pyarrow as pa

        rows = sorted(self.nearest.items())
        return pa.table(
            {
                "id": pa.array([i for i, _ in rows], pa.string()),
                "nearest": pa.array([other for _, (other, _) in rows], pa.string()),
                "similarity": pa.array([share for _, (_, share) in rows], pa.float64()),
            }
        )


def _better(pairs: Pairs, held: str, found: tuple[str, float]) -> None:
    """Keep the larger share, of equal ones the smaller id: whatever order they come in."""
    now = pairs.get(held)
    if now is None or (-found[1], found[0]) < (-now[1], now[0]):
        pairs[held] = found


def _span(a: tuple[int, int] | None, b: tuple[int, int] | None) -> tuple[int, int] | None:
    return (min(a[0], b[0]), max(a[1], b[1])) if a and b else a or b


def _dates(days: tuple[int, int] | None) -> list[str] | None:
    return [date.fromordinal(day).isoformat() for day in days] if days else None


class Side:
    """What is known of each article of one side, by row: its id, its day (nan: undated), the sizes of its texts."""

    def __init__(self, ids: pa.Array | pa.ChunkedArray, days: Any, sizes: Numbers) -> None:
        self.ids, self.days, self.sizes = ids, days, sizes

    @classmethod
    def of(cls, table: pa.Table) -> Side:
        """Of a table of traces."""
        return cls(table["id"], day_numbers(table), sizes(table))

    def named(self, rows: Numbers) -> list[str]:
        """The ids of rows."""
        import pyarrow as pa

        return list(self.ids.take(pa.array(rows)).to_pylist())


class HeldOut:
    """The held-out articles, indexed: built once, then asked about any number of other articles."""

    def __init__(self, table: pa.Table) -> None:
        self._side, self._span = Side.of(table), span_of_days(table)
        self._ids = set(table["id"].to_pylist())
        self._index = Index(*postings(table))

    def search(self, table: pa.Table) -> Leaks:
        """What of the held-out articles stands in these."""
        found = Leaks(len(self._ids), len(table), held_days=self._span, other_days=span_of_days(table))
        for start in range(0, len(table), ROWS):
            self._search(table.slice(start, ROWS), found)
        return found

    def _search(self, table: pa.Table, found: Leaks) -> None:
        values, codes = postings(table)
        if len(table) > 1 and self._index.meetings(values) > MEETINGS:
            half = len(table) // 2
            self._search(table.slice(0, half), found)
            self._search(table.slice(half), found)
            return
        for other in self._ids.intersection(table["id"].to_pylist()):
            found.pairs["same_article"][other] = (other, 1.0)
        for meeting in self._index.meet(values, codes):
            take(found, self._side, Side.of(table), meeting)


def take(found: Leaks, mine: Side, theirs: Side, met: tuple[Numbers, Numbers, Numbers]) -> None:
    """Put on the findings what pairs of codes mean that share so many hashes (see `meetings`): of each pair all."""
    import numpy as np

    held, other, shared = met
    row, place = np.divmod(held, PLACES)
    at, where = np.divmod(other, PLACES)
    whole = (place >= len(TEXTS)) & (place == where)
    for kind in np.unique(place[whole]).tolist():
        equal = whole & (place == kind)
        name = TEXTS[kind % len(TEXTS)]
        pairs = found.pairs[name if kind < 2 * len(TEXTS) else f"exact_{name}"]
        for h, o in zip(mine.named(row[equal]), theirs.named(at[equal]), strict=True):
            _better(pairs, h, (o, 1.0))
    grams = (place < len(TEXTS)) & (where < len(TEXTS))
    row, place, at, where, shared = (column[grams] for column in (row, place, at, where, shared))
    share = shared / np.minimum(theirs.sizes[at, where], mine.sizes[row, place])
    bodies = (place == _BODY) & (where == _BODY)
    near = share >= np.where(bodies, SAME_TEXT, NEAR_FIELD)
    apart = np.abs(theirs.days[at] - mine.days[row])  # not a number: undated
    form = bodies & (share < COPY) & (apart > FORM_DAYS)
    names = mine.named(row[near]), theirs.named(at[near])
    rest = (column[near].tolist() for column in (place, where, share, form))
    for h, o, a, b, s, f in zip(*names, *rest, strict=True):
        _better(found.pairs["form" if f else NEAR[TEXTS[a], TEXTS[b]]], h, (o, s))
    row, at, share = row[bodies], at[bodies], share[bodies]
    largest = np.zeros(len(mine.ids))
    np.maximum.at(largest, row, share)
    best = share == largest[row]
    for h, o, s in zip(mine.named(row[best]), theirs.named(at[best]), share[best].tolist(), strict=True):
        _better(found.nearest, h, (o, s))


_BODY = TEXTS.index("body")


def day_numbers(table: pa.Table) -> Any:
    """The column `day` as floats, nan where it is null."""
    return table["day"].to_numpy().astype("float64")


def span_of_days(table: pa.Table) -> tuple[int, int] | None:
    """The first and the last day of the table."""
    import pyarrow.compute as pc

    edges = pc.min_max(table["day"]).as_py()
    return None if edges["min"] is None else (edges["min"], edges["max"])
