"""The comparison of extraction with other tools: every tool reads the same pages, and the table says what it found."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from scripts import bench_extract

ARTICLES = Path(__file__).parents[2] / "corpus" / "articles"


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A few of the corpus's pages as the measurement data has them."""
    folder = tmp_path_factory.mktemp("pages")
    rows = []
    for path in sorted(ARTICLES.glob("*.html")):
        true = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
        if not true.get("refused"):
            status = "gold" if true["standfirst"] else "none"
            row = {"id": path.stem, "html": path.read_text(encoding="utf-8"), "standfirst_status": status}
            rows.append({**true, **row})
    with gzip.open(folder / "pages.jsonl.gz", "wt", encoding="utf-8") as file:
        file.writelines(json.dumps(row) + "\n" for row in rows[:: len(rows) // 11][:12])
    return folder


def test_it_prints_a_table_and_writes_json(pages: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "figures.json"
    assert bench_extract.main([str(pages), "--tools", "standfirst", "parse", "--json", str(out)]) == 0
    shown = capsys.readouterr().out
    measured = json.loads(out.read_text())
    assert max(group.get("headline", 0) for group in measured["standfirst"]["figures"].values()) > 0.8
    assert f"| pages per CPU second | {measured['standfirst']['speed']:.0f} |" in shown
    assert 0 < measured["standfirst"]["megabytes"] < 250
    assert measured["standfirst"]["speed"] < measured["parse"]["speed"], "nothing is faster than its own parser"
    assert "| headline right | " in shown
    assert f"({measured['standfirst']['pages'][0]} / " in shown
    assert "| standfirst not found | " in shown


def test_each_mistake_is_counted_under_its_kind() -> None:
    body = "Tea is drunk in the morning and in the evening by all who like it"
    true = {"headline": "Tea at last", "headline_alts": None, "standfirst": "It is hot and it is strong", "body": body}
    pages = [{**true, "id": name, "language": "en", "standfirst_status": "gold"} for name in "abcde"]
    right = {"headline": "Tea at last", "standfirst": true["standfirst"], "body": body}
    found: dict[str, bench_extract.Found] = {
        "a": right,
        "b": {**right, "headline": "Tea", "standfirst": None},
        "c": {**right, "standfirst": "It is hot", "body": body.partition(" and")[0]},
        "d": {**right, "standfirst": "By our reporter", "body": f"{body}. Read more about tea in our letter"},
        "e": {**right, "body": f"{true['standfirst']}. {body}"},
    }
    counted = bench_extract.errors(pages, found)
    once = ("headline", "missed", "part", "wrong", "left", "lost")
    assert [counted[kind] for kind in once] == [[1, 0]] * len(once)
    assert counted["extra"] == [2, 0]
    assert counted["none"] == [0, 0]


def test_a_tool_that_fails_on_a_page_found_nothing_there(pages: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bench_extract, "tool", lambda name: lambda html: 1 / 0)
    done = bench_extract.run("broken", pages / "pages.jsonl.gz")
    assert set(map(len, done["found"].values())) == {0}
    assert len(done["found"]) == 12


@pytest.mark.parametrize("name", ["trafilatura", "newspaper4k"])
def test_the_other_tools_read_a_page_where_they_are_installed(name: str) -> None:
    pytest.importorskip({"newspaper4k": "newspaper"}.get(name, name))
    page = next(p for p in sorted(ARTICLES.glob("*.html")))
    found = bench_extract.tool(name)(page.read_text(encoding="utf-8"))
    assert found["body"]


def test_the_speed_is_said_beside_what_is_wanted() -> None:
    measured = {"standfirst": {"speed": 60.0}, "trafilatura": {"speed": 20.0}, "parse": {"speed": 300.0}}
    assert bench_extract.speeds(measured).startswith(
        "Pages per CPU second: 3.0 times trafilatura's (wanted: 6), 0.20 of"
    )
    assert bench_extract.speeds({"standfirst": {"speed": 1.0}}) == ""


def test_a_true_body_that_says_its_standfirst_again_is_told_beside_the_figures() -> None:
    true = {
        "headline": "Tea",
        "headline_alts": None,
        "standfirst": "It is hot and it is strong",
        "body": "Tea is drunk.",
    }
    pages = [{**true, "id": name, "language": "en", "standfirst_status": "gold"} for name in "abcd"]
    pages[0]["body"] = f"Tea is drunk. {true['standfirst']}."
    assert "hold the standfirst in the body on 0.250 / - of the pages" in bench_extract.of_labels(pages)
