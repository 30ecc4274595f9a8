"""What the pages of NewsArticles' nine publishers leave in its texts, and what the table ran together."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from standfirst.cleaning import AFTER_STOP, TAIL_WINDOW, Rule
from standfirst.record import Fields, Reason
from standfirst.sources.newsarticles.lexicon import Lexicon
from standfirst.sources.newsarticles.pages import (
    headline_author,
    last_link,
    openings,
    read_in_full,
    sport,
    standfirst_headings,
    strays,
    whole_tweets,
)
from standfirst.sources.newsarticles.repeats import repeats
from standfirst.sources.newsarticles.seams import LONGEST, first_line, sentences, title_end, unpunctuated
from standfirst.sources.newsarticles.teasers import teasers
from standfirst.text import squeeze

# Anywhere in a text: each stood on a line of its own.
_BLOCKS = re.compile(
    r"Send Facebook Twitter Google\+ Whatsapp Tumblr linkedin stumble Digg reddit Newsvine Permalink(?: http\S+)?(?: "
    r"-)?|"
    r"Share this slide:|-{6,}|"
    r"(?:- )*Do you have information you want to share with (?:the )?(?:Huffington Post|HuffPost)\? Here's how\.?|"
    r"How will (?:Donald )?Trump's (?:first 100 days|administration|presidency) impact (?:you|YOU)\?(?: Subscribe, "
    r"choose "
    r"the community [^.]*in office\.)?(?: Learn more)?|"
    r"\(And want to get The Morning Email each weekday\? Sign up here\.\)|"
    r"Run by the BBC and partners .{0,300}?(?:bbc\.co\.uk/getinspired|$)|"
    r"Follow us on Facebook, on Twitter @BBCNewsEnts.{0,80}?entertainment\.news@bbc\.co\.uk\.|"
    r"Find us on Instagram at BBCNewsbeat and follow us on Snapchat, search for bbc_newsbeat|"
    r"Visit cnn\.com/\w+ for more news(?: and videos)?\.?|Tina Fey, Alec Baldwin, Tom Hanks, Tracy Morgan.*$|Donate "
    r"now and join us at 7 p\.m\..{0,120}$|#standforrights2017|"
    r"Read more about this and other stories from [A-Z]\w+(?: (?:and )?(?!The )[A-Z]\w+){0,3}|"
    r"This content will not work on your device, please check Javascript and cookies are enabled or update your "
    r"browser|"
    r"Editor's note: To understand China, sit down to eat\.[^.]{20,200}\.|"
    r"Editor's Note: The following video contains graphic language and content\. Viewer discretion is advised\.|"
    r"You can find more information about the programme's sources and listen online or subscribe to the programme "
    r"podcast\.|"
    r"The Victoria Derbyshire programme is broadcast on weekdays between [^.]*\.|"
    r"For rights reasons, this film is not available outside the UK\.|"
    r"\(Read more: [^)]{5,120}\)|Image copyright .{0,60}?Image caption"
)
_BOILERPLATE = (  # sign-ups of The Huffington Post without a telling word, as sentences before "Learn more"
    "Don't be the last to watch the viral video everyone is talking about.",
    "THE spot for your favorite fan theories and the best Netflix recs.",
    "HuffPost Entertainment is your one-stop shop for celebrity news, hilarious late-night bits, industry and awards "
    "coverage and more - sent right to your inbox six days a week.",
    "We're basically your best friend - with better taste.",
    "We're basically your best friend... with better advice.",
    "The Morning Email helps you start your workday with everything you need to know: breaking news, entertainment and "
    "a dash of fun.",
    "Step into the world of weird news.",
    "The truth is stranger than fiction.",
    "Start here, with the latest stories and news in progressive parenting.",
    "HuffPost Lifestyle is a daily newsletter that will make you happier and healthier - one email at a time.",
    "Don't miss out - be the first to know all the latest and breaking news.",
    "Read THIS and be the most interesting person at your dinner party.",
    "Level up.",
    "Start your workday the right way with the news that matters most.",
    "We're spilling the tea on all the queer news that matters to you.",
    "Stay plugged in with the stories on black life and culture that matter.",
    "All the meal hacks and indulgent snacks.",
    "Never miss a thing.",
    "A Benefit for the ACLU.",
    "We go under the hood.",
    "Why did the writer take that unexpected angle?",
    "How hard was it to get that source on the record?",
    "We're here to tell that story.",
    "The reality of being a woman - by the numbers.",
    "Check out the full segment above.",
    "Want more updates from Amanda Terkel?",
    "Tips?",
)
# From here to the end.
_ENDS = re.compile(
    r"(?:Get (?:latest scores|news from the BBC)|Enjoy the best debate, analysis)\b.{0,500}$|"
    r"\(?(?:China Daily (?:European|Africa|Asia)? ?Weekly|China Daily) \d\d/\d\d/\d{4} page ?\d+.*$|"
    r"TASS is not responsible for the material quoted.*$|,-1\"$",
    re.DOTALL,
)
_INITIALS = re.compile(
    r"\s*(?:\b[a-z]{2,4}(?:/[a-z]{2,4})*[ -]*)\(?(?:[A-Za-z,/ ]|\.(?! )){2,60}\)[\s–—-]*$|\s+\b[a-z]{2,4}/[a-z]{2,4}$"
)
_DAILY_TAIL = re.compile(
    r"(?:[\s–—-]*(?:(?:Contact the writers? (?:at|through) )?\S+@\S+(?:(?:,| and| or) \S+@\S+)*|For China Daily|Xinhua|"
    r"(?:[A-Z]\w+ ){1,3}contributed to this story\.?|\(|CHINA DAILY))+$"
)


# From here to the end, where it is near the end (the last 1,200 characters).
_NEAR_END = {
    "huffingtonpost.com": re.compile(
        r"(?:Sign up for (?:the|our) (?:HuffPost|Huffington)|(?:The )?HuffPost [A-Z]\w+ (?:offers|is|brings|delivers|"
        r"newsletter)|"
        r"Every week, HuffPost|Want more (?:updates|stories) from|For more ways to combat|Each Sunday, we will bring "
        r"you)"
    ),
    "aljazeera.com": re.compile(
        r"\b(?:Presenters?|Guests|Contributors|Filmmakers?): |\bTweets Source:|\bSource: ?(?:Al Jazeera|News age|$)"
    ),
    "chinadaily.com.cn": re.compile(r"\S+@\S*(?:chinadaily|mail\.)\S*"),
    "bbc.co.uk": re.compile(r"\bShare this with\b|\bGet latest scores|\bEnjoy the best debate"),
}
_MEDIA = re.compile(
    r"^By .{0,120}?Share this with |Media playback is (?:un|not )supported on (?:this|your) device|Share this with "
)
_WRITE_IN = re.compile(
    r"\b(?:Have|Has|Are|Were|Do|Is|Did|What|Will|Let us|Share|Tell us|Send|Email|If you|Please|Get in touch|You can|"
    r"WhatsApp)\b"
)


def _without_calls(text: str) -> str:
    """The text up to the BBC's call to write in: the sentences before its address that ask for it go too."""
    at = text.find("haveyoursay@bbc.co.uk")
    if at < 0:
        return text
    starts = [start for start, _ in sentences(text[:at])]
    keep = len(starts) - 1
    while keep > 0 and _WRITE_IN.match(text, starts[keep - 1]):
        keep -= 1
    return text[: starts[keep]].rstrip() if keep > 0 else text


