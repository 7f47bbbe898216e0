"""Those who were not given the drug: placebo, other treatment, none."""

from drugref.lexicon.patterns import entries

PLACEBO = entries("""
    placebos?; pbo
    vehicle
    sham
    dummy
""")
"""What looks like the drug and is none."""

UNTREATED = entries("""
    no (?:treatment|prophylaxis|therapy)
    untreated
    observation
    delayed treatment
""")
"""Nothing."""

CONTROLS = entries("""
    controls?
    comparators?
    standard of care; soc
    standard (?:therapy|treatment)
    supportive care; bsc
    usual care
    chemotherapy
""")
"""Other treatment that is not named."""

CONTROLLED = entries("""
    placebo
    vehicle
    active
    sham
    well
""")
"""What may stand before "-controlled", where it names a trial and no arm."""

AGAINST = entries("""
    versus; vs
    compar(?:ed|ing|ison|ative)
""")
"""What stands between two arms."""
