"""What drugref withstands: each attack is made, carried out, and told in a line that says what held.

``python benchmarks/attack.py [--only WORD] [--seed N]`` runs the attacks whose names hold a word, or all; it ends with 1 if one
did not hold. An attack is a function that takes a ``Field``, a folder of its own with a home in it, and returns what it saw;
it raises ``NotHeldError`` where something gave way. Everything random comes from the seed.
"""

import argparse
import contextlib
import functools
import gzip
import io
import itertools
import json
import os
import random
import re
import shlex
import shutil
import signal
import sqlite3
import struct
import subprocess
import sys
import tempfile
import threading
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks import labels  # noqa: E402 – found only now

MEMORY = 300
"""MiB that an import and its helpers may have resident together, whatever it is given."""
PATIENCE = 240
"""Seconds after which a command hangs, on a machine that others are busy on."""


class NotHeldError(Exception):
    """Something gave way; the message says what."""


class Ended(NamedTuple):
    """A command that was run."""

    code: int
    error: str
    """Its standard error."""
    seconds: float
    memory: float
    """MiB that it and its helpers had resident together, at most, by a look every 20 ms."""


class Field:
    """Where an attack takes place."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.folder = folder
        self.dice = random.Random(seed)
        self.environment = {
            **os.environ, "HOME": str(folder / "home"), "XDG_DATA_HOME": str(folder / "data"), "XDG_CACHE_HOME": str(folder / "cache"),
        }  # fmt: skip

    @property
    def databases(self) -> Path:
        """The folder of imported databases."""
        return self.folder / "data" / "drugref"

    def start(self, *arguments: str) -> subprocess.Popen[bytes]:
        """Start drugref."""
        command = [sys.executable, "-m", "drugref", *arguments]
        return subprocess.Popen(
            command, env=self.environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
        )

    def run(self, *arguments: str, patience: float = PATIENCE) -> Ended:
        """Run drugref and watch it; raise NotHeldError where it hangs, is killed or shows a traceback."""
        begun, most = time.monotonic(), 0.0
        running = self.start(*arguments)
        said: list[bytes] = []
        listener = threading.Thread(target=lambda: said.append(running.stderr.read() if running.stderr else b""))
        listener.start()
        with running:
            while running.poll() is None:
                most = max(most, resident(running.pid))
                if time.monotonic() - begun > patience or most > 2000:  # before others on this machine have to give way
                    running.kill()
                    raise NotHeldError(f"not done after {time.monotonic() - begun:.0f} s, {most:.0f} MiB")
                time.sleep(0.02)
            listener.join()
        error = b"".join(said).decode("utf-8", "replace")
        if running.returncode < 0 or "Traceback" in error or "(DRUGREF_DEBUG=1" in error:
            raise NotHeldError(f"ended with {running.returncode}: {error[-300:]}")
        return Ended(running.returncode, error, time.monotonic() - begun, most)

    def imported(self, source: str, path: Path) -> Ended:
        """Import a path as a source's files, within bounds; what cannot be used may be refused."""
        ended = self.run("import", source, str(path), "--to", "attacked")
        if ended.memory > MEMORY:
            raise NotHeldError(f"{ended.memory:.0f} MiB")
        if ended.code not in (0, 1):
            raise NotHeldError(f"ended with {ended.code}: {ended.error[-300:]}")
        left = [path.name for path in self.databases.glob("*")] if self.databases.exists() else []
        if left not in ([], ["attacked.sqlite"]):
            raise NotHeldError(f"leaves {left}")
        return ended


def resident(process: int) -> float:
    """Return how many MiB a process and all below it have resident."""
    pages = 0
    waiting = [process]
    while waiting:
        current = waiting.pop()
        with contextlib.suppress(OSError):
            pages += int(Path(f"/proc/{current}/statm").read_bytes().split()[1])
            for task in Path(f"/proc/{current}/task").iterdir():
                waiting += map(int, (task / "children").read_bytes().split())
    return pages * os.sysconf("SC_PAGE_SIZE") / (1 << 20)


