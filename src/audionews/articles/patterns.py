"""What single lines of a press page look like: signatures, furniture of the page, cut excerpts."""

from __future__ import annotations

import re
from enum import IntEnum

UPPER = "A-ZÀÂÄÇÉÈÊËÎÏÔÖÙÛÜŸŒÆ"
LOWER = "a-zàâäáãçéèêëîïíñôöóùûüúÿœæ"
FIRST = rf"(?:[{UPPER}]['’])?[{UPPER}][{LOWER}]+(?:[-’'][{UPPER}]?[{LOWER}]+)*"  # Souleymane, Jean-Pierre, N’Golo
INITIAL = rf"[{UPPER}]{{1,2}}[{LOWER}]?\."  # S., Ch., A. M.
PARTICLE = r"(?:Ag|ag|Ould|ould|Mint|Wallet|Ben|ben|El|el|Al|al|de|du|dit|dite|d[’'])"
CAPITALS = rf"[{UPPER}]+(?:[-’'][{UPPER}]+)*"
SURNAME = rf"(?=[{UPPER}’'-]{{2}}){CAPITALS}"
NAME = rf"(?:(?:{FIRST}|{INITIAL}|{PARTICLE})[ ]?){{1,6}}(?<=[ .’']){SURNAME}(?: (?:{SURNAME}|{PARTICLE}))*"
SOFT_NAME = rf"(?:{FIRST}|{INITIAL})(?: (?:{FIRST}|{PARTICLE}|{INITIAL})){{0,3}} {FIRST}"
CAPITAL_NAME = rf"{SURNAME}(?: {SURNAME}){{1,3}}"
INITIALS = rf"(?:[{UPPER}]{{1,2}}\.[ ]?){{2,4}}|[{UPPER}]{{2,3}}(?:/[{UPPER}]{{2,3}})+"
AGENCY = (
    r"(?:Avec |Source[ ]?: ?)?\(?(?:AMAP|Amap|AFP|APS|APA|ANP|AIB|AGP|AIP|APANEWS|PANA|Reuters|REUTERS|Xinhua|XINHUA|"
    r"AP|EFE|DPA|ANSA|MAP|TASS|Belga|ATS|Africanews|RFI|BBC|DW)"
    r"(?:[ ]?[-–/][ ]?[\wÀ-ÿ’'-]+(?: [\wÀ-ÿ’'-]+)?)?\)?"
)
ROLE = (
    r"(?:(?:notre |nos |votre )?(?:envoyée?s? spécia(?:le?s?|ux)|correspondante?s?|stagiaires?|journalistes?|"
    r"pigistes?|chargée? de communication|source|synthèse|traduction|texte)\b[^.]{0,60})"
)
TAIL = rf"(?:[ ]?[,(/–—-][ ]?(?:{AGENCY}|{ROLE}|[{UPPER}][\w’'-]+(?: [\w’'-]+){{0,3}})\)?)?"
PREFIX = (
    r"(?:par|propos recueillis(?: et traduits)? par|réalisée? par|rédigée? par|écrit par|texte(?: de)?|"
    r"textes?(?: et photos?)? ?:|synthèse(?: de| par)?|auteure?s?|dossier réalisé par|une enquête de|un reportage de|"
    r"correspondance (?:particulière )?de|(?:de|par) (?:notre|nos) (?:envoyée?s? spécia(?:le?s?|ux)|correspondante?s?)"
    r"(?: à [\w’'-]+)?,?)"
)
JOIN = r"(?:,| et| &| /| avec)"
PERSON = rf"(?:{NAME}|{SOFT_NAME}|{CAPITAL_NAME}|{INITIALS})"
STRONG = re.compile(rf"(?:{NAME})(?:{JOIN} (?:{NAME})){{0,2}}{TAIL}[ .]*")
SIGNED = re.compile(rf"(?i:{PREFIX})[ ]?:?[ ]?{PERSON}(?:{JOIN} {PERSON}){{0,2}}{TAIL}[ .]*")
# "Par Awa SISSOKO, 6 juin 2025"; a date alone stays what it is.
DATED_END = re.compile(
    r"(?<=\w)\s*[,–—|-]\s*(?:le )?(?:\d{1,2}(?:er)?\s+[a-zéû]{3,9}\s+\d{4}|\d{1,2}/\d{1,2}/\d{2,4})\.?$", re.IGNORECASE
)
DESK = re.compile(r"(?i:(?:par |source : )?(?:la |notre )?rédaction\b(?![^.]*\b(?:a|ont|est|sont)\b).{0,50})")
WEAK = re.compile(rf"(?:{SOFT_NAME}|{CAPITAL_NAME}|{INITIALS}|{AGENCY}|(?:{SOFT_NAME}|{INITIALS}){TAIL})[ .]*")
BYLINE_ROLE = re.compile(rf"(?i:{ROLE})")

