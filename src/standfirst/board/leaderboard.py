"""Submissions in, a leaderboard out: everything that the page shows, as one value with a stable order.

Each submission is checked and its predictions scored here; figures in its files are not read. Systems whose signatures
are alike stand in one table and are compared there by the paired test; floors stand beside them without a rank, and
ceilings, which read the references, apart.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from standfirst.board import examples, figures
from standfirst.board.flags import NEAR, flags
from standfirst.board.others import Others
from standfirst.board.submissions import FILES, SPLIT, WITHHELD, SubmissionError, checked, files_elsewhere, kept_floors
from standfirst.board.system import CARD, System
from standfirst.errors import InputError
from standfirst.record import TASKS
from standfirst.release import fingerprint, read_report
from standfirst.release.hidden import hidden_split
from standfirst.scoring.comparison import ALPHA, TRIALS, compare, main_metric
from standfirst.scoring.references import Against, articles
from standfirst.scoring.scores import Scores
from standfirst.scoring.signature import unlike
from standfirst.storage import written

FORMAT = 1
PLACES = {"floor": "floor", "ceiling": "ceiling"}
"""Kinds that are not ranked -> their place; every other kind is `ranked`."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One submission's predictions for one task, checked and scored."""

    id: str
    """The name of the submission's folder."""
    system: System
    scores: Scores
    sha256: str
    withheld: bool
    """Whether the file of predictions is not in the submission, but came from elsewhere."""

    @property
    def place(self) -> str:
        """`ranked`, `floor` or `ceiling`."""
        return PLACES.get(self.system.kind, "ranked")


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A submission that is not on the board, and why; `broken` where that is its own fault."""

    id: str
    reason: str
    """In a few words, of what the submission holds alone: it stands on the board."""
    detail: str
    """All that is wrong, for whoever can mend it."""
    broken: bool


def leaderboard(
    submissions: Iterable[str | Path],
    releases: Sequence[str | Path],
    floors: str | Path | None = None,
    predictions: str | Path | None = None,
    references: str | Path | None = None,
) -> tuple[dict[str, Any], list[LeftOut]]:
    """The leaderboard of the submissions on the test splits of the releases, and what is not on it.

    `submissions` are folders with a `system.yaml`, or folders of such. `floors` is a file as `evaluation/floors.json`.
    `predictions` is a folder with, for each submission whose predictions may not be published, a folder of its name
    with the files. `references` is the file of those that a release hides. docs/leaderboard.md describes the value.
    Raises InputError where a folder or a release cannot be read, where a folder holds no submission, where references
    are hidden and not given, and where two submissions have one name.
    """
    known = {fingerprint(data): Path(data) for data in releases}
    if predictions is not None and not Path(predictions).is_dir():
        raise InputError(f"{predictions}: no such folder; --predictions names one with a folder for each submission")
    if references is not None and all(hidden_split(data) != SPLIT for data in releases):
        raise InputError(f"{references}: no release given hides the references of its {SPLIT} split; leave them out")
    entries: list[Entry] = []
    left_out: list[LeftOut] = []
    for folder in _folders(submissions):
        try:
            entries += _entries(folder, known, Path(predictions) / folder.name if predictions else None, references)
        except _OtherDatasetError as error:
            left_out.append(LeftOut(folder.name, "is for another dataset", str(error), broken=False))
        except SubmissionError as error:
            left_out.append(_left_out(folder.name, error))
    order = list(known)
    tables = [_table(alike, floors) for alike in _alike(entries)]
    tables.sort(key=lambda t: (order.index(t["dataset"]), TASKS.index(t["task"]), t["signature"]))
    board = {
        "format": FORMAT,
        "datasets": {key: _dataset(data) for key, data in known.items()},
        "tables": tables,
        "left_out": [{"id": one.id, "reason": one.reason} for one in left_out],
    }
    return board, left_out


def write_json(board: Mapping[str, Any], path: Path) -> None:
    """Write the leaderboard as JSON, whole or not at all; the same leaderboard gives the same bytes."""
    write_whole(path, json.dumps(board, ensure_ascii=False, indent=1) + "\n")


def write_whole(path: Path, text: str) -> None:
    """Write a text in UTF-8, whole or not at all; InputError where it cannot be written."""
    with written(path) as file:
        file.write(text)


def _left_out(name: str, error: SubmissionError) -> LeftOut:
    """Why it is not scored; that its predictions were not given is no fault of its own."""
    kinds = [defect.kind for file in error.files for defect in file.defects]
    if set(kinds) == {WITHHELD}:
        files = " and ".join(file.name for file in error.files)
        detail = f"{files} not published with it; give the folder that holds them with --predictions"
        return LeftOut(name, "its predictions are kept elsewhere", detail, broken=False)
    return LeftOut(name, f"not scored, {len(kinds)} defect{'s' if len(kinds) > 1 else ''}", str(error), broken=True)


class _OtherDatasetError(Exception):
    """The submission is for a dataset that was not given."""


def _folders(given: Iterable[str | Path]) -> list[Path]:
    """The folders of submissions, by name."""
    found: dict[str, Path] = {}
    for one in map(Path, given):
        if not one.is_dir():
            raise InputError(f"{one}: no such folder; give a submission, or a folder of submissions")
        inside = [one] if (one / CARD).exists() else sorted(p for p in one.iterdir() if p.is_dir())
        if not inside:
            raise InputError(f"{one}: holds no submission; give one, with its {CARD}, or a folder of such")
        for folder in inside:
            if found.setdefault(folder.name, folder).resolve() != folder.resolve():
                raise InputError(f"{folder} and {found[folder.name]}: two submissions of one name; rename one")
    return [found[name] for name in sorted(found)]


def _entries(
    folder: Path, releases: Mapping[str, Path], elsewhere: Path | None, references: str | Path | None
) -> list[Entry]:
    wanted = _dataset_of(folder)
    if wanted is not None and wanted not in releases:
        shown = ", ".join(f"{key[:12]} ({data})" for key, data in releases.items())
        raise _OtherDatasetError(f"is for dataset {wanted[:12]}; the releases given are {shown}")
    dataset = wanted or next(iter(releases))
    data = releases[dataset]
    given = files_elsewhere(elsewhere if elsewhere is not None and elsewhere.is_dir() else None)
    file = references if hidden_split(data) == SPLIT else None
    system, scored = checked(folder, data, dataset, given, references=file, partly=False)
    found = []
    for name, (digest, scores) in scored.items():
        if scores is None:
            raise InputError(f"{data}: hides the references of its {SPLIT} split; give their file with --references")
        found.append(Entry(folder.name, system, scores, digest, withheld=not (folder / name).exists()))
    return found


def _dataset_of(folder: Path) -> str | None:
    """The fingerprint that the card states; None where it has none, which the check then says."""
    import yaml

    try:
        values = yaml.safe_load((folder / CARD).read_bytes().decode("utf-8-sig"))
        stated = values["dataset"]["fingerprint"]
    except (OSError, ValueError, RecursionError, yaml.YAMLError, KeyError, TypeError, IndexError):
        return None
    return stated if isinstance(stated, str) else None


def _dataset(data: Path) -> dict[str, Any]:
    report = read_report(data)
    sources = report["sources"]
    return {
        "name": " and ".join(sorted(sources)),
        "fingerprint": report["content_sha256"],
        "licences": sorted({licence for source in sources.values() for licence in source["licences"]}),
        "articles": {split: counts["records"] for split, counts in report["splits"].items()},
    }


def _alike(entries: Iterable[Entry]) -> list[list[Entry]]:
    """The entries, those of like signature together."""
    groups: list[list[Entry]] = []
    for entry in entries:
        for group in groups:
            if not unlike(group[0].scores.signature, entry.scores.signature):
                group.append(entry)
                break
        else:
            groups.append([entry])
    return groups


def _table(entries: Sequence[Entry], floors: str | Path | None) -> dict[str, Any]:
    """One table: its systems in order, their figures, and twenty articles with what each predicts for them."""
    first = entries[0].scores
    against, task = first.against, first.signature.task
    if against is None or task is None:
        raise InputError("a leaderboard is of predictions for a release")
    metric = main_metric(task)
    standing = _standing(entries, metric)
    ordered = sorted(entries, key=lambda e: (_ORDER[e.place], -e.scores.scores[metric]["f1"].mean, e.id))
    scores = [entry.scores for entry in ordered]
    kept = kept_floors(floors, against.fingerprint).get(task, {})
    published = articles(Against.of(against.data, task, SPLIT)).published
    sliced, parts = figures.slices_of(scores, metric)
    shown = examples.articles(scores[0])
    near = _near(ordered)
    systems = []
    for entry, beside, slices in zip(ordered, figures.support_of(scores), sliced, strict=True):
        told = entry.scores.to_dict()
        raised = flags(entry.scores, entry.system, published, kept, others=near[entry.id])
        systems.append(
            {
                "id": entry.id,
                "place": entry.place,
                **standing.get(entry.id, {"rank": None, "ties": [], "letters": ""}),
                "system": entry.system.to_dict(),
                "scores": told["scores"],
                "detectable": told["detectable"][metric],
                "support": beside,
                "slices": slices,
                "flags": [flag._asdict() for flag in raised if (entry.place, flag.flag) != ("floor", "below-floor")],
                "warnings": told["warnings"],
                "predictions": {"file": _file(task), "sha256": entry.sha256, "withheld": entry.withheld},
                "examples": examples.predictions(entry.scores, shown, metric, withheld=entry.withheld),
            }
        )
    return {
        "dataset": against.fingerprint,
        "task": task,
        "split": SPLIT,
        "n": first.n,
        "metric": metric,
        "signature": str(first.signature),
        "test": {"trials": TRIALS, "alpha": ALPHA, "correction": "holm"},
        "reference_words": figures.reference_words(first),
        "slices": parts,
        "articles": shown,
        "systems": systems,
    }


def _near(entries: Sequence[Entry]) -> dict[str, Others]:
    """For each entry, by id, the others that nearly have its predictions: they alone are worth looking at closely."""
    texts = {e.id: {pair.id: pair.prediction for pair in e.scores.pairs} for e in entries}
    alike = figures.nearly_same([e.scores for e in entries]) >= NEAR * entries[0].scores.n
    return {
        e.id: Others({entries[j].id: texts[entries[j].id] for j in alike[i].nonzero()[0] if j != i})
        for i, e in enumerate(entries)
    }


_ORDER = {"ranked": 0, "floor": 1, "ceiling": 2}


def _file(task: str) -> str:
    return next(name for name, of in FILES.items() if of == task)


def _standing(entries: Sequence[Entry], metric: str) -> dict[str, dict[str, Any]]:
    """For each system and floor, by id: its rank among the systems, what it cannot be told apart from, and letters.

    A floor has no rank, and takes none from a system; both are in the test. Letters are there for few systems alone.
    """
    compared = {e.id: e.scores for e in entries if e.place != "ceiling"}
    ranked = {e.id for e in entries if e.place == "ranked"}
    if len(compared) < 2:
        return {key: {"rank": 1 if key in ranked else None, "ties": [], "letters": "a"} for key in compared}
    found = compare(compared, metric=metric)
    ties: dict[str, list[str]] = {key: [] for key in compared}
    worse_than: dict[str, int] = dict.fromkeys(compared, 0)
    for one in found.differences:  # first is the better one
        if one.corrected >= ALPHA:
            ties[one.first].append(one.second)
            ties[one.second].append(one.first)
        elif one.first in ranked:
            worse_than[one.second] += 1
    return {
        s.name: {
            "rank": 1 + worse_than[s.name] if s.name in ranked else None,
            "ties": sorted(ties[s.name]),
            "letters": s.groups,
        }
        for s in found.systems
    }
