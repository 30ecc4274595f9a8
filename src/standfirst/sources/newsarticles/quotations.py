"""Quotation marks, apostrophes and dashes that the NewsArticles table broke, and the letters after them.

UTF-8 was read as GBK: a curly mark or a dash became `"`, and the character after it suffered. A space became `?`
(`said,"?she`, `teachers"?unions`, `Florida "?comes`); a letter got a U+FFFD before it, or became another letter (`"Hake
news"` for "fake news").
"""

from __future__ import annotations

import re
from collections import Counter

from standfirst.sources.newsarticles.accents import LOST
from standfirst.sources.newsarticles.lexicon import Lexicon
from standfirst.sources.newsarticles.nested import mend_closings

# An apostrophe in a word; `'r` stands for 're and `I'l` for I'm.
_APOSTROPHE = re.compile(rf'(?<=[A-Za-z])"{LOST}?(?=(?:t|s|d|m|ve|ll|re)\b)', re.IGNORECASE)
_NAME = re.compile(rf'\b([ODd])"{LOST}?(?=[A-Z])')
_ARE = re.compile(r"(?<=[a-z])'r\b")
_AM = re.compile(r"\bI'l(?= )")
_HAVE = re.compile(
    r"\b(we|you|they)[\"']re(?= (?:(?:all|only|just|never|really|always|already|ever) )*(?:been|got|had|seen|"
    r"gotten|met|done it|gone back|grown, they|experienced is|overturned \d+)\b)|"
    r"\b(we|you|they)[\"']re(?= [a-z]+ed (?:me|him|us|them|it)\b)|\b(we)[\"']re(?= (?:all |already |never |"
    r"roughly )?(?:made|partnered|teamed|mapped|stumbled|rounded|learned|reduced|undergone|heard|put|come|created|"
    r"reached|doubled|evolved|approved)\b)",
    re.IGNORECASE,
)
# Within a sentence the capital says that a letter changed: "we've" became "We're", never "we're".
_WE_HAVE = re.compile(r"(\b[a-z]+,? )We[\"'](?:re(?! at\b)|ve)\b")
_SHE_WILL = re.compile(
    r"(?<= )(?:(?:and|said|thinks|that|if|when|as|because|what|but),? )(?:She|He|They)(?=[\"'](?:ll|d)\b)"
)


