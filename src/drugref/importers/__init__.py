"""Importers of what publishers offer: one file each, with ``identify`` and ``extract``."""
