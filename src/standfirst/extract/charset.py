"""The text of a page's bytes, in the character set that a browser would find.

In the order of the HTML standard (encoding sniffing): a byte order mark, the transport's charset, what the page says of
itself in its first 1,024 bytes, then UTF-8 if the bytes are valid, else windows-1252.
"""

from __future__ import annotations

import codecs
import re

_META = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([a-z0-9_:.\-]{2,40})", re.I)
_XML = re.compile(rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([a-z0-9_:.\-]{2,40})", re.I)
_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
# Labels that browsers read as another character set than their name says (WHATWG Encoding, section 4.2).
_MEANT = {
    "iso8859-1": "cp1252", "ascii": "cp1252", "iso8859-9": "cp1254", "iso8859-11": "cp874", "tis-620": "cp874",
    "gb2312": "gb18030", "gbk": "gb18030", "shift_jis": "cp932", "euc_kr": "cp949", "big5": "big5hkscs",
}  # fmt: skip
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f]")


def _codec(label: str | None) -> str | None:
    """The name of the codec that a browser uses for a label, or None for one it does not know."""
    if not label:
        return None
    try:
        name = codecs.lookup(label.strip()).name
    except LookupError:
        return None
    return _MEANT.get(name, name) if name not in ("hex", "base64", "rot13", "zlib", "bz2", "uu", "quopri") else None


def decode(content: bytes, transport: str | None = None, media: str = "html") -> str | None:
    r"""The text, or None where the bytes are not text: a third of them or more decode to control characters.

    >>> decode(b"\xff\xfeT\x00e\x00a\x00"), decode(b"Caf\xe9"), decode("Tè".encode())
    ('Tea', 'Café', 'Tè')
    """
    text, _ = _read(content, transport, media)
    return text.replace("\x00", "") if _sound(text) else None


def utf8(content: bytes, transport: str | None = None) -> bytes | None:
    r"""What `decode` gives for a page of HTML, in UTF-8: the bytes themselves, if they are that.

    >>> utf8(b"Caf\xe9"), utf8("Tè".encode())
    (b'Caf\xc3\xa9', b'T\xc3\xa8')
    """
    text, same = _read(content, transport, "html")
    if not _sound(text):
        return None
    return (content if same else text.encode("utf-8", "ignore")).replace(b"\x00", b"")


def _read(content: bytes, transport: str | None, media: str) -> tuple[str, bool]:
    """The text as it was decoded, and whether the content is its UTF-8."""
    for mark, name in _MARKS:
        if content.startswith(mark):
            return content[len(mark) :].decode(name, "replace"), False
    head = content[:1024]
    said = _META.search(head) or _XML.search(head) if media == "html" else None
    wide = _wide(content)
    if wide:
        return content.decode(wide, "replace"), False
    for label in (transport, said[1].decode("ascii") if said else None):
        name = _codec(label)  # type: ignore[assignment]
        if name is None or name.startswith(("utf-16", "utf-32", "utf-7")):
            continue  # a page whose meta element can be read byte by byte is not in UTF-16
        if name == "utf-8":
            return _utf8(content)
        text = _valid(content, "utf-8") if not content[:200_000].isascii() else None
        return (text, True) if text is not None else (content.decode(name, "replace"), False)
    return _utf8(content)


def _valid(content: bytes, name: str) -> str | None:
    try:
        return content.decode(name)
    except UnicodeDecodeError:
        return None


def _utf8(content: bytes) -> tuple[str, bool]:
    """UTF-8 if valid or nearly so; a page said to be UTF-8 with more wrong bytes than right ones is windows-1252."""
    text = _valid(content, "utf-8")
    if text is not None:
        return text, True
    text = content.decode("utf-8", "replace")
    wrong = text.count("\ufffd")
    right = sum(1 for c in text if c > "\x7f") - wrong
    return text if right > wrong else content.decode("cp1252", "replace"), False


def _wide(content: bytes) -> str | None:
    """UTF-16 without a mark: every second byte of the start is zero."""
    start = content[:400]
    if len(start) < 8 or start.count(0) < len(start) // 4:
        return None
    if start[1::2].count(0) > 0.7 * len(start[1::2]) and start[::2].count(0) < 0.1 * len(start):
        return "utf-16-le"
    if start[::2].count(0) > 0.7 * len(start[::2]) and start[1::2].count(0) < 0.1 * len(start):
        return "utf-16-be"
    return None


def _sound(text: str) -> bool:
    start = text[:4000]
    bad = len(_CONTROLS.findall(start)) + start.count("\ufffd")
    return not start or bad <= len(start) / 3
