"""What furniture says: phrases that open or make up captions, credits, bylines, dates, promotions and the like."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

# How the names of months begin.
_MONTHS = (
    "jan feb mar apr may jun jul aug sep oct nov dec janv févr fevr mars avril mai juin juil août aout déc ene abr ago "
    "dic gen mag giu lug set ott mär okt dez ocak şubat nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık"
)
_MONTH = rf"(?:{_MONTHS.replace(' ', '|')})\w*"
# Each phrase is one bit of `said`. Searched in the block's first 200 characters, in lower case.
PATTERNS: dict[str, str] = {
    "readmore": r"^\W*(?:(?:read|see|learn|find out|more|watch|listen|also|related|don't miss|recommended|lesen sie|"
    r"mehr zum|mehr dazu|zum thema|auch interessant|weitere|lire aussi|à lire|lire la suite|a lire|"
    r"sur le même|lea también|leer más|lee también|más información|te puede|leggi anche|leia|veja|saiba|"
    r"les mer|les også|läs mer|läs också|se også|læs også|lees ook|lees meer|czytaj|zobacz|читайте|читать|"
    r"смотрите|bkz|ayrıca|ilgili|関連|続きを|あわせて|もっと|相关|延伸|阅读)\b.{0,14}(?:\bmore\b|\balso\b|\brelated\b|"
    r"\bauch\b|\bmehr\b|aussi|también|anche|også|också|:|$)|(?:read (?:more|next|also)|related(?: stor|"
    r" article| content| topics|:)|more (?:from|on|about|stories|coverage|in )|see also|lesen sie (?:auch|"
    r"mehr)|lire aussi|à lire aussi|lea también|lee también|leggi anche|читайте также|recommended|"
    r"most (?:read|popular|viewed)|trending|top stories|latest (?:news|stories)|you may (?:also )?like|"
    r"up next|don.t miss|関連記事|続きを読む|あわせて読みたい|you might|editors?.? picks?))",
    "signup": r"\b(?:sign ?up|subscribe|subscri(?:bers?|ption)|newsletters?|log ?in|sign in|register|inbox|"
    r"free trial|abonn\w*|anmelden|s'abonner|suscr[íi]b\w+|boletín|iscriviti|registrieren|jetzt testen|"
    r"probeabo|cancel anytime|e-?mail address|download (?:the|our)|our app|notifications?|prenumer\w+|"
    r"подпи\w+|メールマガジン|会員|登録)\b",
    "credit": r"(?:©|\(c\)|getty|\bphoto(?:graph)?s?\b\W|\bfotos?\b|\bbild(?:er)?:|\bimage\b|credit\b|\bcourtesy\b|"
    r"shutterstock|\bpicture:|\bap photo|file photo|\bvia\b.{0,20}$|/ ?(?:afp|ap|reuters|epa|dpa|getty)\b|"
    r"[/,(] ?pool\b|\bpool (?:photo|via|image)|写真|撮影|фото|\bcrédit|imago|picture alliance|illustration)",
    "byline": r"^(?:by|von|par|por|di|door|av|af|yazan|written by|text:|reporting by|editing by|story by|"
    r"texte?)\s+\S+(?:\s\S+){0,7}$|\b(?:staff (?:writer|reporter)|correspondent|editor|"
    r"reporter)\b.{0,30}$|^@\w+$",
    "date": r"\b(?:\d{1,2}[./]\d{1,2}[./]\d{2,4}|\d{4}-\d\d-\d\d|"
    rf"{_MONTH}\.? \d{{1,2}}(?:st|nd|rd|th)?,? \d{{4}}|"
    rf"\d{{1,2}}\.? (?:de )?{_MONTH}\.?,?(?: de)? \d{{4}}|\d\d?:\d\d)|\d{{4}}年\d|"
    r"\b(?:minutes?|hours?|days?|weeks?|months?|years?) ago\b|\bmin(?:ute)?s? read\b",
    "updated": r"^(?:last )?(?:published|updated|modified|posted|first published|created|veröffentlicht|aktualisiert|"
    r"stand:|publié|mis à jour|publicado|actualizado|pubblicato|опубликовано|güncelle\w*|oluşturulma|"
    r"publisert|oppdatert|publicerad|uppdaterad|公開|更新|配信)\b",
    "rights": r"all rights reserved|alle rechte|tous droits|copyright|©|may not be (?:published|reproduced)|"
    r"todos los derechos|無断転載|禁じます|tüm hakları|перепечатка",
    "follow": r"\b(?:follow (?:us|him|her|me|@?\w+ on)|like us|share (?:this|on|via)|tweet|facebook|twitter|"
    r"instagram|whatsapp|pinterest|linkedin|telegram|google news|copy link|print this|e-?mail this|"
    r"folgen sie|teilen|partager|compartir|condividi|поделиться|シェア|paylaş)\b",
    "advert": r"^\W*(?:advertisement|ad|anzeige|werbung|publicité|publicidad|sponsored|promoted|advertising|"
    r"article continues|story continues|continue reading|continue|reklama|annons|annonse|reklam|スポンサー|広告|"
    r"implementation|skip (?:to|advert\w*)|scroll (?:to|down))\b",
    "comment": r"\b(?:comments?|kommentare?|commentaires?|comentarios|commenti|комментари\w*|yorum\w*|コメント|"
    r"join the conversation|what do you think|have your say|let us know)\b",
    "contact": r"(?:\S@\S+\.\w\w|\bcontact (?:us|the)|\btip(?:s|line)\b|\bgot a (?:story|tip)|\bsend (?:us|your)|"
    r"\bcall \d|\bhotline\b|\bsamaritans\b|\blifeline\b)",
    "note": r"^\W*(?:correction|clarification|editor.?s.? note|note|update|disclosure|disclaimer|this (?:story|"
    r"article|post|piece|report) (?:has been|was|is|originally|first)|source|sources|quelle|fuente|fonte|"
    r"anmerkung|hinweis|redaktion|reporting|additional reporting|with (?:reporting|files|contributions?)|"
    r"\w+ contributed|edited by)\b|contributed to this (?:report|story|article)",
    "biography": r"\bis (?:an?|the) (?:\S+ ){0,4}(?:writer|reporter|editor|correspondent|journalist|columnist|author|"
    r"professor|fellow|contributor|freelance\w*|director|producer|blogger|student|founder)\b|\b(?:she|he|"
    r"they) (?:covers|writes|tweets|is based|has written|can be reached|joined|previously)\b|"
    r"arbeitet (?:seit|als)|schreibt (?:über|für)|ist (?:redakteur|autor|journalist)",
    "play": r"^\W*(?:play|pause|video|watch|listen|audio|now playing|loading|\d\d?:\d\d|mute|live|slideshow|"
    r"gallery|photos?|click|tap|hear|view|show|hide|close|open|menu|search|enlarge|expand|caption|toggle|"
    r"next|previous|back|image|sendung|abspielen|vergrößern)\b.{0,60}$",
    "affiliate": r"\b(?:buy now|shop now|shop|deal|£|€|\$)\s?\d+(?:\.\d\d)?$|affiliate|commission|\bcheck price|"
    r"at amazon",
    "consent": r"\b(?:cookies?|consent|javascript|browser|gdpr|privacy|terms of|datenschutz|datenschutzerklärung|"
    r"einwilligung|vendors|(?:this|your) device|third.party|embedded content|externe\w* inhalt\w*|ad ?block\w*)\b",
    "minutes": r"^\d+ ?(?:min|minutes?|sec|likes?|views?|shares?|votes?|comments?|of \d+)\b|^\W*\d{1,3}\W*$",
    "dateline": r"^[\w .'’,/-]{2,50}\((?:Reuters|REUTERS|AP|AFP|CNN|dpa|DPA|UPI|TASS|Bloomberg|EFE|ANSA|Xinhua|ANI|"
    r"PTI|CP)\b|^[A-Z][A-Z .,'-]{2,40}(?: \w{3,9}\.? \d+)?\s?(?:—|–|--|-)\s",
}
NAMES = tuple(PATTERNS)
BIT: dict[str, int] = {name: 1 << i for i, name in enumerate(NAMES)}
# A pattern is tried only on a text of which some word holds one of its marks, or with "=" is one, or with "^" the
# first word is one; digits are 0 there.
# To look up words, of which most were met before, costs far less than to try every pattern.
_MARKS: dict[str, str] = {
    "signup": "=sign =signup subscri newsletter =log =login register inbox =trial abonn anmelden suscr boletín "
    "iscriviti registrieren =testen probeabo =cancel =mail =email =download =app notification prenumer подпи メール "
    "会員 登録",
    "credit": "© (c) getty photo =foto =fotos =bild =bilder =image credit courtesy shutterstock picture =via =afp =ap "
    "=reuters =epa =dpa =pool 写真 撮影 фото crédit imago illustration",
    "date": "0.0.00 0.00.00 0/0/00 0/00/00 0.0/00 0.00/00 0/0.00 0/00.00 0:00 0000-00-00 0000年0 =ago =read",
    "rights": "rights rechte droits copyright © published reproduced derechos 無断 禁じ hakları перепечатка",
    "follow": "=follow =like =share tweet facebook twitter instagram whatsapp pinterest linkedin telegram google =copy "
    "=print mail folgen teilen partager compartir condividi поделиться シェア paylaş",
    "comment": "comment komment coment коммент yorum コメント conversation =think =say =let",
    "contact": "@ =contact =tips tipline =got =send =call hotline samaritans lifeline",
    "biography": "=writer =reporter =editor =correspondent =journalist =columnist =author =professor =fellow "
    "=contributor freelance =director =producer =blogger =student =founder =covers =writes =tweets =based =written "
    "=reached =joined =previously arbeitet schreibt redakteur autor journalist",
    "affiliate": "buy shop deal £ € $ affiliate commission price amazon",
    "consent": "cookie consent vendor device javascript browser gdpr privacy =terms datenschutz einwilligung third "
    "embedded extern block",
    "note": "correct clarif note update disclos disclaim =this source quelle fuente fonte anmerkung hinweis redaktion "
    "report contribut edited",
    "byline": "^by ^von ^par ^por ^di ^door ^av ^af ^yazan ^written ^reporting ^editing ^story ^text ^text: ^texte "
    "=staff =correspondent =editor =reporter @",
    "minutes": "0",
    "year": "0000",
    "month": _MONTHS,
    "dateline": "(reuters (ap (afp (cnn (dpa (upi (tass (bloomberg (efe (ansa (xinhua (ani (pti (cp — – -",
}
_CASED = frozenset({"dateline"})
_DIGIT = re.compile(r"\d")
_LETTERS = re.compile(r"\w+")
_REMEMBERED = 100_000  # words of which the marks are kept ready
# What words hold besides marks of patterns: a digit, and a year and a month, of which a date is made.
_HELD = {name: 1 << len(NAMES) + i for i, name in enumerate(("number", "year", "month"))}
_NUMBER, _DATED = _HELD["number"], _HELD["year"] | _HELD["month"]
_NUMBERED = BIT["date"]  # patterns of texts that hold a digit


def _at_start(pattern: str) -> bool:
    """Whether each alternative of the pattern matches at a text's start alone."""
    flat, before = re.sub(r"\\.|\[[^\]]*\]", "", pattern), ""
    while flat != before:
        flat, before = re.sub(r"\([^()]*\)", "", flat), flat
    return all(part.startswith("^") for part in flat.split("|"))


