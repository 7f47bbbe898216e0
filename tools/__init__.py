"""Programs that make files of the repository from public lists; no part of the package."""
