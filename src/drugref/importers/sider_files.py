"""SIDER's files: which there are, their rows, and what they hold on each name.

They are tables without a header, plain or in gzip. Every row is counted, here if it can be no fact.
"""

import os
import re
import sys
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import IO, NamedTuple, get_args

from drugref.curated.validate import quoted
from drugref.errors import DrugrefError
from drugref.importers.archive import MemberError, beginning_of, members, regular_files
from drugref.job import Job, Report
from drugref.lexicon.frequency import BANDS
from drugref.lexicon.salts import NO_DRUG_ALONE, SHARED_BEGINNINGS
from drugref.model import AtcCode, Form, Incidence
from drugref.text import is_unsafe, name_key, slug

NAMES, ATC, FREQUENCIES = "drug_names", "drug_atc", "meddra_freq"
EFFECTS, INDICATIONS = "meddra_all_se", "meddra_all_indications"
COLUMNS = {NAMES: 2, ATC: 2, FREQUENCIES: 10, EFFECTS: 6, INDICATIONS: 7}
"""Number of columns by file, named without ``.tsv`` or ``.tsv.gz``, in the order in which the files are read."""

SUFFIXES = (".tsv",)
LINE = 4096
"""Bytes of a row; the longest have some 200."""
LINES = 2_000_000
"""Lines of a file; SIDER's longest has 310,000."""
NAMES_AT_MOST = 20_000
"""Compounds; SIDER has 1,430."""
OF_A_DRUG = 20_000
"""Rows of one drug in one file; there are some thousands at most."""
ROWS = 800_000
"""Rows on drugs with a name, which are held until they become records; SIDER has some 650,000."""
TEXTS = 32 << 20
"""Bytes that the different texts in these rows may take in memory; SIDER's take some 5 MB."""

WORDS = {**BANDS, "postmarketing": "not-known"}
"""Bands of the words that stand in place of a figure."""

SAID_ALREADY = "said already"
"""Why a row is left out whose fact the record has, for instance from another isomer."""

_FIRST_WORDS = frozenset((*NO_DRUG_ALONE, *SHARED_BEGINNINGS))
"""First words that many substances share: as names they are what SIDER left of somebody else's."""
_PERCENT = re.compile(r"(?:([<>≤≥]|<=|>=) *)?(\d+(?:\.\d+)?)(?: *%? *(?:-|–|to) *(\d+(?:\.\d+)?))? *%")
_ATC: Form = get_args(AtcCode)[1]


class Row(NamedTuple):
    """A finding in a label: an effect, perhaps with a frequency, or an indication."""

    concept: str
    """UMLS number of what the label says."""
    level: str
    """PT (preferred term), LLT (lowest level term) or empty."""
    number: str
    """UMLS number of the term: the concept's own if the term says the same."""
    term: str
    """The MedDRA term."""
    frequency: str = ""
    """As SIDER writes it; empty in tables without."""


class Found:
    """What the files hold on one name."""

    def __init__(self) -> None:
        self.stereo: set[int] = set()
        """PubChem numbers of the stereoisomers that its rows are of."""
        self.atc: set[str] = set()
        """ATC codes."""
        self.rows: dict[str, list[Row]] = {FREQUENCIES: [], EFFECTS: [], INDICATIONS: []}
        """Rows that may become facts, by file; not counted yet."""
        self.placebo: set[tuple[str, str]] = set()
        """Concepts with the frequencies that were seen on placebo."""


class Held:
    """What the rows say, each text once, and how much more memory has room for."""

    def __init__(self) -> None:
        self._texts: dict[str, str] = {}
        self._rows, self._bytes = ROWS, TEXTS

    def has(self, cells: list[str]) -> list[str] | None:
        """Return the cells of a row as texts that rows share; None where there is no more room."""
        shared = [self._texts.setdefault(cell, cell) for cell in cells]
        self._rows -= 1
        self._bytes -= sum(sys.getsizeof(cell) + _SLOT for cell, one in zip(cells, shared, strict=True) if cell is one)
        return shared if min(self._rows, self._bytes) >= 0 else None


_MORE = "more than SIDER has"
_SLOT = 100
"""Bytes by which a table of texts grows with each of them, for want of a better figure."""


class Names(NamedTuple):
    """What the file of names says."""

    of: dict[str, str]
    """Names, in lower case, by id."""
    ids: dict[str, list[str]]
    """Ids by name; one row each, not counted yet."""
    refused: dict[str, str]
    """Why an id has no name, where that is not for want of a row."""
    held: Held
    """Room for rows on them."""


