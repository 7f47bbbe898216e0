"""The columns of every command, said once: the store fills them and each format reads them."""

COLUMNS: dict[str, tuple[str, ...]] = {
    "show": ("drug", "part", "group", "item", "detail", "source"),
    "mechanism": ("drug", "kind", "item", "detail", "source"),
    "uses": ("drug", "kind", "condition", "detail", "source"),
    "side-effects": ("drug", "band", "effect", "incidence", "basis", "serious", "source"),
    "contraindications": ("drug", "kind", "item", "type", "detail", "source"),
    "list": ("drug", "class", "atc", "status", "other names"),
    "sources": ("drug", "source", "kind", "title", "locator", "licence", "retrieved"),
    "databases": ("name", "drugs", "version", "built", "size", "path"),
    "check": ("file", "line", "path", "expected", "got", "advice"),
}
"""Columns of tab-separated and CSV output by command. New ones come at the end: scripts count on the order."""

PARTS: tuple[str, ...] = ("mechanism", "uses", "side-effects", "contraindications")
"""The four parts of a drug, each a command; the order is the page's."""

FACT_TABLES: tuple[str, ...] = (*PARTS, "list", "sources")
"""What the store keeps ready as rows; the index is the number of the part there."""

STORE_VERSION = 1
"""Version of the store's tables and of what stands in them; a store of another version is stale."""

NOTHING = "nothing recorded; this is not evidence of safety"
"""What stands where a part of a drug holds no fact."""

NOTHING_KIND = "none-recorded"
"""Kind (or band) of the one row that a part without facts has."""
