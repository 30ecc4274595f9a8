"""The report of a release: every count that its card, its reader or a later check needs, from the data alone."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from standfirst.record import SPLITS, content_hash
from standfirst.release.folder import sha256_of
from standfirst.release.hidden import FOLDER, commitments, hidden_split
from standfirst.release.reading import files_in_order

if TYPE_CHECKING:
    import pandas as pd

FORMAT = 1
"""Of report.json: raised when a key's meaning changes."""
QUANTILES = (0.05, 0.25, 0.5, 0.75, 0.95)


def rows_of(data: Path) -> Iterator[dict[str, Any]]:
    """Every row of the release's data files, by split and id, a few at a time."""
    import pyarrow.parquet as pq

    for path in files_in_order(data):
        for batch in pq.ParquetFile(path).iter_batches(batch_size=1000):
            yield from batch.to_pylist()


def as_json(value: Mapping[str, Any]) -> str:
    """The object as it stands in a release's JSON files."""
    return json.dumps(value, indent=1, ensure_ascii=False) + "\n"


def make_report(
    data: Path, refused: Mapping[str, Mapping[str, int]], settings: Mapping[str, Any], texts: Mapping[str, str]
) -> dict[str, Any]:
    """The report of the data files under `data`; `refused` counts rejections by source and reason.

    `texts` says for each source whether its texts may be `published` or are `withheld`.

    `content_sha256` is the dataset's fingerprint (see `record.content_hash`). `rules` says how often each cleaning or
    extraction rule fired, in how many records.
    """
    frame, hidden = _frame(data), hidden_in(data)
    kept = frame["source"].value_counts().to_dict()
    sources = sorted({*kept, *refused})
    told = frame["story"].value_counts()
    report: dict[str, Any] = {
        "format": FORMAT,
        "content_sha256": fingerprint_of(data, hidden),
        "records": len(frame),
        "with_standfirst": int(frame["standfirst_words"].notna().sum()) + hidden.get("with_standfirst", 0),
        "refused": dict(sorted(sum((Counter(r) for r in refused.values()), Counter()).items())),
        "sources": {
            s: {
                "records": int(kept.get(s, 0)),
                "refused": dict(sorted(refused.get(s, {}).items())),
                "text": texts.get(s, "withheld"),
                "licences": sorted(frame.loc[frame["source"] == s, "licence"].unique()),
            }
            for s in sources
        },
        "splits": {s: {**_split(frame[frame["split"] == s]), "bytes": _bytes(data, s)} for s in SPLITS},
        "stories": {
            "stories": len(told),
            "told_more_than_once": int((told > 1).sum()),
            "articles_in_them": int(told[told > 1].sum()),
            "most_tellings": int(told.max()),
        },
        "languages": _counts(frame, "language"),
        "publishers": _counts(frame, "publisher"),
        "published": {
            "first": _edge(frame, "min"),
            "last": _edge(frame, "max"),
            "undated": int(frame["published"].isna().sum()),
        },
        "words": {n: _spread(frame[f"{n}_words"]) for n in TEXTS},
        "abstractiveness": {n: _spread(frame[n]) for n in MEASURES},
        "rules": _rules(data),
        "settings": dict(settings),
    }
    if hidden:
        report["splits"][hidden["split"]]["with_standfirst"] = hidden["with_standfirst"]
        report["hidden"] = hidden
    return report


def hidden_in(data: Path) -> dict[str, Any]:
    """Of the split whose references are hidden: its name, articles, those with a standfirst, and the SHA-256 of the
    file with their salted hashes; {} where none are hidden. Lengths and measures of a report are of the others.
    """
    split = hidden_split(data)
    if split is None:
        return {}
    kept = commitments(data, split).values()
    sha256 = sha256_of(data / FOLDER / f"{split}.jsonl")
    return {"split": split, "records": len(kept), "with_standfirst": sum(c.standfirst for c in kept), "sha256": sha256}


def fingerprint_of(data: Path, hidden: Mapping[str, Any]) -> str:
    """`record.content_hash` of the rows; where references are hidden, with the salted hashes that stand for them."""
    shown = content_hash(rows_of(data))
    return hashlib.sha256(f"{shown} {hidden['sha256']}".encode()).hexdigest() if hidden else shown


TEXTS = ("headline", "standfirst", "body")
FACTS = ("source", "licence", "split", "story", "language", "publisher", "published")
MEASURES = ("coverage", "density", "compression", "novel_bigrams")


def _frame(data: Path) -> pd.DataFrame:
    """One row an article: `FACTS`, `MEASURES`, and the lengths of its texts in words."""
    import pandas as pd
    import pyarrow.parquet as pq

    parts = []
    for path in files_in_order(data):
        for batch in pq.ParquetFile(path).iter_batches(batch_size=5000, columns=[*TEXTS, *FACTS, *MEASURES]):
            part = batch.to_pandas()
            for name in TEXTS:
                # Where all of a batch are null, pandas has no column of text, so that `.str` would fail.
                counts = [float(len(t.split())) if isinstance(t, str) else float("nan") for t in part.pop(name)]
                part[f"{name}_words"] = counts
            parts.append(part)
    return pd.concat(parts, ignore_index=True)


def _split(frame: pd.DataFrame) -> dict[str, int]:
    with_standfirst = int(frame["standfirst_words"].notna().sum())
    return {"records": len(frame), "with_standfirst": with_standfirst, "stories": int(frame["story"].nunique())}


def _bytes(data: Path, split: str) -> int:
    """Bytes of the split's values: its texts in UTF-8, and 8 for a number. The same whatever wrote the files."""
    import pyarrow as pa
    import pyarrow.compute as pc
    import pyarrow.parquet as pq

    total = 0
    for path in files_in_order(data, split):
        for batch in pq.ParquetFile(path).iter_batches(batch_size=5000):
            for column in batch.columns:
                texts = pa.types.is_string(column.type)
                known = len(column) - column.null_count
                total += (pc.sum(pc.binary_length(column)).as_py() or 0) if texts else 8 * known
    return int(total)


def _counts(frame: pd.DataFrame, column: str) -> dict[str, int]:
    counts = frame[column].fillna("unknown").value_counts().to_dict()
    return {str(k): int(v) for k, v in sorted(counts.items(), key=lambda kv: (-kv[1], str(kv[0])))}


def _spread(values: pd.Series[float]) -> dict[str, float]:
    """Mean and quantiles, to four places; empty where there is no value."""
    known = values.dropna()
    if not len(known):
        return {}
    return {
        "mean": round(float(known.mean()), 4),
        **{f"q{int(q * 100):02}": round(float(known.quantile(q)), 4) for q in QUANTILES},
    }


def _edge(frame: pd.DataFrame, side: str) -> str | None:
    known = frame["published"].dropna().str[:10]
    return str(getattr(known, side)()) if len(known) else None


def _rules(data: Path) -> dict[str, dict[str, int]]:
    import pyarrow.parquet as pq

    fired: Counter[str] = Counter()
    records: Counter[str] = Counter()
    for path in files_in_order(data):
        for text in pq.read_table(path, columns=["provenance"])["provenance"].to_pylist():
            changed = json.loads(text).get("changed", {})
            fired.update(changed)
            records.update(changed.keys())
    return {rule: {"records": records[rule], "times": fired[rule]} for rule in sorted(fired)}