_MARK = re.compile(rf'"(?:{LOST}{LOST}\?|{LOST}[?\u00a0]|{LOST}|\?)?')
_BEFORE_OPENING = " \n([-/{"
# The letter that stands after an opening mark -> the letters that it may have been. Seen where the word is no word and
# one of these makes it one: H for f 28 times, g for t 27, A for o 25, T for m 19, L for h 10, l for v 13 and f 4, ...
_SWAPPED = {"H": "f", "g": "t", "A": "o", "T": "mM", "l": "vVfF", "L": "hH", "P": "dD", "G": "hH"}
# After an opening mark these stand for another letter more often than for themselves: a word may be one by chance.
_NEVER_FIRST = "HT"
_OPENED = re.compile(r"""(?:^|(?<=[\s(\[-]))"([A-Za-z])([a-z]+)(?=[^\w'\ufffd?]|'|$)""")
_STARTS_SENTENCE = re.compile(
    r'(?:^(?="[a-z]+ [a-z])|(?<=[.?!] )(?<!\b[A-Z]\. )|(?<=[.?!]" )|(?<=[.?!]- )|(?<=[.?!]"- ))"[a-z](?=[a-z\' ])|'
    r'"[a-z](?=[A-Z]{2})'
)
_SOME = re.compile(
    r'(?:^|(?<=[\s(-]))"(?=(?:me of|mething|meone|metimes|mehow|mebody|mewhere)\b)|"Me(?= of\b)', re.IGNORECASE
)
_THERE = re.compile(r'"where(?= (?:is|are|was|were|will|has|have|had)\b)(?![^"]{0,80}\?)|"where(?=\'s\b)')
# "to" became "go" before a verb, where "go" takes no other verb and no direction.
_TO = re.compile(
    r'"go(?= (?!(?:back|round|around|away|ahead|abroad|there|nuclear|the|get|see|home|out|to|on|for|with|through|into|'
    r"further|forward|down|up|in|and|or|beyond|after|against|over|so|too|all|at|by|from|is|was)\b)[a-z]+ ?[a-z])"
)
# Words of which the table holds both forms, each read in its sentence.
_READ = {"Las": "has", "Lard": "Hard", "Lome": "home", "Aver": "over", "Le is": "He is", "grade one": "trade one"}
_READ |= {"Atter": "otter", "TSU had": "MSU had", "TacArthur": "MacArthur", "Taleficent": "Maleficent"}
_READ_WORD = re.compile(rf'"({"|".join(_READ)})(?=[,. -][a-z"]| )(?! [A-Z])')
_NAMED = re.compile(r"""(?:^|(?<=[\s(\[-]))"(?!march\b)([a-z]{3,})(?=[^\w\ufffd?-]|$)""")
_NAMED_AFTER = re.compile(r"""(?<=(?:movie|.film) ")[a-z](?=[a-z]+[,.]?")|(?<=")[md](?=rs?\. [A-Z])""")
# A quotation's first letter changed its case. A title's small letter grows: all its other words have capitals.
# An adverb or a prefix begins none.
_TITLE = re.compile(
    r"""(")(?![a-z]{3,}(?:in|ed|ent|ar|al)ly |(?:de|anti|non|pre|pro|post)-)"""
    r"""([a-z])([a-z]+(?:[ -](?:[A-Z][\w']*|of|the|and|to|with|in|for|&)){1,6}[,.]?")"""
)
# The adjective "It" keeps its capital (`an "It girl"`).
_PARTIAL = re.compile(r'(?<=[a-z] )"(?!It (?:girl|boy|couple|bag)s?\b)([A-Z][a-z]*)(?=,? [a-z]|[.,]?")')
# A word alone may be a name (of a film, a newspaper): only where its ending or its letter says that it is none.
_NO_NAME = re.compile(r"[AC]|[A-Z][a-z]+(?:ed|ing|ent|ly|ts|ces)$")
_AUXILIARY = re.compile(r"\b(?:is|was|are|were|had|has|have|been|be|could|would|will|can|should|might|may|not) $")
_SAYING = re.compile(
    r"\b(?:said|says|say|yelling|such as|asked|added|wrote|tweeted|replied|read|reads|titled|called|named) $"
)
_HEADS = {"ho": "who", "ut": "but", "nd": "and", "hile": "while", "hich": "which", "hen": "when", "aid": "said"}
_HEADS |= {"he": "the", "n": "in", "o": "to", "f": "if", "or": "for", "ight": "right", "enise": "Denise"}
# What names a work before its title; words whose capital begins a whole sentence, where the word before has none.
_OF_A_WORK = re.compile(r"\b(?:movie|film|blockbuster|since|on|[Tt]ime on|Of) $")
_WHOLE = frozenset({"We", "This", "The", "To"})
# A title's small letter stays where it goes on from a subject, or where only names follow it (`a "hard Brexit"`).
_GOES_ON = re.compile(r"\b(?:it|he|she|they|we|be|down|family) $")
# A word that lost its space and first letter after a closing mark: `,"unes said`; after a full stop, a capital.
_HEADLESS = re.compile(r"""(?<=[,.?!\w]")([a-z]{2,}|[nof])(?=[\s,.':])(?P<saying> (?:said|told|added)\b)?""")
# A mark that stands alone between two spaces opens the sentence after a stop and closes the speech before a comma.
_ALONE = re.compile(r'(?<=[.:?!]) " ([a-z])(?=[a-z\'])|(?<=,) "(?= (?:he|she|they|who|it)\b)')


# In every text: the apostrophes of contractions, which stand as `"` or lost their last letter.
_CONTRACTION = re.compile(r"(?<=n)\"(?=t\b)|(?<=\b[IiWw])\"(?=(?:ve|m|d)\b)|(?<=[A-Za-z0-9])\"(?=s [A-Za-z])")


def mend_contractions(text: str) -> tuple[str, int]:
    """The text with the apostrophes of its contractions, and how many were mended."""
    text, marks = _CONTRACTION.subn("'", text)
    text, letters = _ARE.subn("'re", text)
    text, capitals = _WE_HAVE.subn(r"\1we've", text)
    text, small = _SHE_WILL.subn(lambda m: m.group().lower(), text)
    text, verbs = _HAVE.subn(r"\1\2\3've", text)
    return text, marks + letters + capitals + small + verbs


def mend_marks(text: str) -> tuple[str, int]:
    """Straight quotation marks, apostrophes and dashes for the marks that UTF-8 read as GBK left."""
    count = 0
    for pattern, made in ((_APOSTROPHE, "'"), (_NAME, r"\1'"), (_ARE, "'re"), (_AM, "I'm"), (_WE_HAVE, r"\1we've")):
        text, n = pattern.subn(made, text)
        count += n
    text, n = _HAVE.subn(r"\1\2\3've", text)
    count += n
    text, n = re.subn(rf'(?<=\[)"{LOST}(?=\])', "...", text)
    count += n
    out, end, is_open = [], 0, False
    marks = list(_MARK.finditer(text))
    for i, mark in enumerate(marks):
        out.append(text[end : mark.start()])
        so_far = out[-1] or (out[-2] if len(out) > 1 else "")
        following = marks[i + 1] if i + 1 < len(marks) else None
        made, is_open = _mark(text, mark, so_far[-1:], is_open, following)
        count += made != mark.group()
        out.append(made)
        end = mark.end()
    text, nested = mend_closings("".join(out) + text[end:])
    return text, count + nested


