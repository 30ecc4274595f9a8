"""Rules that take out of an article's fields what belongs to the page, and put right what a table got wrong.

Each rule is a function from fields to fields; it gives back the same object where it finds nothing to do. `clean` runs
them in order and counts them. What one source alone needs stands beside that source's reader.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import NamedTuple

from standfirst.biographies import ROLE, is_biography
from standfirst.record import Fields
from standfirst.text import squeeze


class Rule(NamedTuple):
    """A rule's name (the key under which `Fields.changed` counts it), what it does, and the function that does it."""

    name: str
    description: str
    apply: Callable[[Fields], Fields]


def clean(fields: Fields) -> Fields:
    """The fields after every rule of `RULES`; `changed` counts each rule that did something.

    Fields that are already rejected come back as they are.

    >>> clean(Fields(source="tables", name="1", body="LONDON (Reuters) - Tea is drunk.")).body
    'Tea is drunk.'
    """
    return run(RULES, fields)


def run(rules: Iterable[Rule], fields: Fields) -> Fields:
    """The fields after the rules, in their order, each counted in `changed` where it did something."""
    for rule in rules:
        if fields.rejected:
            return fields
        after = rule.apply(fields)
        if after is not fields:
            fields = replace(after, changed={**after.changed, rule.name: after.changed.get(rule.name, 0) + 1})
    return fields


_MONTH = "(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*"
_AGENCY = (
    r"(?:Reuters|AP|AFP|CNN|UPI|Xinhua|TASS|dpa|ANSA|EFE|Reuters Health|CNN Business|CNNMoney|CNN Student News|"
    r"Variety\.com)"
)
_PLACE = r"[A-Z][\w.'’]*(?:[ /,-]+(?:and |of |de |la |the )?[A-Z][\w.'’]*){0,5}"
# An agency's mark is proof; a place alone is taken only in capitals, or with its country, before a dash.
DATELINE = re.compile(
    rf"^(?:(?:{_PLACE},? *(?:{_MONTH}\.? \d{{1,2}})?[.,]? *)?(?:\({_AGENCY}\)|/{_AGENCY}/)|"
    rf"[A-Z][^.!?]{{2,70}}, [A-Z][a-z]+\.? \d{{1,2}}\. ?/{_AGENCY}(?:, [^/]{{3,60}}|[. ])?/)\s*[-–—.:]*\s*(?=\S)"
)
_BARE = re.compile(
    r"^(?:[A-Z]{3,}(?: [A-Z]{2,})*, (?:[A-Z]\.){1,2} (?=[A-Z][a-z])|(?:[A-Z]{3,}(?:[ -][A-Z]{2,})*(?:, [A-Z][\w.]+(?: "
    r"[A-Z]\w+)?)?|"
    r"[A-Z]\w+(?: [A-Z]\w+)?, [A-Z]\w+(?: [A-Z]\w+)?) (?:-{1,2}|–|—)\s*(?=[\"'A-Z])|[A-Z]\w+, [A-Z]\w+ "
    r"?---?\s*(?=[\"'A-Z]))"
)


def first_paragraph(fields: Fields) -> Fields:
    """A standfirst with an agency's dateline is the article's first paragraph, and goes back to the body."""
    if not fields.standfirst or not DATELINE.match(fields.standfirst):
        return fields
    body = fields.standfirst if not fields.body else f"{fields.standfirst}\n\n{fields.body}"
    return replace(fields, standfirst=None, body=body)


def dateline(fields: Fields) -> Fields:
    """The place, date and agency before the first word go."""
    return _texts(fields, lambda text: _BARE.sub("", DATELINE.sub("", text, count=1), count=1), "standfirst", "body")


_SENTENCE_END = re.compile(r"[.!?…][\"'”’)\]]*(?=\s)|\n\n|$")


