"""How severe an effect was."""

from drugref.lexicon.patterns import entries

GRADES = entries("""
    mild
    moderate
    severe
    serious
    life[- ]threatening
    fatal
""")
"""Words for it, rising."""

SCALES = entries("""
    ctc(?:ae)?
    nci
    toxicity
    who
""")
"""Whose grades are meant."""