def blocks(fields: Fields) -> Fields:
    """Share bars, sign-ups and calls to write in, which stood on lines of their own."""
    body = fields.body or ""
    made = _BLOCKS.sub("\n\n", body)
    if fields.publisher == "huffingtonpost.com":
        for sentence in _BOILERPLATE:
            made = made.replace(sentence, "\n\n")
        made = re.sub(r"(?<=[.?!\"\n])[\s-]*Learn more(?=\s*$|\s+[A-Z\"])", "\n\n", made)
    made = _ENDS.sub("", _without_calls(made))
    made = _MEDIA.sub("", made.lstrip())
    near = _NEAR_END.get(fields.publisher or "")
    match = near.search(made, max(0, len(made) - 1200)) if near else None
    if match and match.start():
        made = made[: match.start()]
    if fields.publisher == "dw.com":
        made = _INITIALS.sub("", made.rstrip())
    if fields.publisher == "chinadaily.com.cn":
        made = _DAILY_TAIL.sub("", made.rstrip())
    return fields if made == body else replace(fields, body=re.sub(r"\s*\n\n\s*", "\n\n", made).strip() or None)


# The longest last line without a stop that was a link or a heading had 24 words.
_LAST_LINE_WORDS = 25


def last_line(fields: Fields) -> Fields:
    """A last line of a few words without a stop, after a sentence's stop, is a link or a heading, and goes."""
    text = (fields.body or "").rstrip(" \n-–—")
    if not re.search(r"[.?!…;)\]\"'”’*]$", text):
        stops = AFTER_STOP.finditer(text, max(0, len(text) - TAIL_WINDOW))
        starts = [stop.end() for stop in stops if stop.end() < len(text)]
        if starts and len(text[starts[-1] :].split()) <= _LAST_LINE_WORDS:
            text = text[: starts[-1]].rstrip(" \n-–—")
    return fields if text == (fields.body or "") else replace(fields, body=text or None)