Attack = Callable[[Field], str]
ATTACKS: dict[str, Attack] = {}
"""Attacks by name."""


def attack(name: str) -> Callable[[Attack], Attack]:
    """Enter an attack under a name."""

    def enter(function: Attack) -> Attack:
        if name in ATTACKS:
            raise ValueError(f"two attacks are called {name}")
        ATTACKS[name] = function
        return function

    return enter


def main() -> int:
    """Carry out the attacks and say what held."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else "")
    parser.add_argument("--only", default="", metavar="WORD", help="only attacks whose names hold this")
    parser.add_argument("--seed", type=int, default=0, help="of all that is random")
    options = parser.parse_args()
    given_way, begun = 0, time.monotonic()
    for name, function in ATTACKS.items():
        if options.only not in name:
            continue
        folder = Path(tempfile.mkdtemp(prefix="drugref-attack-"))
        try:
            print(f"held: {name}: {function(Field(folder, options.seed))}", flush=True)
        except NotHeldError as error:
            given_way += 1
            print(f"DID NOT HOLD: {name}: {error}", flush=True)
        finally:
            shutil.rmtree(folder, ignore_errors=True)
    print(f"{given_way} did not hold; {time.monotonic() - begun:.0f} s")
    return 1 if given_way else 0


# --- Importers: what is too large, too deep, too many, or no file.

HEAD = b'{"meta": {"last_updated": "2026-01-02"}, "results": ['
MANY = 64 << 20
"""Bytes of an attack by mere amount, unpacked."""


def label(number: int, **fields: object) -> bytes:
    """Return an invented label in openFDA's shape."""
    identifier = f"00000000-0000-4000-8000-{number:012}"
    block = {"spl_set_id": [identifier], "substance_name": [f"FICTIN{number}"], "unii": [f"UNII{number:06}"]}
    about = {"set_id": identifier, "effective_time": "20250101", "openfda": block}
    return json.dumps({**about, "indications_and_usage": ["For wobbly elbow."], **fields}).encode()


