"""Page text: wrapped lines are joined, and what is wrapped reads as what is not."""

from __future__ import annotations

import textwrap

import pytest

from standfirst.extract import extract, learning, page_text, steps, text_dateline, text_standfirst
from standfirst.extract.headline import Headline
from standfirst.record import Page

HEADLINE = "Ferry that nobody ordered arrives in the wrong harbour"
LEAD = "Two towns say that the boat is theirs, and a third has already painted it. The shipyard will not say who paid."
PARAGRAPHS = [
    "The boat came in at dawn on Tuesday with its lights on and nobody on the bridge whom the harbour master knew.",
    "It has forty-two seats, a bar without a licence and room for six cars, which is five more than the island owns.",
    "The harbour master, Ottoline Varga, said she had been told of a ferry in spring and had thought it was a joke.",
    "By noon the paint on the stern was dry. By evening a second crew had arrived by bus and asked for the keys.",
    "A court in the county town will hear both sides on Friday, unless the ferry has been moved again before then.",
]


def page(width: int | None) -> str:
    lines = [HEADLINE, LEAD, "By Ines Okafor, March 3, 2026", *PARAGRAPHS]
    return "\n\n".join(textwrap.fill(line, width) if width else line for line in lines)


@pytest.mark.parametrize("width", [50, 72, 100])
def test_wrapped_lines_are_joined_as_they_were(width: int) -> None:
    assert page_text.lines_of(page(width)) == page_text.lines_of(page(None))


def test_a_list_of_short_lines_is_not_joined() -> None:
    text = "\n".join(["World", "Politics", "Business", "Science and health", "Sport", "Weather for the week"])
    assert page_text.lines_of(text) == [text.split("\n")]


def test_a_wrapped_page_gives_the_fields_of_the_same_page_unwrapped() -> None:
    plain, wrapped = (extract(Page(page(width).encode(), name="page", media="text")) for width in (None, 72))
    assert (plain.headline, plain.standfirst, plain.body) == (wrapped.headline, wrapped.standfirst, wrapped.body)
    assert plain.headline == HEADLINE
    assert plain.body == "\n\n".join(PARAGRAPHS)


def test_a_paragraph_after_the_standfirst_is_not_a_part_of_it_in_a_language_that_was_not_learnt() -> None:
    headline = "Мост через реку открыли после ремонта"
    standfirst = "Движение восстановлено на три месяца раньше срока, сообщили городские власти."
    body = [
        "Мост открыли утром во вторник, и первые машины проехали по нему около восьми часов. Работы начались осенью.",
        "Жители говорят, что ждали этого дня с нетерпением, потому что объезд занимал почти час каждый день.",
        "По словам инженера Сергея Лунина, опоры усилили, а полотно заменили полностью. Ремонт вели в две смены.",
        "Следующим летом город намерен починить и набережную, если совет утвердит бюджет в ноябре.",
    ]
    fields = extract(Page("\n\n".join([headline, standfirst, *body]).encode(), name="", media="text"))
    assert (fields.headline, fields.standfirst, fields.body) == (headline, standfirst, "\n\n".join(body))


def test_a_line_that_opens_with_a_clause_and_a_colon_may_be_the_standfirst() -> None:
    headline = "The ferry of Oxlode misses the tide"
    standfirst = "Hours in a book and a cold quay: why the boat has been late for sixty years."
    body = [
        "The ferry left the quay at noon on Monday, an hour after the tide, and its master wrote it down.",
        "He said the book had been kept since 1966 and that the boat had been late on every day of it but two.",
        "Ada Moor, who has crossed each morning for thirty years, said that nobody in the village owned a watch.",
        "The council will vote in May on a bell, which would cost 900 pounds, or on a second boat at more.",
    ]
    text = "\n\n".join([headline, standfirst, "By Cy Vale", "4 May 2026", *body])
    fields = extract(Page(text.encode(), name="", media="text"))
    assert (fields.standfirst, fields.body) == (standfirst, "\n\n".join(body))


