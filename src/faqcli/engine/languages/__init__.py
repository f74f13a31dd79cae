"""What the search knows of a language: the words that carry no meaning, and the name of its stemmer."""

from __future__ import annotations

from typing import NamedTuple


class Language(NamedTuple):
    """A language as the search sees it; all words are folded (no case, no accents)."""

    stemmer: str  # the Snowball algorithm
    stop_words: frozenset[str]  # function words, question words and politeness: every query has them
    elisions: frozenset[str]  # dropped before an apostrophe only
    determiners: frozenset[str]  # after one of these comes a noun: "les DE", never the preposition
    closings: tuple[str, ...]  # the first words of the end of an e-mail: what follows is a signature


_FRENCH_FUNCTION_WORDS = """
    a ai aie aient as au aucun aucune aura auraient aurait auront aussi autre autres aux avaient avais avait avec
    avez avoir avons ayant c ca car ce ceci cela celle celles celui ces cest cet cette ceux chaque chez ci comme d
    dans de deja depuis des donc dont du elle elles en encore entre es est et etaient etais etait etant ete etes
    etre eu eux fut hors il ils j jai je jusqu l la laquelle le lequel les lesquelles lesquels leur leurs lors
    lorsqu lorsque lui m ma mais me meme memes mes moi moins mon n ne ni nos notre notres nous on ont or ou par
    parce pas pendant peu plus plutot pour puis puisqu puisque qu quand que quel quelle quelles quelqu quelque
    quelques quels qui quoi quoique s sa sans se sera serai seraient serait seront ses si sien soient sois soit
    sommes son sont sous suis sur t ta tandis tant te telle telles tels tes toi ton tous tout toute toutes tres
    trop tu un une vers voici voila vos votre votres vous y alors ainsi assez bien ici jamais rien toujours aujourd
    hier demain hui maintenant
"""
_FRENCH_QUESTION_WORDS = """
    combien comment estce existe lequel pourquoi quid sais sait savoir
    aller alliez allons arrive arrivent arriver devait devez devoir devons devra devrait dois doit doivent faire fais
    faisons fait faite faites faits fasse faudra faudrait faut font peut peuvent peux possible possibles pourra pourrai
    pourraient pourrais pourrait pourrez pourriez pourrions pourrons pouvez pouvoir pouvons puisse souhaite souhaitent
    souhaiter souhaiterais souhaiterions souhaitez souhaitons va vais vas veulent veut veux vont voudrais voudrait
    voudrions vouloir voulons
"""
_FRENCH_COURTESY = """
    aide aidez aimable aimablement allo avance besoin bonjour bonsoir cher chere cordialement coucou dire dites excusez
    explique expliquer madame mademoiselle merci messieurs monsieur pardon plait question questions remercie remercions
    renseignement renseignements salut salutations sincerement
"""
_FRENCH_SHORTHAND = "bjr bsr cad cdlt cdt cmt dc ds jms kel mm mme mr ns pcq pk pls pr qd qq rep stp svp tjrs tjs tt vs"

_FRENCH = Language(
    stemmer="french",
    stop_words=frozenset(
        f"{_FRENCH_FUNCTION_WORDS} {_FRENCH_QUESTION_WORDS} {_FRENCH_COURTESY} {_FRENCH_SHORTHAND}".split()
    ),
    elisions=frozenset("c d j jusqu l lorsqu m n puisqu qu quelqu quoiqu s t".split()),
    determiners=frozenset("aux ce ces chaque des du le les leur leurs mes mon nos notre plusieurs votre vos".split()),
    closings=(
        "cordialement",
        "bien cordialement",
        "bien a vous",
        "cdt",
        "cdlt",
        "salutations",
        "sinceres",
        "merci d avance",
        "merci par avance",
        "bonne journee",
        "bonne reception",
    ),
)

_ENGLISH = Language(
    stemmer="english",
    stop_words=frozenset(
        """
        a about am an and any are as at be because been being but by can could d did do does doing done for from get
        give had has have having he her hers him his how i if in into is it its just ll m me mine my of on or our ours
        please re s shall she should so some such t than thank thanks that the their theirs them then there these they
        this those to too us ve very was we were what when where whether which who whom whose why will with would you
        your yours hello hi dear hey sir madam regards tell know need want like
        """.split()
    ),
    elisions=frozenset(),
    determiners=frozenset("an every her his its my our the their these this those your".split()),
    closings=("best regards", "kind regards", "regards", "sincerely", "yours", "thanks", "cheers"),
)

_LANGUAGES = {"fr": _FRENCH, "en": _ENGLISH}


def language(code: str) -> Language:
    """The language of an ISO 639-1 code; one that is not known here is searched as French."""
    return _LANGUAGES.get(code[:2].lower(), _FRENCH)