def _mark(
    text: str, mark: re.Match[str], before: str, is_open: bool, following: re.Match[str] | None
) -> tuple[str, bool]:
    """What one mark was, and whether a quotation is open after it."""
    suffix, after = mark.group()[1:], text[mark.end() : mark.end() + 1]
    starts = not before or before in _BEFORE_OPENING
    if suffix == LOST * 2 + "?":  # a rule between the article and its credits
        return "\n\n", False
    if suffix == "?" and _asks(text, mark, before):
        return ("'?" if before == "s" and not is_open else '"?'), False
    if suffix in ("?", f"{LOST}\u00a0", f"{LOST}?"):
        dash = "- " if suffix == f"{LOST}?" and not starts else ""
        if starts:
            return "- ", is_open
        if before == '"':
            return " - ", is_open
        if is_open and not (before == "s" and _closes_later(text, mark, following)):
            return '" ' + dash, False
        if before == "s" or is_open:
            return "' " + dash, is_open
        return ('" ' if not before.isalnum() else " - "), False
    if suffix == LOST:
        if starts or (before == '"'):
            return '"', True
        if before.isalnum() and after.isalpha():
            return ("-" if text[mark.end() :].startswith(_JOINED) else "—"), is_open
        return '" ', False
    if starts and after.strip():
        return '"', True
    if not is_open and after.isupper() and before in ".?!,":
        return '" ', False
    return ('" ' if after.isupper() and not starts else '"'), False


# A sentence that asks: its question mark after a closing mark (`of "transit"? He`) is its own, and no lost space.
_ASKING = (
    r"(?:what|why|how|who|when|where|which|is|are|was|were|does|do|did|can|could|would|will|has|have|should)"
    r"(?:n[\"']t|'s)?\b(?! knows)"
)
_ASKS = re.compile(
    rf"(?:^|[.?!:][\"')]* |\n)[\"' -]*(?:(?:And|But|So|Or|Nonetheless),? )?{_ASKING}[^.?!]*$|"
    rf"(?:, (?:but )?|\")(?:would you|did he|what's|what is)\b[^.?!]*$|\bask what\w*\b[^.?!]*$",
    re.IGNORECASE,
)


def _asks(text: str, mark: re.Match[str], before: str) -> bool:
    """Whether the mark closes a quotation at the end of a question, with the question's own mark."""
    apart = mark.end() == len(text) or text[mark.end()] in " \n\u00a0)"
    return apart and before.isalnum() and _ASKS.search(text, max(0, mark.start() - 300), mark.start()) is not None


_JOINED = ("led ", "class ", "crushing ", "Beth ")


def _closes_later(text: str, mark: re.Match[str], following: re.Match[str] | None) -> bool:
    """Whether the next mark closes a quotation, so that this one, after an s, is an apostrophe."""
    if following is None:
        return False
    before = text[following.start() - 1]
    return before in ",.?!" and "\n" not in text[mark.end() : following.start()]


