"""One parse and one walk: a page's blocks of text in order, each under its chain of elements, and what its head says.

A block is the text between two borders of block-level elements; two line breaks in a row are such a border too. The
walk keeps its own stack, so that depth costs nothing, and looks at every node once.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from standfirst.extract.nesting import bounded
from standfirst.extract.vocabulary import meaning
from standfirst.text import words

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
    "script", "style", "svg", "noscript", "template", "iframe", "select", "option", "textarea", "input", "canvas",
    "audio", "video", "map", "datalist", "embed", "math", "progress", "meter", "area", "source", "track", "param",
    "colgroup", "img", "picture",
))  # fmt: skip
HOLDERS = frozenset(("button", "dialog", "object"))
"""Elements whose text browsers show and that hold none of an article, unless somebody forgot to close them."""
MUCH_HELD = 600
"""Characters in paragraphs from which such an element is read as any other."""
_LOOKED_AT = 10
"""Characters that looking at one of its paragraphs counts for, lest those of many nested ones are looked at again."""
# What the walk does at a node: all tags that are not here start and end a block.
_PARTS: dict[str, str] = {
    **dict.fromkeys(INLINE, "inline"),
    **dict.fromkeys(("strong", "b"), "strong"),
    **dict.fromkeys(("em", "i"), "em"),
    **dict.fromkeys(HOLDERS, "holder"),
    **dict.fromkeys((*SKIPPED, "-comment", "-doctype", "-document", "!doctype", "!--", ""), "skipped"),
    **{"-text": "text", "script": "head", "meta": "head", "link": "head", "h2": "p"},
    **{tag: tag for tag in ("a", "br", "h1", "hr", "nav", "p", "time", "title")},
}
# The same, and the tag, by the parser's number of a tag, which is faster to ask for.
_PART_OF: dict[int, str] = {}
_TAG_OF: dict[int, str] = {}
_NUMBERED = 1000  # an unknown tag's number is a place in memory, good for one page
_CLOSED = frozenset(("skipped", "head", "br", "hr"))  # what is not walked into
_FLOWS = frozenset(("inline", "a", "strong", "em", "time"))
_NAMELESS = frozenset(("inline", "a", "strong", "em"))
_ASKED = frozenset(("title", "holder", "time"))  # what is asked for more than its text, or is not always read
_KEPT = frozenset(("h1", "p"))
LINK, STRONG, APART, BOLD, SLANTED = 1, 2, 4, 8, 16
"""How a piece of text looks, as bits: in a link, itself set in bold or italics, in a `nav`; in bold, in italics, by
any element about it."""
_TYPEFACE = BOLD | SLANTED
_LOOKS = {"a": LINK, "strong": STRONG | BOLD, "em": STRONG | SLANTED, "nav": APART}
# Attributes that name an element's part in the page, most telling last.
_NAMING = ("class", "id", "data-testid", "data-test-id", "data-qa", "data-component", "data-type", "itemprop", "role")
_NAMED = frozenset(_NAMING)
_NONE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
MENU_ITEM = 80
"""Characters: a shorter block that is one link is an entry of a menu or of a list of articles."""


class Element:
    """One element of the page: its tag, what its names mean (a bit a group of words), and the element around it.

    `within` are its names' meaning and that of all elements around; `words` those of text in it that no block has.
    """

    __slots__ = ("apart", "depth", "hidden", "index", "kind", "masks", "names", "parent", "tag", "within", "words")

    def __init__(self, tag: str, parent: Element | None, index: int) -> None:
        self.tag, self.parent, self.index = tag, parent, index
        self.names = self.kind = ""  # paragraphs are numbered: names paragraph-0, paragraph-1 are of one kind
        self.words = self.masks = 0
        if parent is None:
            self.depth, self.within, self.apart, self.hidden = 0, 0, False, False
        else:
            self.depth, self.within, self.hidden = parent.depth + 1, parent.within, parent.hidden
            self.apart = parent.apart or tag == "nav"

    def named(self, attributes: dict[str, str | None]) -> None:
        """Take the names from the element's attributes, and whether it is shown."""
        if len(attributes) == 1 and "class" in attributes:  # most are so
            names = attributes["class"] or ""
        else:
            names = _names(attributes)
            if self.tag != "body" and _hides(attributes):
                self.hidden = True
        if names:
            self.names = names
            self.kind, self.masks = meaning(names)
            self.within |= self.masks


