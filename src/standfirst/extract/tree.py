"""One parse and one walk: a page's blocks of text in order, each under its chain of elements, and what its head says.

A block is the text between two borders of block-level elements; two line breaks in a row are such a border too. The
walk keeps its own stack, so that depth costs nothing, and looks at every node once.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from standfirst.extract.nesting import bounded
from standfirst.extract.vocabulary import groups

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

# Elements that flow inside a line of text; every other element starts and ends a block.
INLINE = frozenset((
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins",
    "kbd", "label", "mark", "nobr", "q", "rb", "rp", "rt", "ruby", "s", "samp", "small", "span", "strike", "strong",
    "sub", "sup", "time", "tt", "u", "var", "wbr",
))  # fmt: skip
# Elements whose text is not read as text. `head` is not among them: parsers put stray text there on broken pages.
SKIPPED = frozenset((
    "script", "style", "svg", "noscript", "template", "iframe", "object", "select", "option", "textarea", "button",
    "input", "canvas", "audio", "video", "map", "datalist", "dialog", "embed", "math", "progress", "meter", "area",
    "source", "track", "param", "colgroup", "img", "picture",
))  # fmt: skip
# What the walk does at a node: all tags that are not here start and end a block.
_PARTS: dict[str, str] = {
    **dict.fromkeys(INLINE, "inline"),
    **dict.fromkeys((*SKIPPED, "-comment", "-doctype", "-document", "!doctype", "!--", ""), "skipped"),
    **{"-text": "text", "script": "head", "meta": "head", "link": "head"},
    **{tag: tag for tag in ("br", "hr", "time", "title")},
}
# Attributes that name an element's part in the page, most telling last.
_NAMING = ("class", "id", "data-testid", "data-test-id", "data-qa", "data-component", "data-type", "itemprop", "role")
_NAMED = frozenset(_NAMING)
_NONE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_KEPT = frozenset(("h1", "h2", "p"))
MENU_ITEM = 80
"""Characters: a shorter block that is one link is an entry of a menu or of a list of articles."""


class Element:
    """One element of the page: its tag, what its names mean (a bit a group of words), and the element around it.

    Names, their meaning (`masks`, and with those of all elements around, `within`) and `hidden` are read for the
    elements about blocks alone: two thirds of a page's elements have none.
    """

    __slots__ = (
        "apart", "depth", "hidden", "index", "kind", "link", "masks", "names", "parent", "settled", "tag", "within",
        "words",
    )  # fmt: skip

    def __init__(self, tag: str, parent: Element | None, index: int) -> None:
        self.tag, self.parent, self.index = tag, parent, index
        self.names = self.kind = ""  # paragraphs are numbered: names paragraph-0, paragraph-1 are of one kind
        self.words = self.masks = self.within = 0
        self.hidden = False
        if parent is None:
            self.depth, self.apart, self.link, self.settled = 0, False, False, True
        else:
            self.depth, self.link, self.settled = parent.depth + 1, parent.link or tag == "a", False
            self.apart = parent.apart or tag == "nav"


class Block:
    """One block of text: `text` on one line, the element it stands in, and its pieces (element, raw text)."""

    __slots__ = ("broken", "element", "index", "linked", "pieces", "strong", "text")

    def __init__(
        self, element: Element, pieces: list[tuple[Element, str]], text: str, index: int, broken: bool
    ) -> None:
        self.element, self.pieces, self.text, self.index, self.broken = element, pieces, text, index, broken
        self.linked = self.strong = 0
        for at, piece in pieces:
            if at.link:
                self.linked += len(piece)
            if at is not element and at.tag in ("strong", "b", "em", "i"):
                self.strong += len(piece)


@dataclass(slots=True)
class Document:
    """What the walk found: blocks and elements in the page's order, metadata as (name, content), and scripts' data."""

    blocks: list[Block] = field(default_factory=list)
    elements: list[Element] = field(default_factory=list)
    meta: list[tuple[str, str]] = field(default_factory=list)
    title: str = ""
    language: str = ""
    canonical: str = ""
    linked_data: list[str] = field(default_factory=list)
    times: list[str] = field(default_factory=list)


def _names(attributes: dict[str, str | None]) -> str:
    found = [key for key in attributes if key in _NAMED]
    if len(found) > 1:
        found.sort(key=_NAMING.index)
        return " ".join([value for key in found if (value := attributes[key])])
    return attributes[found[0]] or "" if found else ""


def _hides(attributes: dict[str, str | None]) -> bool:
    if "hidden" in attributes:
        return True
    style = attributes.get("style")
    return style is not None and _NONE.search(style) is not None


class _Walk:
    """The walk's state: the document so far and the pieces of the block that is being read."""

    def __init__(self) -> None:
        self.document = Document()
        self.pieces: list[tuple[Element, str]] = []
        self.plain = False
        """Whether a piece of text among them stands in no link."""
        self.breaks = 0
        self.broken = False
        self.nodes: dict[int, LexborNode] = {}  # of elements not settled that may have names, by index

    def flush(self, element: Element, broken: bool = False) -> None:
        """End the block that is being read, if it holds any text.

        Short blocks that are links from end to end, and all of `nav`, are counted in their element and not kept: two
        thirds of a page's blocks are such. Headings and paragraphs are kept.
        """
        pieces, plain, broken_before = self.pieces, self.plain, self.broken
        self.plain, self.breaks, self.broken = False, 0, broken
        words = "".join([piece for _, piece in pieces]).split()
        if words and not (element.apart and element.tag != "h1"):
            text = " ".join(words)
            if plain or len(text) >= MENU_ITEM or element.tag in _KEPT:
                if not element.settled:
                    self.settle(element)
                blocks = self.document.blocks
                blocks.append(Block(element, pieces.copy(), text, len(blocks), broken or broken_before))
                words = []
        element.words += len(words)
        pieces.clear()

    def settle(self, element: Element) -> None:
        """Read the names of the element and of those around it."""
        chain: list[Element] = []
        at: Element | None = element
        while at is not None and not at.settled:
            chain.append(at)
            at = at.parent
        for at in reversed(chain):
            at.settled = True
            at.within, at.hidden = at.parent.within, at.parent.hidden  # type: ignore[union-attr]
            node = self.nodes.pop(at.index, None)
            if node is not None and (attributes := node.attributes):
                names = _names(attributes)
                if names:
                    at.names, at.kind, at.masks = names, names.rstrip("0123456789"), groups(names)
                    at.within |= at.masks
                if at.tag != "body" and _hides(attributes):
                    at.hidden = True

    def head(self, node: LexborNode, tag: str) -> None:
        """Keep what an element without text of its own says about the page."""
        attributes = node.attributes
        document = self.document
        if tag == "meta":
            name = attributes.get("property") or attributes.get("name") or attributes.get("itemprop")
            content = attributes.get("content")
            if name and content:
                document.meta.append((name.strip().lower(), content))
        elif tag == "link":
            if (attributes.get("rel") or "").lower() == "canonical":
                document.canonical = document.canonical or (attributes.get("href") or "")
        else:
            child = node.first_child
            if child is not None and "ld+json" in (attributes.get("type") or "").lower():
                document.linked_data.append(child.text_content or "")


