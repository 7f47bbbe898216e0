"""Which tables the store keeps ready, and their version."""

TABLE_OF: dict[str, str] = {
    "mechanism": "mechanism",
    "uses": "uses",
    "side-effects": "side-effects",
    "contraindications": "contraindications",
    "cautions": "contraindications",
    "self-care": "contraindications",
    "pharmacokinetics": "pharmacokinetics",
}
"""Parts of a record whose facts a command shows as a table of its own, and that command."""

PART_COMMANDS: tuple[str, ...] = tuple(dict.fromkeys(TABLE_OF.values()))
"""The commands for one part of a drug."""

FACT_TABLES: tuple[str, ...] = ("mechanism", "uses", "side-effects", "contraindications", "list", "sources", "pharmacokinetics")
"""What the store keeps ready as rows; the index is the number of the table there."""

STORE_VERSION = 10
"""Version of the store's tables and of what stands in them; a store of another version is stale."""
