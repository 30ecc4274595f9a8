"""Which block of an HTML page is taken for its standfirst."""

from __future__ import annotations

from standfirst.extract import extract, steps
from standfirst.extract.standfirst import candidates
from standfirst.record import Page

BODY = "".join(
    f"<p>The ferry {verb} the quay at noon on Monday, and the harbour master wrote the hour into a book that nobody "
    f"has read for {years} years, although it lies open on a desk.</p>"
    for verb, years in (("left", 20), ("reached", 30), ("passed", 40), ("missed", 50), ("struck", 60))
)
TITLE = "Ferry of Oxlode misses the tide"


def page_of(above: str) -> bytes:
    start = f"<html lang=en><title>{TITLE}</title><body><article><h1>{TITLE}</h1>"
    return f"{start}{above}{BODY}</article></body></html>".encode()


def standfirst(above: str) -> str | None:
    return extract(Page(page_of(above), name="page")).standfirst


def test_a_dek_under_the_headline_is_the_standfirst() -> None:
    text = "A book of hours shows that the boat was late for sixty years."
    assert standfirst(f"<p class=dek>{text}</p>") == text


def test_a_name_of_a_box_that_holds_the_block_alone_counts_as_its_own() -> None:
    text = "A book of hours shows that the boat was late for sixty years."
    assert standfirst(f"<div class=standfirst><div><div><div><p>{text}</p></div></div></div></div>") == text


def test_the_headline_said_again_is_no_standfirst() -> None:
    assert standfirst(f"<h2 class=subtitle>{TITLE}, again</h2>") is None


def test_by_and_many_names_is_no_standfirst() -> None:
    assert standfirst("<h2>By Ada Moor, Cy Vale, Bo Lind, Eli Tarn, Ida Rusk and Sam Hythe</h2>") is None


def test_what_a_box_for_sharing_says_is_no_candidate() -> None:
    text = "Send any friend this story, which is free for them to read."
    reading = steps.read_html(page_of(f"<div class=unlock-share><div><p>{text}</p></div></div>"))
    blocks = reading.document.blocks
    scores = [-1.0] * 2 + [3.0] * (len(blocks) - 2)
    steps.among(reading, scores)
    assert blocks[1].text == text
    assert 1 not in candidates(reading, scores)
