"""Predictions and pairs of text, read from JSON lines and joined by id; every defect is found and reported at once."""

from __future__ import annotations

import gzip
import json
import zlib
from codecs import BOM_UTF8
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from standfirst.errors import InputError
from standfirst.text import is_whole

LONGEST_LINE = 64 << 20
"""Bytes: a longer line is an accident or an attack, and is refused before it is in memory."""
LARGEST = 8 << 30
"""Bytes of a file, each line taken for `LINE_COST` more: what that much text would need in memory."""
LINE_COST = 1 << 10
SHOWN = 20
"""How many defects of one kind the message lists; the exception holds them all."""


class Defect(NamedTuple):
    """One thing wrong with a predictions file: on which line (None: the file as a whole), of which kind, in words."""

    line: int | None
    kind: str
    detail: str


class PredictionsError(InputError):
    """A predictions file that cannot be scored. `defects` holds everything wrong with it, in the order of the lines.

    >>> str(PredictionsError("p.jsonl", [Defect(3, "repeated id", "id 'a' stood on line 1 already")]))
    "p.jsonl: 1 defect\\n  line 3: repeated id: id 'a' stood on line 1 already"
    """

    def __init__(self, name: str, defects: Sequence[Defect]) -> None:
        self.name = name
        self.defects = list(defects)
        super().__init__(_message(name, self.defects))


def _message(name: str, defects: Sequence[Defect]) -> str:
    lines = [f"{name}: {len(defects)} defect{'s' if len(defects) > 1 else ''}"]
    shown: dict[str, int] = {}
    for line, kind, detail in defects:
        shown[kind] = shown.get(kind, 0) + 1
        if shown[kind] <= SHOWN:
            lines.append(f"  {'' if line is None else f'line {line}: '}{kind}: {detail}")
    lines += [f"  and {n - SHOWN} more of the kind: {kind}" for kind, n in shown.items() if n > SHOWN]
    return "\n".join(lines)


class Pair(NamedTuple):
    """A prediction and what it is compared with; `source` is the article's body where it is known."""

    id: str
    prediction: str
    references: tuple[str, ...]
    source: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Target:
    """What one article's prediction is compared with: the references, and the body that it was made from."""

    references: tuple[str, ...]
    source: str | None = None
    language: str | None = None


def join(predictions: str | Path | Mapping[str, str], targets: Mapping[str, Target]) -> list[Pair]:
    """A pair for each target, sorted by id, from a file of `{"id", "prediction"}` rows or a mapping of id to text.

    Raises PredictionsError with every defect: not JSON, no id, an id that is unknown, repeated or missing, a
    prediction that is empty, no text, or longer than the body.
    """
    name, rows = _rows(predictions)
    defects: list[Defect] = []
    texts: dict[str, str] = {}
    lines: dict[str, int | None] = {}
    for line, row in rows:
        key = _id_of(line, row, lines, defects)
        if key is None or not isinstance(row, dict):
            continue
        target = targets.get(key)
        if target is None:
            defects.append(Defect(line, "unknown id", f"{key!r} is not in the data; drop the row"))
        text = _text_of(line, key, row, "prediction", defects)
        if text is None:
            continue
        if not text.strip():
            defects.append(Defect(line, "empty", f"the prediction of {key!r} has no text"))
        elif target is not None and target.source is not None and len(text) > len(target.source):
            found = f"the prediction of {key!r} has {len(text)} characters, the body {len(target.source)}"
            defects.append(Defect(line, "longer than the body", found))
        texts[key] = text
    defects += [
        Defect(None, "missing id", f"{key!r} has no prediction; predict every article")
        for key in sorted(targets)
        if key not in lines
    ]
    if defects:
        raise PredictionsError(name, defects)
    return [Pair(key, texts[key], t.references, t.source, t.language) for key, t in sorted(targets.items())]


def read_pairs(pairs: str | Path | Mapping[str, str] | Iterable[Mapping[str, Any]]) -> list[Pair]:
    """The pairs of a JSON lines file, or of rows, sorted by id: `{"id", "prediction", "reference" | "references"}`.

    `source` (the article's body) and `language` may stand beside them. A prediction may be empty: it scores 0. Raises
    PredictionsError with every defect of the file.
    """
    name, rows = _rows(pairs)
    defects: list[Defect] = []
    lines: dict[str, int | None] = {}
    found: list[Pair] = []
    for line, row in rows:
        key = _id_of(line, row, lines, defects)
        if key is None or not isinstance(row, dict):
            continue
        text = _text_of(line, key, row, "prediction", defects)
        references = _references_of(line, key, row, defects)
        source, language = row.get("source"), row.get("language")
        for field in ("source", "language"):
            if (value := row.get(field)) is not None and not isinstance(value, str):
                defects.append(Defect(line, "not text", f"{field} of {key!r} is {_kind(value)}, wanted text or null"))
        if text is not None and references is not None:
            found.append(Pair(key, text, references, source, language))
    if defects:
        raise PredictionsError(name, defects)
    if not found:
        raise InputError(f"{name}: holds no pairs; give rows with id, prediction and reference")
    return sorted(found)


