"""A release without its texts, the same release again from one's own copy, and what two versions differ in."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from standfirst.errors import GateError, InputError
from standfirst.pipeline import build
from standfirst.record import article_id
from standfirst.release import read_report, read_split
from standfirst.release.difference import difference
from standfirst.release.hydrate import hydrate
from standfirst.release.manifest import read_manifest, write_manifest
from standfirst.release.verify import verify

Make = Callable[..., dict[str, Any]]
Write = Callable[[Path, list[dict[str, Any]]], Path]
SPLITS = ("train", "validation", "test")


def sums(data: Path) -> str:
    return (data / "SHA256SUMS").read_text()


def ids(data: Path) -> dict[str, str]:
    """Id -> split."""
    rows = (row for split in SPLITS for row in read_split(data, split, ["id", "split"]).to_pylist())
    return {row["id"]: row["split"] for row in rows}


@pytest.fixture(scope="module")
def articles(article: Make) -> list[dict[str, Any]]:
    rows = [article(k, **({"standfirst": None} if k % 5 == 0 else {})) for k in range(100)]
    return [*rows, *({**row, "url": row["url"] + "/again"} for row in rows[:8])]


@pytest.fixture(scope="module")
def original(
    articles: list[dict[str, Any]], table: Write, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, Path]:
    """A release and its manifest."""
    folder = tmp_path_factory.mktemp("original")
    build([str(table(folder / "news.jsonl", articles))], folder / "out")
    write_manifest(folder / "out", folder / "news-1.0.0.jsonl", "1.0.0")
    return folder / "out", folder / "news-1.0.0.jsonl"


def test_a_manifest_holds_no_text(original: tuple[Path, Path]) -> None:
    release, manifest = original
    text = manifest.read_text()
    rows = [row for split in SPLITS for row in read_split(release, split).to_pylist()]
    for row in rows:
        assert row["headline"] not in text
        assert row["body"][:40] not in text
    assert len(text.splitlines()) == 1 + len(rows)


def test_hydrate_gives_the_bytes_of_the_original(
    original: tuple[Path, Path], articles: list[dict[str, Any]], table: Write, tmp_path: Path
) -> None:
    release, manifest = original
    found = hydrate(manifest, [str(table(tmp_path / "news.jsonl", articles))], tmp_path / "out")
    assert (found.whole, found.same_files, found.matched) == (True, True, 108)
    assert sums(tmp_path / "out") == sums(release)
    verify(tmp_path / "out", manifest)
    assert not difference(manifest, tmp_path / "out").to_dict()["changed"]


def test_every_row_that_was_changed_or_is_missing_is_named(
    original: tuple[Path, Path], articles: list[dict[str, Any]], table: Write, tmp_path: Path
) -> None:
    release, manifest = original
    split_of = ids(release)
    mine = [dict(row) for row in articles]
    mine[10]["headline"] += " again"
    mine[21]["body"] = mine[21]["body"].replace(".", ",", 1)
    mine[31]["section"] = "Local"
    mine[41]["standfirst"] = None
    gone = mine.pop(50)
    mine.append({**mine[60], "url": "https://paper.example/new", "headline": "New", "body": mine[60]["body"][::-1]})
    found = hydrate(manifest, [str(table(tmp_path / "news.jsonl", mine))], tmp_path / "out")
    of = {k: article_id(articles[k]["url"], "", "") for k in (10, 21, 31, 41, 50)}
    assert found.differ == {
        of[10]: ["headline"],
        of[21]: ["body"],
        of[31]: ["other"],
        of[41]: ["standfirst", "other"],
    }
    assert found.missing == [article_id(gone["url"], "", "")]
    assert found.unknown == 1
    assert not found.whole
    lost = {split_of[of[k]] for k in (10, 21, 41, 50)}
    assert found.comparable() == {split: split not in lost for split in SPLITS}
    left = ids(tmp_path / "out")
    assert left == {i: s for i, s in split_of.items() if i not in {of[k] for k in (10, 21, 41, 50)}}
    with pytest.raises(GateError, match="4 faults"):
        verify(tmp_path / "out", manifest)


def test_the_command_names_what_differs_and_fails(
    original: tuple[Path, Path],
    articles: list[dict[str, Any]],
    table: Write,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    from standfirst.cli.hydrate import hydrate as command

    _, manifest = original
    source = str(table(tmp_path / "news.jsonl", articles[1:]))
    with pytest.raises(GateError, match="0 articles differ, 1 are missing; splits on which scores stay comparable: "):
        command(manifest, [source], tmp_path / "out", None, None, None, 1, False)
    assert f"  {article_id(articles[0]['url'], '', '')} is missing" in capsys.readouterr().out


def test_input_without_any_of_the_articles_is_refused(
    original: tuple[Path, Path], article: Make, table: Write, tmp_path: Path
) -> None:
    source = str(table(tmp_path / "other.jsonl", [article("other")]))
    before = set(tmp_path.iterdir())
    with pytest.raises(InputError, match="none of its 108 articles is in the input"):
        hydrate(original[1], [source], tmp_path / "out")
    assert set(tmp_path.iterdir()) == before


HEAD = {"manifest": 1, "content_sha256": "0" * 64, "settings": {}, "files": {}}
ROW = {"id": "0" * 16, "story": "0" * 16, "split": "test", "headline": "0" * 64, "body": "0" * 64, "other": "0" * 64}
BROKEN: list[tuple[list[Any], str]] = [
    ([], "no manifest of format 1: its first line is ''"),
    (
        [{**HEAD, "manifest": 2}],
        """its first line is '{"manifest": 2, .*, wanted one with "manifest": 1; write one with""",
    ),
    (["Tea is hot"], "no manifest of format 1: its first line is 'Tea is hot', wanted"),
    ([{**HEAD, "content_sha256": "x"}], "line 1: wanted content_sha256 and settings"),
    ([{**HEAD, "files": {"data/../../x": "0" * 64}}], "line 1: wanted files, data/SPLIT"),
    ([HEAD, {**ROW, "id": "../../etc/passwd"}], r"line 2: id is '\.\./\.\./etc/passwd', wanted lower-case hex"),
    ([HEAD, {**ROW, "split": "../train"}], r"line 2: split is '\.\./train', wanted one of train, validation, test"),
    ([HEAD, {**ROW, "headline": "The text"}], "line 2: headline is 'The text', wanted lower-case hex digits"),
    ([HEAD, {**ROW, "url": 7}], "line 2: url is '7', wanted an address"),
    ([HEAD, {**ROW, "body": None}], "line 2: has a headline or a body without the other"),
    ([HEAD, ROW, ROW], "line 3: id 0{16} stood on a line before"),
    ([HEAD, []], "line 2: wanted a JSON object"),
    ([HEAD, "{"], "line 2: not JSON"),
    ([HEAD, "[" * 100_000], "line 2: not JSON"),
    ([HEAD, "0" * 2_000_000], "line 2: wanted a JSON object of at most 1048576 bytes"),
]


