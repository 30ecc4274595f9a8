"""Accented letters and pound signs that the NewsArticles table lost.

Text was written as GBK and read as UTF-8: a letter that GBK holds became two U+FFFD, one that it does not hold became
`?` (`K?ln`), the euro sign one U+FFFD and the pound sign `?`.
"""

from __future__ import annotations

import re

LOST = "\ufffd"

# The words whose accents the table lost, as they should be: all of them, each read in its sentence.
_WORDS = """
Aodhán André Aurélie Ballé Barragán Beyoncé Björn Böhmermann Bök Börner Bríde Brücke Busáras Bücherjournal Büdenbender
Bützchen Cañete Caoimhghín Caoláin Carál Ceoltóirí Chiaráin Chuilín Ciarán CIÉ Coláiste Condé Cárdenas Cécile
Donnabháin Döblin Dräger Dudenhöffer Dáil Día Déshabillez Düsseldorf Español Fáil Fál FÁS Féin Fährmann Fründ Fürth
Gardaí Gefährder Gefährten Georgensgmünd Glashütte Gmünd Gražinytė Gréco Grünberg Gutiérrez Gérard Göring Göttingen
Gülen Hasenhüttl Henríquez Horstkötter Höcke Hüller Hütter Iarnród Iñigo Joaquín Jäger Jérôme Jörg Jülich Jürgen
Kaurismäki Ködding Köln König Körner Käutner Kurfürstendamm Kühn Kümmeth Kürten Libération Lée Líonán Lössl Löfven Löw
Lührig Malmö Martín Mazière Micheál Mongáin Muñoz Mícheál Máirtín Mám México Ménilmontant Möllevaangen Mönchengladbach
Müller Ní Noírín Nóirín Opération Osnabrück Parabéns Peña Penélope Perdónanos Poopó Prés Pumalín Ramírez Rappenwört
Ravensbrück Reichsbürger Riordáin Roísín Ruairí Rönnlund Rörig Róisín RTÉ Sabaliauskaitė Schlöndorff Schröder
Schwäbisch Schäuble Schätze Schöneberg Schönefeld Schöpf Schütz Seyé Seán Siné Siochána Ströher Strejcová Stürmer
Sáenz Século Síochána Süddeutsche Südtribüne Tannhäuser Théo Tomás Trócaire Tánaiste Tíre Tübingen Tübke Uachtaráin
Universität Voigtländer Völler Vöpel Wörner Wörter Wünsch Württemberg Würzburg Zachraň Zurmühlen Zürich américaine
artículo attaché attachés café cafés chargé cliché clichés communiqué célèbre dafür doppelgänger déplorer español
família fiancée fremdschämen für féminin gardaí hipopótamo incansável jádu jídlo mobilisée murió mélange née připraven
risqué tánaiste zuständig éternel Áine Áras Éamonn Éan Éireann
"""
_IN_GBK = "áàéèêíóúüň"  # of the accented letters above, those that GBK holds
_PHRASES = {
    f"vis {LOST}{LOST} vis": "vis à vis",
    f"rock {LOST}{LOST}n roll": "rock 'n roll",
    f"L?-R{LOST}{LOST}is{LOST}{LOST}n": "LÉ Róisín",
    f"O{LOST}{LOST}Reilly": "O'Reilly",
    "Qu?bec": "Québec",
    "velg?nne": "velgönne",
    f'"umi{LOST}{LOST}re': '"Lumière',
    f"theS{LOST}{LOST}dtribune": "the Südtribüne",
    f"auto-da-f{LOST}{LOST}": "auto-da-fé",
    f"Garda({LOST}{LOST})": "Garda(í)",
    f"Kurf{LOST}{LOST}stendamm": "Kurfürstendamm",
    "?rd Ri": "Ard Rí",
    'O"ullivan': "O'Sullivan",
    'O"hea': "O'Shea",
    '-"n of Sam': ' "Son of Sam',
    "L? Eithne": "LÉ Eithne",
    "L?-Eithne": "LÉ Eithne",
    "L? Samuel": "LÉ Samuel",
    "Le Canard Enchain?": "Le Canard Enchaîné",
    "2 ? years": "2½ years",
    f'"{LOST}n"?roll': "'n' roll",
    '"?0 Minutes': '"60 Minutes',
    '"?0/20': '"20/20',
    '"?2 Years A Slave': '"12 Years A Slave',
    '"?3 Reasons Why': '"13 Reasons Why',
}


