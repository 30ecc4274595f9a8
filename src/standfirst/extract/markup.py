"""What the HTML standard says of tags: which close which, and how they are written (sections 13.2.4 to 13.2.6)."""

from __future__ import annotations

import re

VOID = frozenset(
    b"area base basefont bgsound br col embed frame frameset head hr image img input keygen link meta param source "
    b"track wbr".split()
)
PARTS = frozenset(b"caption col colgroup tbody td tfoot th thead tr".split())
"""Of a table: each closes what was left open since the table, or since the part before."""
CELLS = frozenset((b"caption", b"td", b"th"))
DROPPED = frozenset(b"annotation-xml nobr optgroup option rb rp rt rtc selectedcontent".split())
"""Tags that mean nothing to a reader of text, and have rules of their own for what they close."""
FORMATTING = frozenset(b"b big code em font i s small strike strong tt u".split())
HEADINGS = tuple(b"h1 h2 h3 h4 h5 h6".split())
RAW = frozenset(b"iframe noembed noframes script style textarea title xmp".split())
POINTS = {b"svg": frozenset((b"foreignobject", b"desc")), b"math": frozenset(b"mi mo mn ms mtext".split())}
"""Elements of SVG and MathML in which HTML begins again."""
SCOPES = CELLS | frozenset(b"applet marquee object select table template".split())
CLOSED = frozenset(
    b"address applet article aside blockquote button center dd details dialog dir div dl dt fieldset figcaption "
    b"figure footer h1 h2 h3 h4 h5 h6 header hgroup li listing main marquee menu nav object ol p pre search section "
    b"select summary ul".split()
)
"""Their end tags close whatever stands within, up to a scope's border."""
SPECIAL = SCOPES | (CLOSED - {b"dialog"}) | {b"form", b"noscript"}
WALLS = SPECIAL - {b"address", b"div", b"p"}
ENDS_PARAGRAPH = CLOSED - {b"applet", b"button", b"marquee", b"object", b"select"} | {b"form", b"hr", b"xmp"}
BREAKOUT = frozenset(
    b"b big blockquote body br center code dd div dl dt em embed font h1 h2 h3 h4 h5 h6 head hr i img li listing menu "
    b"meta nobr ol p pre ruby s small span strong strike sub sup table tt u ul var".split()
)
"""Tags that end SVG and MathML."""

# A tag as the tokenizer reads it: an attribute's value in quotes may hold anything. Nothing is tried twice.
_W = rb"\t\n\f\r "
_ATTRIBUTE = rb"[^W/>][^W/>=]*+(?:[W]*+=[W]*+(?:\"[^\"]*+\"|'[^']*+'|[^W>\"'][^W>]*+|(?=>)))?+".replace(b"W", _W)
TOKEN = re.compile(
    rb"<(?:(/?)([a-zA-Z][^" + _W + rb"/>]*+)((?:[" + _W + rb"/]++|" + _ATTRIBUTE + rb")*+)>?|(!--)|(!\[CDATA\[)|[!?/])"
)
ATTRIBUTES = re.compile(_ATTRIBUTE)
COMMENT_START = re.compile(rb"-?>")
COMMENT_END = re.compile(rb"--!?>")
RAW_ENDS = {name: re.compile(rb"</" + name + rb"(?=[" + _W + rb"/>])", re.I) for name in RAW}
FORMATTED_TAG = re.compile(rb"<(?=[bcefistu])(?:" + b"|".join(sorted(FORMATTING)) + rb")[" + _W + rb"/]", re.I)
