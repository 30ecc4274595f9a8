"""A bound on what a page may cost its parser: tags nested, attributes on one tag, formatting left open.

HTML's parsing algorithm takes time in the square of how deep elements are nested, and of how many attributes a tag has;
formatting elements that are never closed are made anew in every paragraph. Browsers stop at a depth of 512. So does
this: pages with many tags are scanned once, in linear time, and rewritten so that no parser's stack grows beyond it.

The scan keeps its own stack by the rules of the HTML standard (section 13.2.6) that decide whether an end tag closes
anything. Where a tag's meaning depends on more than that (CDATA, raw text and self-closing tags in SVG), the tag is
rewritten so that it does not.
"""

from __future__ import annotations

from standfirst.extract import markup

DEPTH = 512
"""Elements that may be nested; the next takes the place of the last. The deepest of 321 real news pages has 30."""
MANY = 8000
"""Tags and comments: pages with fewer cost little however they are nested, and are not scanned. 320 of 321 real
pages have fewer."""
MANY_FORMATTED = 2500, 300
"""Of pages with more tags than the first number, those that have more formatting tags with attributes than the second
are scanned too. The most on a real page are 101."""
LONG_TAG = 1 << 16
"""Bytes of a tag from which on its attributes are counted: so many that are short cost a tenth of a second."""
ATTRIBUTES = 1000
"""Attributes that a long tag may have; with more it is left out."""
FORMATTED, ALIKE = 6, 3
"""Formatting elements that may be open at once, and of one name."""


_STOPS = (markup.SCOPES, markup.WALLS, markup.SPECIAL, markup.POINTS)


def bounded(html: bytes) -> bytes:
    """The page's UTF-8, unchanged if it is an ordinary page, else with its nesting cut to what a parser can bear.

    >>> bounded(b"<p>Tea"), bounded(b"<div>" * 10_000).count(b"</div>")
    (b'<p>Tea', 9487)
    """
    tags = len(html) - len(html.replace(b"<", b""))  # twice as fast as `count`
    if (
        tags > MANY
        or (tags > MANY_FORMATTED[0] and len(markup.FORMATTED_TAG.findall(html)) > MANY_FORMATTED[1])
        or _long_tag(html)
    ):
        return _Scan(html).run()
    return html


