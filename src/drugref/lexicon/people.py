"""People in trials, by what they are called."""

from drugref.lexicon.patterns import entries

TREATED = entries("""
    patients?
    subjects?
    participants?
    individuals?
    volunteers?
    recipients?
    users?
    persons?
    people
""")
"""Whoever takes part, whatever they are."""

SEXES = entries("""
    women; woman
    men; man
    (?:fe)?males?
    boys?
    girls?
""")
"""People by sex."""

AGES = entries("""
    adults?
    adolescents?
    children; child
    infants?
    neonates?
    elderly
    geriatric
    pa?ediatric
""")
"""People by age."""

ORIGINS = entries("""
    african
    american
    asian
    black
    caucasian
    hispanic
    latino
    non-white
    other
    white
""")
"""People by origin, as baseline tables list them."""

STUDIES = entries("""
    stud(?:y|ies)
    trials?
    phase
    cohort
""")
"""What people take part in."""
