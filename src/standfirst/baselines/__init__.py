"""Baselines: systems to beat. Each is one module with one function, `predict(train, inputs, task)`.

`train` and `inputs` are pandas frames. `train` holds id, headline, standfirst, body and language of the training split;
`inputs` holds id, body and language of the articles to predict for. Predictions come back by id. What a baseline finds
first it puts in a text of the task's length with `fitted`.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from standfirst.errors import InputError
from standfirst.record import SPLITS, TASKS
from standfirst.storage import written

if TYPE_CHECKING:
    import pandas as pd

Predict = Callable[["pd.DataFrame", "pd.DataFrame", str], dict[str, str]]

NAMES = ("random", "words", "lead", "lead3", "nearest", "lexrank", "tfidf", "supervised", "compression", "oracle")
"""Every baseline, in the order of tables; a name is the name of its module."""
FLOORS = frozenset({"random", "words", "lead", "lead3"})
"""Baselines that weigh no word: whatever has learnt or looks for anything should score higher."""
READ_REFERENCES = frozenset({"oracle"})
"""Baselines whose inputs hold the references: ceilings, never ranked with systems."""


def run(
    name: str, data: str | Path, task: str, split: str = "test", *, references: str | Path | None = None
) -> dict[str, str]:
    """The baseline's predictions for the articles of a split that have the task's target, by id.

    `references` is the file of those that the release hides, for a baseline that reads them. Raises InputError for an
    unknown baseline, task or split, where `data` is no release, and where references are hidden and not given.
    """
    from standfirst.release import read_inputs, read_split

    for value, known, what in ((name, NAMES, "baseline"), (task, TASKS, "task"), (split, SPLITS, "split")):
        if value not in known:
            raise InputError(f"{value!r} is no {what}; choose one of {', '.join(known)}")
    predict: Predict = import_module(f"standfirst.baselines.{name}").predict
    train = read_split(data, "train", ["id", "headline", "standfirst", "body", "language"]).to_pandas()
    inputs = read_inputs(data, split, task).to_pandas()
    if name in READ_REFERENCES:
        from standfirst.scoring.references import Against, targets

        wanted = targets(Against.of(data, task, split), references)
        inputs[task] = [wanted[i].references[0] for i in inputs["id"]]
    return predict(train, inputs, task)


def target_length(train: pd.DataFrame, task: str) -> int:
    """The median number of words that the task's target has in the training split; 10 where no article has one."""
    lengths = train[task].dropna().str.split().str.len()
    return int(lengths.median()) if len(lengths) else 10


def fitted(sentence: str, task: str, length: int) -> str:
    """A sentence as a prediction: whole for a standfirst, and of a headline only the first `length` words.

    >>> fitted("Hot tea is drunk in the north.", "headline", 3)
    'Hot tea is'
    """
    return " ".join(sentence.split()[:length]) if task == "headline" else sentence


def write_predictions(predictions: dict[str, str], out: str | Path) -> None:
    """Write rows `{"id", "prediction"}` as JSON lines, sorted by id; the file is replaced whole or not at all."""
    rows = (
        json.dumps({"id": i, "prediction": text}, ensure_ascii=False) + "\n" for i, text in sorted(predictions.items())
    )
    with written(out) as file:
        file.writelines(rows)
