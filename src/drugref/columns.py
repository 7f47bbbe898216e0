"""Which tables the store keeps ready, and their version."""

from drugref.parts import PARTS

TABLE_OF: dict[str, str] = {part.name: part.table for part in PARTS if part.table}
"""Parts of a record whose facts a command shows as a table of its own, and that command."""

PART_COMMANDS: tuple[str, ...] = tuple(dict.fromkeys(TABLE_OF.values()))
"""The commands for one part of a drug."""

FACT_TABLES: tuple[str, ...] = (*PART_COMMANDS, "list", "sources")
"""What the store keeps ready as rows; the index is the number of the table there."""

STORE_VERSION = 13
"""Version of the store's tables and of what stands in them; a store of another version is stale."""
