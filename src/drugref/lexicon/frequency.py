"""Words for how often an effect is seen, and for reports that do not tell."""

from drugref.lexicon.patterns import entries

BANDS = {
    "very common": "very-common",
    "very frequent": "very-common",
    "common": "common",
    "frequent": "common",
    "most common": "common",
    "most frequent": "common",
    "more common": "common",
    "more frequent": "common",
    "relatively common": "common",
    "relatively frequent": "common",
    "uncommon": "uncommon",
    "infrequent": "uncommon",
    "occasional": "uncommon",
    "less common": "uncommon",
    "less frequent": "uncommon",
    "rare": "rare",
    "very rare": "very-rare",
    "not known": "not-known",
    "unknown": "not-known",
    "frequency not known": "not-known",
    "frequency unknown": "not-known",
}
"""Bands of the words that head a list or stand in place of a figure, by CIOMS III and its usual synonyms."""

DEFINED = ("very common", "very frequent", "very rare", "common", "uncommon", "frequent", "infrequent", "rare")
"""Words that labels define by figures."""

REPORTS = entries("""
    post-?\\s?(?:marketing|approval|authori[sz]ation|introduction)
    after (?:marketing|approval|market introduction)
    since (?:market(?:ing|\\s+introduction)|(?:its )?(?:approval|introduction))
    spontaneous(?:ly)? report
    voluntar(?:y|ily) report
    worldwide experience
    (?:in|from|during) marketing experience
    marketed use
    foreign marketing
""")
"""What tells that effects were reported after marketing, so that nobody counted the patients."""

RATES = entries("""
    incidences?
    frequenc(?:y|ies)
    rates?
    occurrences?
    prevalences?
    proportions?
    percentages?
""")
"""Nouns for a share of patients."""