_PROMO = re.compile(
    r"(?:\b(?:ALSO )?(?:(?:READ|REAd|REad|Read) ?MORE|READ NOW|READ|OPINION|WATCH|RELATED|INTERACTIVE|IN PICTURES|"
    r"INSIDE STORY|MORE|PHOTOS|"
    r"PROFILE|TIMELINE|EXPLAINER|LISTENING POST|ANALYSIS|VIDEO|FEATURE|BLOG|LIVE BLOG|IN DEPTH|GALLERY)|"
    r"\bRead more)(?::| -) ?-? ?|\bOpinion: "
)


# Characters: of 400 titles found, 99 of 100 have fewer than 66; the longer ones had taken a sentence with them.
LONGEST_TITLE = 75


def _until(body: str, start: int) -> int:
    following = _PROMO.search(body, start)
    return following.start() if following else len(body)


def promos(lexicon: Lexicon, titles: frozenset[str]) -> Callable[[Fields], Fields]:
    """Links to other articles within the text go; where none can be told from the sentence after it, all is refused."""

    def apply(fields: Fields) -> Fields:
        body = fields.body or ""
        match = _PROMO.search(body)
        if not match:
            return fields
        while match:
            end = title_end(body[match.end() : _until(body, match.end())], lexicon, titles)
            if end is None or end > LONGEST_TITLE:
                detail = f"a link, {body[match.start() : match.start() + 60]!r}, runs into a sentence"
                return replace(fields, rejected=Reason.RUN_TOGETHER, detail=detail)
            body = body[: match.start()].rstrip() + "\n\n" + body[match.end() + end :].lstrip()
            match = _PROMO.search(body, match.start())
        return replace(fields, body=body.strip() or None)

    return apply


def first_lines(lexicon: Lexicon) -> Callable[[Fields], Fields]:
    """China Daily's standfirst runs into the text; it is parted at a break or its seam, or all is refused."""

    def apply(fields: Fields) -> Fields:
        if fields.publisher != "chinadaily.com.cn" or not fields.body or fields.standfirst:
            return fields
        first, gap, _ = fields.body.partition("\n\n")
        if gap and len(first.split()) <= LONGEST and not first.endswith((".", '"', "]")):
            end, doubt = len(first + gap), False
        else:
            end, doubt = first_line(fields.body, lexicon)
        if doubt:
            return replace(
                fields, rejected=Reason.RUN_TOGETHER, detail="the standfirst may run into the first sentence"
            )
        if not end:
            return fields
        found = {**fields.found, "standfirst": "before the first seam of column text"}
        return replace(fields, standfirst=fields.body[:end].strip(), body=fields.body[end:], found=found)

    return apply


