"""Headline, standfirst and body of a news page, and where each was found."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from standfirst.record import Fields, Page

_TAG = re.compile(r"\s*(?:<!doctype|<!--|<\?xml|<[a-z][a-z0-9]*[\s>/])", re.I)
_NAME = re.compile(r"[^<\r\n]{1,250}\.(?:x?html?|txt)(?:\.gz)?|https?://\S{1,2000}", re.I)
"""What is the name of a file or an address: one such line alone has no body, so no page is lost."""


def extract(page: Page | str | bytes, url: str | None = None) -> Fields:
    """What the page shows: headline, standfirst or None, body, date and language.

    `page` is a `Page`, HTML as text or bytes, or the text of a page (told apart by its first tag). Raises TypeError for
    anything else, and InputError for the name of a file or an address in its place; never for what a page holds: a
    page that yields nothing comes back with `rejected` set.

    >>> extract("<h1>Tea is drunk</h1>").rejected.value
    'no-body'
    """
    from standfirst.errors import InputError
    from standfirst.extract.charset import decode, utf8
    from standfirst.record import Fields, Page, Reason

    html: str | bytes | None = None
    text: str | None = None
    source, name, path = "pages", "", ""
    if isinstance(page, Page):
        source, name, path, url = page.source, page.name, page.path, url or page.url
        if page.media == "html":
            html = utf8(page.content, page.charset)
        else:
            text = decode(page.content, page.charset, page.media)
    elif not isinstance(page, str | bytes):
        kind = type(page).__name__
        raise TypeError(
            f"extract: a page is wanted, as str, bytes or Page, not {kind}; read the file and give its bytes"
        )
    elif isinstance(page, str) and _NAME.fullmatch(page.strip()):
        raise InputError(f"extract: found {page.strip()!r}, wanted the page itself; read it and give its text or bytes")
    else:
        text = decode(page) if isinstance(page, bytes) else page
        html = text if _TAG.match(text or "") else None
    if html is None and text is None:
        detail = "the bytes are no text in any character set that the page could mean"
        return Fields(source=source, name=name, path=path, url=url, rejected=Reason.UNREADABLE, detail=detail)
    from standfirst.extract import steps

    origin = Fields(source=source, name=name, path=path, url=url)
    if html is not None:
        return steps.choose_fields(steps.read_html(html), steps.stored("html"), origin)
    return steps.choose_fields(steps.read_text(text or "", steps.stored("text")), steps.stored("text"), origin)