def _finder(pattern: str) -> Callable[[str], object]:
    compiled = re.compile(pattern)
    return compiled.match if _at_start(pattern) else compiled.search


_TRIES = [(BIT[name], _finder(pattern), name in _CASED) for name, pattern in PATTERNS.items()]
# Most texts match no pattern that is without marks, which is told by all of them at once.
_UNMARKED = [name for name in NAMES if name not in _MARKS]
_any_unmarked = _finder("|".join(PATTERNS[name] for name in _UNMARKED))
_EVERY = (1 << len(NAMES)) - 1
_WITHOUT_MARKS = sum(BIT[name] for name in _UNMARKED)


class _Words(dict[str, int]):
    """The patterns of which a word in lower case holds a mark, as bits."""

    def __init__(self) -> None:
        super().__init__()
        self.plain: set[str] = set()  # words that were met and hold no mark: nearly all
        self.first: dict[str, int] = {}
        self.whole: dict[str, int] = {}
        self.parts: dict[str, int] = {}
        for name, marks in _MARKS.items():
            for mark in marks.split():
                kind = {"^": self.first, "=": self.whole}.get(mark[0], self.parts)
                letters = mark if kind is self.parts else mark[1:]
                kind[letters] = kind.get(letters, 0) | (BIT.get(name) or _HELD[name])
        # The longest mark at each place, which stands for all that it starts with; by first letters, for speed.
        ends: dict[str, list[str]] = {}
        for mark in sorted(self.parts, reverse=True):
            ends.setdefault(mark[0], []).append(re.escape(mark[1:]))
            for end in range(1, len(mark)):
                self.parts[mark] |= self.parts.get(mark[:end], 0)
        branches = "|".join(f"{re.escape(first)}(?:{'|'.join(rest)})" for first, rest in ends.items())
        self.pattern = re.compile(f"(?=({branches}))")

    def __missing__(self, word: str) -> int:
        bits, parted = 0, [word]
        flat = word
        if not word.isalpha():
            flat, parted = _DIGIT.sub("0", word), _LETTERS.findall(word)
            if "0" in flat:
                bits = _NUMBER
        for part in parted:
            bits |= self.whole.get(part, 0)
        for part in self.pattern.findall(flat):
            bits |= self.parts[part]
        if len(self) + len(self.plain) >= _REMEMBERED:
            self.clear()
            self.plain.clear()
        if bits:
            self[word] = bits
        else:
            self.plain.add(word)
        return bits


_WORDS = _Words()


@lru_cache(maxsize=10_000)
def _tries(marked: int) -> list[tuple[int, Callable[[str], object], bool]]:
    return [(bit, tries, cased) for bit, tries, cased in _TRIES if bit & marked]


def said(text: str) -> int:
    """The phrases in a block's first 240 characters, as bits.

    >>> said("Read more: Tea at last") & BIT["readmore"] > 0, said("Tea is drunk.")
    (True, 0)
    """
    start = text[:240]
    low = start.lower()
    marked = 0
    words = low.split()
    for word in set(words).difference(_WORDS.plain):
        marked |= _WORDS[word]
    if words and words[0] in _WORDS.first:
        marked |= _WORDS.first[words[0]]
    if marked & _DATED == _DATED:
        marked |= _NUMBERED
    if not marked & _NUMBER:
        marked &= ~_NUMBERED
    if _any_unmarked(low):
        marked |= _WITHOUT_MARKS
    marked &= _EVERY
    bits = 0
    for bit, tries, cased in _tries(marked):
        if tries(start if cased else low):
            bits |= bit
    return bits
