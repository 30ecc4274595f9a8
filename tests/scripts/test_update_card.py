"""What the repository says of its data is what the data give."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from scripts import update_card
from standfirst.errors import InputError
from standfirst.release import card, read_report, read_split

BUILD = update_card.ROOT / "build"


@pytest.fixture(scope="module")
def build() -> Path:
    if not (BUILD / "newsarticles" / "report.json").is_file() or not (BUILD / "articles" / "report.json").is_file():
        pytest.skip("the benchmark is not built here; `make benchmark` builds it, and make figures after a change")
    return BUILD


def test_every_figure_and_manifest_is_current(build: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert update_card.main(["--build", str(build), "--check"]) == 0, capsys.readouterr()


def test_every_block_of_the_card_is_filled() -> None:
    text = update_card.CARD.read_text()
    names = card.block_names(text)
    assert len(set(names)) == len(names)
    empty = [name for name in names if f"<!-- begin: {name} -->\n<!-- end" in text]
    assert not empty, "make figures fills them"


def test_scores_of_other_data_are_refused(tmp_path: Path, release: Path) -> None:
    (tmp_path / "floors.json").write_text(json.dumps({"newsarticles": {"fingerprint": "0" * 64}}))
    with pytest.raises(InputError, match=r"scores of the dataset 000000000000, wanted [0-9a-f]{12}; write them anew"):
        update_card.scores(tmp_path / "floors.json", read_report(release))
    with pytest.raises(InputError, match="no such file; write it with: make figures"):
        update_card.scores(tmp_path / "none.json", read_report(release))


def test_where_the_best_sentence_stands_and_what_the_body_does_not_hold() -> None:
    body = "Nothing here. The ferry from Oban sank with 40 cars. Tea is drunk."
    rows = [
        {"id": "0", "standfirst": "A ferry from Oban sank with 41 cars", "body": body},
        {"id": "1", "standfirst": "Nothing is here in Leeds", "body": body},
    ]
    assert "| second | 1 | 50.0 |" in update_card.position(rows)
    assert "| first | 1 | 50.0 |" in update_card.position(rows)
    assert "| numbers in digits | 1 | 100.0 | 100.0 |" in update_card.support(rows)
    assert "| capitalised names | 2 | 50.0 | 50.0 |" in update_card.support(rows)


def test_the_plots_are_text_and_the_same_whatever_the_order_of_rows() -> None:
    rows = [{"headline": "a b c", "standfirst": "x " * 12, "body": "y " * 150, "novel_bigrams": 0.5}] * 3
    rows += [{"headline": "a " * 9, "standfirst": None, "body": "y " * 2000, "novel_bigrams": None}]
    plot = update_card.histograms(rows)
    assert plot == update_card.histograms(rows[::-1])
    assert f"| 1 to 4 | 3 | {'█' * 20} |" in plot
    assert "| 9 to 10 | 1 | ██████▋ |" in plot
    assert "| 10 to 14 | 3 |" in plot
    assert "| 1,200 and more | 1 |" in plot.replace("1200", "1,200")
    assert "| 40 to 59 | 3 |" in plot
    assert plot.count("| articles |") == 4


def test_every_article_stands_in_one_bar_of_each_plot() -> None:
    rows = [
        {"headline": "a " * n, "standfirst": "b " * n, "body": "c " * 9 * n, "novel_bigrams": n / 200}
        for n in range(1, 201)
    ]
    for plot in update_card.histograms(rows).split("\n\n"):
        counts = [int(line.split("|")[2]) for line in plot.splitlines()[2:]]
        assert sum(counts) == 200


def test_what_the_supervised_baseline_gains_is_counted_on_the_articles_that_have_the_target(release: Path) -> None:
    lines = [[cell.strip() for cell in line.split("|")[1:-1]] for line in update_card.supervised(release).splitlines()]
    rows = {cells[0]: cells[1:] for cells in lines[2:] if cells}
    assert list(rows) == [
        f"{split}, {task}" for split in ("validation", "test") for task in ("headline, ROUGE-L", "standfirst, ROUGE-2")
    ]
    for name, (n, *_, lead, supervised, best, p) in rows.items():
        split, task, _ = name.split(", ")
        assert int(n) == read_split(release, split, [task])[task].is_valid().to_pylist().count(True)
        assert float(best) >= max(float(lead), float(supervised))
        assert 0 < float(p) <= 1