def repeated_standfirst(fields: Fields) -> Fields:
    """A standfirst that the body repeats, sentence for sentence, at its start leaves the body.

    Farther on the repeated sentence is the article's own (TASS takes its standfirsts from there), and the next one may
    hang on it. A standfirst that breaks off in the middle of the body's first sentence is a cut of it, and is none.
    """
    if not fields.standfirst or not fields.body:
        return fields
    wanted, body = squeeze(fields.standfirst), fields.body
    if not wanted or not squeeze(body[: 3 * len(fields.standfirst) + 100]).startswith(wanted):
        return fields
    for end in _SENTENCE_END.finditer(body):
        piece = squeeze(body[: end.end()])
        if piece == wanted:
            return replace(fields, body=body[end.end() :].strip() or None)
        if len(piece) > len(wanted):
            break
    return replace(fields, standfirst=None)


NOTE = re.compile(
    r"^(?:(?:click|tap) here|watch|this video|the names of [^.]{0,60} (?:have|has) been changed|join the|breaking news|"
    r"this (?:story|article|page) (?:is|was|has)|editor's note|read more|subscribe|sign up|more to follow|live[: ]|"
    r"nothing found)\b",
    re.IGNORECASE,
)
_CAPTION = re.compile(
    r"(?:[(\[](?:[^()\[\]]*\b(?:Getty|Reuters|AFP|AP|EPA|photo|Al Jazeera)\b[^()\[\]]*)[)\]]\.?|"
    r"\b(?:Getty Images|File photo|Photograph: [^.]*|Photo by [^.]*|/ (?:Xinhua|For China Daily|China Daily)))$"
)


def not_a_standfirst(fields: Fields) -> Fields:
    """A biography, a note to the reader, a caption, or the headline with a word more, is no standfirst."""
    text = fields.standfirst
    if not text:
        return fields
    title = squeeze(fields.headline or "")
    repeats = bool(title) and squeeze(text).startswith(title) and len(squeeze(text)) < len(title) + 25
    if not (repeats or is_biography(text, fields.headline or "") or NOTE.match(text) or _CAPTION.search(text)):
        return fields
    return replace(fields, standfirst=None)


_BYLINE = re.compile(r"\s*(?:\||[-–—]|\b[Bb]y)\s+((?:[A-Z][\w.'’-]+ ){1,3}[A-Z][\w.'’-]+)$")


def headline_byline(fields: Fields) -> Fields:
    """A headline does not end, after "By", a bar or a dash, in the name of its author."""
    match = _BYLINE.search(fields.headline or "")
    if not match or not fields.headline or not match.start():
        return fields
    if match.group(1).casefold() not in (fields.authors or "").casefold():
        return fields
    return replace(fields, headline=fields.headline[: match.start()])


