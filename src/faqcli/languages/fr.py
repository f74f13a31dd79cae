"""French."""

from faqcli.languages import Language, MailWords, phrases

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
_INTERROGATIVES = "combien comment estce lequel pourquoi quid"
_VERBS = """
    aller allez alliez allons arrive arrivent arriver devait devez devoir devons devra devrait dois doit doivent existe
    faire fais faisons fait faite faites faits fasse faudra faudrait faut font peut peuvent peux possible possibles
    pourra pourrai pourraient pourrais pourrait pourrez pourriez pourrions pourrons pouvez pouvoir pouvons puisse
    sais sait savoir souhaite souhaitent souhaiter souhaiterais souhaiterions souhaitez souhaitons va vais vas
    veulent veut veux vont voudrais voudrait voudrions vouloir voulons
"""
_COURTESY = """
    aide aidez aimable aimablement allo avance besoin bonjour bonsoir cher chere cordialement coucou dire dites excusez
    explique expliquer madame mademoiselle merci messieurs monsieur pardon plait question questions remercie remercions
    renseignement renseignements salut salutations sincerement
"""
_SHORTHAND = "bjr bsr cad cdlt cdt cmt dc ds jms kel mm mme mr ns pcq pk pls pr qd qq rep stp svp tjrs tjs tt vs"

_FILLERS = """
    asap fw fwd hello help hey hi objet ok okay please ref rep slt sos
    thanks tr urgence urgent urgente urgents urgentes urgemment vite rapidement
"""

_POLITE = """
    accepter accorde accorderez accueil adresse adressons agreable agreer aider anticipes appeler apporterez appui
    apres assistance attend attendant attends attente attention avance beaucoup bel belle bientot bienveillance bon
    bonne bonnes bons brefs chaleureusement chaleureuses collaboration complement complementaire complementaires
    comprehension concours confiance confirmer conseils consideration contacter continuation cordial cordiale
    cordiales courage courriel croire delais demande detaillee devoue diligence disponibilite disposition distingue
    distinguees distingues donnerez echange eclairage eclaircissements efficacite efforts email encore end entier
    entiere entierement esperant espere esperons espoir eventuel eventuelle excellent excellente excellentes
    explications expression favorable ferez fetes fin futur future gentillesse grand grande grandement gre hate
    hesitez immense infiniment information informations interet joindre jour journee lecture lire lirez lumieres
    mail matin matinee meilleur meilleure meilleures meilleurs message midi mille navre nuit obligeance parfaite
    parfaits part patience permets plaisir porterez positif positive precieuse precieux precision precisions prendrez
    prie priere prions pris prochain prochaine prompt prompte rapide rapidement rappeler reactivite recevez recevoir
    recontacter remerciant remerciement remerciements remercier renseigner repondre repondrez reponse reponses
    respectueuses respectueux restant reste restons retour retours revenir saurais semaine sentiments sincere
    sinceres soin soir soiree solliciter souhait souhaitant soutien supplementaire supplementaires temps travail
    veuillez vif vifs vite vive vivement voeux week weekend
"""
_MAIL = MailWords(
    greetings=frozenset(
        """
        bonjour bonsoir salut coucou hello cher chere chers cheres madame monsieur mademoiselle mesdames messieurs
        """.split()
    ),
    titles=frozenset("mme mlle mr m mm docteur dr maitre collegue collegues equipe a l la les tous toutes".split()),
    thanks=phrases(
        "merci, mercis, remercie, remercions, remerciant, mes remerciements, nos remerciements, cordialement, "
        "sincerement, respectueusement"
    ),
    formulas=phrases(
        """
        dans l attente, en attente de votre, en attente de vos, en attente de vous, dans l espoir, votre disposition,
        votre entiere disposition, n hesitez pas, agreer, vous prie de, vous prie d, vous prions de, vous prions d,
        salutations, bonne journee, belle journee, excellente journee, agreable journee, bonne soiree, belle soiree,
        bonne matinee, bonne semaine, bonne fin de, bonne continuation, bonne apres midi, bon apres midi, bon week end,
        bon weekend, bon courage, bonnes fetes, bonnes vacances, bien a vous, bien a toi, au plaisir de, a bientot,
        a tres bientot, espere que vous, espere que tu, esperons que vous, saurais gre, meilleurs voeux,
        l attention que vous
        """
    ),
    polite=frozenset(_POLITE.split()),
    closings=phrases(
        """
        cordialement, bien cordialement, tres cordialement, sincerement, respectueusement, amicalement, bien a vous,
        bien a toi, cdt, cdlt, salutations, sinceres salutations, cordiales salutations, meilleures salutations,
        respectueuses salutations, avec mes salutations, bonne journee, belle journee, bonne reception
        """
    ),
    footers=phrases(
        """
        envoye de mon, envoye depuis mon, envoye depuis, envoye a partir de, envoye par, telecharger outlook,
        telechargez outlook, obtenir outlook, obtenez outlook, provenance courrier, garanti sans virus, sans virus,
        l absence de virus, ce courriel a ete verifie, cet e mail a ete verifie, pensez a l environnement,
        pensons a l environnement, merci de penser a l environnement, avant d imprimer, n imprimez
        """
    ),
    disclaimer=frozenset(
        """
        autorisation autorise autorisee avertir confidentiel confidentielle confidentielles confidentiels destinataire
        destinataires destine destines destruction detruire diffusion divulgation divulguer emetteur erreur exclusif
        exclusive exclusivement expediteur expresse imprimer integrite intercepte interdit interdite interdites
        jointes juridique prive privilegiees publication reproduction responsabilite strictement supprimer usage
        utilisation virus
        """.split()
    ),
    headers=frozenset(
        phrases(
            """
            a, cc, cci, copie, copie a, date, de, destinataire, envoye, envoye le, envoye par, expediteur, importance,
            objet, pieces jointes, pour, repondre a, sujet
            """
        )
    ),
    subject=frozenset(phrases("objet, sujet")),
    separators=frozenset(
        phrases(
            """
            message d origine, message original, message initial, message transfere, message reexpedie,
            message precedent, mail d origine, mail original, mail transfere, e mail d origine, e mail original,
            e mail transfere, courriel d origine, courriel original, courriel transfere, debut du message transfere,
            debut du message reexpedie
            """
        )
    ),
    attributions=phrases("a ecrit, ecrivait, ecrit"),
    attribution_starts=frozenset(["le"]),
    pointers=phrases("ci dessous, ci apres, pour info, pour information, plus bas, pour suite a donner, pour action"),
    reply_marks=frozenset("re tr fw fwd rep ref".split()),
)

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
    stop_words=frozenset(f"{_FUNCTION_WORDS} {_INTERROGATIVES} {_VERBS} {_COURTESY} {_SHORTHAND}".split()),
    telling_stop_words=frozenset(f"{_VERBS} {_COURTESY}".split()),
    fillers=frozenset(_FILLERS.split()),
    elisions=frozenset("c d j jusqu l lorsqu m n puisqu qu quelqu quoiqu s t".split()),
    determiners=frozenset(
        "aux ce ces chaque des du le les leur leurs mes mon nos notre plusieurs un une votre vos".split()
    ),
    capital_words=frozenset(),
    endings=(("trices", "teur"), ("trice", "teur"), ("euses", "eur"), ("euse", "eur")),
    units={"h": "heure", "€": "euro"},
    mail=_MAIL,
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