SOCIAL = (
    r"(?:facebook|twitter|x|whatsapp|telegram|linkedin|instagram|youtube|tiktok|e-?mail|messenger|imprimer|"
    r"copier le lien)"
)
MONTH = r"(?:janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre)"
WEEKDAY = r"(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)"
# A reason, then the beginnings that give it.
FURNITURE: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "renvoi à d’autres articles",
        (
            r"(?:(?:à|a) (?:lire|voir|écouter|découvrir)|lire|voir|lisez|lis) (?:aussi|également|encore|"
            r"la suite|plus)\b",
            r"(?:voir plus|lire plus|en savoir plus|cliquez ici|suite (?:page|en page)|plus d[’']infos?|"
            r"lire l[’']article)\b",
            r"articles? (?:similaires?|liés?|connexes?|récents?|recommandés?|précédents?|suivants?)",
            r"(?:dans la même (?:rubrique|catégorie)|sur le même (?:sujet|thème)|vous aimerez|à découvrir)",
            r"(?:(?:les )?plus lus?\b|à la une$|les dernières (?:actus|actualités|infos))",
        ),
    ),
    (
        "boutons de partage",
        (
            r"(?:partage[rz]?|tweeter|suivez|rejoignez|retrouvez)[- ]?(?:-?nous|cet article|cette page|sur|:|$)",
            rf"(?:partages?$|(?:{SOCIAL}[\s|,•·/-]*){{1,9}}$)",
        ),
    ),
    (
        "mention de droits",
        (r"(?:©|\(c\)|copyright\b|reproduction (?:interdite|totale)|.{0,60}tous droits réservés)",),
    ),
    (
        "crédit de photo",
        (
            r"\(?(?:crédits?[ -])?(?:photos?|ph|images?|illustrations?|visuels?|vidéo|"
            r"infographie)[ ]?\.?[ ]?(?::|©|\()",
            r"(?:crédits?[ ]?:|\(?d\.?r\.?\)?\.?$|photo d[’'](?:archives?|illustration)|photo dr\b)",
        ),
    ),
    (
        "abonnement ou lettre d’information",
        (
            r"(?:abonne[rz]|s[’']abonner|inscri(?:vez|re)|recevez|téléchargez|s[’']inscrire|"
            r"je m[’']abonne|déjà abonné)\b",
            r"(?:identifiez|connectez|se connecter|cet article est réservé|il vous reste)\b",
            r"(?:(?:notre |la )?newsletter|lettre d[’']information|notre application)\b",
        ),
    ),
    (
        "publicité",
        (
            r"(?:publicités?|publi-?(?:reportage|rédactionnel)|annonces?|advertisement|pub)[ :.]*$",
            r"(?:contenu )?(?:sponsorisé|partenaire)[ :.]*$",
        ),
    ),
    (
        "zone de commentaires",
        (
            r"(?:laisse[rz] un commentaire|votre adresse (?:e-?mail|de messagerie)|réagir|soyez le premier)",
            r"(?:commentaires?(?: \(?\d+\)?)?[ :]*$|\d+ commentaires?|aucun commentaire)",
        ),
    ),
    (
        "mention du site",
        (
            r"(?:ce site utilise|nous utilisons des cookies|accepter|gérer mes cookies)",
            r"(?:politique de confidentialité|mentions légales|conditions générales)",
        ),
    ),
    (
        "mots clés",
        (r"(?:mots?[- ]clés?|tags?|étiquettes?|catégories?|rubriques?|thèmes?|classé(?: dans)?|sujets?)[ ]?:",),
    ),
    (
        "date ou durée de lecture",
        (
            r"(?:publiée?|mise? à jour|modifiée?|posté|mis en ligne) (?:le|par|à|il y a|:)",
            r"(?:dernière mise à jour|temps de lecture|lecture[ ]?:|\d+ min(?:utes)? de lecture)",
            r"il y a \d+ (?:heures?|jours?|minutes?)$",
            rf"{WEEKDAY}?,?\s*(?:le )?\d{{1,2}}(?:er)?[ /.-](?:\d{{1,2}}|{MONTH})[ /.-]\d{{4}}"
            r"[ ,à-]*(?:\d{1,2}\s?[h:]\s?\d{0,2})?\.?$",
        ),
    ),
    ("fil d’Ariane", (r"(?:(?:accueil|home)[ ]?(?:[>›»|].*)?$|[^.«]{0,40} [>›] [^.]{0,60}$)",)),
    ("adresse", (r"(?:https?://|www\.)\S+$|\S+@\S+\.\w{2,}$", r"(?:contact|tél|téléphone|e-?mail|courriel)[ ]?[.:]")),
    ("signes sans un mot", (r"[^\w]*$",)),
)
BOILERPLATE = tuple(
    (re.compile("|".join(f"(?:{one})" for one in beginnings), re.IGNORECASE), reason)
    for reason, beginnings in FURNITURE
)
# These words open a list of other articles: nothing after them belongs to this one.
LIST_OPENER = re.compile(
    r"(?:(?:à|a) (?:lire|voir) (?:aussi|également)|lire (?:aussi|également)|articles? (?:similaires?|"
    r"liés?|connexes?|récents?|"
    r"recommandés?)|dans la même (?:rubrique|catégorie)|sur le même (?:sujet|thème)|(?:les )?plus lus|vous aimerez.*|"
    r"les dernières (?:actus|actualités|infos)|commentaires?(?: \(?\d+\)?)?|laisse[rz] un commentaire)[ :.]*",
    re.IGNORECASE,
)
# A sentence cannot end on one of these: the line was cut.
_HANGING = (
    "le la les l un une des du de d à a au aux en dans sur sous par pour avec sans vers chez entre et ou "
    "mais que qu qui "
    "dont où ce cet cette ces son sa ses leur leurs mon notre nos votre se s ne n est sont ont été être "
    "très plus afin "
    "ainsi comme si lors selon contre depuis pendant environ notamment y quelque quelques chaque"
)
HANGING = frozenset(_HANGING.split())
FINAL = re.compile(r"[.!?…][\s\u00a0\u202f]*[»\"”’')\]]*$")
WHOLE_END = re.compile(r"\b(?:n[’']\S+|ne \S+|de|en|non) plus\.$|\bêtre\.$|[»\"”]\.?$", re.IGNORECASE)
CAPTION = re.compile(
    r"(?:une |la )?vue (?:d|partielle|aérienne|générale)|photo de famille|de (?:gauche|droite) à|"
    r"au (?:centre|premier plan),|"
    r"(?:sur|dans) cette (?:photo|image)|\(photo",
    re.IGNORECASE,
)
CONTINUES = re.compile(
    r"(?!il (?:n[’'])?(?:y a|faut|est|s[’']agit|ressort|existe|reste)|c(?:e|et|ette|es) (?:lundi|mardi|"
    r"mercredi|jeudi|vendredi|samedi|"
    r"dimanche|\d|matin|soir|après|été|mois|année|semaine|week|derniers jours))"
    r"(?:il|elle|ils|elles|on|ce|cet|cette|ces|celui-ci|celle-ci|ceux-ci|celles-ci|son|sa|ses|leurs?|lui|"
    r"selon (?:lui|elle|eux|elles)|"
    r"d[’']après (?:lui|elle)|par ailleurs|de son côté|pour (?:sa|leur) part|en outre|de plus|cependant|"
    r"toutefois|ainsi|"
    r"enfin|ensuite|puis|mais|or|car|aussi|également|en effet|quant (?:à|au)|d[’']autre part|à cet|à ce|"
    r"c[’']est)(?![\w’'-])",
    re.IGNORECASE,
)
EXCERPT = range(270, 301)  # characters: where sites cut the excerpt of another article


