"""The table beside published systems shows what was measured, and what was measured can be measured again."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from standfirst.baselines import NAMES
from standfirst.record import TASKS

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def script() -> ModuleType:
    """scripts/orangesum_table.py."""
    spec = importlib.util.spec_from_file_location("orangesum_table", ROOT / "scripts" / "orangesum_table.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def kept(script: ModuleType) -> dict[str, Any]:
    return dict(json.loads(script.KEPT.read_text(encoding="utf-8")))


def test_the_page_shows_the_figures_that_are_kept(script: ModuleType) -> None:
    assert script.main(["--check"]) == 0, "run: python scripts/orangesum_table.py"


def test_every_baseline_and_published_system_is_in_the_table(script: ModuleType, kept: dict[str, Any]) -> None:
    for task in TASKS:
        assert set(kept[task]["systems"]) == {*NAMES, *script.PUBLISHED[task]}


@pytest.mark.shared
def test_the_figures_are_of_the_files_that_are_there(script: ModuleType, kept: dict[str, Any], shared: Path) -> None:
    assert script.sources(shared) == kept["sources"]


@pytest.mark.shared
def test_the_collection_beside_ours_in_the_card_is_measured(
    script: ModuleType, kept: dict[str, Any], shared: Path
) -> None:
    assert script.collection(shared) == kept["collection"]


@pytest.mark.shared
@pytest.mark.parametrize("task", TASKS)
def test_lead_and_the_published_outputs_score_what_is_kept(
    task: str, script: ModuleType, kept: dict[str, Any], shared: Path
) -> None:
    train = script.training(shared, task)
    assert len(train) == kept[task]["train"]
    found = {"lead": script.predicted("lead", train, script.inputs(shared, task), task)}
    found |= {title: script.written(shared, task, name) for title, name in script.PUBLISHED[task].items()}
    for name, scores in found.items():
        told = kept[task]["systems"][name]
        assert told["signature"] == str(scores.signature)
        assert told["f1"] == {metric: pytest.approx(scores.scores[metric]["f1"]._asdict()) for metric in script.METRICS}
