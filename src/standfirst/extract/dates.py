"""When a page says it was published, as ISO 8601: a date, or a time with its offset."""

from __future__ import annotations

import re
from datetime import date, datetime

from standfirst.extract.metadata import Metadata
from standfirst.extract.tree import Document

_ISO = re.compile(
    r"(\d{4})-(\d\d?)-(\d\d?)(?:[T ]+(\d\d):(\d\d)(?::(\d\d))?(?:[.,]\d+)?\s*(Z|UTC|GMT|[+-]\d\d:?\d\d)?)?", re.I
)
_COMPACT = re.compile(r"\b(\d{4})(\d\d)(\d\d)\b")
_EAST = re.compile(r"(\d{4})[年./](\d{1,2})[月./](\d{1,2})")
_POINTS = re.compile(r"\b(\d{1,2})[./](\d{1,2})[./](\d{4})\b")
_MONTHS = {
    start: number
    for number, starts in enumerate(
        (
            "jan ene oca gen янв",
            "feb fév fev şub фев",
            "mar mär mars мар",
            "apr avr abr nis апр",
            "may mai mag maj май мая",
            "jun juin haz giu июн",
            "jul juil tem lug июл",
            "aug aoû aou ago ağu авг",
            "sep set eyl сен",
            "oct okt out ott eki окт",
            "nov kas ноя",
            "dec déc dez dic ara дек",
        ),
        start=1,
    )
    for start in starts.split()
}
_WORDED = re.compile(
    r"(?:(?P<day>\d{1,2})(?:\.|st|nd|rd|th)?(?:\s+de)?\s+(?P<month>[^\W\d_]{3,12})\.?,?(?:\s+de)?|"
    r"(?P<month2>[^\W\d_]{3,12})\.?\s+(?P<day2>\d{1,2})(?:st|nd|rd|th)?,?)\s+(?P<year>(?:19|20)\d\d)\b"
)
_SAYS = re.compile(
    r"^\W*(?:first )?(?:published|posted|updated|last updated|veröffentlicht|stand|publié|publicado|pubblicato|"
    r"опубликовано)\b",
    re.I,
)


def _valid(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat() if 1700 < year < 2200 else None
    except ValueError:
        return None


def iso(text: str) -> str | None:
    """The first date that a text holds, as ISO 8601; its time only where the text gives the offset too.

    >>> iso("September 14, 2018 11:01 AM"), iso("2018-09-14T11:01:00Z"), iso("14. September 2018"), iso("soon")
    ('2018-09-14', '2018-09-14T11:01:00+00:00', '2018-09-14', None)
    """
    text = text[:120]
    if match := _ISO.search(text):
        day = _valid(int(match[1]), int(match[2]), int(match[3]))
        if day and match[7]:
            offset = "+00:00" if match[7].upper() in ("Z", "UTC", "GMT") else match[7]
            offset = offset if ":" in offset else offset[:3] + ":" + offset[3:]
            try:
                return datetime.fromisoformat(f"{day}T{match[4]}:{match[5]}:{match[6] or '00'}{offset}").isoformat()
            except ValueError:
                return day
        if day:
            return day
    if match := _EAST.search(text):
        return _valid(int(match[1]), int(match[2]), int(match[3]))
    if match := _WORDED.search(text):
        name = (match["month"] or match["month2"]).lower()
        month = _MONTHS.get(name[:4]) or _MONTHS.get(name[:3])
        if month:
            return _valid(int(match["year"]), month, int(match["day"] or match["day2"]))
    if match := _POINTS.search(text):
        first, second = int(match[1]), int(match[2])
        day_first = "." in match[0] or first > 12
        if day_first or second > 12:  # 3/4/2018 is two dates: only what is certain is given
            return _valid(int(match[3]), second if day_first else first, first if day_first else second)
    if match := _COMPACT.search(text):
        return _valid(int(match[1]), int(match[2]), int(match[3]))
    return None


def said(text: str) -> str | None:
    """The date of a line that says when its article was published or updated.

    >>> said("Published: September 14, 2018 11:01 AM"), said("On September 14, 2018 it rained.")
    ('2018-09-14', None)
    """
    return iso(text) if len(text) < 120 and _SAYS.match(text) else None


NEAR = 12
"""Blocks after the headline among which a line that ends or begins with a date (a byline) gives it."""


def published(document: Document, data: Metadata, head: int) -> tuple[str | None, str | None]:
    """The date and where it was found: metadata, a `time` element, a line that says so, a short line at the headline.

    `head` is the index of the headline's block.
    """
    for where, text in data.dates:
        if when := iso(text):
            return when, where
    for text in document.times:
        if when := iso(text):
            return when, "time element"
    for block in document.blocks:
        if when := said(block.text):
            return when, "text"
    for block in document.blocks[head + 1 : head + 1 + NEAR]:
        if len(block.text) < 90 and block.text.count(" ") < 12 and (when := iso(block.text)):
            return when, "line at the headline"
    return None, None
