"""What a harness that runs models needs of the benchmark: what to ask, and scores that are those of `standfirst score`.

`evaluation/harness/` holds the tasks that are made of it (docs/harness.md).
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from standfirst.errors import InputError
from standfirst.scoring.interval import mean as exact_mean

PROMPTS = {
    "headline": "Write the headline of this news article. Answer with the headline alone, on one line.",
    "standfirst": (
        "Write the standfirst of this news article: the one or two sentences below its headline that say what it is "
        "about. Answer with the standfirst alone, on one line."
    ),
}
"""Task -> what a model is asked, before the body."""


def asked(data: str | Path, task: str, split: str = "test") -> list[dict[str, str]]:
    """A row for each article of the split that has the target: id, prompt, target, and the tokenizer of its scores.

    `data` is a release folder, or ORG/NAME on the Hub. Scores of texts of several languages have one tokenizer, which
    `standfirst score` chooses by all of them; so it is chosen here, where all of them are seen. Raises InputError where
    there is no release, no such task or split, or no article that has the target.
    """
    from standfirst.release.load import load
    from standfirst.scoring.tokens import tokenizer_for

    rows = load(data, task=task, split=split).select_columns(["id", "body", task, "language"]).to_list()
    if not rows:
        raise InputError(f"{data}: no article of the {split} split has a {task} to ask for; choose another")
    tokenizer = tokenizer_for(row["language"] for row in rows)
    return [
        {
            "id": row["id"],
            "prompt": f"{PROMPTS[task]}\n\n{row['body']}\n\n{task.capitalize()}:",
            "target": row[task],
            "tokenizer": tokenizer,
        }
        for row in rows
    ]


def f1(prediction: str, target: str, tokenizer: str = "ascii") -> dict[str, float]:
    """The F1 of each type for one text, 0 to 1: the value of the pair in `standfirst.score`. No text scores 0.

    >>> f1("Tea is hot", "Tea is cold")["rouge2"]
    0.5
    """
    from standfirst.scoring.rouge import TYPES
    from standfirst.scoring.scores import score

    row: dict[str, Any] = {"id": "1", "prediction": prediction, "reference": target}
    scores = score([row], pairs=True, tokenizer=tokenizer, samples=0)
    return {name: float(scores.values(name)[0]) for name in TYPES}


def mean(values: Iterable[float]) -> float:
    """The mean as `standfirst score` has it, exactly rounded, so that the order of the values changes no digit.

    >>> mean([0.1] * 10), mean([1e16, 1.0, -1e16]), mean([1e16, -1e16, 1.0])
    (0.1, 0.3333333333333333, 0.3333333333333333)
    """
    return exact_mean(list(values))
