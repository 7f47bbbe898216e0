"""The columns of every command, said once: the store fills them and each format reads them."""

COLUMNS: dict[str, tuple[str, ...]] = {
    "show": ("drug", "part", "group", "item", "detail", "source"),
    "mechanism": ("drug", "kind", "item", "detail", "source"),
    "uses": ("drug", "kind", "condition", "detail", "source"),
    "side-effects": ("drug", "band", "effect", "incidence", "basis", "serious", "source"),
    "contraindications": ("drug", "kind", "item", "type", "detail", "source"),
    "list": ("drug", "class", "atc", "status", "other names"),
    "sources": ("drug", "source", "kind", "title", "locator", "licence", "retrieved"),
    "search": ("drug", "part", "passage"),
    "classes": ("class", "drugs", "within"),
    "compare": ("part", "group", "item", "drug", "value"),
    "screen": ("finding", "drug", "with", "detail", "source"),
    "databases": ("name", "drugs", "version", "built", "size", "path"),
    "check": ("file", "line", "path", "expected", "got", "advice"),
}
"""Columns of tab-separated and CSV output by command. New ones come at the end: scripts count on the order."""

PARTS: tuple[str, ...] = ("mechanism", "uses", "side-effects", "contraindications")
"""The four parts of a drug, each a command; the order is the page's."""

HELD_PARTS: tuple[str, ...] = (*PARTS, "cautions")
"""Parts of which a record says it if it holds nothing."""

FURTHER_PARTS: tuple[str, ...] = ("dosage", "interactions", "pregnancy", "overdose")
"""Parts that hold a label's text and nothing else."""

FACT_TABLES: tuple[str, ...] = (*PARTS, "list", "sources")
"""What the store keeps ready as rows; the index is the number of the part there."""

PASSAGES: tuple[str, ...] = (
    "name", "class", "summary", "mechanism", "uses", "side-effects", "contraindications", "cautions", "note", "text",
)  # fmt: skip
"""Parts that full-text search tells apart; the index is the number of the part in a passage's row."""

_ORDERS = 1 << 16


def passage_row(drug: int, passage: str, order: int) -> int:
    """Return the row of a passage in the full-text table: which drug, which of ``PASSAGES``, which place in its part."""
    return (drug * len(PASSAGES) + PASSAGES.index(passage)) * _ORDERS + order


def passage_of(row: int) -> tuple[int, str, int]:
    """Return what ``passage_row`` made a row of."""
    rest, order = divmod(row, _ORDERS)
    drug, passage = divmod(rest, len(PASSAGES))
    return drug, PASSAGES[passage], order


STORE_VERSION = 6
"""Version of the store's tables and of what stands in them; a store of another version is stale."""

SEARCH_LIMIT = 50
"""Most passages that a search shows unless told otherwise."""

NOTHING = "nothing recorded; this is not evidence of safety"
"""What stands where a part of a drug holds no fact."""

NOT_RECORDED = "not recorded"
"""What a comparison says of a drug that lacks an item others have; silence is not absence."""

NOTHING_KIND = "none-recorded"
"""Kind (or band) of the one row that a part without facts has."""

LABEL_TEXT = "label-text"
"""Kind (or band; or type, of a contraindication or caution) of a row that holds a label's text, which nobody sorted."""
