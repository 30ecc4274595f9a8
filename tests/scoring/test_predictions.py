"""What is wrong with a predictions file is said at once, by line, by id."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from standfirst.errors import InputError
from standfirst.scoring.predictions import Defect, PredictionsError, Target, join, read_pairs

TARGETS = {key: Target((f"reference {key}",), "a body of forty characters, more or less") for key in ("a", "b", "c")}

FILE = [
    '{"id": "a", "prediction": "tea"}',
    "not json",
    '{"prediction": "no id"}',
    '{"id": 7, "prediction": "id is a number"}',
    '{"id": "x", "prediction": "unknown"}',
    '{"id": "a", "prediction": "again"}',
    "",
    '{"id": "b", "prediction": "  "}',
    '["a", "list"]',
    json.dumps({"id": "y", "prediction": None}),
    json.dumps({"id": "z"}),
]
WANTED = [
    (2, "not JSON"),
    (3, "no id"),
    (4, "no id"),
    (5, "unknown id"),
    (6, "repeated id"),
    (8, "empty"),
    (9, "not a row"),
    (10, "unknown id"),
    (10, "not text"),
    (11, "unknown id"),
    (11, "not text"),
    (None, "missing id"),
]


def test_every_defect_of_a_file_is_named_with_its_line_in_one_answer(tmp_path: Path) -> None:
    path = tmp_path / "p.jsonl"
    path.write_text("\n".join(FILE) + "\n")
    with pytest.raises(PredictionsError, match=r"p\.jsonl: 12 defects") as caught:
        join(path, TARGETS)
    assert [(d.line, d.kind) for d in caught.value.defects] == WANTED
    message = str(caught.value)
    assert "line 5: unknown id: 'x' is not in the data" in message
    assert "line 6: repeated id: 'a' stood on line 1 already" in message
    assert "missing id: 'c' has no prediction" in message


def test_a_byte_order_mark_is_no_part_of_the_first_row(tmp_path: Path) -> None:
    path = tmp_path / "p.jsonl"
    path.write_text('{"id": "a", "prediction": "Tea"}\n', encoding="utf-8-sig")
    assert [pair.prediction for pair in join(path, {"a": Target(("Tea",))})] == ["Tea"]


def test_a_prediction_longer_than_the_body_is_a_defect() -> None:
    long = {"a": "word " * 20, "b": "tea", "c": "tea"}
    with pytest.raises(PredictionsError, match="line 1: longer than the body: the prediction of 'a' has 100"):
        join(long, TARGETS)


def test_half_a_character_is_a_defect_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "p.jsonl"
    path.write_text('{"id": "a", "prediction": "tea"}\n{"id": "b", "prediction": "tea \\ud83d"}\n{"id": "\\udc00"}\n')
    with pytest.raises(PredictionsError) as caught:
        join(path, {key: TARGETS[key] for key in "ab"})
    assert [(d.line, d.kind) for d in caught.value.defects] == [(2, "not text"), (3, "no id")]
    assert "line 2: not text: the prediction of 'b' holds half of a surrogate pair, wanted whole characters" in str(
        caught.value
    )
    for text in ("tea \ud83d", "\udc00"):
        with pytest.raises(PredictionsError, match="of whole characters"):
            read_pairs([{"id": "a", "prediction": "tea", "references": ["r", text]}])
    assert join({"a": "tea 🍵"}, {"a": TARGETS["a"]})[0].prediction == "tea 🍵"


def test_many_defects_of_one_kind_are_counted_and_not_all_listed() -> None:
    many = {f"{i:03}": Target(("r",)) for i in range(50)}
    with pytest.raises(PredictionsError, match="and 30 more of the kind: missing id") as caught:
        join({}, many)
    assert len(caught.value.defects) == 50
    assert caught.value.defects[0] == Defect(None, "missing id", "'000' has no prediction; predict every article")


def test_pairs_come_sorted_by_id_from_plain_and_gzipped_files(tmp_path: Path) -> None:
    rows = [{"id": k, "prediction": k, "references": ["r", "s"]} for k in "cab"]
    text = "".join(json.dumps(r) + "\n" for r in rows)
    (tmp_path / "p.jsonl").write_text(text)
    (tmp_path / "p.jsonl.gz").write_bytes(gzip.compress(text.encode()))
    plain, zipped = read_pairs(tmp_path / "p.jsonl"), read_pairs(tmp_path / "p.jsonl.gz")
    assert [p.id for p in plain] == ["a", "b", "c"]
    assert plain == zipped == read_pairs(rows)


BAD_PAIRS = [
    ({"id": "a", "prediction": "p"}, "reference of 'a' is missing, wanted text"),
    ({"id": "a", "prediction": "p", "references": []}, "references of 'a' must be a list"),
    ({"id": "a", "prediction": "p", "references": ["r", None]}, "references of 'a' must be a list"),
    ({"id": "a", "prediction": ["p"], "reference": "r"}, "prediction of 'a' is a list, wanted text"),
    ({"id": "a", "prediction": "p", "reference": "r", "source": 3}, "source of 'a' is a number"),
]


@pytest.mark.parametrize(("row", "message"), BAD_PAIRS)
def test_a_pair_that_cannot_be_scored_says_why(row: dict[str, object], message: str) -> None:
    with pytest.raises(PredictionsError, match=message):
        read_pairs([row])


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda p: None, "no such file"),
        (lambda p: p.write_bytes(gzip.compress(b'{"id": "a"}' * 999)[:40]), "cannot be read"),
        (lambda p: p.write_bytes(b'{"id": "a"}'), "cannot be read"),
        (lambda p: p.write_bytes(gzip.compress(b"\n")), "holds no pairs"),
    ],
)
def test_a_file_that_cannot_be_read_is_an_error_for_people(tmp_path: Path, make: object, message: str) -> None:
    path = tmp_path / "p.jsonl.gz"
    make(path)  # type: ignore[operator]
    with pytest.raises(InputError, match=message):
        read_pairs(path)


def test_a_text_in_place_of_a_row_is_called_one(tmp_path: Path) -> None:
    (tmp_path / "p.jsonl").write_text('"tea"\n')
    for given in (["tea"], tmp_path / "p.jsonl"):
        with pytest.raises(PredictionsError, match="line 1: not a row: found a text, wanted an object"):
            read_pairs(given)  # type: ignore[arg-type]
