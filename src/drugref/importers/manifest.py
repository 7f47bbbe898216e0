"""What publishers say of their releases: which files make one up, where they lie, and what is known of them beforehand.

openFDA publishes ``download.json``, DailyMed a page that links the files of its full release with their MD5 sums.
"""

import json
import math
import re
from collections.abc import Callable, Iterator
from html import unescape
from typing import Any, NamedTuple
from urllib.parse import unquote, urljoin, urlsplit

from drugref.errors import DrugrefError
from drugref.text import printable

MOST_PARTS = 500
"""Files of one release; the largest has some twenty."""
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,120}(?:\.(?:json|jsonl|xml|zip|gz)){1,3}")
_SUM = {"sha256": re.compile(r"\b[0-9a-fA-F]{64}\b"), "md5": re.compile(r"\b[0-9a-fA-F]{32}\b")}
"""How checksums are written, the stronger first."""
_LINK = re.compile(r"""<a\b[^>]{0,500}?\bhref\s{0,9}=\s{0,9}["']([^"'<>]{1,500})["']""", re.IGNORECASE)
_DAILYMED = re.compile(r"dm_spl_release_human_(?:rx|otc)(?:_part\d{1,3})?\.zip")


class Part(NamedTuple):
    """One file of a release."""

    url: str
    name: str
    """Under which it is kept: a name and no path."""
    megabytes: float | None = None
    """How large the publisher says it is, roughly; None where it does not say."""
    checksum: tuple[str, str] | None = None
    """Its kind, as hashlib names it, and its digits in lower case; None where none is given."""


class Manifest(NamedTuple):
    """Where a publisher lists the files of its release, and how that list is read."""

    url: str
    read: Callable[[str], Iterator[Part]]
    """Yields the parts as the list names them, their addresses as they stand there; raises ValueError if it is no such list."""


def parts_of(manifest: Manifest, listed: str, url: str) -> list[Part]:
    """Return the files that a list names, which lies at ``url``; raise DrugrefError if it names none, or a place outside.

    Of a mirror – a list from elsewhere than the publisher's – the files are fetched too: at the same path beside the list.
    """
    try:
        named = list(manifest.read(listed))
    except (ValueError, RecursionError):
        raise DrugrefError(f"{printable(url, 200)} is no list of files of a release") from None
    if not 0 < len(named) <= MOST_PARTS:
        raise DrugrefError(f"{printable(url, 200)} names {len(named)} files of labels")
    parts = {part.name: part for part in (_settled(part, manifest.url, url) for part in named)}
    return list(parts.values())


def _settled(part: Part, official: str, url: str) -> Part:
    """Return a part with its whole address and its name; raise DrugrefError if either leads elsewhere than to a file."""
    split = urlsplit(part.url)
    path = unquote(split.path)
    name = path.rpartition("/")[2]
    if split.scheme not in ("", "http", "https") or ".." in path.split("/") or "\\" in path or not _NAME.fullmatch(name):
        raise DrugrefError(f"{printable(url, 200)} names what is no file of a release: {printable(part.url, 200)}")
    address = urljoin(url, part.url)
    if url != official and split.netloc not in ("", urlsplit(url).netloc):
        address = urljoin(url, split.path.lstrip("/"))  # a mirror's copy of the list names the publisher's own host
    return part._replace(url=address, name=name)


def _openfda(listed: str) -> Iterator[Part]:
    held: Any = json.loads(listed)
    for key in ("results", "drug", "label", "partitions"):
        held = held.get(key) if isinstance(held, dict) else None
    if not isinstance(held, list):
        raise ValueError("no partitions")
    for entry in held:
        if not isinstance(entry, dict) or not isinstance(entry.get("file"), str):
            raise ValueError("no file")
        size = entry.get("size_mb")
        megabytes = float(size) if isinstance(size, str | int | float) and size != "" else None
        if megabytes is not None and not (math.isfinite(megabytes) and megabytes >= 0):
            raise ValueError("no size")
        yield Part(entry["file"], "", megabytes, _checksum(" ".join(str(entry.get(kind) or "") for kind in _SUM)))


def _dailymed(listed: str) -> Iterator[Part]:
    links = list(_LINK.finditer(listed))
    for link, behind in zip(links, [*(later.start() for later in links[1:]), len(listed)], strict=True):
        address = unescape(link[1])
        if _DAILYMED.fullmatch(address.rpartition("/")[2]):
            yield Part(address, "", None, _checksum(listed[link.end() : behind]))


def _checksum(text: str) -> tuple[str, str] | None:
    """Return the strongest checksum that stands in a text."""
    return next(((kind, found[0].lower()) for kind, written in _SUM.items() if (found := written.search(text))), None)


OPENFDA = Manifest("https://api.fda.gov/download.json", _openfda)
DAILYMED = Manifest("https://dailymed.nlm.nih.gov/dailymed/spl-resources-all-drug-labels.cfm", _dailymed)
