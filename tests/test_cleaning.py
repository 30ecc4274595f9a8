"""Each rule takes out what it says, and leaves alone what only looks alike."""

from __future__ import annotations

import gzip
import json
import random
from pathlib import Path

import pytest

from standfirst.cleaning import RULES, clean
from standfirst.record import Fields, Reason
from standfirst.text import squeeze

TEA = "The kettle at Imberlow was lit again on Monday. Forty people came to see it."


def cleaned(**texts: str | None) -> Fields:
    return clean(Fields(source="tables", name="1", **texts))  # type: ignore[arg-type]


DATELINES = [
    "LONDON (Reuters) - ",
    "MOSCOW, February 7. /TASS/. ",
    "(CNN)",
    "Washington (CNN) -- ",
    "PARIS, March 3 (AFP) – ",
    "NAIROBI, Kenya -- ",
    "Nairobi, Kenya - ",
    "RALEIGH, N.C. ",
]


@pytest.mark.parametrize("dateline", DATELINES)
def test_a_dateline_leaves_the_body(dateline: str) -> None:
    assert cleaned(body=dateline + TEA).body == TEA


@pytest.mark.parametrize("start", ["BBC News reported it. ", "Tea - a drink - was served. ", "NATO and the EU met. "])
def test_a_first_sentence_that_looks_like_a_dateline_stays(start: str) -> None:
    assert cleaned(body=start + TEA).body == start + TEA


def test_a_standfirst_with_an_agencys_mark_is_the_first_paragraph() -> None:
    fields = cleaned(standfirst="(CNN)The kettle is lit.", body=TEA)
    assert fields.standfirst is None
    assert fields.body == f"The kettle is lit.\n\n{TEA}"


TAILS = [
    "Jane Doe contributed to this report.",
    "ABC News' Jane Doe and J. J. Roe contributed to this report.",
    "Associated Press writer Jane Doe in St. Paul contributed to this report.",
    "Additional reporting by Jane Doe.",
    "This story has been updated.",
    "This is a developing story. Please check back for updates.",
    "Follow Jane on Twitter.",
    "Follow us on Facebook, on Twitter @tea, or on Instagram.",
    "Source: News agencies",
    "Read the original article.",
    "Sign up for our weekly newsletter.",
    "View Comments",
    "The views expressed in this article are the author's own and do not reflect our policy.",
    "Jane Doe is a lecturer and the author of two books on kettles.",
    "jane.doe@example.org",
    "More to follow",
]


@pytest.mark.parametrize("tail", TAILS)
def test_what_follows_the_last_sentence_goes(tail: str) -> None:
    assert cleaned(body=f"{TEA} {tail}").body == TEA


TEXTS = [
    "She had contributed to the fund for years, and nobody knew.",
    "He asked readers to follow the road to the mill.",
    "“Sign here,” he said, and they did.",
    "The union is a member of the council.",
]


@pytest.mark.parametrize("last", TEXTS)
def test_a_last_sentence_that_looks_like_a_tail_stays(last: str) -> None:
    assert cleaned(body=f"{TEA} {last}").body == f"{TEA} {last}"


REPEATS = [
    ("at the start", "Tea is back.", "Tea is back. " + TEA),
    ("with other marks", "“Tea” is back", "'Tea' is back. " + TEA),
    ("as two sentences", "Tea is back. So is milk.", "Tea is back. So is milk. " + TEA),
]


@pytest.mark.parametrize(("standfirst", "body"), [case[1:] for case in REPEATS], ids=[case[0] for case in REPEATS])
def test_a_repeated_standfirst_leaves_the_body(standfirst: str, body: str) -> None:
    fields = cleaned(standfirst=standfirst, body=body)
    assert fields.standfirst == standfirst
    assert squeeze(standfirst) not in squeeze(fields.body or "")
    assert (fields.body or "").endswith(TEA)


def test_a_sentence_that_the_standfirst_repeats_stays_in_the_middle_and_at_the_end() -> None:
    for body in (f"A kettle was lit. Tea is back. {TEA}", f"{TEA} Tea is back."):
        assert cleaned(standfirst="Tea is back.", body=body).body == body


def test_a_standfirst_cut_from_the_first_sentence_is_none() -> None:
    body = "Tea is back in Imberlow after a long winter without any. " + TEA
    fields = cleaned(standfirst="Tea is back in Imberlow after", body=body)
    assert (fields.standfirst, fields.body) == (None, body)


NO_STANDFIRSTS = [
    "Jane Doe is a professor of hydrology at the University of Imberlow.",
    "Jane Doe is a professor of hydrology who speaks four languages.",
    "Jane Doe is a journalist and author. She talks about rivers on the radio.",
    "Jane Doe is President and CEO of the Imberlow Institute.",
    "The views expressed in this commentary are her own.",
    "The views expressed in this article are solely those of the author, who spoke to the Herald.",
    "Click here to read this article in Welsh",
    "The new kettle at Imberlow (Jane Doe/Getty Images)",
    "Imberlow lights its kettle again highlights",
]


@pytest.mark.parametrize("standfirst", NO_STANDFIRSTS)
def test_a_biography_a_note_a_caption_or_the_headline_is_no_standfirst(standfirst: str) -> None:
    fields = cleaned(headline="Imberlow lights its kettle again", standfirst=standfirst, body=TEA)
    assert fields.standfirst is None
    assert fields.changed["not-a-standfirst"] == 1


def test_a_standfirst_about_a_professor_stays() -> None:
    text = "A professor of hydrology explains why the kettle took so long"
    assert cleaned(headline="Kettle lit", standfirst=text, body=TEA).standfirst == text