def captions(lexicon: Lexicon) -> Callable[[Fields], Fields]:
    """Captions and headings that run into a sentence go: what stands between a stop and a seam."""

    def apply(fields: Fields) -> Fields:
        body, count = unpunctuated(
            fields.body or "", lexicon, fields.publisher in {"dw.com", "cnn.com"}, fields.publisher == "bbc.co.uk"
        )
        return replace(fields, body=body.strip() or None) if count else fields

    return apply


_NO_ARTICLE = re.compile(
    r"^(?:Quotable|(?:News )?in brief\b|NewsGrid\b|Week in pictures|What's news|Photo\b|Contents?\b)", re.IGNORECASE
)


def galleries(repeated: frozenset[str]) -> Callable[[Fields], Fields]:
    """Texts of Deutsche Welle that hold a picture gallery's captions: ten sentences and more that others hold."""

    def apply(fields: Fields) -> Fields:
        if fields.publisher != "dw.com" or not fields.body:
            return fields
        held = sum(squeeze(fields.body[start:end]) in repeated for start, end in sentences(fields.body))
        if held < MOST_REPEATED:
            return fields
        return replace(fields, rejected=Reason.RUN_TOGETHER, detail=f"{held} sentences of a gallery run into the text")

    return apply


# Of Deutsche Welle's texts, 20 share 17 to 29 sentences with another, 2 share 3, the others none.
MOST_REPEATED = 10


def other_kinds(fields: Fields) -> Fields:
    """Pages of other kinds: press releases, briefs, quotations of the day."""
    if "/PRNewswire/" in (fields.body or ""):
        return replace(fields, rejected=Reason.NOT_AN_ARTICLE, detail="a press release")
    daily = fields.publisher == "chinadaily.com.cn" and (fields.body or "").startswith("- ")
    if _NO_ARTICLE.match(fields.headline or "") or daily:
        return replace(fields, rejected=Reason.NOT_AN_ARTICLE, detail="quotations, briefs or captions")
    return fields


def rules(lexicon: Lexicon, titles: frozenset[str], repeated: frozenset[str]) -> tuple[Rule, ...]:
    """The rules of this source, in order; some ask the table's words, its (squeezed) titles and what texts repeat."""
    return (
        Rule("newsarticles-read", "texts that were read and found wanting are refused", read_in_full),
        Rule("newsarticles-other-kinds", "pages of other kinds are refused", other_kinds),
        Rule("newsarticles-sport", "BBC Sport: a picture's caption is no standfirst", sport),
        Rule(
            "newsarticles-openings",
            "CNN: the subtitle opens the body; texts that lost their first paragraph are refused",
            openings,
        ),
        Rule("newsarticles-blocks", "share bars, sign-ups, calls to write in and issue numbers go", blocks),
        Rule("newsarticles-tweets", "a paragraph that is a tweet and nothing else goes", whole_tweets),
        Rule("newsarticles-teasers", "Deutsche Welle: teasers of other articles in the text go", teasers),
        Rule(
            "newsarticles-galleries", "Deutsche Welle: texts with a gallery's captions are refused", galleries(repeated)
        ),
        Rule("newsarticles-last-link", "TASS: a last line without a stop goes", last_link),
        Rule("newsarticles-headline-author", "Al Jazeera: the author's name leaves the headline", headline_author),
        Rule("newsarticles-standfirst-headings", "Al Jazeera: headings leave the standfirst", standfirst_headings),
        Rule("newsarticles-promos", "links to other articles within the text go", promos(lexicon, titles)),
        Rule("newsarticles-first-lines", "China Daily: the first line is the standfirst", first_lines(lexicon)),
        Rule("newsarticles-captions", "captions and headings that run into a sentence go", captions(lexicon)),
        Rule(
            "newsarticles-strays", "hyphens between paragraphs, links to galleries and tweets without a stop go", strays
        ),
        Rule("newsarticles-repeats", "pull quotes that repeat a quotation of the text go", repeats),
        Rule("newsarticles-last-line", "a last line without a stop goes", last_line),
    )