def named_files(path: str, job: Job | None = None) -> Iterator[tuple[str, str]]:
    """Yield table and place of each file of a folder, or of the one given, that is named like one of SIDER's."""
    for _, place in regular_files(path, SUFFIXES, job, deep=False):
        table = re.fullmatch(r"(\w+)\.tsv(\.gz)?", os.path.basename(place))
        if table and table[1] in COLUMNS:
            yield table[1], place


def begins_as(table: str, path: str) -> bool:
    """Tell whether a file's first row is one of that table."""
    first, end, _ = beginning_of(path, SUFFIXES).partition(b"\n")
    try:
        _cells(first + end, COLUMNS[table])
    except ValueError:
        return False
    return True


def found_files(paths: Sequence[str], job: Job) -> dict[str, str]:
    """Map tables to their files, in the order of COLUMNS; raise DrugrefError if one is there twice or too few are there."""
    found: dict[str, str] = {}
    for path in paths:
        for table, file in named_files(path, job):
            first = found.setdefault(table, os.path.realpath(file))
            if first != os.path.realpath(file):
                raise DrugrefError(f"SIDER's {table} is there twice: {quoted(first, 200)} and {quoted(file, 200)}")
    if NAMES not in found:
        raise DrugrefError("SIDER's drug_names.tsv is missing; without it nothing says which drug a row is of")
    if not found.keys() & {FREQUENCIES, EFFECTS}:
        raise DrugrefError("SIDER's meddra_freq.tsv.gz and meddra_all_se.tsv.gz are missing; one of them is needed")
    return {table: found[table] for table in COLUMNS if table in found}


def _rows(table: str, path: str, job: Job) -> Iterator[tuple[str, list[str]]]:
    """Yield place and cells of each row; count as refused what is none, and the place where a file breaks off."""
    file = os.path.basename(path)
    for member in members(path, SUFFIXES, job):
        number = 0
        try:
            for number, line in enumerate(_lines(member.stream), 1):
                where = f"{file}:{number}"
                if number > LINES:
                    job.report.break_off(where, _MORE)
                    break
                try:
                    cells = _cells(line, COLUMNS[table])
                except ValueError as why:
                    job.report.refuse(where, str(why))
                else:
                    yield where, cells
        except MemberError as error:
            job.report.break_off(f"{file}:{number + 1}", str(error))


def _lines(stream: IO[bytes]) -> Iterator[bytes]:
    """Yield the lines of a stream, of one that is too long only its beginning."""
    while line := stream.readline(LINE):
        yield line
        while len(line) == LINE and not line.endswith(b"\n"):
            line = stream.readline(LINE)


def _cells(line: bytes, columns: int) -> list[str]:
    """Return the cells of a line as clean text; raise ValueError, saying why, if it is no row of SIDER's."""
    if len(line) == LINE:
        raise ValueError("a line longer than any row")
    try:
        text = unicodedata.normalize("NFC", line.decode("utf-8"))
    except UnicodeDecodeError:
        raise ValueError("not UTF-8") from None
    if not text.endswith("\n"):
        raise ValueError("a line without an end, as where a file is cut off")
    cells = text.rstrip("\r\n").split("\t")
    if any(not cell.isprintable() and any(map(is_unsafe, cell)) for cell in cells):
        raise ValueError("a control character")
    if len(cells) != columns:
        raise ValueError("another number of columns")
    if not re.fullmatch(r"CID1\d{8}", cells[0]):
        raise ValueError("no compound id in the first column")
    return [cell.strip() for cell in cells]


def read_names(path: str, job: Job) -> Names:
    """Read the file of names, refusing those that may stand for another substance; rows that give a name are not counted."""
    listed: dict[str, dict[str, str]] = defaultdict(dict)
    for where, (number, name) in _rows(NAMES, path, job):
        if number not in listed and len(listed) >= NAMES_AT_MOST:
            job.report.refuse(where, "more compounds than SIDER has")
        elif name.lower() in listed[number]:
            job.report.leave_out(SAID_ALREADY)
        elif len(listed[number]) > 1:
            job.report.refuse(where, "an id with two names")
        else:
            listed[number][name.lower()] = where
    alike: dict[str, set[str]] = defaultdict(set)
    for given in listed.values():
        for name in given:
            alike[slug(name)].add(name)
            alike[f"={name_key(name)}"].add(name)  # no slug has an equals sign
    names = Names({}, defaultdict(list), {}, Held())
    for number, given in listed.items():
        name = next(iter(given))
        if len(given) > 1:
            names.refused[number] = "an id with two names"
        elif _is_fragment(name):
            names.refused[number] = "a name cut to what many substances share"
        elif len(alike[slug(name)] | alike[f"={name_key(name)}"]) > 1:
            names.refused[number] = "a name that differs from another in signs alone"
        else:
            names.of[number] = name
            names.ids[name].append(number)
            continue
        for where in given.values():
            job.report.refuse(where, names.refused[number])
    return names