# What stands after an article's last sentence, each matched at the end of the text after a sentence's end, again and
# again until none matches.
_UNIT = r"(?:[^.?!\n]|\.(?=\w)|(?:(?<=\b[A-Z])|(?<=\b[JSDM]r)|(?<=\bSt))\.(?!\w))"
_TAILS: dict[str, tuple[str, ...]] = {
    "credits": (
        rf"{_UNIT}{{3,250}}\bcontribut(?:ed|ing)\b(?: to)?(?: this| the)? ?(?:report(?:ing)?|story|article|post|from|"
        rf"research)\b{_UNIT}{{0,80}}\.?",
        rf"(?:AP|Associated Press|Reuters|AFP)\b{_UNIT}{{3,200}}\bcontributed\.?",
        rf"(?:With )?[Aa]dditional reporting {_UNIT}{{3,120}}\.?",
        r"\(?(?:Additional )?[Rr]eporting by [^\n]{3,300}?\)?",
        r"(?:[A-Z][\w.'-]+ ){1,4}(?:also )?reported from [A-Z][^.?!\n]{2,60}\.",
        r"(?:Author|Interview(?: by)?|Written by|Compiled by|Text by|Produced by): ?[A-Z][^\n.?!]{3,60}",
        rf"(?:The|This) interview (?:was|has been) (?:conducted|edited){_UNIT}{{3,120}}\.",
        rf"(?:It|This interview) has been (?:edited|condensed){_UNIT}{{3,60}}\.",
        rf"(?:The )?Associated Press(?: \w+){{0,3}} (?:writers?|reporters?)\b{_UNIT}{{3,200}}\.",
        r"(?:[A-Z][\w'’/.]*|Interview|On the)(?: [\w'’/.]+){0,6}:",  # a label of which the link is lost
        r"Animated explainer:|(?:Including|With) material from [A-Z]\w+\.?",
        r"\((?:[Hh]/t|Editing by|Reporting by|Writing by)\b[^()\n]{2,120}\)",
        r"(?:[a-z]{2,4}(?:/[a-z]{2,4})*/? ?)?\((?:(?:AP|AFP|Reuters|dpa|DPA|EPD|KNA|SID|Süddeutsche Zeitung)(?:, )?)+"
        r"\)",
        r"Video by [A-Z][^\n.]{3,60}\.?",
        r"(?:Online|Information from|On the [Nn]et|Source|Sources?|SOURCE|Logo|Contact):[- ][^\n]{2,120}?",
    ),
    "updates": (
        r"UPDATED?:?",
        r"(?:This version|A previous version|An earlier version)\b[^\n]{5,300}",
        rf"A version of this (?:piece|article|post|story) {_UNIT}{{5,120}}\.",
        rf"(?:This|UPDATED?:? ?(?:This)?) (?:story|article|post|report|piece|item|page)\b{_UNIT}{{0,60}}\b(?:updated|"
        rf"corrected|amended|edited|republished|originally)\b{_UNIT}{{0,160}}\.?",
        r"This is a (?:developing|breaking)(?: news)? story\b[^.\n]{0,80}\.?",
        r"(?:Please )?[Cc]heck back (?:for|later|here)[^.\n]{0,60}\.?",
        r"More (?:details )?(?:to follow|to come|soon)\.*",
        r"(?:CORRECTION|Correction|UPDATE|Editor's note):[^\n]{5,300}",
    ),
    "follow-us": (
        rf"(?:You can )?[Ff]ollow (?:[A-Z@]|him|her|us|me|them|the|this|our){_UNIT}{{2,160}}\.?",
        rf"(?:[A-Z][\w.'-]+ ){{1,3}}(?:is )?(?:tweets|can be (?:reached|followed|found)){_UNIT}{{2,100}}\.?",
        rf"(?:You can )?(?:[Ff]ind|[Ll]ike|[Jj]oin) (?:us|me|him|her) on [A-Z]{_UNIT}{{2,120}}\.?",
        r"(?:[Ee]mail|[Cc]ontact)[: ](?:[^\n.]{0,60} )?\S+@\S+",
        r"\S+@\S+\.\w+(?: and \S+@\S+\.\w+)?",
        r"(?:On |Via )?Twitter:? ?@\w+",
    ),
    "sign-ups": (
        r"Learn more\.?",
        rf"(?:Watch|Listen to|See|Hear|Catch|Take a look|Check out|You can (?:see|watch|hear|find|get)|"
        rf"The full \w+ can be seen){_UNIT}{{2,200}}\b(?:below|above|here|on (?:the )?BBC|iPlayer|weekdays|gallery)\b"
        rf"{_UNIT}{{0,100}}[.:!]?",
        rf"(?:Or )?[Cc]atch up on {_UNIT}{{2,60}}\.?",
        rf"(?:Click|Tap|Head) (?:through|here|on|over)\b{_UNIT}{{2,200}}[.:!]?",
        rf"(?:Find out (?:more|now)|Join the conversation|Explore {_UNIT}{{2,100}} in the gallery)\b{_UNIT}{{0,200}}"
        r"\.?",
        r"A (?:photo|post|video) (?:posted|shared) by [^\n]{2,120}",
        r"(?:Share|Tweet) this(?: slide| story| article)?:?",
        r"View [Cc]omments",
        rf"(?:Click here to )?(?:[Ss]ign[- ][Uu]p|[Ss]ubscribe)\b{_UNIT}{{2,220}}[.!]?",
        rf"{_UNIT}{{5,260}}\b(?:to your inbox|in your inbox|newsletter)\b{_UNIT}{{0,120}}[.!]?",
        rf"For (?:more|the latest)\b{_UNIT}{{3,160}}\b(?:visit|check out|follow|go to|click|sign up|"
        rf"see)\b{_UNIT}{{2,120}}\.?",
        rf"(?:Visit|Go to|Check out) (?:our|the|\S+\.(?:com|org|co\.uk))\b{_UNIT}{{2,120}}\.?",
        rf"(?:Have something to say\?|(?:Please )?(?:[Ss]hare|[Ll]eave) your (?:views|comments){_UNIT}{{2,60}}\.|The "
        rf"(?:comment )?thread closes {_UNIT}{{2,80}}\.)",
        r"Read (?:more|the original article|the full)\b[^.\n]{0,80}\.?",
    ),
    "disclaimers": (
        rf"(?:The|These) (?:views|opinions)\b{_UNIT}{{3,60}}\b(?:own|reflect|author|his|hers|"
        rf"theirs)\b{_UNIT}{{0,80}}\.?",
        r"(?:Copyright|©)[^\n]{3,100}",
        r"All rights reserved\.?",
        rf"This article was (?:originally )?(?:first )?published (?:on|in|by){_UNIT}{{2,80}}\.",
    ),
}
_TAIL = {name: re.compile(rf"[\s–—-]*(?:{'|'.join(patterns)})[\s–—-]*") for name, patterns in _TAILS.items()}
# A tail longer than this is text: of 500 read, the longest sign-up had 230 characters.
TAIL_WINDOW = 420


