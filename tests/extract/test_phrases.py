"""What furniture says is looked up by marks, which save time and must change nothing."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from standfirst.extract import page_text, phrases, tree

ARTICLES = Path(__file__).parents[2] / "corpus" / "articles"
LINES = {
    "readmore": ["Read more: the office", "- Lesen Sie auch: das Büro", "See also the office", "関連記事 一覧"],
    "signup": [
        "Sign up here",
        "Our newsletters, daily",
        "Jetzt abonnieren",
        "Download the app",
        "Free trial",
        "Log in",
        "Your e-mail address",
    ],
    "credit": [
        "A pier. Getty Images",
        "Foto: Ada Morrow",
        "The pier (AP)/ Reuters",
        "Tea, via Ada",
        "写真 港",
        "Tern/pool",
        "Tern /AFP",
    ],
    "byline": [
        "By Ada Morrow",
        "Von Ada Morrow",
        "Ada Morrow, staff writer",
        "@morrow",
        "Texte Ada Morrow",
        "Text: Ada Morrow",
        "Written by Ada",
    ],
    "date": ["14 September 2018", "Sept. 3, 2019", "at 11:05", "3.4.2018", "2018-09-14", "2 hours ago", "5 min read"],
    "updated": ["Published on Friday", "Last updated Friday", "Publié vendredi"],
    "rights": ["All rights reserved", "This may not be published", "Alle Rechte vorbehalten", "Copyright Tern"],
    "follow": ["Follow us on Twitter", "Share this", "Copy link", "E-mail this"],
    "advert": ["Advertisement", "Anzeige", "Story continues below"],
    "comment": ["3 comments", "What do you think?", "Have your say", "Please let us know"],
    "contact": ["Write to ada@tern.example", "Send us a line", "Got a story for us", "Call 5 now", "Tips welcome"],
    "note": [
        "Correction: the office",
        "This article was first published",
        "Source: Tern",
        "Mara contributed to this report",
    ],
    "biography": [
        "Ada is a staff writer",
        "Mr X is the town's editor",
        "she covers ports",
        "Er ist Redakteur der Zeitung",
    ],
    "play": ["Play video", "12:30 clip", "Enlarge"],
    "affiliate": ["Deal 5.99", "Our shop 12", "We earn a commission", "Check price"],
    "consent": ["We use cookies", "terms of use", "This device", "Ad block is on"],
    "minutes": ["3 min", "12", "4 of 9"],
    "dateline": ["OXLODE (Reuters) - A seat", "OXLODE, May 3 — A seat"],
}


def said_by_all(text: str) -> int:
    """The phrases of a text by trying every pattern."""
    start = text[:240]
    bits = 0
    for name, pattern in phrases.PATTERNS.items():
        if re.search(pattern, start if name == "dateline" else start.lower()):
            bits |= phrases.BIT[name]
    return bits if re.search(r"\d", start) else bits & ~phrases.BIT["date"]


@pytest.mark.parametrize("name", phrases.NAMES)
def test_each_phrase_is_found_in_lines_that_say_it(name: str) -> None:
    missed = [line for line in LINES[name] if not phrases.said(line) & phrases.BIT[name]]
    assert not missed


def test_marks_find_what_trying_every_pattern_finds() -> None:
    texts = [line for lines in LINES.values() for line in lines]
    for path in sorted(ARTICLES.iterdir()):
        if path.suffix == ".html":
            texts += [block.text for block in tree.read(path.read_bytes()).blocks]
        elif path.suffix == ".txt":
            texts += [block.text for block in page_text.read(path.read_text(encoding="utf-8")).blocks]
    differ = [text for text in texts if phrases.said(text) != said_by_all(text)]
    assert len(texts) > 3000
    assert not differ
