"""The plan: which units a build reads, and what is known of their source."""

from __future__ import annotations

from pathlib import Path

import pytest

from standfirst.errors import InputError
from standfirst.sources import describe, plan

ROOT = Path(__file__).resolve().parents[2]


def test_the_order_in_which_sources_are_named_changes_nothing(tmp_path: Path) -> None:
    for name in ("a.csv", "b.jsonl", "c.html"):
        (tmp_path / name).write_text("x")
    sources = [str(tmp_path / name) for name in ("a.csv", "b.jsonl", "c.html")]
    assert plan(sources) == plan(sources[::-1]) == plan([*sources, sources[0]])


def test_a_folder_is_cut_into_units_that_hold_every_page_once(tmp_path: Path) -> None:
    for k in range(230):
        (tmp_path / f"{k:03}.html").write_text("x")
    units = plan([str(tmp_path)])
    assert [len(u.paths) for u in units] == [100, 100, 30]
    assert len({p for u in units for p in u.paths}) == 230


def test_the_corpus_is_known_by_its_path_and_newsarticles_by_its_name() -> None:
    corpus = describe(str(ROOT / "corpus" / "articles"))
    assert (corpus.name, corpus.licence, corpus.text) == ("articles", "CC0-1.0", "published")
    news = describe("newsarticles", ROOT / "corpus" / "sources.toml")
    assert (news.licence, news.text) == ("LicenseRef-publisher", "withheld")


def test_rights_of_an_unknown_source_are_not_assumed(tmp_path: Path) -> None:
    (tmp_path / "mine.csv").write_text("x")
    assert describe(str(tmp_path / "mine.csv")).licence == "LicenseRef-publisher"


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("nowhere.csv", "nowhere.csv: no such file or folder"),
        ("a.pdf", "a.pdf: nothing to read here; files may end in"),
    ],
)
def test_a_source_that_nothing_reads_is_named(tmp_path: Path, source: str, message: str) -> None:
    (tmp_path / "a.pdf").write_text("x")
    with pytest.raises(InputError, match=message):
        plan([str(tmp_path / source)])


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[a", "not TOML"),
        ("a = 1", "'a' is no table"),
        (
            '[a]\nlicense = "CC0-1.0"',
            r"sources.toml, \[a\]: found 'license', which is no field; there are path, licence,",
        ),
        ("[a]\nlicence = 7", r"sources.toml, \[a\]: licence is 7, wanted a text in quotes"),
        ('[a]\ntext = "public"', r"sources.toml, \[a\]: text is 'public', wanted published or withheld"),
    ],
)
def test_a_broken_description_is_named(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "sources.toml").write_text(text)
    (tmp_path / "a.csv").write_text("x")
    with pytest.raises(InputError, match=message):
        plan([str(tmp_path / "a.csv")])