def read(html: str | bytes) -> Document:
    """The document of a page's HTML, as text or UTF-8: one parse (lexbor, the standard's algorithm), one walk."""
    from selectolax.lexbor import LexborHTMLParser

    walk = _Walk()
    document = walk.document
    content = html.encode("utf-8", "ignore") if isinstance(html, str) else html
    root = LexborHTMLParser(bounded(content)).root
    if root is None:
        return document
    top = Element("html", None, 0)
    elements, nodes = document.elements, walk.nodes
    elements.append(top)
    document.language = root.attributes.get("lang") or root.attributes.get("xml:lang") or ""
    stack: list[tuple[LexborNode, Element, Element]] = []  # the node, the element around it, the block around that
    node, element, holder = root.first_child, top, top
    pieces = walk.pieces
    while node is not None:
        if node.is_empty_text_node:  # two nodes of five
            if pieces:
                pieces.append((element, " "))
        elif (part := _PARTS.get(tag := node.tag or "", "block")) == "text":
            text = node.text_content or ""
            if text.isspace():
                if pieces:
                    pieces.append((element, " "))
            else:
                if walk.breaks:
                    if walk.breaks > 1:
                        walk.flush(holder, broken=True)
                    walk.breaks = 0
                pieces.append((element, text))
                if not element.link:
                    walk.plain = True
        elif part == "skipped":
            pass
        elif part == "head":
            walk.head(node, tag)
        elif part == "br":
            walk.breaks += 1
            pieces.append((element, "\n"))
        elif part == "hr":
            walk.flush(holder)
        elif part == "title" and element.depth < 3:
            document.title = document.title or " ".join(node.text().split())
        else:
            if part == "time" and (when := node.attributes.get("datetime")):
                document.times.append(when)
            inline = part == "inline" or part == "time"
            if pieces and not inline:
                walk.flush(holder)
            child = node.first_child
            if child is not None:
                stack.append((node, element, holder))
                element = Element(tag, element, len(elements))
                elements.append(element)
                if not inline:
                    holder = element
                if part != "inline":
                    nodes[element.index] = node
                node = child
                continue
        following = node.next
        while following is None and stack:
            if pieces and element is holder:
                walk.flush(holder)
            node, element, holder = stack.pop()
            following = node.next
        node = following
    walk.flush(top)
    return document