def _long_tag(html: bytes) -> bool:
    """Whether a tag has too many attributes. One so long spans a stretch without an opening bracket."""
    for at in range(0, len(html) - LONG_TAG, LONG_TAG // 2):
        if html.find(b"<", at, at + LONG_TAG // 2) < 0:
            tag = markup.TOKEN.match(html, max(html.rfind(b"<", 0, at), 0))
            if tag and tag.end() > at and len(markup.ATTRIBUTES.findall(tag[3] or b"")) > ATTRIBUTES:
                return True
    return False


class _Scan:
    """The stack of open elements as a parser has it, and the page rewritten so far."""

    def __init__(self, html: bytes) -> None:
        self.html, self.out, self.kept = html, list[bytes](), 0
        self.names: list[bytes] = []  # empty for what was taken out from among others
        self.physical: list[bool] = []  # whether the parser has the element; its end tag is dropped if not
        self.places: dict[bytes, list[int]] = {}
        # Places of the elements that stop a search of the stack; -1 is its bottom.
        self.scopes, self.walls, self.special = [-1], [-1], [-1]
        self.foreign, self.points = [-1], [-1]  # SVG or MathML within HTML, and HTML within those
        self.solid: list[int] = []  # places of what is physical, and of what was
        self.alike = dict.fromkeys(markup.FORMATTING, 0)  # how many of each name are physical
        self.live = self.formatted = self.pages = 0
        self.last: int | None = None  # the element beyond DEPTH, to be replaced by the next
        self.form = False  # the parser's form element pointer

    def run(self) -> bytes:
        """Scan, and return the page rewritten."""
        html, at = self.html, 0
        while (match := markup.TOKEN.search(html, at)) is not None:
            start, at = match.span()
            slash, name, attributes, comment, data = match.groups()
            if name is not None:
                name = name.lower()
                if len(attributes) > LONG_TAG and len(markup.ATTRIBUTES.findall(attributes)) > ATTRIBUTES:
                    self._put(b"", start, at)
                elif slash:
                    self._close(name, start, at)
                elif (at := self._open(name, attributes, start, at)) < 0:
                    break
            elif data:  # in SVG it opens a section, elsewhere a comment: without the mark, neither
                self._put(b"", start, at)
            else:
                end = (markup.COMMENT_START.match(html, at) or markup.COMMENT_END.search(html, at)) if comment else None
                at = end.end() if end else 0 if comment else html.find(b">", at - 1) + 1
                if not at:
                    break
        self.out.append(html[self.kept :])
        return b"".join(self.out)

    def _put(self, piece: bytes, start: int, end: int) -> None:
        """Write the piece for what stands from start to end."""
        self.out += (self.html[self.kept : start], piece)
        self.kept = end

    def _place(self, name: bytes) -> int:
        places = self.places.get(name)
        return places[-1] if places else -1

    def _in_foreign(self) -> bool:
        return self.foreign[-1] > self.points[-1]

    def _open(self, name: bytes, attributes: bytes, start: int, end: int) -> int:
        """Take a start tag; where the scan goes on, or -1 where the rest is text."""
        if name in markup.BREAKOUT and self._in_foreign():
            self._put(b"<img>", start, start)  # which is one too, in case this tag is dropped
            self._pop(self.foreign[-1], start)
        foreign = self._in_foreign()
        if attributes.endswith(b"/") and (foreign or name in markup.POINTS):
            self._put(b"></" + name + b">", end - 1 - self.html.endswith(b">", start, end), end)
            return end
        if self._drops(name, foreign):
            self._put(b"", start, end)
            return end
        if not foreign:
            if name == b"a" and not self._close_links(start):
                self._put(b"", start, end)
                self._push(name, physical=False, foreign=False)
                return end
            self._close_implied(name, start)
            if name in markup.RAW:
                return self._raw(name, end)
            if name == b"plaintext":
                return -1
            if name in markup.VOID or (name in markup.PARTS and name not in markup.CELLS) or name in (b"html", b"body"):
                return end
            if name in markup.FORMATTING and (self.formatted >= FORMATTED or self.alike[name] >= ALIKE):
                self._put(b"", start, end)
                self._push(name, physical=False, foreign=False)
                return end
        if self.live >= DEPTH:
            if self.last is not None:
                self._put(b"</" + self.names[self.last] + b">", start, start)
                self.form = self.form and self.names[self.last] != b"form"
                self._forget(self.last)
            self.last = len(self.names)
        self._push(name, physical=True, foreign=foreign)
        return end

    def _drops(self, name: bytes, foreign: bool) -> bool:
        """Whether the start tag is left out: one that a parser ignores, or reads in two ways."""
        if name in markup.DROPPED:
            return True
        if foreign:
            return name in markup.RAW
        if name in markup.PARTS:
            return self._place(b"table") <= self._place(b"template")
        if name in (b"html", b"body"):  # another adds its attributes to the first, each compared with all
            self.pages += 1
            return self.pages > 2
        if name == b"form":
            ignored = self.form or self._place(b"template") >= 0
            self.form = True if not ignored else self.form
            return ignored
        return False

    def _raw(self, name: bytes, at: int) -> int:
        """Where an element's raw text ends. A script that holds another in a comment ends later than it seems."""
        end = markup.RAW_ENDS[name].search(self.html, at)
        if end is None:
            return -1
        text = self.html[at : end.start()]
        if name == b"script" and b"<!--" in text and b"<script" in text.lower():
            self._put(b"", at, end.start())
        return end.end()

    def _close_implied(self, name: bytes, start: int) -> None:
        """Close what a start tag closes: a paragraph, an item before an item."""
        if name in (b"li", b"dd", b"dt"):
            item = self._place(name) if name == b"li" else max(self._place(b"dd"), self._place(b"dt"))
            if item >= 0 and item >= self.walls[-1]:
                self._pop(item, start)
        if name in markup.ENDS_PARAGRAPH and self._place(b"p") > max(self.scopes[-1], self._place(b"button")):
            self._pop(self._place(b"p"), start)
        if name in markup.HEADINGS:
            while self.solid and (self.solid[-1] >= len(self.names) or not self.physical[self.solid[-1]]):
                self.solid.pop()
            if self.solid and self.names[self.solid[-1]] in markup.HEADINGS:
                self._pop(self.solid[-1], start)
        elif name == b"button" or name in (b"select", b"input", b"keygen", b"textarea"):
            inner = b"button" if name == b"button" else b"select"
            if self._place(inner) >= 0 and self._place(inner) >= self.scopes[-1]:
                self._put(b"</" + inner + b">", start, start)
                self._pop(self._place(inner), start)
        elif name in markup.PARTS:
            self._pop(self._place(b"table") + 1, start, closed=False)
        elif name == b"table":
            table, cell = self._place(b"table"), max(self._place(c) for c in markup.CELLS)
            if table > max(cell, self._place(b"template")):
                self._put(b"</table>", start, start)
                self._pop(table, start)

    def _close_links(self, start: int) -> bool:
        """Close the links that are open where another begins; False where a parser would not be rid of them."""
        while self._place(b"a") > self.scopes[-1]:
            if not self._adopt(self._place(b"a"), start):
                return False
        return True

    def _close(self, name: bytes, start: int, end: int) -> None:
        """Take an end tag: close what it closes, or nothing."""
        if self._in_foreign() and name in (b"p", b"br"):
            self._put(b"<img>", start, start)
            self._pop(self.foreign[-1], start)
        foreign = self._in_foreign()
        if (
            name in markup.DROPPED
            or (name in markup.PARTS and name not in markup.CELLS)
            or (foreign and name in markup.RAW)
        ):
            self._put(b"", start, end)
            return
        at = max(map(self._place, markup.HEADINGS)) if name in markup.HEADINGS else self._place(name)
        if foreign and at >= self.foreign[-1]:
            border = -1
        elif name == b"form":
            if not self.form or self._place(b"template") >= 0:
                self._put(b"", start, end)
            else:
                self.form = False
                if at > self.scopes[-1]:
                    self._take_out(at)
            return
        elif name == b"a" or name in markup.FORMATTING:
            if self.scopes[-1] < at:
                kept = self.physical[at]
                if not self._adopt(at, start) or not kept:
                    self._put(b"", start, end)
            return
        elif name == b"template":
            border = -1
        elif name == b"table" or name in markup.CELLS:
            border = max(self._place(b"template"), self._place(b"table") if name in markup.CELLS else -1)
        elif name in markup.CLOSED:
            border = self.scopes[-1]
            if name == b"li":
                border = max(border, self._place(b"ol"), self._place(b"ul"))
            elif name == b"p":
                border = max(border, self._place(b"button"))
        else:
            border = self.special[-1]
        if at < 0 or border > at:
            return
        kept = self.physical[at]
        self._pop(at, start)
        if not kept:
            self._put(b"", start, end)

    def _push(self, name: bytes, physical: bool, foreign: bool) -> None:
        at = len(self.names)
        self.names.append(name)
        self.physical.append(physical)
        self.places.setdefault(name, []).append(at)
        if physical:
            self.live += 1
            self.solid.append(at)
            if name in markup.FORMATTING:
                self.formatted += 1
                self.alike[name] += 1
        if foreign:
            if name in markup.POINTS[self.names[self.foreign[-1]]]:
                for places in (self.points, self.scopes, self.walls, self.special):
                    places.append(at)
        else:
            for group, places in zip(_STOPS, (self.scopes, self.walls, self.special, self.foreign), strict=True):
                if name in group:
                    places.append(at)

    def _forget(self, at: int) -> None:
        """The parser has the element no more."""
        if self.physical[at]:
            self.physical[at] = False
            self.live -= 1
            if self.names[at] in markup.FORMATTING:
                self.formatted -= 1
                self.alike[self.names[at]] -= 1
        if at == self.last:
            self.last = None

    def _take_out(self, at: int) -> None:
        """Take an element out of the stack, and leave what stands above it."""
        self._forget(at)
        places = self.places[self.names[at]]
        places.remove(at) if places[-1] != at else places.pop()
        self.names[at] = b""
        for stops in (self.walls, self.special):
            while stops[-1] >= 0 and not self.names[stops[-1]]:
                stops.pop()

    def _adopt(self, at: int, start: int) -> bool:
        """Close a formatting element or a link by the standard's adoption agency; whether that is as it does.

        Blocks opened within stay open, what else stood about them does not. With eight such blocks and more, the
        standard leaves the element half closed, which this does not follow: the tag is to be left out.
        """
        blocks: list[int] = []
        while (block := self.special[-1 - len(blocks)]) > at and len(blocks) < 8:
            blocks.append(block)
        if len(blocks) == 8:
            return False
        if not self.physical[at]:
            self._take_out(at)
        elif not blocks:
            self._pop(at, start)
        else:
            self._pop(blocks[0] + 1, start, closed=False)
            for above, below in zip(blocks, [*blocks[1:], at], strict=True):
                between = [k for k in range(above - 1, below, -1) if self.physical[k]]
                for steps, k in enumerate(between):
                    if steps >= 3 or not (self.names[k] in markup.FORMATTING or self.names[k] == b"a"):
                        self._take_out(k)
            self._take_out(at)
        return True

    def _pop(self, at: int, start: int, closed: bool = True) -> None:
        """Close an element, for which there is a tag if `closed`, with all that stands above it.

        Formatting above it is closed by a tag too, or a parser would open it anew.
        """
        known = closed and at < len(self.names) and self.physical[at]
        while len(self.names) > at:
            top = len(self.names) - 1
            name = self.names[top]
            if self.physical[top] and not (known and top == at) and (name in markup.FORMATTING or not known):
                self._put(b"</" + name + b">", start, start)
            self._forget(top)
            self.names.pop()
            self.physical.pop()
            if name:
                self.places[name].pop()
            for places in (self.scopes, self.walls, self.special, self.foreign, self.points):
                if places[-1] == top:
                    places.pop()
