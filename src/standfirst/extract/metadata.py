"""What a page says of itself: JSON-LD, OpenGraph and other meta elements, the title. Evidence, never the answer."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from typing import Any

from standfirst.extract.tree import Document

_ARTICLE = re.compile(r"(?:Article|BlogPosting|Report|Review|LiveBlogPosting)$")
_TAG = re.compile(r"<[^<>]{0,2000}>")
_BREAK = re.compile(r"<(?:/p|br|/h\d|/li|/div)\b[^<>]{0,200}>", re.I)
_CONTROL = re.compile(r"[\x00-\x1f]+")
_HALF = re.compile("[\ud800-\udfff]")  # half of a surrogate pair, which JSON can name and no file can hold
_HEADLINES = (
    "og:title",
    "twitter:title",
    "dc.title",
    "title",
    "parsely-title",
    "sailthru.title",
    "hdl",
    "cxenseparse:title",
)
_DESCRIPTIONS = (
    "og:description",
    "description",
    "twitter:description",
    "dc.description",
    "dcterms.abstract",
    "sailthru.description",
    "lp",
    "cxenseparse:description",
)
_DATES = (
    "article:published_time",
    "datepublished",
    "date",
    "dc.date.issued",
    "dc.date",
    "dcterms.created",
    "pubdate",
    "publishdate",
    "parsely-pub-date",
    "sailthru.date",
    "og:published_time",
    "article.published",
    "publish-date",
    "publication_date",
    "cxenseparse:recs:publishtime",
    "originalpublicationdate",
    "last-modified-date",
)
_OTHERS = ("og:locale", "og:site_name", "og:url", "article:section", "author", "og:type")
_READ = frozenset((*_HEADLINES, *_DESCRIPTIONS, *_DATES, *_OTHERS))
"""The names of meta elements that are read, of the forty of a page."""


@dataclass(slots=True)
class Metadata:
    """Values in order of trust; the first of each list is the most trusted."""

    headlines: list[tuple[str, str]] = field(default_factory=list)
    descriptions: list[tuple[str, str]] = field(default_factory=list)
    bodies: list[str] = field(default_factory=list)
    dates: list[tuple[str, str]] = field(default_factory=list)
    languages: list[tuple[str, str]] = field(default_factory=list)
    authors: list[str] = field(default_factory=list)
    section: str | None = None
    site: str | None = None
    url: str | None = None
    kinds: set[str] = field(default_factory=set)


def plain(text: str) -> str:
    """The text of a metadata value: entities and markup resolved, on one line.

    >>> plain("Tea &amp;amp; <b>milk</b>")
    'Tea & milk'
    """
    if "&" in text:
        text = unescape(text)
        if "&" in text:
            text = unescape(text)
    if "<" in text:
        text = _TAG.sub("", _BREAK.sub(" ", text))
    return " ".join(text.split())


def _load(source: str) -> Any:
    """The value of a JSON-LD script, or None; comments around it and raw line breaks within strings are forgiven."""
    source = source.strip().removeprefix("<!--").removesuffix("-->").removeprefix("//<![CDATA[").removesuffix("//]]>")
    source = source.strip().rstrip(";")
    try:
        return json.loads(source, strict=False)
    except (ValueError, RecursionError):
        pass
    try:
        return json.loads(_CONTROL.sub(" ", re.sub(r",\s*([}\]])", r"\1", source)), strict=False)
    except (ValueError, RecursionError):
        return None


def _things(value: Any) -> Iterator[dict[str, Any]]:
    """Every object of a JSON-LD value that stands for a page or its main part, without recursion."""
    queue, seen = [value], 0
    while queue and seen < 2_000:
        thing = queue.pop(0)
        seen += 1
        if isinstance(thing, list):
            queue.extend(thing)
        elif isinstance(thing, dict):
            yield thing
            queue.extend(thing[key] for key in ("@graph", "mainEntity", "mainEntityOfPage") if key in thing)


def _strings(value: Any) -> list[str]:
    values = value if isinstance(value, list) else [value]
    found = [
        v if isinstance(v, str) else v.get("name") or v.get("@value") if isinstance(v, dict) else None for v in values
    ]
    return [text for v in found if isinstance(v, str) and (text := plain(_HALF.sub("\ufffd", v)))]


def gather(document: Document) -> Metadata:
    """The metadata of a document, from JSON-LD first, then meta elements, then the title."""
    data = Metadata()
    for source in document.linked_data:
        for thing in _things(_load(source)):
            kinds = [k for k in _strings(thing.get("@type")) if k]
            data.kinds.update(kinds)
            if not any(_ARTICLE.search(k) for k in kinds):
                continue
            data.headlines += [("jsonld", t) for t in _strings(thing.get("headline") or thing.get("name"))]
            data.headlines += [("jsonld", t) for t in _strings(thing.get("alternativeHeadline"))]
            data.descriptions += [("jsonld", t) for t in _strings(thing.get("description"))]
            data.bodies += list(_strings(thing.get("articleBody") or thing.get("text")))
            data.dates += [("jsonld", t) for t in _strings(thing.get("datePublished"))]
            data.languages += [("jsonld", t) for t in _strings(thing.get("inLanguage"))]
            data.authors += _strings(thing.get("author"))
            data.section = data.section or next(iter(_strings(thing.get("articleSection"))), None)
            publisher = next(iter(_strings(thing.get("publisher"))), None)
            data.site = data.site or publisher
    named: dict[str, str] = {}
    for name, content in document.meta:
        if name in _READ and (text := plain(content)):
            named.setdefault(name, text)
    data.headlines += [(n, named[n]) for n in _HEADLINES if n in named]
    data.descriptions += [(n, named[n]) for n in _DESCRIPTIONS if n in named]
    data.dates += [(n, named[n]) for n in _DATES if n in named]
    if "og:locale" in named:
        data.languages.append(("og:locale", named["og:locale"]))
    data.site = named.get("og:site_name") or data.site
    data.url = document.canonical or named.get("og:url")
    data.section = data.section or named.get("article:section")
    if not data.authors and "author" in named:
        data.authors = [named["author"]]
    if "og:type" in named:
        data.kinds.add("og:" + named["og:type"].lower())
    if document.title:
        data.headlines.append(("title", document.title))
    return data
