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

_CUES = """
    qui lequel laquelle lesquels lesquelles
    quoi que qu quid
    quel quelle quels quelles
    quand
    ou
    comment
    combien
    pourquoi
    est
    sans hors
    avec
    pas aucun aucune jamais rien
    plus
    moins
    pendant lors lorsque lorsqu
    pour
    par
    chez
    entre
    depuis
    jusqu
    deja
    encore toujours
    autre autres
    meme memes
    tous tout toute toutes chaque
    peut peux pouvons pouvez peuvent pouvoir possible pourra pourrait
    doit dois devons devez doivent devoir faut faudra
    faire fait fais faites font
    avoir ai a as avons avez ont
"""
# Written from the vocabulary of service desks and shops at large, for FAQs that bring no synonyms of their own.
_NEAR_SYNONYMS = """
    ajouter rajouter creer nouveau inserer
    modifier changer modification changement corriger correction rectifier
    supprimer suppression effacer enlever retirer annuler annulation
    enregistrer sauvegarder
    saisir saisie renseigner remplir completer entrer
    trouver retrouver chercher rechercher recuperer
    voir consulter afficher visualiser visible apparaitre
    envoyer envoi transmettre adresser expedier expedition
    recevoir obtenir reception
    telecharger exporter imprimer
    perdre perdu oublier oublie egare
    acceder acces connecter connexion entrer
    valider validation confirmer confirmation accepter
    refuser refus rejeter
    bloquer bloque empecher
    contacter joindre appeler telephoner contact
    prevenir avertir informer alerter signaler notifier notification
    probleme erreur bug dysfonctionnement panne souci anomalie incident
    delai duree temps attente
    horaire heure
    prix cout tarif montant frais
    payer paiement regler reglement facture
    rembourser remboursement dedommagement indemnite
    mail email courriel mel
    adresse lieu
    telephone portable mobile numero
    ordinateur pc poste
    logiciel outil application plateforme site
    document fichier piece papier formulaire
    attestation certificat justificatif
    identifiant login
    compte profil
    obligatoire necessaire requis exige indispensable
    autorise permis droit
    interdit defendu
    debut commencer demarrer debuter demarrage
    fin terminer finir arreter
    absence absent
    reporter repousser decaler differer
    prolonger prolongation allonger
    remplacer remplacement
    inscrire inscription enregistrement
    choisir choix selectionner
    employeur entreprise patron societe
    employe salarie travailleur
    acheter achat commander commande
    livraison livrer colis
    magasin boutique
    difference distinguer
    rapide rapidement vite
    garder conserver
    utiliser utilisation servir
    fonctionner marcher
    ouvrir ouverture
    fermer fermeture
    copie double exemplaire
    assistance support
    reponse repondre
    lien url
    responsable referent chef
    lettre courrier
    groupe equipe
    reunion rendez rencontre
"""

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
    cues=tuple(_CUES.strip().splitlines()),
    near_synonyms=tuple(tuple(line.split()) for line in _NEAR_SYNONYMS.strip().splitlines()),
)