def _rows(given: str | Path | Mapping[str, str] | Iterable[Mapping[str, Any]]) -> tuple[str, Iterator[tuple[int, Any]]]:
    """The name for messages, and numbered rows; a row that is no JSON is the error itself."""
    if isinstance(given, str | Path):
        return str(given), _lines(Path(given))
    if isinstance(given, Mapping):
        return "predictions", ((i, {"id": k, "prediction": v}) for i, (k, v) in enumerate(given.items(), 1))
    return "pairs", ((i, dict(row) if isinstance(row, Mapping) else row) for i, row in enumerate(given, 1))


def _lines(path: Path) -> Iterator[tuple[int, Any]]:
    try:
        with gzip.open(path, "rb") if path.suffix == ".gz" else path.open("rb") as file:
            size = 0
            for number, line in enumerate(iter(partial(file.readline, LONGEST_LINE + 1), b""), 1):
                if len(line) > LONGEST_LINE:
                    raise InputError(
                        f"{path}, line {number}: over {LONGEST_LINE >> 20} MB; no pair is as long, drop it"
                    )
                size += len(line) + LINE_COST
                if size > LARGEST:
                    raise InputError(f"{path}, line {number}: more than fits into memory; score the file in parts")
                if stripped := (line.removeprefix(BOM_UTF8) if number == 1 else line).strip():
                    yield number, _json(stripped)
    except FileNotFoundError:
        raise InputError(f"{path}: no such file; give a file of JSON lines") from None
    except (OSError, EOFError, zlib.error) as error:
        raise InputError(
            f"{path}: cannot be read ({error}); give whole JSON lines, gzipped if it ends in .gz"
        ) from None


_DECODE = json.JSONDecoder().raw_decode  # half the time of json.loads, which looks for white space and encodings


def _json(line: bytes) -> Any:
    """The line's value, or the error that it is none."""
    try:
        text = line.decode()
        value, end = _DECODE(text)
    except (ValueError, RecursionError) as error:
        return error
    return value if end == len(text) else ValueError(f"Extra data: column {end + 1}")


def _id_of(line: int, row: Any, lines: dict[str, int | None], defects: list[Defect]) -> str | None:
    if isinstance(row, Exception):
        defects.append(Defect(line, "not JSON", str(row)))
        return None
    if not isinstance(row, dict):
        defects.append(Defect(line, "not a row", f'found {_kind(row)}, wanted an object {{"id", "prediction"}}'))
        return None
    key = row.get("id")
    if not isinstance(key, str) or not key or not is_whole(key):
        found = "the row has none" if "id" not in row else f"found {_kind(key)}, wanted text"
        defects.append(Defect(line, "no id", found))
        return None
    if key in lines:
        defects.append(Defect(line, "repeated id", f"{key!r} stood on line {lines[key]} already; keep one row"))
        return None
    lines[key] = line
    return key


def _text_of(line: int, key: str, row: dict[str, Any], field: str, defects: list[Defect]) -> str | None:
    value = row.get(field)
    if isinstance(value, str):
        if is_whole(value):
            return value
        found = f"the {field} of {key!r} holds half of a surrogate pair, wanted whole characters"
        defects.append(Defect(line, "not text", found))
        return None
    found = f"{field} of {key!r} is missing" if field not in row else f"{field} of {key!r} is {_kind(value)}"
    defects.append(Defect(line, "not text", f"{found}, wanted text"))
    return None


def _references_of(line: int, key: str, row: dict[str, Any], defects: list[Defect]) -> tuple[str, ...] | None:
    if "references" not in row:
        one = _text_of(line, key, row, "reference", defects)
        return None if one is None else (one,)
    many = row["references"]
    if isinstance(many, list) and many and all(isinstance(r, str) and is_whole(r) for r in many):
        return tuple(many)
    found = f"references of {key!r} must be a list of one or more texts, of whole characters"
    defects.append(Defect(line, "not text", found))
    return None


def _kind(value: Any) -> str:
    if isinstance(value, str):
        return ("a text" if is_whole(value) else "half of a surrogate pair") if value else "an empty text"
    names = {dict: "an object", list: "a list", bool: "true or false", type(None): "null"}
    return names.get(type(value), "a number")
