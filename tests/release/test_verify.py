"""A release that was touched does not verify, whatever was touched, and the fault is named."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from standfirst.errors import GateError, InputError
from standfirst.record import arrow_schema
from standfirst.release import folder, read_report, read_split
from standfirst.release.parquet import write_canonical
from standfirst.release.verify import verify

TRAIN = "data/train-00000-of-00001.parquet"


@pytest.fixture
def copy(release: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(release, tmp_path / "copy"))


def test_a_release_as_built_verifies(release: Path) -> None:
    assert verify(release) == read_report(release)


def flip(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


TOUCHED: list[tuple[str, Callable[[Path], Any], str]] = [
    ("a bit of a data file", lambda d: flip(d / TRAIN), r"train-00000-of-00001\.parquet: has SHA-256"),
    ("a file removed", lambda d: (d / "croissant.json").unlink(), r"croissant\.json: is missing"),
    (
        "a file added",
        lambda d: (d / "data/x.parquet").write_bytes(b""),
        r"data/x\.parquet: SHA256SUMS does not name it",
    ),
    ("a link to a file", lambda d: (d / "extra").symlink_to("/etc/hostname"), "extra: is a link"),
    ("a link to a folder", lambda d: (d / "more").symlink_to("/etc"), "more: is a link"),
    ("sums removed", lambda d: (d / "SHA256SUMS").unlink(), "SHA256SUMS is missing"),
    ("a path upwards", lambda d: add_sum(d, "../../etc/passwd"), r"'\.\./\.\./etc/passwd' lies outside the release"),
    ("a path from the root", lambda d: add_sum(d, "/etc/passwd"), "'/etc/passwd' lies outside the release"),
    ("a line that is no sum", lambda d: (d / "SHA256SUMS").write_text("hello\n"), "wanted a SHA-256, two spaces"),
]


def add_sum(data: Path, name: str) -> None:
    with (data / "SHA256SUMS").open("a") as file:
        file.write(f"{'0' * 64}  {name}\n")


@pytest.mark.parametrize(("touch", "message"), [t[1:] for t in TOUCHED], ids=[t[0] for t in TOUCHED])
def test_a_touched_file_is_named(copy: Path, touch: Callable[[Path], Any], message: str) -> None:
    touch(copy)
    with pytest.raises(GateError, match=message):
        verify(copy)


def rows(data: Path, split: str) -> list[dict[str, Any]]:
    return list(read_split(data, split).to_pylist())


def rewrite(data: Path, split: str, change: Callable[[list[dict[str, Any]]], Any]) -> None:
    """Change rows of a split and write the checksums anew, as who wants to deceive would."""
    found = rows(data, split)
    change(found)
    with (data / f"data/{split}-00000-of-00001.parquet").open("wb") as file:
        write_canonical([pa.Table.from_pylist(found, arrow_schema()).sort_by("id")], file)
    folder.write_sums(data)


def edit(data: Path, name: str, old: str, new: str) -> None:
    text = (data / name).read_text()
    assert old in text
    (data / name).write_text(text.replace(old, new, 1))
    folder.write_sums(data)


def leak(data: Path) -> None:
    """An article of the training split, told again in the test split."""
    told = {**rows(data, "train")[0], "url": "https://paper.example/leak", "id": "", "split": "test"}
    from standfirst.record import article_id

    told["id"] = article_id(told["url"], "", "")
    rewrite(data, "test", lambda found: found.append(told))


def narrow(data: Path) -> None:
    path = data / TRAIN
    pq.write_table(pq.read_table(path).drop_columns(["section"]), path)
    folder.write_sums(data)


CONSISTENT: list[tuple[str, Callable[[Path], Any], str]] = [
    ("a text", lambda d: rewrite(d, "test", lambda r: r[0].update(standfirst="Other.")), "content_sha256 is not what"),
    ("a body without address", lambda d: rewrite(d, "test", lambda r: r[0].update(url=None)), "its id is not that of"),
    ("a row dropped", lambda d: rewrite(d, "train", lambda r: r.pop()), "report.json: records is not what the data"),
    ("a row twice", lambda d: rewrite(d, "train", lambda r: r.append(r[0])), "repeated or out of order"),
    ("an empty text", lambda d: rewrite(d, "train", lambda r: r[0].update(section="")), "a field is empty"),
    (
        "a row in another's file",
        lambda d: rewrite(d, "train", lambda r: r[0].update(split="test")),
        "file is of another",
    ),
    ("a story in two splits", leak, "stands in two splits"),
    ("another schema", narrow, "its columns are not those of a record"),
    (
        "the report",
        lambda d: edit(d, "report.json", '"records": 210', '"records": 211'),
        "records is not what the data",
    ),
    (
        "a count in the card",
        lambda d: edit(d, "README.md", "210 are records", "310 are records"),
        "README.md: its figures",
    ),
    ("the card's YAML", lambda d: edit(d, "README.md", "license: other", "license: mit"), "README.md: its figures"),
    ("eval.yaml", lambda d: edit(d, "eval.yaml", "higher is better", "lower is better"), "eval.yaml: is not what the"),
    (
        "no eval.yaml",
        lambda d: ((d / "eval.yaml").unlink(), folder.write_sums(d)),
        "eval.yaml: is not what the report gives",
    ),
    ("croissant", lambda d: edit(d, "croissant.json", '"train"', '"trains"'), "croissant.json: does not describe"),
    (
        "a refusal",
        lambda d: edit(d, "rejects/rejections.jsonl", "", '{"source": "x", "reason": "no-body"}\n'),
        "refused",
    ),
    ("a made-up reason", lambda d: edit(d, "rejects/rejections.jsonl", "", '{"source": "x", "reason": "y"}\n'), "'y'"),
]


@pytest.mark.parametrize(("change", "message"), [c[1:] for c in CONSISTENT], ids=[c[0] for c in CONSISTENT])
def test_new_checksums_hide_nothing(copy: Path, change: Callable[[Path], Any], message: str) -> None:
    change(copy)
    with pytest.raises(GateError, match=message):
        verify(copy)


def test_a_folder_without_a_report_is_no_release(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no release is here"):
        verify(tmp_path)


def test_a_yaml_tag_in_a_card_is_text(copy: Path) -> None:
    readme = copy / "README.md"
    readme.write_text(
        readme.read_text().replace("---\n", "---\nx: !!python/object/apply:os.system ['touch boom']\n", 1)
    )
    folder.write_sums(copy)
    with pytest.raises(GateError, match="its figures are not those of the report"):
        verify(copy)
    assert not (copy / "boom").exists()
    assert not Path("boom").exists()


def test_many_faults_are_counted_and_the_first_shown(copy: Path) -> None:
    rewrite(copy, "train", lambda found: [row.update(section="") for row in found])
    with pytest.raises(GateError, match=r"\d{3} faults; do not use it\n(  .*\n){20}  and \d+ more"):
        verify(copy)


def test_json_is_for_machines(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from standfirst.cli.verify import verify as command

    command(copy, None, True)
    assert json.loads(capsys.readouterr().out)["records"] == 210
    (copy / "croissant.json").unlink()
    with pytest.raises(GateError):
        command(copy, None, True)
    assert json.loads(capsys.readouterr().out) == {"verified": False, "faults": ["croissant.json: is missing"]}