class Block:
    """One block of text: `text` on one line, the element it stands in, its pieces as they stand, and how each looks."""

    __slots__ = ("_words", "broken", "element", "index", "linked", "looks", "pieces", "strong", "text")

    def __init__(self, element: Element, text: str, index: int, pieces: list[str], looks: list[int]) -> None:
        self.element, self.text, self.index, self.pieces, self.looks = element, text, index, pieces, looks
        self.broken = False
        self.linked = self.strong = 0
        self._words: list[str] | None = None
        if any(looks):
            for piece, look in zip(pieces, looks, strict=True):
                if look & LINK:
                    self.linked += len(piece)
                if look & STRONG:
                    self.strong += len(piece)

    @property
    def words(self) -> list[str]:
        """The words of the text as `standfirst.text.words` has them; they are made once, when first asked for."""
        if self._words is None:
            self._words = words(self.text)
        return self._words


@dataclass(slots=True)
class Document:
    """What the walk found: blocks and their elements in the page's order, metadata as (name, content), scripts' data.

    An element that holds no block is not among them; `entries` is how many of those hold text (of menus and lists).
    """

    blocks: list[Block] = field(default_factory=list)
    elements: list[Element] = field(default_factory=list)
    entries: int = 0
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
    """The walk's state: the document so far, the elements that are open, and the block that is being read."""

    def __init__(self) -> None:
        self.document = Document()
        top = Element("html", None, 0)
        self.document.elements.append(top)
        self.open: list[tuple[LexborNode, str, int, int]] = []
        """Elements around the node but the topmost: node, part, depth of the block around it, and the look there."""
        self.made = [top]
        """What is made of the outermost open elements. Only those that hold blocks are made: a quarter."""
        self.loose: dict[int, int] = {}
        """By depth twice the words that no block has, and one more if any stand in that element itself."""
        self.pieces: list[str] = []
        self.looks: list[int] = []
        self.plain = False
        """Whether a piece of text among them stands in no link."""
        self.breaks = 0
        self.broken = False
        self.measured = 0
        """Characters of text in `HOLDERS` that were looked at."""

    def flush(self, depth: int, look: int, broken: bool = False) -> None:
        """End the block that is being read in the element at the depth, if it holds any text.

        Short blocks that are links from end to end, and all of `nav`, are counted in their element and not kept: two
        thirds of a page's blocks are such. Headings and paragraphs are kept.
        """
        raw = "".join(self.pieces)
        words = raw.split()
        if words:
            part = self.open[depth - 1][1] if depth else ""
            kept, text = self.plain or part in _KEPT, ""
            if (kept or len(raw) >= MENU_ITEM) and not (look & APART and part != "h1"):
                text = " ".join(words)
            if text and (kept or len(text) >= MENU_ITEM):
                blocks = self.document.blocks
                element = self.made[depth] if depth < len(self.made) else self.make(depth)
                block = Block(element, text, len(blocks), self.pieces.copy(), self.looks.copy())
                block.broken = broken or self.broken
                blocks.append(block)
            else:
                self.loose[depth] = (self.loose.get(depth, 0) | 1) + 2 * len(words)
        self.pieces.clear()
        self.looks.clear()
        self.plain, self.breaks, self.broken = False, 0, broken

    def make(self, depth: int) -> Element:
        """The element at the depth, and those around it that are not made yet."""
        made, elements = self.made, self.document.elements
        element = made[-1]
        for node, part, _, _ in self.open[len(made) - 1 : depth]:
            element = Element(_TAG_OF.get(node.tag_id) or node.tag or "", element, len(elements))
            made.append(element)
            elements.append(element)
            if part not in _NAMELESS and (attributes := node.attributes):
                element.named(attributes)
        return element

    def close(self, depth: int) -> None:
        """Count the words that no block has in the element that ends at the depth, or in what is around it."""
        words = self.loose.pop(depth, 0)
        self.document.entries += words & 1
        if depth < len(self.made):
            self.made.pop().words += words >> 1
        elif words > 1:
            self.loose[depth - 1] = self.loose.get(depth - 1, 0) + (words & ~1)

    def is_entered(self, node: LexborNode, part: str, most: int) -> bool:
        """Keep what a title or a time says; whether the element is walked into."""
        if part == "holder":
            return self.is_read(node, most)
        if part == "title" and len(self.open) < 3:
            self.document.title = self.document.title or " ".join(node.text().split())
            return False
        if part == "time" and (when := node.attributes.get("datetime")):
            self.document.times.append(when)
        return True

    def is_read(self, holder: LexborNode, most: int) -> bool:
        """Whether a button, dialog or object is shown and holds paragraphs; some `most` characters are looked at."""
        tag, attributes = holder.tag, holder.attributes
        if (tag == "dialog" and "open" not in attributes) or (tag == "object" and attributes.get("data")):
            return False
        if any(part == "holder" and node.tag == tag for node, part, _, _ in reversed(self.open)):
            return True
        if self.measured > most:
            return False
        size = len(holder.text())  # with that of styles and scripts
        self.measured += size
        if size < MUCH_HELD:
            return False
        paragraphs = holder.css("p")
        self.measured += _LOOKED_AT * len(paragraphs)
        return sum(len(found.text(deep=False)) for found in paragraphs) >= MUCH_HELD

    def head(self, node: LexborNode) -> None:
        """Keep what an element without text of its own says about the page."""
        tag, child = node.tag, node.first_child
        if tag == "script" and child is None:
            return
        document, attributes = self.document, node.attributes
        if tag == "meta":
            name = attributes.get("property") or attributes.get("name") or attributes.get("itemprop")
            content = attributes.get("content")
            if name and content:
                document.meta.append((name.strip().lower(), content))
        elif tag == "link":
            if (attributes.get("rel") or "").lower() == "canonical":
                document.canonical = document.canonical or (attributes.get("href") or "")
        elif child is not None and "ld+json" in (attributes.get("type") or "").lower():
            document.linked_data.append(child.text_content or "")


