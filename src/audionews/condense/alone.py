"""Does a sentence stand alone? What refers to words that were not said leaves the listener in the air."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

NUMERAL = r"(?:deux|trois|quatre|cinq|six|sept|huit|neuf|dix|quelques|autres?|mêmes?|\d+)"
BEFORE_NOUN = re.compile(
    rf"(?:{NUMERAL}|nouve(?:l|lle|au|aux|lles)|grande?s?|petite?s?|premi(?:er|ère)s?|seconde?s?|"
    rf"première?s?|belles?|beaux?|"
    r"vaste|important(?:e|s|es)?|bonne?s?|mauvaise?s?|longue?s?|jeunes?|ancien(?:ne|s|nes)?|double|triple|"
    r"haute?s?|énième|"
    r"fameu(?:x|se|ses)|simples?|vieux|vieille|vieil|très|si)$"
)
TIME = (
    rf"(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|\d|1er|jour\b|matin|soir|soirée|nuit|"
    rf"après-midi|midi|week-end|"
    rf"semaine|mois|année|an\b|été|hiver|automne|printemps|siècle|trimestre|semestre|heure|période|époque|"
    rf"fois|(?:{NUMERAL} )?derni(?:ers|ères) "
    rf"(?:jours|mois|années|semaines|temps|heures)|{NUMERAL} (?:derniers|dernières|prochains|prochaines)|"
    rf"janvier|février|mars|"
    rf"avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre|temps-ci|jours-ci)"
)
DEMONSTRATIVE = re.compile(
    rf"\b(?:ce|cet|cette|ces) (?!{TIME}|qu[ie’]|que\b|dont\b|à quoi|n’|sont\b|ne\b|fut\b|"
    rf"sera)([\w’-]+(?: [\w’-]+){{0,2}})",
    re.IGNORECASE,
)
# Anywhere in a sentence these point to what was said before it.
POINTER = re.compile(
    r"\b(?:celui|celle|ceux|celles)-(?:ci|là)\b|\bce(?:tte|s)? derni(?:ers?|ères?)\b(?! (?:jours|mois|"
    r"années|semaines|temps|heures))|"
    r"\b(?:le|la|les|du|au|aux|des) même(?:s)?(?: [a-zà-ÿ]+)? (?:source|sources|communiqué|document|jour|"
    r"endroit|rapport)\b|"
    r"\b(?:l’intéressée?|les intéressée?s|ledit|ladite|lesdite?s|susvisée?s?|susmentionnée?s?|précitée?s?)\b|"
    r"^(?:selon|d’après|pour|chez|avec|à|contre|sans) (?:lui|elle|eux|elles)\b(?!-même)",
    re.IGNORECASE,
)
# Outside quotation marks these name a speaker only by a pronoun.
SPEAKER = re.compile(
    r"\b(?:selon|d’après) (?:lui|elle|eux|elles)\b(?!-même)|-(?:t-| t-)?(?:il|elle|ils|elles)\b(?! (?:y a|faut))",
    re.IGNORECASE,
)
OPENER = re.compile(
    r"(?:c’|s’y |n’en |d’où |en (?:témoignent?|est|sont|voici|voilà|résulte|découle|font? partie) )|"
    r"(?:il|ils|elles?|on|lui|eux|son|sa|ses|leurs?|y|ce|ça|cela|ceci|celui|celle|ceux|celles|là|ici|"
    r"et|mais|or|car|donc|ainsi|aussi|puis|ensuite|enfin|également|cependant|toutefois|pourtant|néanmoins|"
    r"par ailleurs|par conséquent|par contre|par la suite|en effet|en outre|en revanche|en conséquence|"
    r"en fait|en clair|"
    r"en marge|en retour|en réponse|en réaction|de plus|de même|de son côté|de leur côté|de ce fait|"
    r"de quoi|d’ailleurs|d’autant|(?:(?:dans|pour|chez|selon) )?d’autres?|d’une part|"
    r"d’autre part|du coup|dès lors|pour (?:sa|leur) part|quant (?:à|au|aux)|à (?:son|leur|sa|ses|"
    r"leurs) (?:tour|arrivée|côté|suite|issue)|"
    r"au (?:total|final|contraire)|malgré (?:tout|cela)|outre (?:cela|ce)|après (?:cela|quoi)|sans oublier|"
    r"l’un|l’une|les uns|d’aucuns|(?:certain|tou|chacun|aucun)(?:e|s|es|te|tes)? (?:ont|sont|étaient|"
    r"avaient|se|a|est|n’)|"
    r"parmi (?:eux|elles)|entre-temps|entretemps|sinon|oui|non|bref|résultat|objectif|à cet|à ce|à cette|à l’inverse|"
    r"autrement dit|autre|autres|un autre|une autre|le premier|la première|le second|la seconde|les deux|"
    r"plus \w+(?: encore)?,|même|surtout|notamment|seul bémol|une? (?:façon|manière|fois de plus)|l’autre|"
    r"les autres|ce sont|voilà|voici)(?![\w’-])",
    re.IGNORECASE,
)
# "un décès qui…", "de quoi…": a noun phrase that comments what came before.
COMMENT = re.compile(
    r"(?:une?|des) [\w’-]+(?: [\w’-]+)? (?:qui|que|dont|faite?s?|à laquelle|auquel)\b(?![^,]*, )", re.IGNORECASE
)
IMPERSONAL = re.compile(
    r"il (?:n’)?(?:y (?:a|avait|aura)|(?:en )?existe|faut|faudra|faudrait|s’agit (?:d’|de )une? |"
    r"est (?:prévu|interdit|rappelé|possible|probable))",
    re.IGNORECASE,
)
PRONOUN = re.compile(
    r"\b(?:il|elle|ils|elles|son|sa|ses|leurs?)\b(?! (?:y a|y avait|faut|faudra|s’agit|existe|reste|"
    r"convient|importe|pleut|ressort|semble|est (?:prévu|"
    r"possible|interdit|important|nécessaire|question|temps|clair|vrai|difficile|probable)))",
    re.IGNORECASE,
)
FRONTED = re.compile(
    r"(?:à|au|aux|après|avant|avec|contre|dans|de|depuis|dès|devant|durant|en|entre|face|faute|grâce|hors|jusqu’à|"
    r"lors|malgré|outre|par|parmi|pendant|pour|près|quant|sans|selon|sous|sur|vers|comme|"
    r"[A-ZÉÈ][a-zà-ÿ]+(?:ée?s?|ie?s?|ue?s?|ant|ite?s?))\b",
    re.IGNORECASE,
)
_EVENT = (
    "annonce information nouvelle ceremonie rencontre reunion session seance visite initiative evenement "
    "manifestation operation activite atelier formation conference decision mesure projet campagne drame accident "
    "incident fait scene echange debat travail victime suspect document texte accord match joueur joueuse acteur "
    "actrice chanteur chanteuse capitaine entraineur attaquant defenseur gardien rapport communique bilan "
    "tendance resultat mission delegation programme procedure ouvrage convention signature journee festival forum "
    "concours competition tournoi edition lancement ecrivain auteur artiste comedien comedienne jeune homme femme "
    "mere pere fille fils couple enfant adolescent ministre depute maire responsable specialiste expert "
    "participant invite interprete animateur animatrice candidat candidate vehicule conducteur equipe groupe "
    "societe structure association organisation entreprise montant phenomene situation affaire polemique enquete "
    "objectif but somme proposition idee demande reponse reaction message film serie quotidien locataire "
    "interessee star humoriste presentateur presentatrice chroniqueur journaliste patron patronne"
)
EVENT = frozenset(_EVENT.split())
VERB = (
    r"(?:a|ont|avait|avaient|aura|auront|aurait|est|sont|était|étaient|sera|seront|serait|fut|s’est|se sont|s’était|"
    r"n’a|n’ont|n’est|ne|se|vise|visait|visent|intervient|concerne|porte|prévoit|comprend|consiste|doit|"
    r"devrait|va|vont|peut|"
    r"permet|permettra|souligne|indique|explique|précise|ajoute|affirme|assure|estime|rappelle|poursuit|"
    r"raconte|confie|dit)"
)
BARE = re.compile(
    rf"(?:(?:l’|le |la |les )(?:[\w-]+ ){{1,4}}(?:du |de la |de l’|des ))?(?:l’|le |la |les |"
    rf")(?P<noun>[\w-]+)(?: (?:{NUMERAL}))? (?:(?:lui|elle)-même |y |en |l’|lui |leur )*{VERB}\b",
    re.IGNORECASE,
)
ADDED = re.compile(
    r"(?:[\w’-]+,? ){1,10}?(?:également|ensuite|à (?:son|leur) tour|en outre|par ailleurs|quant à|"
    r"pour (?:sa|leur) part|"
    r"de (?:son|leur) côté|cependant|toutefois|en effet|d’ailleurs|donc)\b(?! (?:que|bien|long|grande?)\b)",
    re.IGNORECASE,
)
TITLED = re.compile(r"(?:M\.|MM\.|Mme|Mlle|Me|Dr|Pr|Monsieur|Madame)\s(?P<name>[A-ZÀ-Ý][\w’-]+)(?![\w’-]|\s[A-ZÀ-Ý])")
GIVEN = re.compile(
    r"(?:Abdoulaye|Adama|Aïcha|Aïssata|Alassane|Ali|Alou|Amadou|Aminata|Awa|Bakary|Bintou|Boubacar|Cheick|"
    r"Drissa|Fanta|"
    r"Fatou|Fatoumata|Hawa|Ibrahim|Ibrahima|Idrissa|Issa|Kadiatou|Mahamadou|Mamadou|Mariam|Modibo|Mohamed|"
    r"Moussa|Oumar|Oumou|"
    r"Ousmane|Rokia|Salif|Seydou|Souleymane|Youssouf|Antoine|Camille|Catherine|Claire|David|Emma|Éric|"
    r"François|Jean|Julie|"
    r"Julien|Laura|Léa|Louis|Lucas|Marie|Michel|Nathalie|Nicolas|Paul|Philippe|Pierre|Sophie|Thomas)"
    rf"\s{VERB}\b"
)
# A sentence cannot end on one of these: it was cut.
CUT_END = re.compile(
    r"[a-zà-ÿ]|les?|la|une?|des|du|de|aux?|et|ou|dans|par|pour|sur|avec|que|qui|dont|cet?|cette|ces|son|"
    r"sa|ses|leurs?|se|ne"
)
QUOTATION = re.compile(r"«[^»]*»|“[^”]*”|\"[^\"]*\"")
OPENS_QUOTED = re.compile(r"[«“\"‘—–•-]")


def is_whole(sentence: str) -> bool:
    """Tell whether a sentence is complete: it begins, ends, and closes what it opens.

    Args:
        sentence: as printed, typography repaired.

    Returns:
        False for what was cut, ends without a mark, or has a quotation mark or bracket without its fellow.
    """
    text = sentence.strip()
    if not re.search(r"[.!?…][\s»”\"’)]*$", text) or re.search(r"(?:\.\.|…|\s\.)[\s»”\"]*$|…\s?»?\.?$", text):
        return False
    if any(text.count(left) != text.count(right) for left, right in ("«»", "“”", "()", "[]")) or text.count('"') % 2:
        return False
    if text.find("»") < text.find("«") and "»" in text:
        return False
    first, last = re.search(r"\w", text), re.search(r"([\w/-]+)\W*$", text)
    if not first or not last or CUT_END.fullmatch(last[1]):
        return False
    return text[first.start()].isupper() or text[first.start()].isdigit()


def stands_alone(sentence: str, before: tuple[str, ...] = ()) -> bool:
    """Tell whether a sentence can be understood after these sentences, with nothing else said.

    Args:
        sentence: as printed, typography repaired.
        before: the sentences said before it in the same story.

    Returns:
        False when it opens on a pronoun or a link word, begins inside a quotation, is cut, or names "cette
        rencontre", "la cérémonie", "M. Diallo" that `before` has not named (radio-writing, rule S15).
    """
    text = " ".join(sentence.split())
    return is_whole(text) and not _leans(text, first=not before) and _unnamed(text) <= nouns(before)


def _leans(text: str, first: bool) -> bool:
    """Tell whether a sentence leans on the one before it, whatever that one says."""
    if OPENER.match(text) and not IMPERSONAL.match(text):
        return True
    return bool(
        OPENS_QUOTED.match(text)
        or COMMENT.match(text)
        or POINTER.search(text)
        or SPEAKER.search(without_quotations(text))
        or _has_free_pronoun(text)
        or (first and ADDED.match(text))
    )


def _unnamed(text: str) -> frozenset[str]:
    """Give the nouns a sentence speaks of as known ("cette rencontre", "la cérémonie a…", "M. Diallo")."""
    found = {_demonstrated(one, text) for one in DEMONSTRATIVE.finditer(text)}
    bare, titled, given = BARE.match(text), TITLED.match(text), GIVEN.match(text)
    if bare and _stem(bare["noun"]) in EVENT:
        found.add(_stem(bare["noun"]))
    if titled:
        found.add(_stem(titled["name"]))
    if given:
        found.add(_stem(given[0].split()[0]))
    return frozenset(found - {""})


def _demonstrated(found: re.Match[str], text: str) -> str:
    """Give the noun after a demonstrative, "" when the sentence itself named it before."""
    words = found[1].split()
    while len(words) > 1 and BEFORE_NOUN.match(words[0].lower()):
        words.pop(0)
    noun = _stem(words[0].split("’")[-1])
    return "" if noun in nouns([text[: found.start()]]) else noun


def without_quotations(sentence: str) -> str:
    """Give what a sentence says outside quotation marks."""
    return QUOTATION.sub(" ", sentence)


def nouns(sentences: Iterable[str]) -> frozenset[str]:
    """Give the words of sentences, folded, singular."""
    return frozenset(_stem(word) for sentence in sentences for word in re.findall(r"[\w-]+", sentence))


def _has_free_pronoun(text: str) -> bool:
    """Tell whether the subject is a pronoun after a fronted group: "Arrivé à Bamako, il a rencontré…"."""
    for pronoun in PRONOUN.finditer(text):
        ahead = text[: pronoun.start()].rstrip()
        if ahead.endswith(",") and FRONTED.match(ahead) and ahead.count(",") == 1:
            return True
    return False


def _stem(word: str) -> str:
    folded = unicodedata.normalize("NFD", word.lower().replace("œ", "oe"))
    plain = "".join(letter for letter in folded if not unicodedata.combining(letter))
    return re.sub(r"(?:aux$)", "al", plain) if len(plain) > 5 and plain.endswith("aux") else plain.rstrip("sx") or plain
