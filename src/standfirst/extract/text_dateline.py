"""Datelines: the place, the date and the agency with which a report's first paragraph opens, in any language.

In page text they tell the body's first paragraph from a standfirst, which has none. What is known are their forms, not
places: `KYIV, Ukraine — `, `NEW DELHI (PTI) `, `MADRID, 3 May (EFE).-`, `Berlin – `. A place alone in small letters is
taken only where the sentence reads as news does, since a standfirst may open with a place and a dash too.
"""

from __future__ import annotations

import re

from standfirst.cleaning import DATELINE

_FORM = re.compile(
    r"(?P<place>[^\W\d_](?:[\w.'’/]|-(?=\w)| (?=\w)){2,40}?)(?:, ?(?P<more>[^()/:;!?—–]{2,32}?))?[., ]{0,2}"
    r"(?:(?P<source>[(/][^()/]{2,30}[)/])[.,]?(?P<dash>\s?(?:--?|—|–))?|\s?(?:—|–|--)|\s-(?=\s))\s*(?P<rest>\S.*)",
    re.S,
)
# Scripts without capitals: 【ロンドン=共同】, 新华社北京5月3日电, （中央社...電）.
_BRACKETED = re.compile(
    r"^【[^】]{1,20}(?:[=＝・]|共同|時事|支局|発)[^】]{0,20}】|^[（(]?\w{0,3}社[^，。、]{2,24}?[电電讯訊]"
)
_LINK = re.compile(r"and|am|an|d[aeiu]|del|della|der|el|l[ae]s?|los|o[fn]|the|und|y")
"""Words in small letters that names of places hold."""
_LABEL = re.compile(
    r"advice|an[aá]l[iyí]s\w+|background|breaking|column|comment\w*|kommentar\w*|dire[ck]t|editorial|enquête|entretien|"
    r"entrevista|e[sx][ck]?lusi\w+|exklusi\w+|explain\w+|fact|feature|focus|intervi\w+|kolumne|leitartikel|letter|live|news|"
    r"opini\w+|podcast|portr\w+|profile|quiz|recap|récit|report\w*|review|special|tribune|updated?|vid[eé]o|watch",
    re.I,
)
"""Words that open a line as a label does, before the same signs."""
_DATE = re.compile(r"(?:^|\D)(?:[0-2]?\d|3[01])\b")
_DAY = re.compile(
    r"\b(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|yesterday|today|tonight|montag|dienstag|mittwoch|donnerstag|"
    r"freitag|samstag|sonnabend|sonntag|gestern|heute|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|lunes|martes|"
    r"miércoles|jueves|viernes|sábado|domingo|ayer|lunedì|martedì|mercoledì|giovedì|venerdì|sabato|domenica|mandag|"
    r"tirsdag|onsdag|torsdag|fredag|lørdag|søndag|måndag|tisdag|lördag|söndag)\w*",
    re.I,
)
_TOLD = re.compile(
    r"\b(?:said|says|told|according to|reported|announced|sagte|teilte|laut|erklärte|dit|selon|dijo|según|ha detto|"
    r"secondo|sier|ifølge|sade|enligt)\b",
    re.I,
)
_LEAST = 12
"""Words of a report's first sentence, at least, where the place before it is in small letters."""


def opens_with(text: str) -> bool:
    """Whether the text opens with a dateline.

    >>> opens_with("KYIV, Ukraine — The bridge is open."), opens_with("Paris – city of light, and of dark corners")
    (True, False)
    """
    if DATELINE.match(text) or _BRACKETED.match(text):
        return True
    form = _FORM.match(text)
    return form is not None and _is_dateline(form)


def names_day(text: str) -> bool:
    """Whether the text names a day, as a report's first paragraph does.

    >>> names_day("Investigators said on Thursday"), names_day("The last off the wreck")
    (True, False)
    """
    return _DAY.search(text) is not None


def _is_dateline(form: re.Match[str]) -> bool:
    """Whether what stands before the first sign has the marks of a dateline, and the text goes on as a report does."""
    place, more, source, dash, rest = form.group("place", "more", "source", "dash", "rest")
    names = re.split(r"[ /]", place)
    if len(names) > 5 or rest[0].islower() or not all(n and (n[0].isupper() or _LINK.fullmatch(n)) for n in names):
        return False
    capitals = place.isupper() and len(place) > 3
    if source and not dash:
        return capitals and source[1:-1].isupper()
    if _LABEL.fullmatch(names[0]):
        return False
    if source and not more:
        return capitals or source[1].isupper() or len(source) < 7
    if more:
        return _DATE.search(more) is not None or all(n[0].isupper() for n in more.split() if not _LINK.fullmatch(n))
    if re.search(r"\s[-–—]+\s", rest[: rest.find(".")]) or rest.count(" ") < _LEAST:
        return False  # the dash opens an aside, or the line is short
    if capitals:
        return len(names) < 4
    return "/" in place or names_day(rest) or _TOLD.search(rest) is not None
