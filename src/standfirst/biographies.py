"""Whether a summary tells of the article's author instead of the article: a biography, or a disclaimer of his views."""

from __future__ import annotations

import re

from standfirst.text import words

ROLE = (
    "author|professor|analyst|editor|director|fellow|correspondent|columnist|commentator|writer|journalist|lawyer|"
    "president|minister|lecturer|critic|activist|researcher|reporter|senator|member|founder|co-founder|curators?|"
    "contributor|host|CEO"
)
_NAMED = r"(?:CNN [a-z ]+ )?(?P<name>(?:[A-Z][\w.'’-]*,? ){2,4})(?:[^.]{0,60}, )?"
_RANK = "senior|clinical|assistant|associate|adjunct|former|founding|chief|managing|executive|deputy|visiting"
# What somebody is, not what he is doing or what was done to him: after "is" an article, an owner, or the role itself.
_IS = rf"is (?:(?:also|currently|now) )?(?:an?|the|one of|our|[\w.]+['’]s|(?i:(?:(?:{_RANK}) )*(?:{ROLE})))\b"
_BIOGRAPHY = re.compile(
    rf"^{_NAMED}(?:(?={_IS})is|works?|serves?|teaches|writes)\b[^.]{{0,120}}?\b(?i:{ROLE}|University|Institute)\b"
)
_DISCLAIMER = re.compile(
    r"\b(?:views?|opinions?) (?:expressed|below|in this)\b[^.]*\b(?:own|his|hers|solely|author|theirs)\b"
)
_INTERVIEWED = re.compile(
    r"\b(?:discuss(?:es|ed)|sp(?:eaks|oke)|talk(?:s|ed)) (?:to|with)\b|\b(?:tells|told) (?:us\b|the\b|[A-Z])|"
    r"\bexplain(?:s|ed) (?:to|how|why|what)\b"
)


def is_biography(text: str, headline: str = "") -> bool:
    """Whether the text is an author's biography or a disclaimer of his views.

    It is none where the headline names whom it tells of, since that is whom the article is about (a byline at the
    headline's end is no such name), or where he was interviewed.

    >>> is_biography("Jane Doe is a professor of hydrology at Imberlow.", "The river is low")
    True
    >>> is_biography("Jane Doe is the Herald's first editor.", "Doe to lead the Herald")
    False
    """
    if _DISCLAIMER.search(text):
        return True
    told = _BIOGRAPHY.search(text)
    if told is None or _INTERVIEWED.search(text):
        return False
    name, title = words(told["name"]), [word.removesuffix("'s") for word in words(headline)]
    return name[-1] not in title or title[-len(name) - 1 :] == ["by", *name]
