"""Dosage forms, routes and devices, which stand behind a drug's name or a strength."""

from drugref.lexicon.patterns import entries

SOLID = entries("""
    tablets?
    capsules?
""")
"""Forms that are swallowed."""

GIVEN_BY_NEEDLE = entries("""
    injections?
    infusions?
""")
"""Forms that are given by a needle."""

IN_PERCENT = entries("""
    aerosol
    cream
    drops
    emulsion
    foam
    gel
    lotion
    ointment
    paste
    patch
    shampoo
    solution
    spray
    suspension
    inhalation
""")
"""Forms whose strength is at times given in percent."""

FLUIDS = entries("""
    concentration
    dextrose
    glucose
    saline
    sodium chloride
    strength
""")
"""What else a percentage may be the strength of."""

ROUTES = entries("""
    intramuscular(?:ly)?; im; i\\.m
    intravenous(?:ly)?; iv; i\\.v
    nasal
    oral(?:ly)?; po
    subcutaneous(?:ly)?; sc; s\\.c
    topical
""")
"""Ways into the body."""

RELEASE = entries("""
    cr; dr; er; ir; la; odt; sr; xl; xr
    delayed; extended; immediate; release
""")
"""How fast a form gives the drug free."""

DEVICES = entries("""
    diskus
    ellipta
    flexpen; kwikpen; pen; solostar
    hfa
    respimat
    zydis
""")
"""Devices and shapes that are part of a brand."""
