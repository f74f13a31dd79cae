"""French."""

from faqcli.languages import Language

_FUNCTION_WORDS = """
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
_QUESTION_WORDS = """
    combien comment estce existe lequel pourquoi quid sais sait savoir
    aller alliez allons arrive arrivent arriver devait devez devoir devons devra devrait dois doit doivent faire fais
    faisons fait faite faites faits fasse faudra faudrait faut font peut peuvent peux possible possibles pourra pourrai
    pourraient pourrais pourrait pourrez pourriez pourrions pourrons pouvez pouvoir pouvons puisse souhaite souhaitent
    souhaiter souhaiterais souhaiterions souhaitez souhaitons va vais vas veulent veut veux vont voudrais voudrait
    voudrions vouloir voulons
"""
_COURTESY = """
    aide aidez aimable aimablement allo avance besoin bonjour bonsoir cher chere cordialement coucou dire dites excusez
    explique expliquer madame mademoiselle merci messieurs monsieur pardon plait question questions remercie remercions
    renseignement renseignements salut salutations sincerement
"""
_SHORTHAND = "bjr bsr cad cdlt cdt cmt dc ds jms kel mm mme mr ns pcq pk pls pr qd qq rep stp svp tjrs tjs tt vs"

LANGUAGE = Language(
    code="fr",
    name="français",
    stemmer="french",
    stop_words=frozenset(f"{_FUNCTION_WORDS} {_QUESTION_WORDS} {_COURTESY} {_SHORTHAND}".split()),
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
    quotation_marks=("«\xa0", "\xa0»"),
    decimal_separator=",",
    percent_format="{number}\u202f%",
    reply_subject="{reference}\xa0: {question}",
    reply_template=("Bonjour,\n\n{answer}\n\nRéférence\xa0: {reference}\n\nCordialement,\n{signature}"),
    reference="{title}, n° {number}",
    reference_separator="\u202f; ",
)
