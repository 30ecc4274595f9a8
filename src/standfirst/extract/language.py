"""The language of an article as a BCP 47 tag: what the page says, else what its commonest words tell."""

from __future__ import annotations

import re
from collections import Counter

from standfirst.extract.metadata import Metadata
from standfirst.extract.tree import Document

_TAG = re.compile(r"^([a-z]{2,3})(?:[-_]([a-z]{4}))?(?:[-_]([a-z]{2}|\d{3}))?$", re.I)
_NAMES = {
    "english": "en",
    "german": "de",
    "french": "fr",
    "spanish": "es",
    "italian": "it",
    "deutsch": "de",
    "español": "es",
}
# A dozen of each language's commonest words that are rare in the others.
_COMMON = {
    "en": "the of and to in that is was for with said has from have his they which",
    "de": "der die und das den nicht mit sich auf auch eine dem werden nach wird einen",
    "fr": "le les des et une du est dans pour qui sur pas au par plus avec sont cette",
    "es": "el los las que una del por con para como más pero sus ha fue este también",
    "it": "il che di della per una non sono con del nel gli alla anche più dei dal è",
    "pt": "que não uma os com para do da em mais dos foi ao pelo também são das você",
    "nl": "het een van dat niet zijn voor met aan ook door naar wordt werd bij deze er",
    "sv": "och att det som en är på inte för av med har till den om han jag vi också",
    "no": "og det som er på ikke for av med har til den om han jeg vi også ble etter",
    "da": "og det som er på ikke for af med har til den om han jeg vi også blev efter",
    "pl": "nie się na że jest do to jak ale przez był po od za tego są oraz który",
    "tr": "bir ve bu için ile da de olarak daha çok gibi sonra kadar olan ne en",
    "fi": "ja on ei että se oli hän ovat mutta myös kun mukaan joka ole sekä niin",
    "cs": "se na že je to do ale jako za by jsou podle jeho která který také už",
    "hu": "a az és hogy nem is egy van meg már csak volt mint azt ez szerint",
    "ro": "și în de la cu pentru că nu din este pe care au mai fost sunt prin",
    "id": "yang dan di dengan untuk dari ini itu pada tidak dalam akan juga oleh ke",
    "vi": "của và các được cho là không trong người có những với một đã này khi",
    "ru": "и в не на что с по это как его но из за от о он для был также",
    "uk": "і в не на що з та це як його але із від до він для був також який",
    "bg": "и в на се да не за от че по това са със като ще към бе след",
}
_WORDS = {tag: frozenset(words.split()) for tag, words in _COMMON.items()}
_TELLS: dict[str, list[str]] = {}
for _name, _words in _WORDS.items():
    for _word in _words:
        _TELLS.setdefault(_word, []).append(_name)
_LETTER = re.compile(r"[^\W\d_]")
_SCRIPTS = (
    ("ja", re.compile(r"[\u3040-\u30ff]")),
    ("ko", re.compile(r"[\uac00-\ud7af]")),
    ("zh", re.compile(r"[\u4e00-\u9fff]")),
    ("ar", re.compile(r"[\u0600-\u06ff]")),
    ("he", re.compile(r"[\u0590-\u05ff]")),
    ("hi", re.compile(r"[\u0900-\u097f]")),
    ("th", re.compile(r"[\u0e00-\u0e7f]")),
    ("el", re.compile(r"[\u0370-\u03ff]")),
    ("bn", re.compile(r"[\u0980-\u09ff]")),
    ("ta", re.compile(r"[\u0b80-\u0bff]")),
)
_SCRIPT = re.compile("|".join(script.pattern for _, script in _SCRIPTS).replace("]|[", ""))
_LETTERS = re.compile(r"[^\W\d_]+")


def tag(text: str) -> str | None:
    """A language tag in its canonical form, or None where the text is none.

    >>> tag("en_us"), tag("zh-hans-CN"), tag("English"), tag("default")
    ('en-US', 'zh-Hans-CN', 'en', None)
    """
    text = text.strip()
    if text.lower() in _NAMES:
        return _NAMES[text.lower()]
    match = _TAG.match(text.split(".")[0].split(",")[0])
    if match is None or match[1].lower() in ("und", "mul", "zxx", "xx"):
        return None
    parts = [match[1].lower(), (match[2] or "").title(), (match[3] or "").upper()]
    return "-".join(part for part in parts if part)


def guess(text: str) -> str | None:
    """The language that a text's script or commonest words tell, or None where they do not.

    >>> guess("The office was opened in the town, and they said that it is the first of its kind.")
    'en'
    """
    text = text[:1500]
    if _SCRIPT.search(text):
        letters = len(_LETTER.findall(text)) or 1
        for name, script in _SCRIPTS:
            if len(script.findall(text)) > letters * (0.1 if name == "ja" else 0.3):
                return name
    counts: dict[str, int] = {}
    found = _LETTERS.findall(text.lower())
    total = len(found)
    for word, times in Counter(found).items():
        for name in _TELLS.get(word, ()):
            counts[name] = counts.get(name, 0) + times
    if not counts:
        return None
    best, count = max(counts.items(), key=lambda item: item[1])
    return best if count > 0.08 * total else None


def language(document: Document, data: Metadata, body: str) -> tuple[str | None, str | None]:
    """The tag and where it was found: the html element, JSON-LD, OpenGraph, else the text itself.

    A page that says it is English (templates' default) while its text is clearly another language is not believed.
    """
    said = [("html lang", document.language), *data.languages]
    stated = [(found, where) for where, text in said if text and (found := tag(text))]
    if stated and not stated[0][0].startswith("en"):
        return stated[0]
    guessed = guess(body) if body else None
    for found, where in stated:
        if not (found.startswith("en") and guessed not in (None, "en")):
            return found, where
    return (guessed, "text") if guessed else (None, None)
