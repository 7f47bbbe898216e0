"""What the index rests on beside the lists: the sources by name, and what is taken from pages that were read."""

from pathlib import Path

from tools.lists import Source

_SOURCES = Path(__file__).parent / "sources.tsv"


def sources() -> list[Source]:
    """Return every source that a fact of the data files may name, in order of its id."""
    lines = _SOURCES.read_text(encoding="utf-8").splitlines()[1:]
    return sorted(Source(*line.split("\t")) for line in lines)


def lists() -> list[Source]:
    """Return the sources that medicines and their names are from: those whose id is one letter."""
    return [source for source in sources() if len(source.id) == 1]


# British names of combinations, each from a page that says what is in them.
COMBINATIONS: tuple[tuple[str, tuple[str, ...], str], ...] = (
    ("co-amilofruse", ("amiloride", "furosemide"), "L"),
    ("co-amoxiclav", ("amoxicillin", "clavulanic acid"), "B"),
    ("co-beneldopa", ("benserazide", "levodopa"), "H"),
    ("co-careldopa", ("carbidopa", "levodopa"), "H"),
    ("co-codamol", ("codeine", "paracetamol"), "K"),
    ("co-codaprin", ("acetylsalicylic acid", "codeine"), "B"),
    ("co-dydramol", ("dihydrocodeine", "paracetamol"), "B"),
    ("co-phenotrope", ("atropine", "diphenoxylate"), "B"),
    ("co-proxamol", ("dextropropoxyphene", "paracetamol"), "B"),
    ("co-trimoxazole", ("sulfamethoxazole", "trimethoprim"), "C"),
)
# Brands of combinations that the pages name with them.
COMBINATION_BRANDS: tuple[tuple[str, tuple[str, ...], str], ...] = (
    ("Lomotil", ("atropine", "diphenoxylate"), "B"),
    ("Madopar", ("benserazide", "levodopa"), "H"),
    ("Sinemet", ("carbidopa", "levodopa"), "H"),
)

# Foods and herbs that FDA's page names as interacting substances.
FOODS: tuple[tuple[str, tuple[str, ...], str], ...] = (
    ("grapefruit", ("grapefruit juice",), "F"),
    ("st john's wort", ("saint john's wort", "hypericum perforatum"), "F"),
    ("tobacco", ("tobacco smoking", "smoking"), "F"),
)
