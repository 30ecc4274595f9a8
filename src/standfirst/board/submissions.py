"""A submission, checked and scored: a folder with `system.yaml` and predictions in, `scores.json` out."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from standfirst.board.flags import flags
from standfirst.board.others import others_of
from standfirst.board.system import CARD, System, read_system
from standfirst.errors import InputError
from standfirst.record import TASKS
from standfirst.scoring.predictions import Defect, PredictionsError, Target, join
from standfirst.scoring.scores import Scores, score
from standfirst.storage import written

SCORES = "scores.json"
SPLIT = "test"
FILES = {f"predictions-{task}.jsonl": task for task in TASKS}
"""The name of a file of predictions -> its task."""
WITHHELD = "withheld"
"""The kind of defect that is none of the submission: a file whose hash is stated, and that was not given."""


class SubmissionError(InputError):
    """A submission that cannot be scored. `files` holds, for each file that has any, its defects."""

    def __init__(self, folder: Path, files: Sequence[PredictionsError]) -> None:
        self.folder = folder
        self.files = list(files)
        count = sum(len(f.defects) for f in self.files)
        told = "\n".join(map(str, self.files))
        super().__init__(f"{folder}: not scored, {count} defect{'s' if count > 1 else ''}:\n{told}")

    def to_dict(self) -> dict[str, Any]:
        """The defects as `--json` prints them."""
        defects = [{"file": f.name, **d._asdict()} for f in self.files for d in f.defects]
        return {"submission": str(self.folder), "scored": False, "defects": defects}


def submit(
    folder: str | Path,
    data: str | Path,
    floors: str | Path | None = None,
    *,
    predictions: str | Path | None = None,
    others: str | Path | None = None,
    references: str | Path | None = None,
) -> dict[str, Any]:
    """What is written to the submission's `scores.json`: the system, and for each task its scores, hash and flags.

    Scores are computed here from the predictions for the test split of the release `data`; a `scores.json` that was
    there is replaced. `floors` is a file as `evaluation/floors.json`, for the flag `below-floor`. `predictions` is the
    folder, or the file, of predictions that may not be published: each must have the SHA-256 that `system.yaml` states.
    `others` is the folder whose submissions are compared with, for the flag `near-equal`: the one that `folder` lies in
    if None. `references` is the file of those that the release hides.

    Raises SubmissionError with everything wrong with the folder, and then no `scores.json` is left in it, unless all
    that is wrong is that a file whose hash is stated was not given; InputError where the folder, the release or the
    floors cannot be read, and where nothing is wrong but the references are hidden and not given.
    """
    folder = Path(folder)
    try:
        answer = answer_of(folder, data, floors, predictions=predictions, others=others, references=references)
    except SubmissionError as error:
        stale = folder / SCORES
        kinds = {defect.kind for file in error.files for defect in file.defects}
        if stale.is_file() and kinds != {WITHHELD}:
            stale.unlink()  # else what it says, of other predictions or made up, could reach the board
        raise
    _write(folder / SCORES, answer)
    return answer


def answer_of(
    folder: Path,
    data: str | Path,
    floors: str | Path | None = None,
    *,
    predictions: str | Path | None = None,
    others: str | Path | None = None,
    references: str | Path | None = None,
    partly: bool = False,
) -> dict[str, Any]:
    """What `submit` would write; nothing is written. `partly` leaves out what a file that was not given would tell."""
    from standfirst.release import fingerprint
    from standfirst.scoring.references import Against, articles

    if not folder.is_dir():
        raise InputError(f"{folder}: no such folder; give one with {CARD} and {' or '.join(FILES)}")
    elsewhere = files_elsewhere(predictions)
    dataset = fingerprint(data)
    kept = kept_floors(floors, dataset)
    system, scored = checked(folder, data, dataset, elsewhere, references=references, partly=partly)
    if scored.keys() and not any(found for _, found in scored.values()) and not partly:
        raise InputError(
            f"{folder}: nothing wrong was found; not scored, since {data} hides the references of its {SPLIT} split: "
            "who keeps them scores it with --references FILE"
        )
    near = others_of(folder, Path(others) if others is not None else folder.resolve().parent)
    published = articles(Against.of(data, TASKS[0], SPLIT)).published
    tasks = {}
    for name, (digest, found) in scored.items():
        task = FILES[name]
        if found is None:
            continue
        told = found.to_dict()
        if not kept.get(task):
            told["warnings"] = [*told["warnings"], "no baselines' scores are kept for this dataset to compare with"]
        if unreadable := near[task].unreadable:
            told["warnings"] = [*told["warnings"], f"not compared with, being unreadable: {', '.join(unreadable)}"]
        told["predictions"] = {"file": name, "sha256": digest, **({"withheld": True} if name in elsewhere else {})}
        raised = flags(found, system, published, kept.get(task, {}), others=near[task], digest=digest)
        told["flags"] = [flag._asdict() for flag in raised]
        tasks[task] = told
    return {"system": system.to_dict(), "dataset": {"fingerprint": dataset}, "tasks": tasks}


def files_elsewhere(given: str | Path | None) -> dict[str, Path]:
    """The files of predictions that are not in the submission's folder, by name."""
    if given is None:
        return {}
    where = Path(given)
    if not where.exists():
        raise InputError(f"{given}: no such file or folder; --predictions names what holds {' or '.join(FILES)}")
    found = {p.name: p for p in (where.iterdir() if where.is_dir() else [where]) if p.name in FILES}
    if not found:
        raise InputError(f"{given}: holds no predictions; a file of them is named {' or '.join(FILES)}")
    return found


