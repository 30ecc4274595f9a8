"""Whatever the bytes are, extraction answers; a page that hangs it would never let these tests end."""

from __future__ import annotations

from pathlib import PurePosixPath

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from standfirst.errors import InputError
from standfirst.extract import extract
from standfirst.extract.charset import decode, utf8
from standfirst.record import Page, Reason

PARAGRAPH = (
    "The office on Harbour Street opened its doors on Friday, said Ada Morrow, who runs it, after nine years of work. "
    "It will employ forty people, most of them from the town, and it is meant to stay open for a hundred years. "
)
ARTICLE = (
    "<html lang=en><head><title>Office opens on Harbour Street</title></head><body><article>"
    "<h1>Office opens on Harbour Street</h1><p class=standfirst>After nine years the doors are open at last.</p>"
    "<div class=article-body>" + f"<p>{PARAGRAPH}</p>" * 6 + "</div></article></body></html>"
)


def test_a_plain_article_is_read_whole() -> None:
    fields = extract(ARTICLE)
    assert fields.headline == "Office opens on Harbour Street"
    assert fields.standfirst == "After nine years the doors are open at last."
    assert (fields.body or "").count("Ada Morrow") == 6
    assert fields.rejected is None


HARD = {
    "nothing": b"",
    "white space": b" \n\t ",
    "NUL bytes": ARTICLE.replace("office", "off\0ice").encode(),
    "only NULs": b"\0" * 5000,
    "noise": bytes(range(256)) * 40,
    "nested 20,000 deep": b"<div>" * 20_000 + b"text",
    "nested inline 100,000 deep": b"<b>" * 100_000 + b"text",
    "objects and paragraphs nested 80,000 deep": b"<object><p>" * 40_000 + PARAGRAPH.encode(),
    "100,000 unclosed quotes": b'<a href="' * 100_000,
    "100,000 open comments": b"<!--" * 100_000,
    "100,000 open scripts": b"<script>" * 100_000,
    "deep JSON-LD": b'<script type="application/ld+json">' + b"[" * 100_000 + b"</script><h1>A b c</h1>",
    "one long word": b"<p>" + b"x" * 2_000_000,
    "one long run of dashes": b"<p>" + b"-" * 500_000 + b"</p>",
    "a heading of a megabyte": b"<h1>" + b"word " * 200_000 + b"</h1>",
    "a million entities": b"&amp;" * 200_000,
}


@pytest.mark.parametrize("content", HARD.values(), ids=HARD.keys())
@pytest.mark.parametrize("media", ["html", "text"])
def test_hard_pages_end_in_an_answer(content: bytes, media: str) -> None:
    fields = extract(Page(content, name="page", media="text" if media == "text" else "html"))
    assert fields.rejected is not None or fields.body


CHARSETS = {
    "utf-8": (ARTICLE.replace("Ada", "Ádá").encode(), None),
    "utf-8 with a mark": (b"\xef\xbb\xbf" + ARTICLE.replace("Ada", "Ádá").encode(), None),
    "utf-16 with a mark": (ARTICLE.replace("Ada", "Ádá").encode("utf-16"), None),
    "utf-16-le without a mark": (ARTICLE.replace("Ada", "Ádá").encode("utf-16-le"), None),
    "windows-1252 said to be utf-8": (
        ARTICLE.replace("<head>", "<head><meta charset=utf-8>").replace("Ada", "Ádá").encode("cp1252"),
        None,
    ),
    "windows-1252 said to be latin-1": (
        ARTICLE.replace("<head>", '<head><meta charset="iso-8859-1">').replace("Ada", "“Ádá”").encode("cp1252"),
        None,
    ),
    "windows-1252 that says nothing": (ARTICLE.replace("Ada", "Ádá").encode("cp1252"), None),
    "the transport's word": (ARTICLE.replace("Ada", "Ádá").encode("iso-8859-2"), "iso-8859-2"),
}


def test_half_a_character_in_the_metadata_is_one_that_was_lost() -> None:
    data = r'{"@type": "NewsArticle", "author": "Ada \ud800 Morrow", "articleSection": "Town \ud83d\ude00"}'
    fields = extract(ARTICLE.replace("<head>", f'<head><script type="application/ld+json">{data}</script>'))
    assert (fields.authors, fields.section) == ("Ada \ufffd Morrow", "Town \U0001f600")


@pytest.mark.parametrize(("content", "transport"), CHARSETS.values(), ids=CHARSETS.keys())
def test_character_sets_are_found_as_a_browser_finds_them(content: bytes, transport: str | None) -> None:
    fields = extract(Page(content, name="page", charset=transport))
    assert "Ádá" in (fields.body or "")
    assert "\ufffd" not in (fields.body or "")


@pytest.mark.parametrize("content", HARD.values(), ids=HARD.keys())
def test_the_utf8_of_a_page_is_that_of_its_text(content: bytes) -> None:
    text = decode(content)
    assert utf8(content) == (None if text is None else text.encode())


