"""Where text of the page ran into an article's sentences, because a table kept no line breaks.

A caption, a heading within the text, a link or a first line that stood on a line of its own has no full stop. Run into
the text, it leaves a place that English does not have: a word without a capital, no stop, and a word with a capital
that takes none within a sentence (`... a new level Factories have long ...`). Such a place is a seam.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from standfirst.sources.newsarticles.lexicon import SMALL, Lexicon
from standfirst.text import squeeze

# Words that begin sentences and take no capital within one.
_OPENERS = """
the a an in on at by for from with and but that it he she they his her their our my we you this these those as if
while when where because during since until then such some any each more most many much both another under within
without there here after before amid despite although though according what how why last now to following who whose
speaking asked also however earlier meanwhile
"""
OPENERS = frozenset(_OPENERS.split())
# After a word with a capital, only those that titles of books and films seldom hold.
_SURE = frozenset(
    [
        "the",
        "this",
        "these",
        "it",
        "he",
        "she",
        "they",
        "we",
        "you",
        "there",
        "when",
        "while",
        "although",
        "however",
        "meanwhile",
        "following",
        "after",
        "since",
        "despite",
        "but",
        "according",
        "as",
        "if",
        "speaking",
    ]
)
# A name that a comma or a verb follows: the subject of a sentence.
_SUBJECT = re.compile(
    r"(?:[A-Z][\w'-]+ ?|al-\w+ ?|of ){1,5}(?:, |(?<= )(?:said|told|says|has|had|is|was|were|will|would|have|are|also|"
    r"may)\b)"
)
# In a title, which takes few capitals, more of them are sure.
_BEGINNERS = OPENERS - {"i", "to", "you", "not", "last", "all", "us"} | {"out", "today", "what", "why"}
_DAYS = frozenset(["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"])
# A name after a hyphen, or an Arabic one: `al-Nusra Front`, `a pre-Super Bowl interview`.
_NAMED_WORD = re.compile(r"(?:al-|[a-z]+-(?=[A-Z]))\w")
_PLACE = re.compile(r"(?<=[\w%'\")\]]) (?=[\"'(]?[A-Z][A-Za-z'-]*)")
_BEFORE = re.compile(r"([\w%'-]+)[)\]\"']*$")
_AFTER = re.compile(r"[\"'(]?([A-Z][A-Za-z'-]*),? (?:([\"'(]?\w[\w'-]*))?")
SENTENCE_END = re.compile(r"(?<=[.!?])(?<!\b[A-Z]\.)(?<!\b[DMJS][rst]\.)(?<!Mrs\.)[\"')\]]*\s+|\n\n")
# Longest run that is taken for a caption with a heading: of 60 read, the longest had 38 words.
LONGEST = 40


def seams(text: str, lexicon: Lexicon) -> Iterator[int]:
    """The places in the text, after which a sentence begins although none has ended."""
    for place in _PLACE.finditer(text):
        if is_seam(text[max(0, place.start() - 40) : place.start()], text[place.end() : place.end() + 160], lexicon):
            yield place.end()


def is_seam(before: str, after: str, lexicon: Lexicon) -> bool:
    """Whether a sentence begins between the two."""
    last, following = _BEFORE.search(before), _AFTER.match(after)
    if not last or not following or not following.group(2) or _ends_quotation(before):
        return False
    previous, word, following_word = last.group(1), following.group(1), following.group(2)
    if word == "I" or (len(word) > 1 and word.isupper()) or not following_word[0].islower():
        return False
    if word.endswith("'") and before.count(" '") % 2:  # it ends a quotation: `the 'Tea First, Tea Last' fair`
        return False
    low = word.lower().partition("'")[0]
    if low in OPENERS and (previous.isdigit() or previous in _DAYS):
        return after[0] not in "\"'("
    if not previous[0].islower() or _NAMED_WORD.match(previous):
        return (low in _SURE or (low == "of" and following_word == "course")) and after[0] not in "\"'("
    rate = lexicon.names_follow(previous)
    if after[0] in "\"'(":
        quoted = re.match(r"[\"']([^\"]*)", after)
        long = quoted is not None and len(quoted.group(1).split()) >= 6
        return long and rate < 0.03 and (low in OPENERS or lexicon.common(low))
    if low in OPENERS:
        return rate < 0.1 or low in _SURE
    return len(word) > 3 and lexicon.common(low) and rate < 0.02


def _ends_quotation(before: str) -> bool:
    """Whether a mark closes a quotation that opened before this sentence: what follows goes on from it."""
    return any(before.endswith(mark) and before.count(mark) % 2 for mark in "\"'") and " '" not in before


def unpunctuated(text: str, lexicon: Lexicon, headings: bool = False, links: bool = False) -> tuple[str, int]:
    """The text without the runs that end in no stop, and how many there were.

    A run goes from the end of a sentence to the last seam within `LONGEST` words. With `headings`, a short run that
    names the subject of the sentence after it is one too; with `links`, a run of three links and more.
    """
    kept, count = [], 0
    for start, end in sentences(text):
        sentence = text[start:end]
        cut = 0
        again = _same_subject(sentence) if headings else ()
        names = _many_names(sentence, lexicon) if links else ()
        for seam in (*seams(sentence, lexicon), *again, *names):
            within = _quotes(sentence, seam) or _SAID.search(sentence[:seam]) or _GOES_ON.search(sentence[:seam])
            if len(sentence[:seam].split()) <= LONGEST and not within:
                cut = max(cut, seam)
        count += cut > 0
        kept.append(sentence[cut:])
    return "".join(kept), count


_SAID = re.compile(r'" [^"]{1,60}\b(?:said|added) $')  # the end of a sentence that lost its stop
# No caption ends in an article, a verb that joins, or a genitive: a title follows (`... the country's |Made in ...`).
_GOES_ON = re.compile(
    r"\b(?:an?|the|and|or|was|were|is|are|has|have|had|that|which|who|of|with|by|from|our|their|his|her|its|thinks|"
    r"[a-z]+'s) $"
)
_CARRIES = re.compile(
    r"\b(?:said|says?|told|tells|is|was|are|were|has|had|have|been|be|being|could|would|will|can|called|asked|wrote|"
    r"added|as|that|by|who|to|of|in|with|on) [\"'(]$"
)
_QUOTED = re.compile(r"[\"'(](\w+)")


def _quotes(sentence: str, seam: int) -> bool:
    """Whether a sentence goes on in a quotation, which may begin with a capital: no line ends there."""
    word = _QUOTED.match(sentence, seam)
    if not word:
        return False
    if word.group(1).lower() not in OPENERS or _CARRIES.search(sentence, 0, seam + 1):
        return True
    return re.search(r"\b(?:said|told|says|explains?|adding|wrote)\b", sentence[:seam]) is not None


_HEADING = 9  # words: of 40 headings read, the longest had 8
_NAME = re.compile(r"(?:[A-Z][\w-]+ ){1,3}")


def _same_subject(sentence: str) -> Iterator[int]:
    """Where a run's first name comes again as the subject of a sentence: `Rutte lacks ... touch Rutte's ...`."""
    name = _NAME.match(sentence)
    if not name or name.group().split()[0].lower() in OPENERS:
        return
    for again in re.finditer(
        rf"(?<=[a-z] ){re.escape(name.group().strip())}\b(?:'s)? (?:[a-z]|[A-Z]\w+ [a-z])", sentence
    ):
        before = sentence[: again.start()].split()
        if 3 <= len(before) <= _HEADING and before[-1].lower() not in SMALL and "," not in sentence[: again.start()]:
            yield again.start()


def _many_names(sentence: str, lexicon: Lexicon) -> Iterator[int]:
    """The last of three places and more, without a comma, where a name follows a word that names seldom follow."""
    places = []
    for place in _PLACE.finditer(sentence[:300]):
        last = _BEFORE.search(sentence[: place.start()])
        if not last or not last.group(1)[0].islower() or last.group(1) in SMALL or sentence[place.end()] in "\"'(":
            continue
        if lexicon.names_follow(last.group(1)) < 0.03:
            places.append(place.end())
    if len(places) >= 3 and not re.search(r"[,;]", sentence[: places[-1]]):
        yield places[-1]


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of each sentence with the white space after it."""
    start = 0
    for stop in SENTENCE_END.finditer(text):
        yield start, stop.end()
        start = stop.end()
    if start < len(text):
        yield start, len(text)


def first_line(text: str, lexicon: Lexicon) -> tuple[int, bool]:
    """Where the text's first line, of 4 words or more, ends before its first sentence; and whether that is in doubt.

    0 where there is none. In doubt is a text whose first sentence has a name after a word that names seldom follow
    (fewer than 5% of its places): a line may end there.
    """
    sentence = text[: next(sentences(text), (0, 0))[1]]
    found, doubt = 0, False
    for place in _PLACE.finditer(sentence):
        length = len(sentence[: place.start()].split())
        if not 4 <= length <= LONGEST or found:
            continue
        before, after = sentence[: place.start()], sentence[place.end() :]
        if is_seam(before, after, lexicon) or _sure_start(before, after, lexicon):
            found = place.end()
        last = _BEFORE.search(sentence[: place.start()])
        if last and last.group(1)[0].islower():
            doubt = doubt or lexicon.names_follow(last.group(1)) < 0.05
    return found, doubt and not found


def _sure_start(before: str, after: str, lexicon: Lexicon) -> bool:
    last, word = _BEFORE.search(before), re.match(r"[A-Z][a-z]+\b", after)
    if not last or not word or last.group(1).lower() in SMALL or last.group(1) in ("first", "new"):
        return False
    if not last.group(1)[0].islower():  # "... across Asia to Europe In 2017, ..."
        opens = word.group().lower() in OPENERS - {"of", "the", "a"}
        return opens and len(before.split()) >= 8 and not re.match(r"\w+ [A-Z]", after)
    if len(word.group()) < 4:
        return False
    return lexicon.common(word.group()) and lexicon.names_follow(last.group(1)) < 0.1


def title_end(text: str, lexicon: Lexicon, titles: frozenset[str]) -> int | None:
    """Where a title at the text's start ends, and the next sentence begins; None where nothing says it.

    A title ends with its own mark or with the paragraph; where `titles` (squeezed) hold it; at a seam, or a word that
    begins sentences; at the one place where a name follows a word that names seldom follow.
    """
    window = text[:200]
    stop = re.search(r"\n\n|(?<=[?!])['\")]* |(?<=\w)\. ", window)
    limit = stop.end() if stop else len(window)
    places = [p for p in _PLACE.finditer(window[:limit]) if len(window[: p.start()].split()) >= 2]
    for place in places:
        if squeeze(window[: place.start()]) in titles:
            return place.end()
    names, subjects = [], []
    for place in places:
        before, after = window[: place.start()], window[place.end() :]
        last, word = _BEFORE.search(before), re.match(r"[\"'(]?([A-Z][A-Za-z']*)", after)
        if not last or not word or last.group(1).lower() in SMALL:
            continue
        begins = word.group(1).lower() in _BEGINNERS or after[0] == '"' or word.group(1) == last.group(1)
        if begins or is_seam(before, after, lexicon) or _common_start(after, lexicon):
            return place.end()
        if _SUBJECT.match(after):
            subjects.append(place.end())
        if (last.group(1)[0].islower() and lexicon.names_follow(last.group(1)) < 0.05) or not before[-1].isalpha():
            names.append(place.end())
    if stop and not stop.group().startswith("."):
        return stop.end()
    for found in (names, subjects, sorted({*names} & {*subjects})):
        if len(found) == 1:
            return found[0]
    return len(text) if len(text) == limit and not names else None


def _common_start(after: str, lexicon: Lexicon) -> bool:
    following = _AFTER.match(after)
    if not following or not following.group(2) or not following.group(2)[0].islower():
        return False
    return len(following.group(1)) > 3 and not following.group(1).isupper() and lexicon.common(following.group(1))
