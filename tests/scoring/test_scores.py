"""standfirst.score: from predictions to signed scores."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from rouge_score import rouge_scorer

from standfirst.errors import InputError
from standfirst.scoring import score


def predictions(split: dict[str, dict[str, Any]], task: str) -> dict[str, str]:
    return {key: row["body"][:60] for key, row in split.items() if row[task] is not None}


@pytest.mark.parametrize("task", ["headline", "standfirst"])
def test_a_release_is_scored_as_rouge_score_scores_it(
    release: Path, test_split: dict[str, dict[str, Any]], task: str
) -> None:
    texts = predictions(test_split, task)
    found = score(texts, data=release, task=task, split="test")
    scorer = rouge_scorer.RougeScorer(["rouge1", "rouge2", "rougeL", "rougeLsum"], use_stemmer=True)
    assert found.ids == sorted(texts)
    for i, key in enumerate(found.ids):
        wanted = scorer.score(test_split[key][task], texts[key])
        assert [list(wanted[t]) for t in wanted][:3] == found.per_pair[i].tolist()[:3]
    assert found.scores["rouge1"]["f1"].mean == pytest.approx(np.mean(found.values("rouge1")), abs=1e-12)
    assert f"task:{task}|split:test|n:{len(texts)}|data:" in str(found.signature)


def test_json_has_the_shape_that_the_documentation_gives(release: Path, test_split: dict[str, dict[str, Any]]) -> None:
    answer = json.loads(json.dumps(score(predictions(test_split, "headline"), data=release, task="headline").to_dict()))
    assert answer["n"] == 24
    assert set(answer["scores"]) == {"rouge1", "rouge2", "rougeL", "rougeLsum"}
    assert set(answer["scores"]["rouge2"]) == {"precision", "recall", "f1"}
    interval = answer["scores"]["rouge2"]["f1"]
    assert 0 <= interval["low"] <= interval["mean"] <= interval["high"] <= 1


def test_per_pair_values_are_written_by_id(tmp_path: Path) -> None:
    rows = [{"id": k, "prediction": f"tea {k}", "reference": "tea x"} for k in "xay"]
    score(rows, pairs=True).write_per_pair(tmp_path / "out.jsonl")
    lines = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text().splitlines()]
    assert [line["id"] for line in lines] == ["a", "x", "y"]
    assert lines[0]["rouge1"] == [0.5, 0.5, 0.5]
    assert lines[1]["rougeL"] == [1.0, 1.0, 1.0]
    assert [p.name for p in tmp_path.iterdir()] == ["out.jsonl"]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({}, "p.jsonl: nothing says what to compare with, data and task being left out; name a release folder"),
        ({"data": "nowhere", "task": "headline"}, "no release is here"),
        ({"data": "nowhere", "task": "title"}, "'title' is no task"),
        ({"data": "nowhere", "task": "headline", "split": "dev"}, "'dev' is no split"),
        ({"pairs": True, "task": "headline"}, "pairs hold their references"),
        ({"pairs": True, "tokenizer": "words"}, "tokenizer 'words' is unknown; choose one of ascii"),
        ({"pairs": True, "engine": "perl"}, "engine 'perl' is unknown"),
        ({"pairs": True, "references": "worst"}, "references 'worst' is unknown"),
    ],
)
def test_wrong_use_says_what_to_do(tmp_path: Path, options: dict[str, Any], message: str) -> None:
    path = tmp_path / "p.jsonl"
    path.write_text('{"id": "a", "prediction": "tea", "reference": "tea"}\n')
    with pytest.raises(InputError, match=message):
        score(path, **options)