@pytest.mark.parametrize(("lines", "message"), BROKEN, ids=[message[:40] for _, message in BROKEN])
def test_a_manifest_is_not_trusted(tmp_path: Path, lines: list[Any], message: str) -> None:
    text = "".join((line if isinstance(line, str) else json.dumps(line)) + "\n" for line in lines)
    (tmp_path / "m.jsonl").write_text(text)
    with pytest.raises(InputError, match=message):
        read_manifest(tmp_path / "m.jsonl")


def test_a_version_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="none: no such file or folder; give a release folder or a manifest"):
        difference(tmp_path / "none", tmp_path / "none")


def test_a_folder_in_place_of_a_manifest_is_named(tmp_path: Path) -> None:
    with pytest.raises(
        InputError, match=f"^{tmp_path}: is a folder, wanted a manifest, such as .*; write one with: stan"
    ):
        read_manifest(tmp_path)


def test_a_version_is_three_numbers(original: tuple[Path, Path], tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"version '1\.0' is none"):
        write_manifest(original[0], tmp_path / "m.jsonl", "1.0")


@pytest.fixture(scope="module")
def taken_down(
    original: tuple[Path, Path], articles: list[dict[str, Any]], tmp_path_factory: Any, table: Write
) -> Path:
    """The same release after two articles were taken down; one is the first telling of a story."""
    folder = tmp_path_factory.mktemp("taken")
    stories = {
        row["story"]
        for split in SPLITS
        for row in read_split(original[0], split).to_pylist()
        if row["id"] != row["story"]
    }
    gone = [min(stories), article_id(articles[90]["url"], "", "")]
    (folder / "takedowns.toml").write_text("".join(f'[[takedown]]\nid = "{i}"\n' for i in gone))
    build([str(table(folder / "news.jsonl", articles))], folder / "out", takedowns=folder / "takedowns.toml")
    return folder / "out"


