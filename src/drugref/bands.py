"""Frequency bands of side effects (CIOMS III; EU SmPC section 4.8), from most to least frequent.

Bounds are fractions of treated patients; the lower one is inclusive, the upper one exclusive.
"""

BANDS: tuple[str, ...] = ("very-common", "common", "uncommon", "rare", "very-rare", "not-known")
"""Codes as they stand in databases and in output, most frequent first; the index is a band's rank."""

MEANING: dict[str, str] = {
    "very-common": "≥ 1 in 10",
    "common": "≥ 1 in 100 to < 1 in 10",
    "uncommon": "≥ 1 in 1,000 to < 1 in 100",
    "rare": "≥ 1 in 10,000 to < 1 in 1,000",
    "very-rare": "< 1 in 10,000",
    "not-known": "cannot be estimated from the available data",
}
"""What a band says in numbers, printed wherever the band's name is."""

LOWER_PERCENT: tuple[tuple[str, float], ...] = (
    ("very-common", 10.0),
    ("common", 1.0),
    ("uncommon", 0.1),
    ("rare", 0.01),
    ("very-rare", 0.0),
)
"""Inclusive lower bound of each band that has one, in percent of patients."""


def term(band: str) -> str:
    """Return a band's name in running text: ``very-common`` becomes ``very common``."""
    return band.replace("-", " ")


def range_of(most: str, least: str) -> str:
    """Return the bands that a claim may be of in running text: an exact one, "or rarer", "or more often", or "to" another.

    >>> range_of("common", "common"), range_of("uncommon", "very-rare"), range_of("very-common", "common")
    ('common', 'uncommon or rarer', 'common or more often')
    """
    if most == least:
        return term(most)
    if least == "very-rare":
        return f"{term(most)} or rarer" if most != "very-common" else "of any frequency"
    if most == "very-common":
        return f"{term(least)} or more often"
    return f"{term(least)} to {term(most)}"


def band_of(percent: float, *, exclusive: bool = False) -> str:
    """Return the band of an incidence in percent; with ``exclusive``, of figures just below it.

    >>> band_of(10.0), band_of(1.0, exclusive=True), band_of(0.05)
    ('very-common', 'uncommon', 'rare')
    """
    for band, lower in LOWER_PERCENT:
        if percent > lower or (percent == lower and not exclusive):
            return band
    return "very-rare"


def at_least(band: str) -> tuple[str, ...]:
    """Return a band and every more frequent one; ``not-known`` is no frequency and stands alone."""
    return (band,) if band == "not-known" else BANDS[: BANDS.index(band) + 1]