def filled(piece: bytes, size: int = MANY) -> Iterator[bytes]:
    """Yield a piece again and again until some bytes are reached."""
    large = piece * max(1, (1 << 16) // max(1, len(piece)))
    yield from itertools.repeat(large, size // len(large) + 1)


def spl(body: bytes) -> bytes:
    """Return an invented label in SPL with something in its section of adverse reactions."""
    product = (
        b"<component><section><subject><manufacturedProduct><manufacturedProduct><name>Fictin</name>"
        b'<ingredient classCode="ACTIB"><ingredientSubstance><code code="UNII000001" codeSystem="2.16.840.1.113883.4.9"/>'
        b"<name>FICTIN</name></ingredientSubstance></ingredient></manufacturedProduct></manufacturedProduct></subject>"
        b"</section></component>"
    )
    start = b'<document xmlns="urn:hl7-org:v3"><code code="34391-3"/><component><structuredBody>' + product
    section = b'<component><section><code code="34084-4"/><title>6 ADVERSE REACTIONS</title><text>'
    return start + section + body + b"</text></section></component></structuredBody></component></document>"


def in_json(before: bytes, piece: bytes, after: bytes = b"", size: int = MANY) -> Iterator[bytes]:
    """Yield a file of openFDA's with a good label, then a piece again and again, then another good label."""
    yield HEAD + label(1) + b"," + before
    yield from filled(piece, size)
    yield after + b"," + label(2) + b"]}"


def deep_json(depth: int, key: bytes) -> bytes:
    """Return objects in each other."""
    return b"".join(b'{"%s%d":' % (key, level) for level in range(depth)) + b"1" + b"}" * depth


OPENFDA: dict[str, Callable[[], Iterator[bytes]]] = {
    "brackets within brackets": lambda: in_json(b"", b"[", b"]"),
    "levels with long keys": lambda: iter([HEAD, label(1), b",", deep_json(4900, b"k" * 500), b",", label(2), b"]}"]),
    "many labels with levels": lambda: iter([HEAD, *[deep_json(900, b"k" * 500) + b","] * 50, label(2), b"]}"]),
    "a key without end": lambda: in_json(b'{"', b"k", b'": 1}'),
    "a number without end": lambda: in_json(b'{"a": ', b"1", b"}"),
    "a text without end": lambda: in_json(b'{"warnings": ["', b"w", b'"]}'),
    "white space": lambda: in_json(b"", b" \n\t", b"1"),
    "white space in a label": lambda: in_json(b'{"a":', b" ", b"1}"),
    "empty lists": lambda: in_json(b'{"warnings": [', b"[],", b"1]}"),
    "empty lists in a label of the greatest length": lambda: in_json(b'{"openfda": [', b"[],", b"1]}", (3 << 20) - 100_000),
    "small objects in a label of the greatest length": lambda: in_json(b'{"openfda": [', b'{"":0},', b"1]}", (3 << 20) - 100_000),
    "different keys": lambda: iter([HEAD, b"{", b",".join(b'"%d":[]' % key for key in range(350_000)), b"},", label(2), b"]}"]),
    "labels without anything": lambda: in_json(b"", b"{},", b"{}"),
    "numbers for labels": lambda: in_json(b"", b"0,", b"0"),
    "NULs": lambda: filled(b"\0"),
    "text of UTF-16": lambda: iter([b"\xff\xfe" + (HEAD + label(1) + b"]}").decode().encode("utf-16-le")]),
    "text of UTF-32": lambda: iter([(HEAD + label(1) + b"]}").decode().encode("utf-32")]),
    "signs of four bytes": lambda: in_json(b"", label(1, warnings=["\U0001f600" * 200_000]) + b",", b"0", 4 << 20),
    "labels of one ingredient": lambda: iter([HEAD, *(same(number) + b"," for number in range(60_000)), label(2), b"]}"]),
    "labels of ingredients of their own": lambda: iter([HEAD, *(label(n) + b"," for n in range(5_000)), label(2), b"]}"]),
    "names of a thousand signs": lambda: iter([HEAD, *(named(number) + b"," for number in range(2_000)), label(2), b"]}"]),
    "a million lines": lambda: iter(itertools.chain([label(1)], itertools.repeat(b"\n[", 1_000_000), [b"\n", label(2)])),
    "hundreds of labels of the greatest length": lambda: iter([HEAD, *(label(n, overdosage=[f"word {n}" + " two." * 550_000]) + b"," for n in range(24)), label(2), b"]}"]),
    "a text of figures": lambda: in_json(b"", label(1, adverse_reactions=["Nausea 5 %, headache 6 %. " * 25_000]) + b",", b"0", 1),
    "a text of words": lambda: in_json(b"", label(1, adverse_reactions=["a " * 700_000], contraindications=["b. " * 400_000]) + b",", b"0", 1),
    "texts of references": lambda: in_json(b"", label(1, contraindications=["[]" * 300_000], warnings=["(5.1) " * 100_000]) + b",", b"0", 1),
    "a table of a million cells": lambda: iter([HEAD, tabled("<td>5</td>" * 1000, 1000), b",", label(2), b"]}"]),
    "a table of attributes without values": lambda: iter([HEAD, tabled("<td " + " ".join(f"a{n}" for n in range(150_000)) + ">", 1), b"]}"]),
    "cells that span 65534": lambda: iter([HEAD, tabled('<td colspan="65534" rowspan="65534">5 %</td>' * 60, 300), b"]}"]),
    "a hundred tables": lambda: iter([HEAD, tabled("<td>5 %</td>" * 8, 20, 500), b"]}"]),
}  # fmt: skip
"""Content of a JSON file by what is bad in it."""


def same(number: int) -> bytes:
    """Return a small label of an ingredient that others have as well."""
    about = b'{"set_id":"00000000-0000-4000-8000-%012d","do_not_use":["x"],"openfda":' % number
    return (
        about
        + b'{"spl_set_id":["00000000-0000-4000-8000-%012d"],"unii":["A"],"substance_name":["A"],"brand_name":["B%d"]}}'
        % (number, number)
    )


def named(number: int) -> bytes:
    """Return a label of an ingredient with a long name."""
    block = {
        "spl_set_id": [f"00000000-0000-4000-8000-{number:012}"],
        "substance_name": [f"{number} " + "x" * 1000],
        "unii": [str(number)],
    }
    return label(number, openfda=block)


def tabled(row: str, rows: int, tables: int = 1) -> bytes:
    """Return a label with tables of rows."""
    table = f"<table><tr><td>Reaction</td><td>Fictin %</td></tr>{f'<tr>{row}</tr>' * rows}</table>"
    return label(1, adverse_reactions=["Reactions."], adverse_reactions_table=[table] * tables)


DAILYMED: dict[str, Callable[[], Iterator[bytes]]] = {
    "a table of a million cells": lambda: iter([spl(b"<table><tbody>" + (b"<tr>" + b"<td>1</td>" * 1000 + b"</tr>") * 1000 + b"</tbody></table>")]),
    "cells that span 65534": lambda: iter([spl(b"<table><tbody>" + (b"<tr>" + b'<td colspan="65534" rowspan="65534">5</td>' * 60 + b"</tr>") * 300 + b"</tbody></table>")]),
    "a million of the smallest elements": lambda: iter([spl(b"x<a/>" * 1_000_000)]),
    "as many elements as may be": lambda: iter([spl(b"x<a/>" * 155_000)]),
    "a million attributes": lambda: iter([spl(b"<a " + b" ".join(b'a%d=""' % n for n in range(1_000_000)) + b"/>")]),
    "many labels of as many elements as may be": lambda: zipped(
        spl(b"<table><tbody><tr><td>" + b"x<a/>" * 155_000 + b"</td></tr></tbody></table>" + b"word. " * 400_000).replace(b"FICTIN", b"FICTIN%d" % n).replace(b"UNII000001", b"UNII%06d" % n)
        for n in range(8)
    ),
    "headings of figures": lambda: iter([spl(b"Nausea 5 %.").replace(b"6 ADVERSE REACTIONS", b"6 ADVERSE REACTIONS " + b"in 5 % to " * 100_000)]),
    "as many attributes as may be": lambda: iter([spl(b"".join(b'<a b="1" c="2" d="3"/>' for n in range(38_000)))]),
    "different names": lambda: iter([spl(b"".join(b"<a%d/>" % n for n in range(200_000)))]),
    "different names in many labels": lambda: zipped(spl(b"".join(b"<a%d/>" % (n + 100_000 * k) for n in range(100_000))) for k in range(40)),
    "the longest texts": lambda: iter([spl(b"word " * 800_000)]),
    "many of the longest texts": lambda: zipped(spl(b"<paragraph>word %d</paragraph>" % n + b"word. " * 450_000).replace(b"FICTIN", b"FICTIN%d" % n).replace(b"UNII000001", b"UNII%06d" % n) for n in range(8)),
    "depth": lambda: iter([spl(b"<content>" * 190 + b"x" + b"</content>" * 190)]),
    "more depth": lambda: iter([spl(b"<content>" * 100_000)]),
    "sections in sections": lambda: iter([spl(b"x</text>" + b"<component><section>" * 25 + b"</section></component>" * 25 + b"<text>")]),
    "entities": lambda: iter([b'<!DOCTYPE document [<!ENTITY a "aaaaaaaaaa">' + b"".join(b'<!ENTITY %c "%s">' % (97 + n, b"&%c;" % (96 + n) * 10) for n in range(1, 9)) + b"]>" + spl(b"&i;")]),
    "an entity from a device": lambda: iter([b'<!DOCTYPE document [<!ENTITY a SYSTEM "file:///dev/zero">]>' + spl(b"&a;")]),
    "elements hidden by EBCDIC": lambda: iter([('<?xml version="1.0" encoding="ibm037"?>' + spl(b"x<a/>" * 1_000_000).decode()).encode("cp037")]),
    "elements hidden by UTF-7": lambda: iter([b'<?xml version="1.0" encoding="UTF-7"?>' + spl(b"x+ADw-a/+AD4-" * 1_000_000)]),
    "text of UTF-16": lambda: iter([spl(b"x<a/>" * 400_000).decode().encode("utf-16")]),
    "text of UTF-32": lambda: iter([spl(b"x<a/>" * 400_000).decode().encode("utf-32")]),
}  # fmt: skip
"""Content of an XML file, or of an archive of several, by what is bad in it."""


def zipped(contents: Iterator[bytes], name: str = "{}.xml") -> Iterator[bytes]:
    """Yield a zip of some files."""
    buffer = io.BytesIO()
    # As they are: packed, what is said again and again would be refused for that alone.
    with zipfile.ZipFile(buffer, "w") as archive:
        for number, content in enumerate(contents):
            archive.writestr(name.format(number), content)
    yield buffer.getvalue()


ROW = b"CID1%08d\tCID000000001\tC0000001\t\t%d%%\t0.1\t0.1\tPT\tC%07d\tEffect %d\n"
SIDER: dict[str, Callable[[], Iterator[bytes]]] = {
    "zeros, packed": lambda: packed(filled(b"\0", 1 << 30)),
    "zeros": lambda: filled(b"\0", 512 << 20),
    "one line": lambda: filled(b"x", 512 << 20),
    "lines of tabs": lambda: filled(b"\t" * 4000 + b"\n", 256 << 20),
    "empty lines": lambda: filled(b"\n"),
    "rows of one drug": lambda: (ROW % (1, n % 90 + 1, n, n) for n in range(2_000_000)),
    "rows of placebo": lambda: (
        (ROW % (n % 1000, n % 90 + 1, n, n)).replace(b"\t\t", b"\tplacebo\t") for n in range(2_000_000)
    ),
    "rows of many drugs": lambda: (ROW % (n % 19_000, n % 90 + 1, n % 5000, n % 5000) for n in range(2_000_000)),
    "different texts": lambda: (ROW % (n % 1000, n % 90 + 1, n, n) for n in range(2_000_000)),
    "gz in gz in gz": lambda: packed(packed(packed(filled(b"\n", 256 << 20)))),
    "a zip": lambda: zipped(iter([b"x" * (32 << 20)]), "meddra_freq.tsv"),
}
"""Content of SIDER's meddra_freq by what is bad in it."""


def packed(content: Iterator[bytes]) -> Iterator[bytes]:
    """Yield content in gzip."""
    buffer = io.BytesIO()
    with gzip.GzipFile(fileobj=buffer, mode="wb", compresslevel=1, mtime=0) as file:
        file.writelines(content)
    yield buffer.getvalue()


def _written(path: Path, content: Iterator[bytes]) -> Path:
    with path.open("wb") as file:
        file.writelines(content)
    return path


def _told(ended: Ended) -> str:
    refused = next((line for line in ended.error.splitlines() if "refused" in line), ended.error.strip().splitlines()[-1])
    return f"exit {ended.code}, {ended.seconds:.1f} s, {ended.memory:.0f} MiB; {refused.removeprefix('drugref: ')[:160]}"


def _openfda(content: Callable[[], Iterator[bytes]], field: Field) -> str:
    ended = field.imported("openfda", _written(field.folder / "labels.json", content()))
    return _told(ended)


def _dailymed(content: Callable[[], Iterator[bytes]], field: Field) -> str:
    return _told(field.imported("dailymed", _written(field.folder / "labels", content())))


def _sider(content: Callable[[], Iterator[bytes]], field: Field) -> str:
    folder = field.folder / "sider"
    folder.mkdir()
    (folder / "drug_names.tsv").write_bytes(b"".join(b"CID1%08d\tfictin%d\n" % (number, number) for number in range(19_000)))
    _written(folder / "meddra_freq.tsv", content())
    return _told(field.imported("sider", folder))


for _source, _contents, _attack in (
    ("openFDA", OPENFDA, _openfda),
    ("DailyMed", DAILYMED, _dailymed),
    ("SIDER", SIDER, _sider),
):
    for _name, _content in _contents.items():
        attack(f"{_source}: {_name}")(functools.partial(_attack, _content))


@attack("SIDER: millions of names")
def _names(field: Field) -> str:
    folder = field.folder / "sider"
    folder.mkdir()
    _written(folder / "drug_names.tsv", (b"CID1%08d\tfictin number%d\n" % (number, number) for number in range(3_000_000)))
    (folder / "meddra_freq.tsv").write_bytes(ROW % (1, 5, 1, 1))
    return _told(field.imported("sider", folder))


@attack("archives: 100,000 members without content")
def _members(field: Field) -> str:
    return _told(field.imported("dailymed", _written(field.folder / "a.zip", zipped(itertools.repeat(b"", 100_000)))))


@attack("archives: directories as large as may be, in each other")
def _directories(field: Field) -> str:
    inner = b"".join(zipped(itertools.repeat(b"", 8_000)))
    outer = b"".join(zipped(iter([inner] * 3), "{}.zip"))
    return _told(field.imported("dailymed", _written(field.folder / "a.zip", zipped(iter([outer] * 3), "{}.zip"))))


@attack("archives: a zip that holds itself many times over")
def _overlapping(field: Field) -> str:
    content = b"".join(zipped(iter([spl(b"x" * 100_000)])))
    start = content.index(b"PK\x01\x02")
    entry = content[start : content.index(b"PK\x05\x06")]
    many = entry * 20_000
    end = struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, 20_000, 20_000, len(many), start, 0)
    return _told(field.imported("dailymed", _written(field.folder / "a.zip", iter([content[:start], many, end]))))


@attack("folders: pipes, devices, links")
def _irregular(field: Field) -> str:
    folder = field.folder / "labels"
    folder.mkdir()
    for suffix in (".json", ".jsonl.gz", ".xml", ".zip", ".tsv"):
        os.mkfifo(folder / f"pipe{suffix}")
        (folder / f"zero{suffix}").symlink_to("/dev/zero")
        (folder / f"self{suffix}").symlink_to(folder)
    for table in ("drug_names", "meddra_freq"):
        os.mkfifo(folder / f"{table}.tsv")
    ended = [field.run("import", *source, str(folder), patience=30) for source in ([], ["openfda"], ["dailymed"], ["sider"])]
    given = [field.run("import", "openfda", place, patience=30) for place in ("/dev/zero", str(folder / "zero.json"))]
    if any(one.code not in (1, 2) for one in [*ended, *given]):
        raise NotHeldError(f"ended with {[one.code for one in [*ended, *given]]}")
    return f"{len(ended) + len(given)} imports refused in at most {max(one.seconds for one in [*ended, *given]):.1f} s"


SAMPLES = ROOT / "tests" / "samples" / "import"


@attack("importers: mutated inputs")
def _mutated(field: Field) -> str:
    samples = [path for path in sorted(SAMPLES.rglob("*")) if path.is_file()]
    codes: dict[int, int] = {}
    for number in range(40):
        sample = samples[number % len(samples)]
        data = bytearray(sample.read_bytes())
        for _ in range(field.dice.choice((1, 5, 50))):
            place = field.dice.randrange(len(data))
            data[place : place + field.dice.choice((0, 1, 1, 9))] = field.dice.choice(
                (b"", b"\0", b"[", b"{", b'"', b"<", b">", b"\\", b"\t", b"\n", b"\xff", b"9" * 50, field.dice.randbytes(5))
            )
        source = sample.relative_to(SAMPLES).parts[0]
        folder = field.folder / f"{number}"
        shutil.copytree(SAMPLES / source, folder)
        (folder / sample.name).write_bytes(data)
        code = field.imported(source, folder).code
        codes[code] = codes.get(code, 0) + 1
    return f"40 imports, exit codes {codes}"


# --- Databases, questions and pipes that come from anybody.


def answered(field: Field, *arguments: str, given: str = "", codes: tuple[int, ...] = (0, 1, 2, 3, 4, 5)) -> tuple[int, float]:
    """Run drugref with a shell's line before it that feeds it; return its exit code and the seconds. It shows no escape."""
    begun = time.monotonic()
    command = " ".join(map(shlex.quote, [sys.executable, "-m", "drugref", *arguments]))
    line = ["bash", "-c", f"{given or 'true'} | {command}"]
    try:
        run = subprocess.run(line, env=field.environment, capture_output=True, timeout=PATIENCE, check=False)
    except subprocess.TimeoutExpired:
        raise NotHeldError(f"{arguments} is not done after {PATIENCE} s") from None
    said = run.stdout + run.stderr
    if run.returncode not in codes or b"Traceback" in said or b"DRUGREF_DEBUG=1" in said:
        raise NotHeldError(f"{arguments} ended with {run.returncode}: {said[-300:]!r}")
    if shown := re.search(rb"[\x00-\x08\x0b-\x1f\x7f]", said):
        raise NotHeldError(f"{arguments} shows {shown[0]!r}")
    return run.returncode, time.monotonic() - begun


def spoilt(field: Field, data: bytes) -> bytes:
    """Return bytes of which some are others, more or fewer."""
    data_ = bytearray(data)
    for _ in range(field.dice.choice((1, 3, 40))):
        place = field.dice.randrange(len(data_))
        data_[place : place + field.dice.choice((0, 1, 1, 200))] = field.dice.choice(
            (b"", b"\0", b"[", b"]", b'"', b"'" * 3, b"=", b"\n", b"\x1b[31m", b"\xff", b"9" * 30, field.dice.randbytes(4))
        )
    return bytes(data_)


SAMPLE = ROOT / "tests" / "samples" / "sample.toml"


@attack("databases: mutated TOML")
def _mutated_toml(field: Field) -> str:
    path = field.folder / "x.toml"
    codes: dict[int, int] = {}
    for number in range(60):
        path.write_bytes(spoilt(field, SAMPLE.read_bytes()))
        command = (["check", str(path)], ["show", "examplin", "--db", str(path)], ["search", "yawning", "--db", str(path)])[
            number % 3
        ]
        code, _ = answered(field, *command)
        codes[code] = codes.get(code, 0) + 1
    return f"60 databases, exit codes {codes}"


@attack("databases: forged and damaged stores")
def _forged(field: Field) -> str:
    from drugref.build.proof import seal

    field.imported("openfda", SAMPLES / "openfda")
    path = field.databases / "attacked.sqlite"
    whole, shown = path.read_bytes(), 0
    for number in range(60):
        data = bytearray(whole)
        for _ in range(field.dice.choice((1, 20))):
            place = field.dice.randrange(100, len(data))
            data[place] = field.dice.choice((0, 27, 255, data[place] ^ 1))
        path.write_bytes(data)
        if number % 2:
            seal(str(path))  # as who forges one would
        answered(field, *(["list"], ["side-effects"], ["search", "nausea"], ["list", "--json"])[number % 4])
        shown += not answered(field, "check", str(path), codes=(0, 5))[0]
    return f"60 stores, {shown} of the sealed ones sound enough to be shown, the others refused"


@attack("databases: cold starts at once")
def _cold(field: Field) -> str:
    running = [field.start("show", "baclofen") for _ in range(20)]
    for one in running:
        _, error = one.communicate(timeout=PATIENCE)
        if one.returncode or error:
            raise NotHeldError(f"ended with {one.returncode}: {error[-300:]!r}")
    left = [path.suffix for path in (field.folder / "cache" / "drugref").iterdir()]
    if left != [".sqlite"]:
        raise NotHeldError(f"leaves {left}")
    return "20 at once, one store, no word"


@attack("questions: control characters in every place")
def _questions(field: Field) -> str:
    nasty = "\x1b]0;PWN\x07\x1b[31m\x9b2J\u202e\r\x08[red]:smile:"
    folder = field.databases
    folder.mkdir(parents=True)
    (folder / f"{nasty.replace('/', '')}.toml").write_text("x")
    asked = [
        ["show", nasty], ["show", "baclofen", "--db", nasty], ["search", nasty], ["list", "--class", nasty], ["list", "--atc", nasty],
        ["uses", "--for", nasty], ["side-effects", "--effect", nasty], ["contraindications", "--with", nasty],
        ["interactions", nasty], ["compare", nasty, "baclofen"], ["screen", "--drug", nasty, "--condition", nasty], ["sources", nasty],
        ["check", nasty], ["import", nasty], ["databases"], ["databases", "--remove", nasty], ["export", "--format", nasty], [nasty],
        ["show", "baclofen", f"--{nasty}"], ["list", "--status", nasty], ["help", nasty], ["pharmacokinetics", nasty],
    ]  # fmt: skip
    number = 0
    for question in asked:
        for look in ([], ["--format", "table", "--color", "never"], ["--json"], ["--plain"]):
            answered(field, *question, *look)
            number += 1
    return f"{number} questions, no control character came out"


@attack("pipes: input that never ends")
def _endless(field: Field) -> str:
    seconds = [
        answered(field, "show", "-", given=given, codes=(1,))[1]
        for given in (
            "yes baclofen",
            "yes '#'",
            "yes ''",
            "seq 1000000000",
            "cat /dev/zero",
            "(printf 'a\\t'; cat /dev/zero)",
            "cat /dev/urandom",
        )
    ]
    seconds += [
        answered(field, *command, "/dev/stdin", given="yes 'x = 1'", codes=(1, 2))[1]
        for command in (["show", "x", "--db"], ["check"], ["import", "openfda"])
    ]
    return f"{len(seconds)} commands, each refused, the slowest in {max(seconds):.0f} s"


# --- Files written aside: kills at random moments, containers that share a folder.


@attack("written aside: killed at random moments")
def _killed(field: Field) -> str:
    path = field.folder / "labels.json.zip"
    labels.archive(600, path)
    whole = field.imported("openfda", path)
    before = (field.databases / "attacked.sqlite").read_bytes()
    for number in range(12):
        running = field.start("import", "openfda", str(path), "--to", "attacked")
        time.sleep(field.dice.uniform(0, whole.seconds))
        running.send_signal(field.dice.choice((signal.SIGKILL, signal.SIGTERM, signal.SIGINT)))
        running.communicate(timeout=PATIENCE)
        with sqlite3.connect(field.databases / "attacked.sqlite") as connection:
            if connection.execute("PRAGMA integrity_check").fetchone() != ("ok",):
                raise NotHeldError(f"kill {number} left a damaged database of {len(before)} bytes before")
        connection.close()
    field.imported("openfda", path)
    return "12 kills, each left a whole database, and the next import left nothing else"


@attack("written aside: two containers, both process 1, share a folder")
def _containers(field: Field) -> str:
    contained = ["unshare", "-pf", "--mount-proc"]
    if not shutil.which("unshare") or subprocess.run([*contained, "true"], capture_output=True, check=False).returncode:
        return "not tried: this machine makes no process namespaces"
    path = field.folder / "labels.json.zip"
    labels.archive(300, path)
    for number in range(8):
        command = [*contained, sys.executable, "-m", "drugref", "import", "openfda", str(path), "--to", "attacked"]
        pair = [subprocess.Popen(command, env=field.environment, stderr=subprocess.PIPE) for _ in range(2)]
        for one in pair:
            _, error = one.communicate(timeout=PATIENCE)
            if one.returncode:
                raise NotHeldError(f"round {number}: {error.decode()[-300:]}")
        left = [entry.name for entry in field.databases.iterdir()]
        if left != ["attacked.sqlite"]:
            raise NotHeldError(f"round {number} leaves {left}")
    return "8 rounds, no import lost"


if __name__ == "__main__":
    sys.exit(main())