FERRY = "The ferry of Oxlode missed the tide on Monday, and its master wrote the hour down in the book of the harbour."
STORY = [
    "It left the quay at noon, an hour after the tide, with nine passengers and a piano that nobody had come to meet.",
    "The master said the book had been kept since 1966 and that the boat had been late on every day of it but two.",
    "Ada Moor, who has crossed each morning for thirty years, said that nobody in the village owned a watch.",
    "The council will vote in May on a bell, which would cost 900 pounds, or on a second boat at more.",
]


def under_the_headline(*lines: str) -> str | None:
    """What is taken for the standfirst of a page of text that has the lines between its headline and its story."""
    text = "\n\n".join(["Late boat divides a village", *lines, *STORY])
    return extract(Page(text.encode(), name="", media="text")).standfirst


@pytest.mark.parametrize("byline", [[], ["By Cy Vale", "4 May 2026"]], ids=["no byline", "byline"])
@pytest.mark.parametrize(
    "dateline",
    [
        "(CNN) ", "(CNN)", "WASHINGTON (AP) ", "Berlin (dpa) - ", "MADRID (EFE) ", "ROMA (ANSA) - ",
        "OXLODE (Tern) - ", "Berlin – ", "NEW DELHI (PTI) ", "KYIV, Ukraine — ", "Paris, le 4 mai 2026 – ",
        "MADRID, 3 May (EFE).-", "ROMA - ",
    ],
)  # fmt: skip
def test_a_paragraph_that_opens_with_an_agencys_dateline_is_no_standfirst(dateline: str, byline: list[str]) -> None:
    assert under_the_headline(*byline, dateline + FERRY) is None
    assert under_the_headline(dateline + FERRY, *byline) is None


@pytest.mark.parametrize(
    "text",
    [
        "Köln/Bonn - Die Fähre fährt nach Angaben der Stadt erst wieder, wenn der Fluss genug Wasser führt.",
        "МОСКВА, 3 мая. /ТАСС/. Паром опоздал.",
        "МОСКВА, 3 мая — РИА Новости. Паром опоздал.",
        "【ロンドン=共同】渡し船が遅れた。",
        "新华社北京5月3日电 渡船晚点。",
        "São Paulo, 12 mar (Folha) – A balsa atrasou.",
        "BRUSSELS – The ferry will be late, the commission told its members, and so will they.",
    ],
)
def test_a_dateline_is_known_by_its_form_in_any_language(text: str) -> None:
    assert text_dateline.opens_with(text)


@pytest.mark.parametrize(
    "text",
    [
        "Oxlode – village of late ferries, which has no watch and wants none of those it was given.",
        "Oxlode – Stadt der späten Fähren: Was Reisende wissen sollten, bevor sie sich auf den Weg dorthin machen.",
        "Oxlode — The village that never — well, once — caught the tide said on Monday that it would go on as before.",
        "Analysis – The ferry was late on Monday, and the council has said again that it will not buy a second one.",
        "INTERVIEW - The master of the ferry says on Monday that he has never owned a watch and will not buy one now.",
        "Ada Moor, 34, crosses each morning – and is late.",
        "LATE FERRIES: The village of Oxlode has missed the tide for sixty years.",
    ],
)
def test_a_place_or_a_label_and_a_dash_alone_are_no_dateline(text: str) -> None:
    assert not text_dateline.opens_with(text)


def test_a_standfirst_that_opens_with_a_place_and_a_dash_is_found() -> None:
    line = "Oxlode – village of late ferries, which has no watch and wants none of those it was given."
    assert under_the_headline(line, "By Cy Vale", "4 May 2026", FERRY) == line


def test_nothing_below_a_dateline_is_a_standfirst() -> None:
    line = "Two villages say that the boat is theirs, and a third has already painted it."
    text = "\n\n".join(
        ["Late boat divides a village", "OXLODE (Tern) - " + FERRY, "By Cy Vale", "4 May 2026", line, *STORY]
    )
    assert extract(Page(text.encode(), name="", media="text")).standfirst is None