def _tail(name: str) -> Callable[[Fields], Fields]:
    def apply(fields: Fields) -> Fields:
        return _texts(fields, lambda text: _without_tail(text, _TAIL[name]), "body")

    return apply


def _without_tail(text: str, pattern: re.Pattern[str]) -> str:
    while True:
        at = max(0, len(text) - TAIL_WINDOW)
        starts = [m.end() for m in AFTER_STOP.finditer(text, at) if m.end() < len(text)]
        start = next((s for s in reversed(starts) if pattern.fullmatch(text, s)), None)
        if start is None:
            return text
        text = text[:start].rstrip(" -–—\n")


AFTER_STOP = re.compile(
    r"(?<!\b[A-Z])(?<!\bSt)(?<!\b[DMJS]r)[.?!:…][\"'”’)\]]*(?=[\s–—-])|[\"”)\]](?=\s)|\n\n| - (?=[A-Z])"
)


def biography_tail(fields: Fields) -> Fields:
    """The author's biography at the end goes: any sentence before a disclaimer, else one that names a role."""
    pattern = _BIOGRAPHY_TAIL if "disclaimers" in fields.changed else _ROLE_TAIL
    return _texts(fields, lambda text: _without_tail(text, pattern), "body")


_BIOGRAPHY_TAIL = re.compile(
    rf"\s*(?:(?:The (?:auth\w+|writers?)|He|She)\b{_UNIT}{{3,250}}\.|(?:Dr\.? |Prof\.? )?(?:[A-Z][\w.'-]*,? ){{1,5}}"
    rf"(?:is|was|works|serves|teaches) {_UNIT}{{3,280}}\.?)"
)

_ROLE_TAIL = re.compile(
    rf"\s*(?:The (?:auth\w+|writers?) (?:is|are)|(?:Dr\.? |Prof\.? |Hon\.? )?(?:[A-Z][\w'-]+\.? ){{2,4}}is(?: "
    rf"currently)? "
    rf"(?:an?|the|[A-Z]\w+(?:'s)?)) {_UNIT}{{0,60}}?\b(?:{ROLE}|lead|scholar|economist|consultant|nonprofit|"
    rf"expert)\b{_UNIT}{{0,200}}\.?"
)

