"""What the pages of single publishers of NewsArticles need, and texts that were read and are refused."""

from __future__ import annotations

import re
from dataclasses import replace
from urllib.parse import urlsplit

from standfirst.biographies import is_biography
from standfirst.cleaning import NOTE, TWEET
from standfirst.record import Fields, Reason
from standfirst.sources.newsarticles.lexicon import SMALL
from standfirst.sources.newsarticles.seams import sentences
from standfirst.sources.newsarticles.spaces import NO_BREAK
from standfirst.text import squeeze, words

# The BBC's bulleted lists are not in the table: "Those still in custody are:" and then the next paragraph.
_LOST_LISTS = "77 94 113 755 1010 1012 1460 1563 1564 1800 1917 2458 2661 3321 3327 3623 289 744 1336 296 2124 2550"
# The names, dates or questions that stood as headings are lost, and the paragraphs say "this panel", "in that attack".
_LOST_HEADINGS = "110 111 1266 1529 1628 1913 2838 3070"
# A programme's own page, a film's, a quiz, a link to an answer elsewhere.
_NO_ARTICLES = "2478 3241 68 87 736 938 1182 1920 2367 319 1803"
# Of many tweets, whose authors and ends are lost, and little between them.
_TWEET_LISTS = "997 1009 1130 1244 1345 1546 1555 1557 2024 2137 2143 2997 3007 3010 3176 3242 3540 3543 3613 1306 1342"
# A newsletter's items on many matters, each with a link's name.
_NEWSLETTERS = "1898 2649 3239"
_REFUSED = dict.fromkeys(_LOST_LISTS.split(), (Reason.INCOMPLETE, "a list after a colon is lost"))
_REFUSED |= dict.fromkeys(("702", "985", "2651"), (Reason.INCOMPLETE, "the titles or names in a list are lost"))
_REFUSED |= dict.fromkeys(_LOST_HEADINGS.split(), (Reason.INCOMPLETE, "the headings that the text refers to are lost"))
_REFUSED |= {"952": (Reason.INCOMPLETE, "the headline belongs to another text")}
_REFUSED |= dict.fromkeys(("2420", "3670"), (Reason.INCOMPLETE, "the text breaks off"))
_REFUSED |= dict.fromkeys(
    ("765", "982", "1322", "3236"), (Reason.INCOMPLETE, "sentences between two paragraphs are lost")
)
_REFUSED |= {"994": (Reason.NOT_AN_ARTICLE, "a list of names and titles")}
_REFUSED |= {"1120": (Reason.NOT_AN_ARTICLE, "a list of quotations")}
_REFUSED |= dict.fromkeys(("1339", "1559"), (Reason.NOT_AN_ARTICLE, "an advertisement"))
_REFUSED |= dict.fromkeys(_NO_ARTICLES.split(), (Reason.NOT_AN_ARTICLE, "a page that announces another"))
_REFUSED |= dict.fromkeys(_TWEET_LISTS.split(), (Reason.NOT_AN_ARTICLE, "a list of tweets"))
_REFUSED |= dict.fromkeys(_NEWSLETTERS.split(), (Reason.NOT_AN_ARTICLE, "a newsletter"))


def read_in_full(fields: Fields) -> Fields:
    """Texts whose fault has no form: each was read."""
    if fields.name not in _REFUSED:
        return fields
    reason, detail = _REFUSED[fields.name]
    return replace(fields, rejected=reason, detail=detail)


_STRAYS = re.compile(r"(?<=\n\n)-+ ?(?:-+ ?)?(?=[\"']?\w)|(?<=[\w.?!\"]) -+(?=\n\n)|(?<= )-(?: -)+ (?=[A-Z\"'])")
_TAGGED = re.compile(r"(?:^|\s)[.\"]?[#@]\w")
_STOPPED = re.compile(r"[.?!:;…)\]][\"')\]]*$|,[\"']$")
# Of the texts with three tweets and more among their paragraphs, each was a list of them.
MOST_TWEETS = 3
_LONGEST_TWEET = 160  # characters: 140, and what stands for a link


def strays(fields: Fields) -> Fields:
    """Hyphens that were no-break spaces between paragraphs go, links to TASS's galleries, and tweets without a stop."""
    body = fields.body or ""
    made = _STRAYS.sub("", body) if fields.publisher in NO_BREAK else body
    paragraphs = [p for p in made.split("\n\n") if re.search(r"\w", p)]
    if fields.publisher == "tass.com":
        paragraphs = [p for i, p in enumerate(paragraphs) if not i or len(p) > 100 or _STOPPED.search(p.rstrip())]
    tweets = [
        p for p in paragraphs if len(p) < _LONGEST_TWEET and _TAGGED.search(p) and not _STOPPED.search(p.rstrip())
    ]
    if len(tweets) >= MOST_TWEETS:
        return replace(fields, rejected=Reason.NOT_AN_ARTICLE, detail=f"a list of tweets, {len(tweets)} of them")
    made = "\n\n".join(_without_tagged_end(p) for p in paragraphs if p not in tweets)
    return fields if made == body else replace(fields, body=made.strip() or None)