def _part(node: LexborNode) -> str:
    """What the walk does at a node of a tag that was not met before."""
    tag, number = node.tag or "", node.tag_id
    part = _PARTS.get(tag, "block")
    if number < _NUMBERED:
        _PART_OF[number], _TAG_OF[number] = part, tag
    return part


def read(html: str | bytes) -> Document:
    """The document of a page's HTML, as text or UTF-8: one parse (lexbor, the standard's algorithm), one walk."""
    from selectolax.lexbor import LexborHTMLParser

    walk = _Walk()
    document = walk.document
    content = html.encode("utf-8", "ignore") if isinstance(html, str) else html
    root = LexborHTMLParser(bounded(content)).root
    if root is None:
        return document
    document.language = root.attributes.get("lang") or root.attributes.get("xml:lang") or ""
    around, made, loose, pieces, looks = walk.open, walk.made, walk.loose, walk.pieces, walk.looks
    node, holder, look = root.first_child, 0, 0  # the block around the node, by its depth, and how text looks there
    while node is not None:
        try:
            part = _PART_OF[node.tag_id]
        except KeyError:
            part = _part(node)
        if part == "text":
            if node.is_empty_text_node or (text := node.text_content or " ").isspace():  # two nodes of five
                if pieces:
                    pieces.append(" ")
                    looks.append(look)
            else:
                if walk.breaks:
                    if walk.breaks > 1:
                        walk.flush(holder, look, broken=True)
                    walk.breaks = 0
                pieces.append(text)
                looks.append(look)
                if not look & LINK:
                    walk.plain = True
        elif part in _CLOSED:
            if part == "head":
                walk.head(node)
            elif part == "br":
                walk.breaks += 1
                pieces.append("\n")
                looks.append(look)
            elif part == "hr":
                walk.flush(holder, look)
        elif part not in _ASKED or walk.is_entered(node, part, 4 * len(content)):
            flows = part in _FLOWS
            if pieces and not flows:
                walk.flush(holder, look)
            child = node.first_child
            if child is not None:
                # A typeface reaches from the elements in a line to the paragraph or the box in them, and no deeper.
                if look & _TYPEFACE and not flows and not any(open_[1] in _FLOWS for open_ in around[-2:]):
                    look &= ~_TYPEFACE
                around.append((node, part, holder, look))
                if look:
                    look &= ~STRONG
                if part in _LOOKS:
                    look |= _LOOKS[part]
                if not flows:
                    holder = len(around)
                node = child
                continue
        following = node.next
        while following is None and around:
            depth = len(around)
            if pieces and holder == depth:
                walk.flush(holder, look)
            if depth in loose or depth < len(made):
                walk.close(depth)
            node, _, holder, look = around.pop()
            following = node.next
        node = following
    walk.flush(0, 0)
    walk.close(0)
    return document