@pytest.mark.parametrize(("content", "transport"), CHARSETS.values(), ids=CHARSETS.keys())
def test_the_utf8_of_a_page_is_that_of_its_text_in_every_character_set(content: bytes, transport: str | None) -> None:
    assert utf8(content, transport) == (decode(content, transport) or "").encode()


def test_bytes_that_are_no_text_are_refused_as_unreadable() -> None:
    noise = bytes((k * 7919) % 32 for k in range(4000))
    assert extract(Page(noise, name="noise")).rejected is Reason.UNREADABLE
    assert decode(b"Tea") == "Tea"


def test_a_page_of_30_megabytes_is_read() -> None:
    page = ARTICLE.replace("</article>", "<p>" + PARAGRAPH + "</p>" + "<!-- " + "x" * 30_000_000 + " --></article>")
    fields = extract(Page(page.encode(), name="large"))
    assert fields.headline == "Office opens on Harbour Street"


TAGS = st.sampled_from(
    [
        "p",
        "div",
        "h1",
        "h2",
        "li",
        "ul",
        "a",
        "span",
        "article",
        "section",
        "script",
        "style",
        "b",
        "br",
        "table",
        "td",
        "figure",
        "nav",
        "head",
        "meta",
    ]
)
PIECES = st.one_of(
    TAGS.map(lambda tag: f"<{tag}>"),
    TAGS.map(lambda tag: f"</{tag}>"),
    TAGS.map(lambda tag: f'<{tag} class="standfirst body caption" id=x style="display:none">'),
    st.text(max_size=30),
    st.sampled_from(
        [PARAGRAPH, "<!--", "-->", "&amp;", "&#0;", "<![CDATA[", '<meta property="og:title" content="A b">']
    ),
    st.just('<script type="application/ld+json">{"@type":"NewsArticle","headline":["a",{"name":1}]}</script>'),
)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(PIECES, max_size=60))
def test_no_markup_raises(pieces: list[str]) -> None:
    for media in ("html", "text"):
        fields = extract(Page("".join(pieces).encode("utf-8", "replace"), name="x", media=media))  # type: ignore[arg-type]
        assert fields.rejected is not None or (fields.headline and fields.body)
        assert fields.standfirst != ""


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=400))
def test_no_bytes_raise(content: bytes) -> None:
    assert extract(Page(content, name="x")).source == "pages"


@pytest.mark.parametrize(
    ("start", "is_shown"),
    [
        ("<button>", True),
        ("<object>", True),
        ("<object>" * 20, True),
        ("<object data=ferry.pdf>", False),
        ("<dialog open>", True),
        ("<dialog>", False),
        ("<template>", False),
        ("<noscript>", False),
        ("<select>", False),
    ],
)
def test_an_article_in_an_element_that_nobody_closed_is_read_where_browsers_show_it(start: str, is_shown: bool) -> None:
    assert body_of(start + FERRY).count("The ferry") == (5 if is_shown else 0)


FERRY = "".join(
    f"<p>The ferry {verb} the quay at noon on Monday, and the harbour master wrote the hour into a book that no "
    f"one has read for twenty years, although it lies open on a desk.</p>"
    for verb in ("left", "reached", "passed", "missed", "struck")
)


def body_of(article: str) -> str:
    title = "Ferry of Oxlode misses the tide"
    page = f"<html lang=en><title>{title}</title><body><article><h1>{title}</h1>{article}</article></body></html>"
    return extract(Page(page.encode(), name="page")).body or ""


@pytest.mark.parametrize("held", ["<p>Two berths are free, and the boat is on time.</p>", "<div>word</div>" * 300])
def test_a_dialog_without_an_articles_paragraphs_is_not_read(held: str) -> None:
    assert body_of(f"{FERRY}<dialog open>{held}</dialog>") == body_of(FERRY)


def test_a_path_in_place_of_a_page_is_told_to_be_read_first() -> None:
    with pytest.raises(TypeError, match="as str, bytes or Page, not PurePosixPath; read the file and give its bytes"):
        extract(PurePosixPath("page.html"))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "name",
    ["page.html", "saved pages/Tea & milk.HTM.gz", "C:\\tea.txt", "tea.xhtml\n", "https://paper.example/tea?n=1"],
)
def test_the_name_of_a_file_or_an_address_is_not_read_as_a_page(name: str) -> None:
    with pytest.raises(InputError, match="wanted the page itself; read it and give its text or bytes"):
        extract(name)


@pytest.mark.parametrize("page", ["Tea is hot", "Tea\n\nSee tea.html", "<p>tea.html", "", "a" * 9999 + ".html", "\0.c"])
def test_a_page_that_speaks_of_a_file_is_read(page: str) -> None:
    assert extract(page).rejected is not None, "too short to be an article, and no error"
    assert extract(b"page.html").rejected is not None, "bytes are never a name"
