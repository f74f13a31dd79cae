"""English."""

from faqcli.languages import Language

_STOP_WORDS = """
    a about am an and any are as at be because been being but by can could d did do does doing done for from get
    give had has have having he her hers him his how i if in into is it its just ll m me mine my of on or our ours
    please re s shall she should so some such t than thank thanks that the their theirs them then there these they
    this those to too us ve very was we were what when where whether which who whom whose why will with would you
    your yours hello hi dear hey sir madam regards tell know need want like
"""

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
    stop_words=frozenset(_STOP_WORDS.split()),
    elisions=frozenset(),
    determiners=frozenset("an every her his its my our the their these this those your".split()),
    closings=("best regards", "kind regards", "regards", "sincerely", "yours", "thanks", "cheers"),
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