NEWS_OF_SOMEBODY = [
    ("Who is Jane Doe?", "Jane Doe is an editor of the Imberlow Herald."),
    ("Doe’s reign at the Herald", "Jane Doe is an editor of the Imberlow Herald."),
    ("JANE DOE IS OUT", "Jane Doe is an editor of the Imberlow Herald."),
    ("Blast in the capital", "New Imberlow was hit by a blast outside the office of the prime minister."),
    ("Herald in trouble", "United Heralds is under fire after a senior member quit."),
    ("A spy at the Herald", "North Imberlow is accusing a journalist of spying."),
    ("Doe to be editor of Herald", "Jane Doe is to become editor of the Imberlow Herald."),
    ("Herald finds an editor", "Jane Doe is going to be sworn in as the Herald's editor."),
    ("Doe is no editor", "Jane Doe was the Herald's editor for a day."),
    ("Tea and rivers", "Jane Doe is a professor of hydrology. She spoke to the Herald about kettles."),
    ("Herald finds an editor", "Imberlow is on the verge of having its first editor."),
]


def test_a_byline_in_the_headline_does_not_make_its_author_news() -> None:
    biography = "Jane Doe is a professor of hydrology at Imberlow."
    assert cleaned(headline="Opinion by Jane Doe", standfirst=biography, body=TEA).standfirst is None


@pytest.mark.parametrize(("headline", "standfirst"), NEWS_OF_SOMEBODY)
def test_news_of_somebody_with_an_office_is_no_biography(headline: str, standfirst: str) -> None:
    assert cleaned(headline=headline, standfirst=standfirst, body=TEA).standfirst == standfirst


BYLINES = [
    ("Kettle lit | Jane Doe", "Jane Doe", "Kettle lit"),
    ("Kettle lit by Jane Doe", "Jane Doe; John Roe", "Kettle lit"),
    ("Kettle lit by Jane Doe", None, "Kettle lit by Jane Doe"),
    ("Kettle lit - Imberlow Town Council", "Jane Doe", "Kettle lit - Imberlow Town Council"),
]


@pytest.mark.parametrize(("headline", "authors", "kept"), BYLINES)
def test_a_headline_loses_its_author_and_nobody_else(headline: str, authors: str | None, kept: str) -> None:
    assert cleaned(headline=headline, authors=authors, body=TEA).headline == kept


LINES = [
    "Read more: The kettle that never boiled",
    "Image copyright Jane Doe",
    "- Workers light the kettle. Jane Doe / For China Daily",
    "Follow us",
]


@pytest.mark.parametrize("line", LINES)
def test_a_paragraph_of_the_page_goes(line: str) -> None:
    assert cleaned(body=f"{TEA}\n\n{line}\n\n{TEA}").body == f"{TEA}\n\n{TEA}"


def test_a_tweet_loses_its_address_and_keeps_its_words() -> None:
    body = "He wrote: The kettle is on. pic.twitter.com/AbC123 - Jane Doe (@jane) March 3, 2017 People came."
    assert cleaned(body=body).body == "He wrote: The kettle is on.\n\nPeople came."


def test_no_hyphen_stays_between_a_paragraph_and_a_tweet() -> None:
    body = "The kettle is on. - - pic.twitter.com/AbC123 - Jane Doe (@jane) March 3, 2017 People came."
    assert cleaned(body=body).body == "The kettle is on.\n\nPeople came."


def test_no_mark_stays_alone_between_two_tweets() -> None:
    tweet = "pic.twitter.com/AbC123 - Jane Doe (@jane) March 3, 2017"
    assert cleaned(body=f"The kettle is on. {tweet} . {tweet} People came.").body == "The kettle is on.\n\nPeople came."


def test_stops_stand_once_and_without_a_space() -> None:
    assert cleaned(body='The kettle , he said , boiled . They "went home.".').body == (
        'The kettle, he said, boiled. They "went home."'
    )


def test_rules_that_did_something_are_counted_and_others_are_not() -> None:
    fields = cleaned(headline="Kettle", body=f"LONDON (Reuters) - {TEA} View Comments")
    assert fields.changed == {"dateline": 1, "sign-ups": 1}
    assert set(fields.changed) <= {rule.name for rule in RULES}


def test_clean_fields_come_back_the_same_object() -> None:
    fields = Fields(source="tables", name="1", headline="Kettle lit", standfirst="It took a winter", body=TEA)
    assert clean(fields) is fields


def test_cleaning_twice_changes_nothing_more() -> None:
    once = cleaned(headline="K", standfirst="Tea is back.", body=f"(CNN)Tea is back. {TEA} View Comments")
    twice = clean(once)
    assert (twice.standfirst, twice.body) == (once.standfirst, once.body)


def test_rejected_fields_are_left_alone() -> None:
    fields = Fields(source="tables", name="1", body=f"(CNN){TEA}", rejected=Reason.INDEX)
    assert clean(fields) is fields


@pytest.mark.shared
def test_french_articles_lose_almost_nothing(shared: Path) -> None:
    with gzip.open(shared / "data" / "articles" / "orangesum_fr.jsonl.gz", "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    rows = random.Random(1).sample(rows, 2000)
    before = [Fields(source="t", name="", **{k: r[k] for k in ("headline", "standfirst", "body")}) for r in rows]
    after = [clean(fields) for fields in before]
    lost = [len(b.body or "") - len(a.body or "") for b, a in zip(before, after, strict=True)]
    # Read: 17 of 3,000 begin with a rubric in capitals (`INSOLITE - `), a stop is mended in 84, a tweet goes in 1.
    assert sum(b.standfirst != a.standfirst for b, a in zip(before, after, strict=True)) < 10
    assert sum(n > 40 for n in lost) < 5
