"""Leaving treatment: stopping it, interrupting it, taking less of it."""

from drugref.lexicon.patterns import entries

LEAVINGS = entries("""
    discontinuations?
    drop-?outs?
    withdrawals?(?= (?:due|because|from|for|rate)|\\W*$)
    dos(?:e|age) (?:reduction|interruption|modification|adjustment|delay)s?
""")
"""Nouns that tell of leaving by themselves. A withdrawal alone may be an effect: "withdrawal syndrome"."""

LEFT = entries("""
    discontinu(?:e|ed|es|ing)
    dropped out
    withdrew
    withdrawn
    stopp(?:ed|ing) (?:treatment|therapy)
    interrupt\\w*
""")
"""Verbs that do."""

STOPPING = (*LEAVINGS, *LEFT)
"""Both."""

LED_TO = entries("""
    associated with
    caus(?:e|ed|es|ing)
    lead(?:ing)? to
    led to
    necessitat(?:ed|ing)
    prompt(?:ed|ing)
    reasons? for
    requir(?:ed|ing)
    result(?:ing|ed)? in
""")
"""What stands between an effect and what came of it."""

OUTCOMES = entries("""
    withdrawals?
    cessation
    discontinuation
    interruption
""")
"""What an effect leads to, where something says that it led there."""
