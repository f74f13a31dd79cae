"""English."""

from faqcli.languages import Language, MailWords, phrases

_TELLING = "get give know like need please tell thank thanks want"
_FILLERS = "asap fw fwd hello help hey hi ok okay plz pls quickly sos urgent urgently"
_STOP_WORDS = """
    a about am an and any are as at be because been being but by can could d did do does doing done for from
    had has have having he her hers him his how i if in into is it its just ll m me mine my of on or our ours
    re s shall she should so some such t than that the their theirs them then there these they
    this those to too us ve very was we were what when where whether which who whom whose why will with would you
    your yours hello hi dear hey sir madam regards
"""

_POLITE = """
    advance advice again answer appreciate appreciated appreciation assist assistance attention awaiting best
    consideration contact convenience cooperation day days earliest early effort efforts email evening extremely
    faithfully feedback feel find finds forward free further good grateful great greatly guidance happy hear hearing
    help helping hesitate holidays hope hoping information kind kindest kindly kindness lot lots look looking lovely
    mail many message million morning much nice night patience prompt queries question questions quick reach read
    reading reply replies response responses rest sincere soon support swift taking time truly trust understanding
    valuable waiting warm warmest week weekend well wishes wishing wonderful work
"""
_MAIL = MailWords(
    greetings=frozenset("hello hi hey dear greetings good".split()),
    titles=frozenset("morning afternoon evening all everyone team there mr mrs ms miss dr sir madam".split()),
    thanks=phrases("thanks, thank you, thank u, thanking you, thx, regards, sincerely"),
    formulas=phrases(
        """
        look forward, looking forward, hesitate, feel free, hope you are, hope you re, hope this, hope all, hoping,
        appreciate your, appreciated, be grateful, have a nice, have a good, have a great, have a lovely,
        have a wonderful, best wishes, kind wishes, yours faithfully, yours truly, waiting for your, awaiting your,
        in advance
        """
    ),
    polite=frozenset(_POLITE.split()),
    closings=phrases(
        """
        best regards, kind regards, kindest regards, warm regards, with regards, many regards, regards, sincerely,
        yours, best wishes, all the best, cheers, best
        """
    ),
    footers=phrases(
        """
        sent from my, sent from outlook, sent from mail, sent via, get outlook for, virus free,
        please consider the environment, think before you print
        """
    ),
    disclaimer=frozenset(
        """
        addressed addressee attachments authorised authorized confidential confidentiality contents copying delete
        disclosure dissemination distribution entity error exclusive immediately individual intended legally liability
        notify privileged prohibited recipient recipients sender solely strictly unauthorised unauthorized use virus
        viruses
        """.split()
    ),
    headers=frozenset(phrases("attachments, bcc, cc, date, from, importance, reply to, sent, subject, to")),
    subject=frozenset(["subject"]),
    separators=frozenset(
        phrases("original message, original email, original appointment, forwarded message, begin forwarded message")
    ),
    attributions=("wrote",),
    attribution_starts=frozenset(["on"]),
    pointers=phrases("see below, message below, mail below, email below, fyi, for your information"),
    reply_marks=frozenset("re fw fwd".split()),
)
_CUES = """
    who whom whose
    what
    which
    when
    where
    why
    how
    with
    than
    for
    by
    from
    to
    into
    on
    at
    any some
    can could
    should shall
    do does did
    have has had
    is are was were
    will would
    get give
"""
# Written from the vocabulary of service desks and shops at large, for FAQs that bring no synonyms of their own.
_NEAR_SYNONYMS = """
    add create new insert
    change modify edit update alter correct
    delete remove cancel cancellation
    find search locate
    see view show display
    send ship shipping deliver delivery dispatch shipment
    order purchase buy
    price cost rate amount charge fee
    pay payment
    refund reimburse reimbursement
    return exchange replace replacement
    offer discount promotion coupon
    store shop
    call phone telephone contact
    mail email
    problem issue error trouble
    delay late
    time hours schedule
    difference compare comparison versus
    guarantee warranty
    expire expired expiry
    lose lost forgot forgotten
    login account password
    access connect connection
    start begin
    stop end finish
    use usage work
    package parcel
    help support assistance
    answer reply response
    link url
    manager supervisor
    customer client
    allowed permitted possible
    mandatory required compulsory necessary
    download export print
    team group
    fill complete
    register registration enrol enroll enrolment
    place location address
    details information info
"""

LANGUAGE = Language(
    code="en",
    name="English",
    stemmer="english",
    stop_words=frozenset(f"{_STOP_WORDS} {_TELLING}".split()),
    telling_stop_words=frozenset(_TELLING.split()),
    fillers=frozenset(_FILLERS.split()),
    elisions=frozenset(),
    determiners=frozenset("an every her his its my our the their these this those your".split()),
    capital_words=frozenset("i"),
    endings=(),
    units={"h": "hour", "€": "euro"},
    mail=_MAIL,
    quotation_marks=None,
    decimal_separator=".",
    percent_format="{number}%",
    reply_subject="{reference}: {question}",
    reply_template=("Hello,\n\n{answer}\n\nReference: {reference}\n\nKind regards,\n{signature}"),
    reference="{title}, no. {number}",
    reference_separator="; ",
    cues=tuple(_CUES.strip().splitlines()),
    near_synonyms=tuple(tuple(line.split()) for line in _NEAR_SYNONYMS.strip().splitlines()),
)