class Signature(IntEnum):
    """How sure it is that a line is a signature."""

    NONE = 0
    WEAK = 1
    STRONG = 2


def signature(line: str) -> Signature:
    """Tell whether a line, alone, signs an article ("Souleymane SIDIBE", "La Rédaction", "Par X", "(Amap)")."""
    text = DATED_END.sub("", " ".join(line.split()))
    if len(text.split()) > 12 or len(text) > 110 or furniture(text):
        return Signature.NONE
    if STRONG.fullmatch(text) or SIGNED.fullmatch(text) or DESK.fullmatch(text):
        return Signature.STRONG
    if WEAK.fullmatch(text) or BYLINE_ROLE.fullmatch(text):
        return Signature.WEAK
    return Signature.NONE


def furniture(line: str) -> str:
    """Give the French reason why a line is furniture of the page, "" when it is not."""
    text = " ".join(line.split())
    if len(text) > 220:
        return ""
    return next((reason for pattern, reason in BOILERPLATE if pattern.match(text)), "")


def is_final(line: str) -> bool:
    """Tell whether a line ends as a sentence does."""
    return bool(FINAL.search(line))


def cut_marks(line: str) -> int:
    """Count the marks of an excerpt cut by a site: 0 none, 1 a doubt, 2 and more quite sure."""
    text = line.rstrip()
    words = text.rstrip(" .…").replace("’", " ").replace("'", " ").split()
    last = words[-1].lower() if words else ""
    marks = 2 * (last in HANGING and not WHOLE_END.search(text))
    marks += 2 * bool(re.search(r"\s\.$", text))
    marks += bool(re.search(r"(?<!\.)\.\.$", text))
    marks += bool(re.search(r"(?:\.\.\.|…|\[…\]|\[\.\.\.\])$", text))
    marks += not (is_final(text) or text.endswith(("»", "”", '"')))
    marks += len(text) in EXCERPT
    return marks


def opens_in_the_air(line: str) -> bool:
    """Tell whether a line goes on from the one before it, which an excerpt of another article never does."""
    return bool(CONTINUES.match(line))
