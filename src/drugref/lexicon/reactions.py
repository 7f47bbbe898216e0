"""Words for adverse reactions in general, which name none."""

from drugref.lexicon.patterns import entries

NOUNS = entries("""
    reactions?
    events?
    effects?
    experiences?
    complaints?
    symptoms?
""")
"""Nouns for whatever may befall a patient."""

FINDINGS = entries("""
    abnormalit(?:y|ies)
    toxicit(?:y|ies)
""")
"""Nouns for what tests or their graders find."""

QUALIFIERS = entries("""
    adverse
    side
    undesirable
    untoward
""")
"""What makes a noun speak of harm."""

ABBREVIATIONS = entries("""
    adrs?
    aes?
    saes?
    teaes?
""")
"""The same in letters."""

MEANT = entries("""
    fatal; serious; severe; non-?serious; overall; clinical; local; systemic; related
    treatment-(?:emergent|related); drug-related
""")
"""Which of them are meant."""

SHOWN = entries("""
    reported; observed; seen; noted; recorded; detected; documented; identified; found
    experienced; developed
""")
"""How a source comes to speak of an effect: "was reported"."""