def test_an_article_taken_down_leaves_its_id_and_split_and_nothing_moves(
    original: tuple[Path, Path], taken_down: Path, tmp_path: Path
) -> None:
    before, after = ids(original[0]), ids(taken_down)
    stones = [json.loads(line) for line in (taken_down / "tombstones.jsonl").read_text().splitlines()]
    assert after == {i: split for i, split in before.items() if i not in {s["id"] for s in stones}}
    assert {s["id"]: s["split"] for s in stones} == {i: before[i] for i in before.keys() - after.keys()}
    report = read_report(taken_down)
    assert report["refused"] == {"taken-down": 2}
    verify(taken_down, original[1])
    found = difference(original[0], taken_down)
    assert found.taken_down == sorted(s["id"] for s in stones)
    assert (found.moved, found.retold, found.removed) == ({}, {}, [])
    write_manifest(taken_down, tmp_path / "m.jsonl", "1.1.0")
    lines = (tmp_path / "m.jsonl").read_text().splitlines()[1:]
    lines += (taken_down / "rejects/rejections.jsonl").read_text().splitlines()
    for row in map(json.loads, lines):
        if row["id"] in {s["id"] for s in stones}:
            assert not set(row) & {"headline", "body", "other"}
            assert row.get("url") is None


def test_a_release_with_tombstones_hydrates_to_its_bytes(
    taken_down: Path, articles: list[dict[str, Any]], table: Write, tmp_path: Path
) -> None:
    write_manifest(taken_down, tmp_path / "m.jsonl", "1.1.0")
    found = hydrate(tmp_path / "m.jsonl", [str(table(tmp_path / "news.jsonl", articles))], tmp_path / "out")
    assert found.whole
    assert sums(tmp_path / "out") == sums(taken_down)


TAKEDOWNS = [
    ("[[takedown]]\nid = 7\n", "takedown 1: id is 7, wanted an article's 16 hex digits"),
    ("[[takedown]]\nurl = 'x'\n", "takedown 1: id is None"),
    ("[[gone]]\nid = 'x'\n", r"wanted tables \[\[takedown\]\] and nothing else"),
    ("id =", "not TOML"),
]


@pytest.mark.parametrize(("text", "message"), TAKEDOWNS, ids=[t[1][:30] for t in TAKEDOWNS])
def test_takedowns_name_articles(tmp_path: Path, text: str, message: str) -> None:
    from standfirst.release.rights import read_takedowns

    (tmp_path / "takedowns.toml").write_text(text)
    with pytest.raises(InputError, match=message):
        read_takedowns(tmp_path / "takedowns.toml")


def entries(path: Path, change: Callable[[dict[str, dict[str, Any]]], Any], source: Path) -> Path:
    """A manifest with its entries changed."""
    head, *lines = source.read_text().splitlines()
    rows = {row["id"]: row for row in map(json.loads, lines)}
    change(rows)
    path.write_text("\n".join([head, *(json.dumps(rows[i]) for i in sorted(rows))]) + "\n")
    return path


def first(rows: dict[str, dict[str, Any]], split: str) -> dict[str, Any]:
    return next(row for _, row in sorted(rows.items()) if row["split"] == split)


BUMPS: list[tuple[str, Callable[[dict[str, dict[str, Any]]], Any], str, str]] = [
    ("nothing", lambda r: None, "none", "same"),
    ("a field that no task reads", lambda r: first(r, "test").update(other="f" * 64), "patch", "changed"),
    ("a training text", lambda r: first(r, "train").update(body="f" * 64), "minor", "changed"),
    ("a training article gone", lambda r: r.pop(first(r, "train")["id"]), "minor", "removed"),
    ("a test text", lambda r: first(r, "test").update(headline="f" * 64), "major", "changed"),
    ("a test article gone", lambda r: r.pop(first(r, "test")["id"]), "major", "removed"),
    ("a move", lambda r: first(r, "train").update(split="test"), "major", "moved"),
    (
        "a training article more",
        lambda r: r.update({"f" * 16: {**first(r, "train"), "id": "f" * 16}}),
        "minor",
        "added",
    ),
    ("another story", lambda r: first(r, "train").update(story="f" * 16), "patch", "retold"),
]


@pytest.mark.parametrize(("change", "bump", "kind"), [b[1:] for b in BUMPS], ids=[b[0] for b in BUMPS])
def test_what_changed_says_which_number_rises(
    original: tuple[Path, Path], tmp_path: Path, change: Any, bump: str, kind: str
) -> None:
    found = difference(original[1], entries(tmp_path / "m.jsonl", change, original[1]))
    assert found.bump == bump
    assert getattr(found, kind)
    assert found.to_dict()["bump"] == bump