def test_the_introduction_of_an_interview_is_no_standfirst() -> None:
    introduction = (
        "Ada Moor has crossed to Oxlode each morning for thirty years, first as a pupil and then as its teacher. "
        "She keeps a book of every day on which the ferry was late. We talked on the quay, where nobody owns a watch."
    )
    talk = [
        "When did you begin the book?",
        "In 1996, because my class did not believe me. I wrote the hour down and had the master sign it. He was proud.",
        "Has the ferry ever been early?",
        "Twice. On both days there was nobody to meet it, and so the village says that it was late as well.",
        "What would you do with a second boat?",
        "I would sell it and buy a bell. You can hear a bell from the school, and then the children run, and so do I.",
    ]
    lines = ["The teacher who counts late ferries", "By Cy Vale", introduction, *talk]
    fields = extract(Page("\n\n".join(lines).encode(), name="", media="text"))
    assert (fields.standfirst, fields.body) == (None, "\n\n".join([introduction, *talk]))


def test_a_thinned_text_loses_furniture_alone() -> None:
    furniture = [
        "By Cy Vale",
        "Share",
        "Send this story to a friend by mail or by ferry",
        "4 May 2026",
        "Print",
        "Advertisement",
    ]
    document = page_text.read("\n\n".join(["Late boat divides a village", *furniture, FERRY, *STORY]))
    block = document.blocks[0]
    reading = steps.described_text(document, Headline(block.text, block, "line", 1.0))
    page = learning.example(reading, "oxlode", "\n\n".join(STORY), FERRY, told=True)
    lines = [document.blocks[i].text for i in learning.thinned(page)]
    assert [block.text, FERRY, *STORY] == [line for line in lines if line not in furniture]
    assert len(lines) < len(document.blocks)


def test_a_line_that_names_an_agency_as_a_word_may_be_the_standfirst() -> None:
    line = "Oxlode (efe, in its dialect) is late: why the boat has missed the tide for sixty years."
    assert under_the_headline(line, "By Cy Vale", "4 May 2026", FERRY) == line


@pytest.mark.parametrize(
    "line",
    [
        "Find out what's happening in Oxlode with free, real-time updates from Tern.",
        "Find out what’s happening in Oxlode with free, real-time updates from Tern.",
        "The day's top headlines of Oxlode and the villages around it, each morning at six.",
        "Share this story - Ada Moor of the council of Oxlode",
    ],
)
def test_an_invitation_to_the_reader_is_no_standfirst(line: str) -> None:
    assert under_the_headline(line, "By Cy Vale", "4 May 2026", FERRY) is None
    assert under_the_headline("By Cy Vale", "4 May 2026", line, FERRY) is None


def test_the_confidence_in_a_standfirst_is_that_of_the_line_that_is_picked() -> None:
    document = page_text.read("\n\n".join(["Late boat divides a village", FERRY, " ".join(STORY)]))
    assert text_standfirst.pick(document, [1, 2], [0.5, 2.0]) == ([1], 0.5)


NAMED = "Ottoline Varga, the harbour master, said on Tuesday that she had thought the whole of it a joke."


def test_a_name_in_full_that_a_line_does_not_give_opens_the_body_below_it() -> None:
    reading = steps.read_text(
        "\n\n".join([HEADLINE, LEAD, NAMED, *PARAGRAPHS]),
        steps.stored("text"),
    )
    described = text_standfirst.describe(reading, [-3.0, *[2.0] * 7], [1, 2])
    at = text_standfirst.SLOTS.index("named")
    assert [values[at].split(":")[0] for values in described] == ["True", "False"]


def test_a_paragraph_that_speaks_of_a_picture_is_no_caption() -> None:
    reading = steps.read_text(
        "\n\n".join([HEADLINE, *PARAGRAPHS, "A child drew me a picture of the boat, with feet."]), steps.stored("text")
    )
    blocks, values = reading.document.blocks, reading.sheet.values
    assert text_standfirst.caption(blocks, values, len(blocks) - 1) == "no"