def checked(
    folder: Path,
    data: str | Path,
    dataset: str,
    elsewhere: dict[str, Path],
    *,
    references: str | Path | None,
    partly: bool,
) -> tuple[System, dict[str, tuple[str, Scores | None]]]:
    """The system, and for each file of predictions its SHA-256 and its scores; or everything wrong with them.

    Where references are hidden and not given, there are no scores.
    """
    wrong: list[PredictionsError] = []
    system, defects = read_system(folder / CARD, dataset)
    if defects:
        wrong.append(PredictionsError(CARD, defects))
    stated = {f"predictions-{task}.jsonl": sha for task, sha in (system.predictions_sha256 if system else {}).items()}
    scored: dict[str, tuple[str, Scores | None]] = {}
    inside = {path.name: path for path in folder.glob("predictions*")}
    if not (inside.keys() | elsewhere.keys() | stated.keys()) & set(FILES):
        detail = f"there are none; give {' or '.join(FILES)}, or both"
        wrong.append(PredictionsError("predictions", [Defect(None, "missing", detail)]))
    for name in sorted(inside.keys() | elsewhere.keys() | stated.keys()):
        try:
            if name not in inside and name not in elsewhere and partly:
                continue
            path = _one(name, inside, elsewhere, stated, system is not None)
            scored[name] = _scored(path, data, references)
        except PredictionsError as error:
            wrong.append(PredictionsError(name, error.defects))
    if wrong or system is None:
        raise SubmissionError(folder, wrong)
    return system, scored


def _one(name: str, inside: dict[str, Path], elsewhere: dict[str, Path], stated: dict[str, str], known: bool) -> Path:
    """The one file of this name, after checking it against the hash stated; `known` says that the card was read."""
    from standfirst.release.folder import sha256_of

    def refuse(kind: str, detail: str) -> PredictionsError:
        return PredictionsError(name, [Defect(None, kind, detail)])

    if name in inside and name in elsewhere and inside[name].resolve() != elsewhere[name].resolve():
        raise refuse("two files", f"one is in the submission, another is {elsewhere[name]}; give one of them")
    path = elsewhere.get(name) or inside.get(name)
    if path is None:
        detail = (
            f"{CARD} states its SHA-256, and the file is not here; name the folder that holds it with --predictions"
        )
        raise refuse(WITHHELD, f"{detail}, or see with --check what can be told without it")
    if path.is_file() and known and (name in stated or name in elsewhere):
        digest = sha256_of(path)
        if name not in stated:
            wanted = f"predictions_sha256 in {CARD}, with {FILES[name]}: {digest}"
            raise refuse("no hash", f"a file from elsewhere is known by its hash; wanted {wanted}")
        if digest != stated[name]:
            raise refuse("other predictions", f"found a file with SHA-256 {digest}, {CARD} states {stated[name]}")
    return path


def _scored(path: Path, data: str | Path, references: str | Path | None) -> tuple[str, Scores | None]:
    from standfirst.release import read_inputs
    from standfirst.release.folder import sha256_of
    from standfirst.release.hidden import hidden_split

    def refuse(kind: str, detail: str) -> PredictionsError:
        return PredictionsError(path.name, [Defect(None, kind, detail)])

    if path.name not in FILES:
        raise refuse("unknown file", f"predictions are read from {' and '.join(FILES)} alone; rename or remove it")
    if not path.is_file():
        raise refuse("not a file", "found a folder or a link to nothing, wanted JSON lines")
    digest = sha256_of(path)
    task, found = FILES[path.name], None
    if hidden_split(data) == SPLIT and references is None:
        asked = read_inputs(data, SPLIT, task).to_pylist()
        join(path, {row["id"]: Target(("",), row["body"], row["language"]) for row in asked})
    else:
        found = score(path, data=data, task=task, split=SPLIT, hidden=references)
    if sha256_of(path) != digest:
        raise refuse("changed", "the file changed while it was read; submit again")
    return digest, found


def kept_floors(path: str | Path | None, dataset: str) -> dict[str, Any]:
    """Task -> baseline -> scores, for this dataset; {} where none are kept."""
    if path is None:
        return {}
    try:
        releases = json.loads(Path(path).read_text(encoding="utf-8"))
        return next((dict(r) for r in releases.values() if r["fingerprint"] == dataset), {})
    except (OSError, ValueError, AttributeError, KeyError, TypeError) as error:
        raise InputError(f"{path}: holds no baselines' scores ({error}); make floors.json with: make figures") from None


def _write(path: Path, answer: dict[str, Any]) -> None:
    with written(path) as file:
        file.write(json.dumps(answer, indent=1) + "\n")
