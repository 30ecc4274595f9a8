"""Which block of an HTML page is taken for its standfirst."""

from __future__ import annotations

import pytest

from standfirst.extract import extract, steps
from standfirst.extract.candidates import candidates, passed_over
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


def first_paragraph(attributes: str) -> str | None:
    """What is taken of a page whose description is its first paragraph, with the attributes on the paragraph."""
    text = "The ferry of Oxlode missed the tide on Monday for the first time since the war, its master said."
    head = f'<meta name=description content="{text}"><meta property="og:description" content="{text}">'
    page = page_of("<p class=byline>By Ada Moor</p><time>4 May 2026</time>").decode().replace("<body>", f"{head}<body>")
    page = page.replace("<p>The ferry left", f"<p {attributes}>{text}</p><p>The ferry left")
    return extract(Page(page.encode(), name="page")).standfirst


def test_a_first_paragraph_of_a_class_of_its_own_is_no_standfirst_where_the_body_goes_on_at_once() -> None:
    assert first_paragraph("class=first-par") is None


@pytest.mark.parametrize("name", ["standfirst", "summary", "article-abstract", "sommario"])
def test_a_first_paragraph_that_is_called_a_standfirst_is_one(name: str) -> None:
    assert (first_paragraph(f"class={name}") or "").startswith("The ferry of Oxlode missed")


def test_the_first_question_of_an_interview_is_no_standfirst() -> None:
    asked = "".join(
        f"<p><b>Why was the ferry {verb} on the Monday before the fair?</b></p><p>The master slept, she said, and "
        f"nobody had thought of waking him before the harbour bell rang for the second time that day.</p>"
        for verb in ("late", "early", "empty")
    )
    page = page_of("").replace(b"</h1>", f"</h1>{asked}".encode())
    fields = extract(Page(page, name="page"))
    assert fields.standfirst is None
    assert "Why was the ferry late" in (fields.body or "")


def body_of(last: str) -> str:
    return extract(Page(page_of("").replace(b"</article>", f"{last}</article>".encode()), name="page")).body or ""


def test_links_that_open_over_a_name_are_no_body() -> None:
    popup = "<span><a>Ada Celia Moor</a><a>Ferries are late again, says the council of Oxlode</a></span>"
    last = f"<p>On Friday the boat was on time, and <a>Ada Moor</a>{popup} (O.) wrote that down as well, she said.</p>"
    assert "time, and Ada Moor (O.) wrote" in body_of(last)


def test_links_that_open_over_a_name_are_no_part_of_the_standfirst() -> None:
    popup = "<span><a>Ada Moor</a><a>Ferries are late again, says the council of Oxlode</a></span>"
    found = standfirst(f"<p class=standfirst>For the first time <a>Ada Moor</a>{popup} was late at noon</p>")
    assert found == "For the first time Ada Moor was late at noon"


def test_names_in_a_row_stay_in_the_body_though_they_end_in_one_word() -> None:
    names = "<a>Leeds United</a><br><a>Manchester United</a> <a>Ida Rusk</a>"
    last = f"<p>On Friday the boat was on time, and {names} wrote that down as well, she said.</p>"
    assert "Leeds United Manchester United Ida Rusk wrote" in body_of(last)


def test_the_label_of_a_box_of_related_links_is_no_body() -> None:
    box = "<blockquote class=readalso><p>From our files</p><p><a>The ferry that nobody missed</a></p></blockquote>"
    assert "files" not in body_of(f"{box}{BODY}")


def body_below_a_standfirst(opening: str) -> str:
    dek = "A book of hours shows that the boat was late for sixty years, and that its masters wrote down why"
    above = f"<p class=standfirst>{dek}</p><p class=byline><b>By Ada Moor</b></p><p class=firstpar><b>{opening}</b></p>"
    page = page_of(f"{above}<div class=photo><div class=cap>The quay at noon</div></div>").decode()
    found = extract(
        Page(page.replace("<body>", f'<meta name=description content="{dek}"><body>').encode(), name="page")
    )
    assert found.standfirst == dek
    return found.body or ""


def test_a_bold_first_paragraph_below_a_standfirst_is_body() -> None:
    opening = "A ferry has been tied up and its wheelhouse sealed after it missed seven tides in a row."
    assert body_below_a_standfirst(opening).startswith(opening)


def test_a_standfirst_said_again_in_other_words_is_not_passed_over_to_the_body() -> None:
    dek = "A book of hours shows that the boat was late for sixty years, and that its masters wrote down why"
    again = "A book of hours shows the boat was late for nearly sixty years, and that its masters wrote down why"
    other = "A ferry has been tied up and its wheelhouse sealed after it missed seven tides in a row."
    reading = steps.read_html(page_of(f"<p>{dek}</p><p>{again}</p><p>{other}</p>"))
    assert [block.text for block in reading.document.blocks[1:4]] == [dek, again, other]
    assert passed_over(reading, [1, 2, 3, 4], [3.0, 1.0, 0.5, -1.0], [1]) == [3]
