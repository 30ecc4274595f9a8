"""A story's split: from its id or its dates alone, so that it is the same everywhere and stays when articles come."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from standfirst.errors import InputError
from standfirst.record import Reason
from standfirst.stories import join


@dataclass(frozen=True, slots=True)
class Ratios:
    """Shares of train, validation and test, in whole numbers: 80, 10 and 10 in a hundred unless given."""

    train: int = 80
    validation: int = 10
    test: int = 10

    @classmethod
    def parse(cls, text: str) -> Ratios:
        """From `80/10/10`. Raises InputError where the text is not three whole numbers, the first and last over 0.

        >>> Ratios.parse("90/5/5")
        Ratios(train=90, validation=5, test=5)
        """
        parts = text.split("/")
        if (
            len(parts) != 3
            or not all(p.isascii() and p.isdigit() for p in parts)
            or not (int(parts[0]) and int(parts[2]))
        ):
            wanted = "train/validation/test in whole numbers, train and test over 0, such as 80/10/10 or 90/0/10"
            raise InputError(f"--ratios: found {text!r}, wanted {wanted}")
        return cls(*map(int, parts))

    def split(self, story: str, days: Sequence[int | None]) -> str | Reason:
        """The split of a story, whatever its days."""
        return split_of(story, self)


DEFAULT_RATIOS = Ratios()


def split_of(story: str, ratios: Ratios = DEFAULT_RATIOS) -> str:
    """The split of a story: the first 64 bits of SHA-256 of its id, as a share of one, against the cumulated ratios.

    >>> split_of("00c3a4bf1d2e9f70")
    'train'
    """
    point = int.from_bytes(hashlib.sha256(story.encode()).digest()[:8], "big")
    total = ratios.train + ratios.validation + ratios.test
    if point * total < ratios.train << 64:
        return "train"
    return "validation" if point * total < (ratios.train + ratios.validation) << 64 else "test"


@dataclass(frozen=True, slots=True)
class ByDate:
    """Train, then validation, then test, in time: the days (`date.toordinal`) on which the later two begin, and how
    many days before each are left empty, so that what was still told of a training story is not the test."""

    validation_from: int
    test_from: int
    gap: int = 0

    @classmethod
    def parse(cls, text: str, gap: int = 0) -> ByDate:
        """From `2020-06-01/2020-08-01`: the first day of validation and of test.

        Raises InputError where the text is not two dates, the second later by more than the gap.

        >>> ByDate.parse("2020-06-01/2020-08-01", gap=7).gap
        7
        """
        try:
            first, second = (date.fromisoformat(part).toordinal() for part in text.split("/"))
        except ValueError:
            first = second = 0
        if second - first <= gap or gap < 0:
            raise InputError(
                f"--by-date: found {text!r} with a gap of {gap} days, wanted the first days of validation and of test, "
                "further apart than the gap, such as 2020-06-01/2020-08-01"
            )
        return cls(first, second, gap)

    def split(self, story: str, days: Sequence[int | None]) -> str | Reason:
        """The split that holds all the story's days; a reason where none does.

        >>> cut = ByDate(100, 200, gap=7)
        >>> cut.split("", [92, None]), cut.split("", [99]), cut.split("", [200, 300]), cut.split("", [None]).value
        ('train', <Reason.BETWEEN_SPLITS: 'between-splits'>, 'test', 'undated')
        """
        known = [day for day in days if day is not None]
        if not known:
            return Reason.UNDATED
        first, last = min(known), max(known)
        if first >= self.test_from:
            return "test"
        if self.validation_from <= first and last < self.test_from - self.gap:
            return "validation"
        return "train" if last < self.validation_from - self.gap else Reason.BETWEEN_SPLITS


Placed = list[tuple[str, str, str]]
Refused = list[tuple[str, Reason, str]]


def place(
    days: Mapping[str, int | None],
    edges: Iterable[tuple[str, str]],
    splitter: Ratios | ByDate,
    published: Mapping[str, tuple[str, str]] | None = None,
    ties: Iterable[tuple[str, str]] = (),
) -> tuple[Placed, Refused]:
    """The (id, story, split) of every article of `days`, and the (id, reason, detail) of those that can have none.

    `edges` are pairs that tell one story, `ties` pairs that share text and stand in one split without telling one
    story. A split is drawn for all stories that are tied, by the smallest of their ids. `published` holds the story and
    split of each article of the version that is continued: these stay as they are, whatever the edges say. New articles
    that tell one story go where the published ones that they retell are. A new article that is tied to published ones
    of two splits is refused; and so are new articles that together are.

    >>> before = {"a": ("a", "train"), "c": ("c", "test")}
    >>> place({"a": 1, "b": 2, "c": 3}, [("a", "b"), ("b", "c")], Ratios(), before)[1]
    [('b', <Reason.STRADDLES: 'straddles-splits'>, 'a is in train, c is in test')]
    >>> place({"a": 1, "b": 2}, [], Ratios(), ties=[("a", "b")])[0]
    [('a', 'a', 'train'), ('b', 'b', 'train')]
    """
    published = published or {}
    edges, ties = list(edges), list(ties)
    retold, beside = _olds(edges, published), _olds([*edges, *ties], published)
    refused: Refused = [(i, Reason.STRADDLES, d) for i, olds in beside.items() if (d := _between(olds, published))]
    apart = published.keys() | {i for i, _, _ in refused}
    told = join((a, b) for a, b in edges if not {a, b} & apart)
    tied = join((a, b) for a, b in [*edges, *ties] if not {a, b} & apart)
    groups: dict[str, dict[str, list[str]]] = {}  # a group of tied stories -> its stories -> their articles
    for i in days:
        if i not in apart:
            groups.setdefault(tied.get(i, i), {}).setdefault(told.get(i, i), []).append(i)
    placed: Placed = [(i, *published[i]) for i in days if i in published]
    for group, stories in groups.items():
        members = [i for articles in stories.values() for i in articles]
        olds = set[str]().union(*(beside.get(i, ()) for i in members))
        if detail := _between(olds, published):
            refused += [(i, Reason.STRADDLES, detail) for i in members]
            continue
        where = published[min(olds)][1] if olds else splitter.split(group, [days[i] for i in members])
        if isinstance(where, Reason):
            refused += [(i, where, "") for i in members]
            continue
        for new, articles in stories.items():
            story = min((published[old][0] for i in articles for old in retold.get(i, ())), default=new)
            placed += [(i, story, where) for i in articles]
    return sorted(placed), sorted(refused)


def _olds(pairs: Iterable[tuple[str, str]], published: Mapping[str, tuple[str, str]]) -> dict[str, set[str]]:
    """Of each new article that is paired with published ones: which."""
    olds: dict[str, set[str]] = {}
    for a, b in pairs:
        if (a in published) != (b in published):
            new, old = (a, b) if b in published else (b, a)
            olds.setdefault(new, set()).add(old)
    return olds


def _between(olds: Iterable[str], published: Mapping[str, tuple[str, str]]) -> str:
    """Which published articles stand in which splits, where they are more than one split; else nothing."""
    where = {published[i][1]: i for i in sorted(olds, reverse=True)}
    return ", ".join(f"{i} is in {s}" for s, i in sorted(where.items(), key=lambda at: at[1])) if len(where) > 1 else ""