_LINE = re.compile(
    r"^(?:(?:the )?(?:associated press|ap)(?: \w+){0,2} (?:writers?|reporters?)\b.*|(?:read|see|watch) (?:more|also|"
    r"next)\b|related(?: stories| articles)?:|(?:share|tweet) this\b|follow us\b|"
    r"sign up\b|advertisement$|image copyright\b|media caption\b|getty images$|.{0,400}(?:/ ?(?:for )?china daily|"
    r"provided to china "
    r"daily|/ ?xinhua|/ [a-z][\w ]{2,30}|/getty images\)?)\.?$|credit: .{3,80}$|\(photo: .{3,100}\)$)",
    re.IGNORECASE,
)


def page_lines(fields: Fields) -> Fields:
    """A paragraph that is a link to another article, a caption with its agency, or a call to share goes."""

    def without(text: str) -> str:
        return "\n\n".join(line for line in text.split("\n\n") if not _LINE.match(line.strip(" -")))

    return _texts(fields, without, "body")


TWEET = re.compile(
    r"(?:https?://t\.co/\w+\s*)?(?:pic\.twitter\.com/\w+)?\s*- [^()\n]{2,50} \(@\w+\) [A-Z][a-z]+ \d{1,2}, \d{4}|"
    r"(?:https?://t\.co/\w+\s*)?pic\.twitter\.com/\w+|https?://t\.co/\w+|\bvia GIPHY\b|"
    r"\bA (?:photo|post|video) (?:posted|shared) by [^()\n]{1,60}\(@[\w.]+\)"
    r"(?: on [A-Z][a-z]{2} \d{1,2}, \d{4} at \d{1,2}:\d\d ?[ap]m P[DS]T)?"
)


_LAST_DASHES = re.compile(r"(?<=[.?!\"'])(?: -+)+$")


def tweets(fields: Fields) -> Fields:
    """A tweet's picture address, author and date go; its words, which a quotation may be, stay as a paragraph."""
    if not fields.body or not TWEET.search(fields.body):
        return fields
    parts = [_LAST_DASHES.sub("", part.strip()) for part in TWEET.sub("\n\n", fields.body).split("\n\n")]
    return replace(fields, body="\n\n".join(part for part in parts if re.search(r"\w", part)) or None)


_SPACED_STOP = re.compile(r"(?<=\w) (?=[.,](?:\s|$))(?! \. \.)")
_DOUBLE_STOP = re.compile(r'(?<=[^.]\.")\.(?=\s|$)')


def stops(fields: Fields) -> Fields:
    """No space stands before a comma or a full stop, and no full stop after one within quotation marks."""
    return _texts(
        fields, lambda text: _DOUBLE_STOP.sub("", _SPACED_STOP.sub("", text)), "headline", "standfirst", "body"
    )


def _texts(fields: Fields, change: Callable[[str], str], *names: str) -> Fields:
    """The fields with the named texts changed, None where nothing is left; the same object where nothing changed."""
    made: dict[str, str | None] = {}
    for name in names:
        text = getattr(fields, name)
        after = change(text) if text else text
        if after != text:
            made[name] = after.strip() or None
    return replace(fields, **made) if made else fields  # type: ignore[arg-type]


RULES: tuple[Rule, ...] = (
    Rule("first-paragraph", "a standfirst with an agency's dateline goes back to the body", first_paragraph),
    Rule("dateline", "the place, date and agency before the first word go", dateline),
    Rule("page-lines", "a paragraph that is a link, a caption or a call to share goes", page_lines),
    Rule("not-a-standfirst", "a biography, a note or a caption is no standfirst", not_a_standfirst),
    Rule(
        "repeated-standfirst",
        "a standfirst that the body repeats at its beginning leaves the body",
        repeated_standfirst,
    ),
    Rule("headline-byline", "a headline does not end in its author's name", headline_byline),
    *(Rule(name, f"after the last sentence: {name.replace('-', ' ')}", _tail(name)) for name in (*_TAILS, *_TAILS)),
    Rule("biographies", "the sentence about the author before a disclaimer goes", biography_tail),
    Rule("tweets", "a tweet's address, author and date go", tweets),
    Rule("stops", "no space before a stop, and no stop after a stop", stops),
)
