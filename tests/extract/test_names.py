"""What an element's name rules out, and how learning is kept from trusting names alone."""

from __future__ import annotations

import pytest

from standfirst.extract import extract, features, learning, steps
from standfirst.record import Fields, Page

BODY = "".join(
    f"<p>The ferry to Orrin Sound ran {day} times on Monday, the harbour board said, and carried more people than in "
    f"any week since the bridge at Callow was shut. Crew {day} slept on board.</p>"
    for day in range(3, 9)
)
TOLD = "The harbour board counts more passengers than in any week since the bridge was shut."


def read(top: str, more: str = "") -> Fields:
    head = f'<title>Ferry fills up</title><meta name="description" content="{TOLD}">'
    page = f"<html><head>{head}</head><body><main><h1>Ferry fills up</h1>{top}<div class=text>{BODY}{more}</div></main>"
    return extract(Page(page.encode(), name="ferry"))


@pytest.mark.parametrize("box", ["image-caption", "photo"])
def test_a_caption_that_equals_the_description_is_no_standfirst(box: str) -> None:
    assert read(f'<p class="standfirst">{TOLD}</p>').standfirst == TOLD
    assert read(f'<div class="{box}"><p>{TOLD}</p></div>').standfirst is None


@pytest.mark.parametrize(
    "opened",
    ["<div class=Diaporama><div class=shown><div class=DescTitle>", "<div class=photo-frame><div class=caption-title>"],
)
def test_the_titled_caption_of_a_picture_or_a_slide_show_is_no_standfirst(opened: str) -> None:
    assert read(f"{opened}{TOLD}{'</div>' * opened.count('<div')}").standfirst is None


@pytest.mark.parametrize(
    "line", ["BRIDGE AT CALLOW SHUT FOR A THIRD WINTER", "Bridge at Callow shut for a third winter"]
)
def test_a_line_that_is_one_link_and_ends_like_a_title_is_no_body(line: str) -> None:
    body = read("", f'<p><a href="/bridge">{line}</a></p>{BODY}').body or ""
    assert "Crew 8 slept" in body
    assert line not in body


def test_all_points_of_a_list_are_the_standfirst() -> None:
    points = [
        "The harbour board counts more passengers than in any week.",
        "Crews sleep on board.",
        "The bridge at Callow stays shut until the middle of spring.",
    ]
    told = read('<ul class="summary-list">' + "".join(f"<li>{point}</li>" for point in points) + "</ul>")
    assert told.standfirst == " ".join(points)


def test_a_veiled_page_says_the_same_with_fewer_names() -> None:
    html = f'<body><h1 class="headline">Ferry</h1><div class="article-body related share date">{BODY}</div>'
    page = learning.example(steps.read_html(html), "harbour", None, None, told=False)
    veiled = learning.veiled(page)
    assert veiled.reading.sheet.values == learning.veiled(page).reading.sheet.values, "the same each time"
    assert veiled.weight == page.weight / 2
    near = features.LOCAL.index("near")
    pairs = list(zip(page.reading.sheet.values, veiled.reading.sheet.values, strict=True))
    assert all(int(after[near]) & ~int(before[near]) == 0 for before, after in pairs)  # type: ignore[call-overload]
    assert [row[0] for row, _ in pairs] == [row[0] for _, row in pairs]
