"""Build hook: a wheel ships the compiled form of what comes with drugref, so that the first look-up compiles nothing."""

import os
import sys
import tempfile
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class ReadyMade(BuildHookInterface[Any]):
    """Makes the ready-made stores, and lays them beside their sources in the wheel."""

    _folder: "tempfile.TemporaryDirectory[str] | None" = None

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Make them; an editable install has none, as its data may change at any time."""
        if version == "editable":
            return
        sys.path.insert(0, os.path.join(self.root, "src"))
        from drugref import places
        from drugref.build import ready

        self._folder = tempfile.TemporaryDirectory()
        for source in (places.bundled(), places.vocabulary()):
            name = os.path.basename(ready.beside(source))
            path = os.path.join(self._folder.name, name)
            with open(path, "wb") as file:
                file.write(ready.pack(source))
            build_data["force_include"][path] = f"drugref/data/{name}"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Remove what was made."""
        if self._folder:
            self._folder.cleanup()
