"""Score again what a file of scores says, with the settings of its signature, and say what differs."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from standfirst.errors import InputError
from standfirst.scoring.scores import Scores, score
from standfirst.scoring.signature import Signature, parse


def verify(
    answer: str | Path,
    predictions: str | Path,
    *,
    data: str | Path | None = None,
    hidden: str | Path | None = None,
) -> list[str]:
    """What differs between a file of scores (`standfirst score --json`) and what the predictions score; [] if nothing.

    Every part of the signature and every mean, low and high is compared, to the last digit. `data` is the release,
    where the signature names a task, `hidden` the file of the references that it hides. Raises InputError
    where the file holds no scores.
    """
    told = _read(answer)
    try:
        signature = parse(str(told["signature"]))
    except InputError as error:
        raise InputError(f"{answer}: {error}; write one with: standfirst score ... --json") from None
    again = _again(signature, predictions, data, hidden)
    found = [
        f"{name}: the file says {was}, now it is {now}"
        for name, was, now in _parts(signature, again.signature)
        if was != now
    ]
    now = again.to_dict()
    if told.get("n") != now["n"]:
        found.append(f"n: the file says {told.get('n')}, now it is {now['n']}")
    for name, parts in now["scores"].items():
        for part, interval in parts.items():
            for bound, value in interval.items():
                was = _at(told, name, part, bound)
                if was != value:
                    found.append(f"{name} {part} {bound}: the file says {was}, now it is {value}")
    return found


def _read(answer: str | Path) -> dict[str, Any]:
    try:
        told = json.loads(Path(answer).read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise InputError(f"{answer}: no such file; write one with: standfirst score ... --json") from None
    except (OSError, ValueError) as error:
        raise InputError(f"{answer}: cannot be read ({error}); write one with: standfirst score ... --json") from None
    if not isinstance(told, dict) or "signature" not in told:
        raise InputError(f"{answer}: holds no scores with a signature; write one with: standfirst score ... --json")
    return told


def _again(signature: Signature, predictions: str | Path, data: str | Path | None, hidden: str | Path | None) -> Scores:
    settings = settings_of(signature)
    if signature.task is None:
        return score(predictions, pairs=True, **settings)
    if data is None:
        raise InputError(f"the scores are of the task {signature.task} of a release; name its folder with --data")
    where: dict[str, Any] = {"data": data, "task": signature.task, "split": signature.split or "test"}
    return score(predictions, **where, hidden=hidden, **settings)


def settings_of(signature: Signature) -> dict[str, Any]:
    """The options of `score` that give this signature.

    >>> from standfirst.scoring.scores import Settings
    >>> told = Signature(stemmer="no", tokenizer="unicode", sentences="nupunkt-0.8.0", references="3-mean",
    ...                  interval="95x99", seed=3009, n=4, version="0.1.0")
    >>> Settings(**settings_of(told)) == Settings(tokenizer="unicode", stemmer=False, references="mean", samples=99)
    True
    """
    samples = signature.interval.partition("x")[2]
    return {
        "tokenizer": signature.tokenizer,
        "stemmer": signature.stemmer != "no",
        "sentences": signature.sentences.partition("-")[0],
        "references": signature.references.partition("-")[2] or "best",
        "engine": signature.engine or "fast",
        "samples": int(samples) if samples.isdigit() else 0,
        "seed": signature.seed,
    }


def _parts(told: Signature, now: Signature) -> list[tuple[str, Any, Any]]:
    left, right = dict(told.items()), dict(now.items())
    return [(name, left.get(name), right.get(name)) for name in dict.fromkeys([*left, *right]) if name != "n"]


def _at(told: dict[str, Any], *path: str) -> Any:
    for name in ("scores", *path):
        told = told.get(name, {}) if isinstance(told, dict) else {}
    return told if told != {} else None