def _damaged(word: str) -> str:
    return "".join(c if c.isascii() or c in "ôÖ" else LOST * 2 if c in _IN_GBK else "?" for c in word)


_MENDED = {_damaged(word): word for word in _WORDS.split()} | _PHRASES
_LOST_WORD = re.compile(
    r"(?<![A-Za-z\ufffd])(?!(?<=\")\?)(?:"
    + "|".join(sorted(map(re.escape, _MENDED), key=len, reverse=True))
    + r")(?![A-Za-z\ufffd])"
)

_MAYBE = re.compile(r"""\w\?\w|\d \? [a-z]|[A-Z]\?|(?<!\S)\?[a-z]|"\?\d|O"[a-z]|[a-z]\?['.,]""")
# A mark before a word (`the \ufffd\ufffdnomadic school"`), and a dash between two.
_LONE_MARK, _LONE_DASH = re.compile(rf"(?<=\s){LOST}{LOST}(?=[a-z])"), re.compile(rf'(?<=[\w."] ){LOST}\?(?=[A-Za-z])')


def mend_accents(text: str) -> tuple[str, int]:
    """The text with its accents back, and how many places were mended."""
    if LOST not in text and not _MAYBE.search(text):
        return text, 0
    text, words = _LOST_WORD.subn(lambda m: _MENDED[m.group()], text)
    text, marks = _LONE_MARK.subn('"', text)
    text, dashes = _LONE_DASH.subn("- ", text)
    return text, words + marks + dashes


_POUND = re.compile(r"(?:^|(?<=[\s(-]))\?(?=\d)")


def mend_pounds(text: str) -> tuple[str, int]:
    """The pound sign, `?` before a digit: GBK has none.

    The euro sign cannot be put back. It is byte 80, which took the first digit with it: after all 194 of them that
    digit is a 1, where the page had another.
    """
    return _POUND.subn("£", text)


_SUM = r"\d[\d,.]*(?: (?:m|b|tr)illion)?"
_CONVERTED = re.compile(rf"(\([^()]*?([\d,.]+)(?: (?:m|b|tr)illion)? euros?[;,] )({_SUM})\)")
_BEFORE_CONVERTED = re.compile(rf"(?<![\w$,.£])({_SUM})(?= \(\$[^()]*; [^()]* euros\))")


def mend_sterling(text: str) -> tuple[str, int]:
    """China Daily's pounds, in sums that it also gives in dollars and euros; some lost their sign, some made it a 5.

    >>> mend_sterling("10,000 yuan ($1,440; 1,380 euros; 51,175), 9.8 billion ($11.9 billion; 11.3 billion euros)")
    ('10,000 yuan ($1,440; 1,380 euros; £1,175), £9.8 billion ($11.9 billion; 11.3 billion euros)', 2)
    """

    def third(match: re.Match[str]) -> str:
        euros, pounds = (float(re.sub(r"[^\d.]|\.(?!\d)", "", sum_.split()[0])) for sum_ in match.group(2, 3))
        sign_made_5 = match.group(3).startswith("5") and pounds > 2 * euros
        return f"{match.group(1)}£{match.group(3)[sign_made_5:]})"

    text, thirds = _CONVERTED.subn(third, text)
    text, firsts = _BEFORE_CONVERTED.subn(r"£\1", text)
    return text, thirds + firsts
