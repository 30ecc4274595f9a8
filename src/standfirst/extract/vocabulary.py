"""Words by which pages name their parts (classes, ids, test ids), in groups of one meaning, in many languages.

A word is here because several publishers use it in that sense; none names a publisher. A group is one bit, so that what
an element and all elements around it are called is a union of integers.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

GROUPS: dict[str, str] = {
    "standfirst": "standfirst standfirsts dek deck subtitle subtitles subtit subtitulo subtitre subhead subheadline "
    "subheading subhed subdeck lead lede leadtext intro introduction introtext chapo chapeau vorspann "
    "sumario entradilla bajada ingress spot sottotitolo manchet preamble strapline untertitel unterzeile "
    "anons leadin epigraph epigrafe excerpt",
    "summary": "teaser abstract summary sommaire sommario excerpt tagline blurb synopsis teasertext description desc "
    "descp descr snippet announcement",
    "headline": "headline headlines title titre titulo titular titolo heading hed uberschrift headlinetext h1 rubrik",
    "body": "body articlebody storybody bodytext articletext articlecontent storycontent content text entry "
    "paragraph paragraphs prose richtext rte copy post story wysiwyg bodycopy p par texto contenido "
    "corps fulltext maintext bodycontent textblock",
    "article": "article main artikel articulo articolo news detail single",
    "caption": "caption captions figcaption figure image images img photo photos picture pictures gallery bild "
    "bildunterschrift foto fotos legende legend credit credits copyright slideshow slide carousel rights "
    "illustration lightbox thumbnail thumb imagecaption bildtext",
    "video": "video videos player audio podcast media jwplayer brightcove youtube listen",
    "byline": "byline bylines author authors autor autoren auteur auteurs writer writers contributor contributors "
    "bio biography avatar profile reporter journalist credits autore signature firma meta metadata info "
    "byl",
    "date": "date dates time timestamp published publish pubdate updated datetime fecha datum publication "
    "dateline lastmodified modified readtime",
    "related": "related recommend recommended recommendation recommendations more also readmore further next "
    "previous prev trending popular most mostread list links outbrain taboola recirc recirculation "
    "similar latest verwandte themen relacionados relacionadas correlati readalso read linkbox teasers "
    "feed river cards card bottom mehr zum thema embedded inline crosslink inlinelink relatedlinks series",
    "signup": "newsletter newsletters subscribe subscription subscriptions signup login register registration offer "
    "donate donation support cta abo account form appeal alerts",
    "paywall": "paywall piano regwall membership member barrier premium subscriber subscribers metered locked",
    "social": "share sharing social facebook twitter tweet embed instagram follow socials whatsapp bookmark tools "
    "tool toolbar actions button buttons btn",
    "ad": "ad ads advert adverts advertisement advertising sponsor sponsored banner commercial werbung anzeige "
    "publicidad adslot dfp partner affiliate shop product products deal price",
    "promo": "promo promotion promos promobox teaserbox offers housead",
    "comments": "comment comments disqus discussion reply replies kommentar kommentare comentarios coral opinary "
    "poll survey quiz vote",
    "nav": "nav navigation menu breadcrumb breadcrumbs header footer topbar masthead tabs sidebar rail navbar "
    "foot bottomnav skip secondary complementary contentinfo search pagination",
    "tags": "tag tags topic topics keyword keywords category categories section label labels kicker eyebrow "
    "overline rubric dachzeile topline roofline channel badge flag pretitle supertitle spitzmarke "
    "location",
    "consent": "cookie cookies consent gdpr privacy modal popup overlay dialog onetrust alert notice toast "
    "notification message disclaimer",
    "hidden": "hidden hide visually screenreader invisible offscreen print printonly sronly sr mobile "
    "visuallyhidden tooltip placeholder",
    "quote": "quote pullquote blockquote zitat quotes pull citation",
    "box": "box aside callout inset module widget interstitial sidenote insert background inarticle timeline chart "
    "table tableau graphic",
    "note": "correction corrections note notes editor editors footnote footnotes endnote update updates source "
    "sources disclosure trust tip contact",
    "points": "highlights keypoints takeaways bullets tldr points key summarylist ataglance bulletpoints bullet",
    "live": "live liveblog ticker livestory",
    "control": "item items link icon icons logo tab toggle submenu dropdown user logged counter count sticky hover "
    "input checkbox field bar sub subnav site home sign close email app legal policy terms weather "
    "swiper slider",
    "facts": "infobox factbox fact facts infokasten faktenkasten fakten faktabox faktaruta faktaboks faktaboksi "
    "explainer encadre recuadro despiece scheda riquadro kader ramka",
    "crosshead": "crosshead crossheading zwischentitel interline intertitre ladillo mellemrubrik subheader",
    "slides": "slideshow diaporama diapo diapos fotostrecke bildergalerie lightbox",
}
NAMES = tuple(GROUPS)
BIT: dict[str, int] = {name: 1 << i for i, name in enumerate(NAMES)}
_OF_WORD: dict[str, int] = {}
for _name, _words in GROUPS.items():
    for _word in _words.split():
        _OF_WORD[_word] = _OF_WORD.get(_word, 0) | BIT[_name]
_PART = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|[a-z]?[1-6]\b")
_LONG = 400  # characters of names that are read: machine-made class lists of thousands say no more than their start


def parts(names: str) -> list[str]:
    """The words of class names and ids, split at punctuation, digits and capitals, in lower case.

    >>> parts("article-body__Paragraph mainText")
    ['article', 'body', 'paragraph', 'main', 'text']
    """
    return [part.lower() for part in _PART.findall(names[:_LONG])]


def groups(names: str) -> int:
    """The groups, as bits, of the words in class names and ids; neighbours are read as one word too.

    >>> groups("articleBody") & BIT["body"] > 0, groups("sub-title") & BIT["standfirst"] > 0
    (True, True)
    """
    found = parts(names)
    bits = 0
    for word in found:
        bits |= _OF_WORD.get(word, 0)
    for pair in pairwise(found):
        bits |= _OF_WORD.get("".join(pair), 0)
    return bits


@lru_cache(maxsize=20_000)
def meaning(names: str) -> tuple[str, int]:
    """The names without a number at their end, and their groups."""
    return names.rstrip("0123456789"), groups(names)
