"""What import --download fetches before it reads: the files of a publisher's release, into the folder of caches."""

import os
from contextlib import ExitStack

from drugref import output, places
from drugref.commands.databases import size
from drugref.errors import DrugrefError, UsageError
from drugref.importers import fetch
from drugref.importers.registry import IMPORTERS, Importer
from drugref.progress import watched


def downloaded(targets: tuple[str, ...], url: str | None) -> tuple[Importer, tuple[str, ...]]:
    """Fetch the current release of a source, from a mirror if one is given, and return its importer and its files.

    Raises UsageError where not a source alone is named, DrugrefError where the files cannot be had.
    """
    offered = {importer.NAME: importer for importer in IMPORTERS if importer.MANIFEST}
    importer = offered.get(targets[0])
    if len(targets) > 1 or not importer or not importer.MANIFEST:
        raise UsageError(f"--download takes the name of a source and no file: {' or '.join(offered)}")
    folder = places.cache_folder()
    if not folder:
        raise DrugrefError("there is no folder for downloads: neither XDG_CACHE_HOME nor HOME names one")
    folder = os.path.join(folder, "downloads", importer.NAME)
    with ExitStack() as stack:
        got = fetch.release(
            importer.MANIFEST,
            url or importer.MANIFEST.url,
            folder,
            lambda expected: stack.enter_context(watched(int(expected), f"downloading {importer.NAME}")),
        )
    came = f"{size(got.fetched)} fetched" if got.fetched else "nothing new"
    output.warn(f"{importer.NAME}: {came}; the release, {size(got.size)}, lies in {folder}")
    return importer, got.paths
