"""Units of doses, and how often doses are given."""

from drugref.lexicon.patterns import entries

SMALL = entries("""
    mg
    mcg; µg; μg
""")
"""Units of weight in which little but doses is given."""

WEIGHTS = entries("""
    ng
    g; gm
""")
"""Other units of weight."""

VOLUMES = entries("""
    ml
""")
"""Units of volume."""

ACTIVITIES = entries("""
    units?; iu; u
    meq; mmol
    mci; gy
""")
"""Units of what a dose does or holds."""

SCHEDULES = entries("""
    once; twice; one; two; three; four; five; six
    single; multiple; times?; every; other; each; per
    daily; weekly; monthly; nightly; bedtime; morning; evening
    q\\.?[dw]; b\\.?i\\.?d; t\\.?i\\.?d; q\\.?i\\.?d; qod; qam; qpm; qhs; hs; prn
    courses?; cycles?
""")
"""How often a dose is given, as heads of tables abbreviate it."""

SIZES = entries("""
    low; lower; medium; mid; high; higher; maximum; starting; initial; loading; maintenance; recommended
    flexible; fixed; combined; pooled
    doses?; dosage; dosing
""")
"""What doses are called rather than measured by."""
