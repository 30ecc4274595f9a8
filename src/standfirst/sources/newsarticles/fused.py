"""Words that the NewsArticles table ran into one, or broke, where no rule tells them: each was read in its sentence."""

from __future__ import annotations

import re

from standfirst.sources.newsarticles.lexicon import Lexicon

_READ = {
    "superpowerwith": "superpower with",
    "attackerinitially": "attacker initially",
    "libidogroup": "libido group",
    "she'dmentor": "she'd mentor",
    "she'dlet": "she'd let",
    "she'dlike": "she'd like",
    "she'dmissed": "she'd missed",
    "7'stroubles": "7's troubles",
    "Kayafrom": "Kaya from",
    "symbolSNAP": "symbol SNAP",
    "immigrantpath": "immigrant path",
    "enforcementj ob": "enforcement job",
    "tTe Associated": "the Associated",
    "Svenksa f?r": "Svenska för",
    "Sen.Richard": "Sen. Richard",
    "again.The": "again. The",
    "andthe": "and the",
    "announcingit": "announcing it",
    "Brusselswas": "Brussels was",
    "butGerman": "but German",
    "Kim Cholas": "Kim Chol as",
    "Februarythat": "February that",
    "fundsto": "funds to",
    "Galwayfor": "Galway for",
    "Gazaas": "Gaza as",
    "inFrance": "in France",
    "inthe": "in the",
    "isapproved": "is approved",
    "ofparliamentary": "of parliamentary",
    "Parisin": "Paris in",
    "questionsby": "questions by",
    "workingfrom": "working from",
    "accusedarrested": "accused arrested",
    "understorm": "under storm",
    "anAmazonian": "an Amazonian",
    "wallshould": "wall should",
    "Chinaafter": "China after",
    "she'ddownplayed": "she'd downplayed",
    "Mrde Mistura": "Mr de Mistura",
    "to-night": "tonight",
    "Wheat land": "Wheatland",
    "Road kill": "Roadkill",
    "and re used": "and re-used",
    "Kraftwerkagainst": "Kraftwerk against",
    "drug-pre-exposure": "drug pre-exposure",
    'blue whale" but': "blue whale, but",
    '"Lyin" Ted - Cruz': '"Lyin\' Ted" Cruz',
    'DONALD TRUMP" SPEECH': "DONALD TRUMP'S SPEECH",
    'battle motherf" ers': "battle motherf***ers",
    "if - ships": "if ships",
    "lit a few balls": "hit a few balls",
    'Spies"in': 'Spies" in',
    'to"avoid': 'to "avoid',
    'Nazis"and': 'Nazis" and',
    "great work as We're done": "great work as we've done",
    '"Keepin" it REAL': "\"Keepin' it REAL",
    '"refuse, Explain': '"Refuse, Explain',
}
_FIXED = re.compile(rf"(?<![A-Za-z])(?:{'|'.join(map(re.escape, _READ))})(?![a-z])")
_OUR = re.compile(r"\b([Oo]ur)([A-Za-z][a-z]{2,})\b")
_NO_SPACE = re.compile(
    r"(?<=[a-z]{3})\.(?=[A-Z][a-z]+ [a-z])|(?<=[a-z]),(?=[A-Za-z])|(?<=[a-z])[?;](?=[A-Z]?[a-z]{2,})"
)


def mend_fused(text: str, lexicon: Lexicon) -> tuple[str, int]:
    """The text with a space between such words, and after a stop that lost it."""
    text, fixed = _FIXED.subn(lambda m: _READ[m.group()], text)
    text, stops = _NO_SPACE.subn(r"\g<0> ", text)
    ours = 0

    def our(match: re.Match[str]) -> str:
        nonlocal ours
        if lexicon.knows(match.group()) or not lexicon.knows(match.group(2)):
            return match.group()
        ours += 1
        return f"{match.group(1)} {match.group(2)}"

    return _OUR.sub(our, text), fixed + stops + ours
