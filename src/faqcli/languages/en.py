"""English."""

from faqcli.languages import Language

_STOP_WORDS = """
    a about am an and any are as at be because been being but by can could d did do does doing done for from get
    give had has have having he her hers him his how i if in into is it its just ll m me mine my of on or our ours
    please re s shall she should so some such t than thank thanks that the their theirs them then there these they
    this those to too us ve very was we were what when where whether which who whom whose why will with would you
    your yours hello hi dear hey sir madam regards tell know need want like
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
)