def _without_tagged_end(paragraph: str) -> str:
    """The paragraph without a last line that has no stop and a tag or an address: the tweet that followed it."""
    text = paragraph.rstrip()
    if _STOPPED.search(text):
        return paragraph
    starts = [start for start, _ in sentences(text)]
    if len(starts) < 2 or not _TAGGED.search(text, starts[-1] - 1) or len(text) - starts[-1] > _LONGEST_TWEET:
        return paragraph
    return text[: starts[-1]].rstrip()


def whole_tweets(fields: Fields) -> Fields:
    """A paragraph that is a tweet and nothing else goes, where no colon announces it.

    What the page had under the tweet (an address, its author and date) ends it, a paragraph's break begins it.
    """
    body = fields.body or ""
    kept, start = "", 0
    for mark in TWEET.finditer(body):
        before, gap, tweet = body[start : mark.start()].rpartition("\n\n")
        said = kept + before
        whole = (gap or start) and tweet.strip() and len(tweet) <= _LONGEST_TWEET
        kept = f"{said}\n\n" if whole and not said.rstrip().endswith(":") else kept + body[start : mark.end()]
        start = mark.end()
    made = kept + body[start:]
    return fields if made == body else replace(fields, body=re.sub(r"\s*\n\n\s*", "\n\n", made).strip() or None)


def sport(fields: Fields) -> Fields:
    """BBC Sport's pages have no standfirst: what the table gives for one is the first picture's caption."""
    if fields.publisher != "bbc.co.uk" or not fields.standfirst or "/sport" not in (fields.url or ""):
        return fields
    if squeeze(fields.body or "").startswith(squeeze(fields.standfirst)):
        return fields
    return replace(fields, standfirst=None)


def openings(fields: Fields) -> Fields:
    """CNN's table has the first paragraph as the subtitle: it opens the body; where a biography stands, it is lost."""
    text = fields.standfirst or ""
    if fields.publisher != "cnn.com" or not text:
        return fields
    if is_biography(text, fields.headline or "") or NOTE.match(text):
        return replace(
            fields, rejected=Reason.INCOMPLETE, detail="a biography or a note stands for the first paragraph"
        )
    return replace(fields, standfirst=None, body=f"{text}\n\n{fields.body or ''}".strip())


def last_link(fields: Fields) -> Fields:
    """A last paragraph of TASS without a stop is a link to another article."""
    head, gap, last = (fields.body or "").rpartition("\n\n")
    if (
        fields.publisher != "tass.com"
        or not gap
        or last.rstrip().endswith((".", "!", "?", '"', ")"))
        or len(last) > 150
    ):
        return fields
    return replace(fields, body=head)


_CROSSHEADS = re.compile(r"(?<=[.?!])[\"')]* (?:By(?= |$).*|(?:[A-Z' -]*:.*|[^.?!]+(?:[?!](?= ?[A-Z'\"]|$)[^.]*)?))$")
_BYLINE = re.compile(r" By(?= [A-Z']|$).*$")


def standfirst_headings(fields: Fields) -> Fields:
    """Al Jazeera's subtitles hold "By" and the headings of the text after the standfirst's last stop."""
    text = fields.standfirst or ""
    if fields.publisher != "aljazeera.com":
        return fields
    made = _BYLINE.sub("", text) if re.search(r"(?:^|[^.?!]) By(?= |$)", text) else text
    made = _CROSSHEADS.sub("", made)
    return fields if made == text else replace(fields, standfirst=made.strip(" -") or None)


def headline_author(fields: Fields) -> Fields:
    """Al Jazeera's headlines end in the author's name: two to four words that the address does not hold."""
    headline = fields.headline or ""
    if fields.publisher != "aljazeera.com" or not fields.url:
        return fields
    slug = urlsplit(fields.url).path.rsplit("/", 1)[-1]
    parts = headline.split()
    named = re.search(r"((?: (?:[A-Z][\w.'-]*|al-\w+|de|van|von|bin|Al)){2,4})$", headline)
    if not named:
        return fields
    count = len(named.group(1).split())
    held = set(re.sub(r"-\d{6,}.*$", "", slug).split("-"))
    while count >= 2 and any(word in held for word in words(" ".join(parts[-count:]))):
        count -= 1
    wrote = re.search(r" By(?= |$)", fields.standfirst or "") is not None
    if (
        count < 2
        or count >= len(parts)
        or parts[-count - 1].lower() in SMALL
        or not (wrote or " ".join(parts[-count:]) in (fields.body or ""))
    ):
        return fields
    return replace(fields, headline=" ".join(parts[:-count]))
