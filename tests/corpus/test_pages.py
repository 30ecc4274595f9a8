"""Every page of the corpus gives its gold record back, and the pages are what the generator makes of the records."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from standfirst.extract import extract
from standfirst.quality import judge
from standfirst.record import Fields, Page, Reason, Rejection
from standfirst.text import ngrams, squeeze, tidy, words

ROOT = Path(__file__).resolve().parents[2]
ARTICLES = ROOT / "corpus" / "articles"
GOLD: dict[str, dict[str, Any]] = {p.stem: json.loads(p.read_text("utf-8")) for p in sorted(ARTICLES.glob("*.json"))}
KEPT = [stem for stem, gold in GOLD.items() if "refused" not in gold]
REFUSED = [stem for stem, gold in GOLD.items() if "refused" in gold]
FIELDS = ("headline", "standfirst", "body")


@cache
def read(stem: str) -> Fields:
    html = ARTICLES / f"{stem}.html"
    path = html if html.exists() else ARTICLES / f"{stem}.txt"
    media = "html" if path.suffix == ".html" else "text"
    return extract(Page(path.read_bytes(), name=stem, path=str(path), media=media))


def f1(found: str, wanted: str) -> float:
    """F1 of the multisets of 4-grams."""
    a, b = (Counter(ngrams(words(text), 4)) for text in (found, wanted))
    return 2 * (a & b).total() / (a.total() + b.total())


@pytest.mark.parametrize("stem", KEPT)
def test_a_page_gives_its_record_back(stem: str) -> None:
    gold, fields = GOLD[stem], read(stem)
    assert fields.rejected is None, fields.detail
    assert tidy(fields.headline or "") == tidy(gold["headline"])
    assert tidy(fields.standfirst or "") == tidy(gold["standfirst"] or "")
    assert f1(fields.body or "", gold["body"]) >= 0.99, set((fields.body or "").split("\n")) ^ set(
        gold["body"].split("\n")
    )
    held = {name: squeeze(getattr(fields, name) or "") for name in FIELDS}
    assert [(name, text) for text in gold["furniture"] for name in FIELDS if squeeze(text) in held[name]] == []


@pytest.mark.parametrize("stem", KEPT)
def test_an_html_page_tells_its_address_and_language(stem: str) -> None:
    gold, fields = GOLD[stem], read(stem)
    if (ARTICLES / f"{stem}.txt").exists():
        pytest.skip("a page copied as text has neither")
    assert (fields.language or "")[:2] == gold["language"][:2]
    assert ".example/" in (fields.url or "")


@pytest.mark.parametrize("stem", REFUSED)
def test_a_page_that_is_no_article_is_refused_with_its_reason(stem: str) -> None:
    judged = judge(read(stem), "CC0-1.0")
    assert isinstance(judged, Rejection)
    assert judged.reason == Reason(GOLD[stem]["refused"]), judged.detail


def test_the_pages_are_what_the_generator_makes_of_the_records() -> None:
    command = [sys.executable, str(ROOT / "scripts" / "make_corpus.py"), "--check"]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr


def test_a_page_that_was_edited_by_hand_is_found(tmp_path: Path) -> None:
    stem = KEPT[0]
    (tmp_path / f"{stem}.json").write_text((ARTICLES / f"{stem}.json").read_text("utf-8"), "utf-8")
    command = [sys.executable, str(ROOT / "scripts" / "make_corpus.py"), "--articles", str(tmp_path)]
    assert subprocess.run(command, capture_output=True, check=False).returncode == 0
    page = next(p for p in tmp_path.iterdir() if p.suffix != ".json")
    page.write_text(page.read_text("utf-8") + "One word more.", "utf-8")
    ran = subprocess.run([*command, "--check"], capture_output=True, text=True, check=False)
    assert ran.returncode == 1
    assert f"{page.name}: is not what its record gives" in ran.stderr