def mend_first_letters(text: str, lexicon: Lexicon) -> tuple[str, int]:
    """The first letter of a quotation, where the word is none as it stands and one other letter makes it one."""
    count = 0

    def letter(match: re.Match[str]) -> str:
        nonlocal count
        first, rest = match.groups()
        if lexicon.knows(first + rest) and first not in _NEVER_FIRST:
            return match.group()
        may = sorted(_SWAPPED.get(first, ""), key=lambda c: -lexicon.count(c + rest))
        counts = [lexicon.count(c + rest) for c in may if c.lower() != may[0].lower()]
        if not may or lexicon.count(may[0] + rest) <= max(2 * lexicon.count(first + rest), 5 * max(counts, default=0)):
            return match.group()
        count += 1
        return '"' + may[0] + rest

    text, n = _ALONE.subn(lambda m: f' "{m.group(1).upper()}' if m.group(1) else '"', text)
    count += n
    text = _OPENED.sub(letter, text)
    text, n = _SOME.subn(lambda m: '"Some' if len(m.group()) > 1 else '"So', text)
    count += n
    text, n = _THERE.subn('"There', text)
    count += n
    text, n = _TO.subn('"to', text)
    count += n
    text, n = _READ_WORD.subn(lambda m: '"' + _READ[m.group(1)], text)
    count += n
    text, n = _NAMED_AFTER.subn(lambda m: m.group().upper(), text)
    count += n
    text = _NAMED.sub(lambda m: '"' + _named(m.group(1), lexicon), text)
    titles = Counter(re.findall(r'(?<=[a-z] ")[A-Z][a-z]+(?=")', text))
    if titles:
        text, n = re.subn(r'(?<=[a-z] ")[a-z]+(?=")', lambda m: _titled(m.group(), titles), text)
    text, titled = _titles(text, lexicon)
    count += titled
    text, partial = _partial_quotations(text, lexicon)
    count += partial
    text, n = _STARTS_SENTENCE.subn(lambda m: m.group().upper(), text)
    count += n
    whole: dict[str, set[str]] = {}
    if _HEADLESS.search(text):
        for word in re.findall(r"[A-Z][a-z]+", text):
            whole.setdefault(word[1:], set()).add(word)

    def head(match: re.Match[str]) -> str:
        nonlocal count
        rest = match.group(1)
        stop, saying = text[match.start() - 2] in ".?!", match.group("saying") or ""
        if rest in _HEADS:
            count += 1
            word = "she" if rest == "he" and saying else _HEADS[rest]
            return f" {word[0].upper() if stop else word[0]}{word[1:]}{saying}"
        if lexicon.knows(rest):
            return match.group()
        found = whole.get(rest, set()) or lexicon.completions(rest)
        if len(found) != 1:
            return match.group()
        count += 1
        return f" {next(iter(found))}{saying}"

    return _HEADLESS.sub(head, text), count


# A quotation that is a sentence begins with a capital; a label (`"fake news": ...`) need not.
_QUOTATION_START = re.compile(r"""((?:^|(?<!\b[A-Z])[.?!]["')]*\s+)")([a-z])(?=[a-z']* [a-z])(?![^"]{0,40}":)""")


def mend_capitals(text: str) -> tuple[str, int]:
    """The text with capitals for the quotations that begin a sentence, and how many took one."""
    return _QUOTATION_START.subn(lambda m: m.group(1) + m.group(2).upper(), text)


def _titles(text: str, lexicon: Lexicon) -> tuple[str, int]:
    """Capitals for the titles that lost their first, and how many took one."""
    count = 0

    def title(match: re.Match[str]) -> str:
        nonlocal count
        capitals = re.findall(r"[A-Z]\w*", match.group(3))
        names = all(map(lexicon.name, capitals)) and not match.group().startswith('"the ')
        if names or _GOES_ON.search(text, max(0, match.start() - 12), match.start()):
            return match.group()
        count += 1
        return match.group(1) + match.group(2).upper() + match.group(3)

    return _TITLE.sub(title, text), count


def _exclaims(quoted: str, word: str, before: str) -> bool:
    """Whether the quotation is a whole question or call, which keeps its capital."""
    return word != "A" and quoted.endswith(("?", "!")) and not _AUXILIARY.search(before)


def _titled(word: str, titles: Counter[str]) -> str:
    """The word with a capital, where the text has it twice and more with one, alone in quotation marks."""
    return word.capitalize() if titles[word.capitalize()] > 1 else word


def _named(word: str, lexicon: Lexicon) -> str:
    """The word with its capital, where it is a name."""
    if not lexicon.name(word):
        return word
    return word.upper() if word == "gop" else word.capitalize()


def _partial_quotations(text: str, lexicon: Lexicon) -> tuple[str, int]:
    """Small letters for the common words that begin a quotation within a sentence and took a capital."""
    count = 0

    def small(match: re.Match[str]) -> str:
        nonlocal count
        word, before = match.group(1), text[max(0, match.start() - 12) : match.start()]
        if not (lexicon.small(word) or word == "A") or _SAYING.search(before):
            return match.group()
        quoted = text[match.end() : match.end() + 300].partition('"')[0]
        rest = quoted.split()
        if word in _WHOLE or _exclaims(quoted, word, before):
            return match.group()
        capitals = sum(w[0].isupper() for w in rest)
        alone = not any(w[0].isalnum() for w in rest)
        if alone and not (word == "A" or lexicon.common(word) or _AUXILIARY.search(before)):
            return match.group()
        title = capitals > len(rest) / 2 if len(rest) > 6 else capitals > 0 and not _AUXILIARY.search(before)
        if alone and _OF_A_WORK.search(before):
            return match.group()
        if title or (not rest and not _NO_NAME.match(word)):
            return match.group()
        count += 1
        return '"' + word.lower()

    return _PARTIAL.sub(small, text), count