def _is_fragment(name: str) -> bool:
    """Tell whether a name was cut to something that does not say which substance it is."""
    return (
        not (slug(name) and name_key(name) and re.search(r"[^\W\d_]{2}", name))
        or name[-1] in "-([,/"
        or name.count("(") != name.count(")")
        or name in _FIRST_WORDS
    )


def gather(table: str, path: str, names: Names, found: dict[str, Found], job: Job) -> None:
    """Read a file into what is found on each name; count rows that can be no fact, and ATC codes said twice."""
    rows: Counter[str] = Counter()
    for where, cells in _rows(table, path, job):
        name = names.of.get(cells[0])
        if not name:
            job.report.refuse(where, names.refused.get(cells[0], "no name for this id"))
            continue
        rows[name] += 1
        if rows[name] > OF_A_DRUG:
            job.report.refuse(where, "more rows than any drug has")
            continue
        shared = names.held.has(cells)
        if shared is None:
            job.report.break_off(where, _MORE)
            return
        if table == ATC:
            _gather_code(where, shared[1], found[name], job.report)
        elif row := _row(table, where, shared, found[name], job.report):
            found[name].rows[table].append(row)


def _gather_code(where: str, code: str, drug: Found, report: Report) -> None:
    if not re.fullmatch(_ATC.pattern, code):
        report.refuse(where, "no ATC code in the second column")
    elif code in drug.atc:
        report.leave_out(SAID_ALREADY)
    else:
        drug.atc.add(code)


def _row(table: str, where: str, cells: list[str], drug: Found, report: Report) -> Row | None:
    """Return what may become a fact, or None for a row that cannot and has been counted."""
    if not name_key(cells[-1]):
        report.refuse(where, "no term")
        return None
    if table == INDICATIONS:
        return _indication(where, cells, report)
    if not re.fullmatch(r"CID0\d{8}", cells[1]):
        report.refuse(where, "no compound id in the second column")
        return None
    if table == EFFECTS:
        drug.stereo.add(int(cells[1][4:]))
        return Row(cells[2], *cells[3:])
    row = Row(cells[2], cells[7], cells[8], cells[9], cells[4])
    if cells[3] == "placebo":
        drug.placebo.add((row.concept, row.frequency))
        report.leave_out("placebo arm")
        return None
    try:
        figure = read_frequency(row.frequency)
    except ValueError as why:
        report.refuse(where, str(why))
        return None
    if cells[3]:
        report.refuse(where, "an arm that SIDER does not describe")
        return None
    if isinstance(figure, Incidence) and figure.high == 0:
        report.leave_out("not seen in that arm")
        return None
    drug.stereo.add(int(cells[1][4:]))
    return row


def _indication(where: str, cells: list[str], report: Report) -> Row | None:
    if cells[2] == "NLP_indication":
        return Row(cells[1], *cells[4:])
    if cells[2] == "NLP_precondition":
        report.leave_out("a precondition, not an indication")
    elif cells[2] == "text_mention":
        report.leave_out("a mention, not an indication")
    else:
        report.refuse(where, "a method that SIDER does not describe")
    return None


@lru_cache(maxsize=4096)
def read_frequency(text: str) -> Incidence | str:
    """Return the figure, or the band that a word stands for; raise ValueError, saying why, where it is neither."""
    if band := WORDS.get(text.lower()):
        return band
    match = re.fullmatch(_PERCENT, text)
    try:
        if not match:
            raise ValueError
        sign = {"<=": "≤ ", ">=": "≥ "}.get(match[1], match[1] or "")
        figure = Incidence.parse(f"{sign}{match[2]}–{match[3]} %" if match[3] else f"{sign}{match[2]} %")
        if figure.high is None and not figure.low:
            raise ValueError
    except ValueError:
        raise ValueError("a frequency in no known form") from None
    if max(figure.low or 0, figure.high or 0) == 100:
        raise ValueError("a figure of 100 %, most likely misread")
    return figure
