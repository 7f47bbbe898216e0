"""Checking table by table finds what checking the whole file finds, with the same lines."""

import random

import pytest

from benchmarks import synthetic
from drugref.commands import check
from drugref.curated import pieces
from drugref.curated.pieces import NotPiecesError, examine
from drugref.errors import InvalidDatabaseError
from tests.conftest import BUNDLED, SAMPLE
from tests.test_stream import FITTING, NOT_FITTING
from tests.test_validate import HEAD

USUAL = "".join(synthetic.lines(4))
SAID = {
    **FITTING,
    **NOT_FITTING,
    "comments everywhere": "# 1\n" + HEAD.replace("\n[", "\n\n# 2\n  # 3\n\n[").replace('inn = "a"', 'inn = "a" # 4') + "# 5\n\n",
    "comment in a text": HEAD + 'summary = { text = """\n# no comment\n[drugs.x]\n""", sources = ["s"] }\n',
    "no space between": HEAD.replace("\n\n", "\n"),
    "canonical": USUAL,
    "blanks at the end": USUAL + "\n",
    "no end of line": USUAL[:-1],
    "another schema line": USUAL.replace("#:schema ./", "#:schema ../"),
    "earlier form": HEAD.replace("schema = 2", "schema = 1"),
    "no database": HEAD.replace("[database]", "[databases]"),
    "test server": HEAD.replace('locator = "', 'locator = "https://www-uat.example.com/'),
    "a name of two drugs": USUAL + '[drugs.zz]\ninn = "zz"\nnames = [ { name = "Zz!", kind = "brand", sources = ["nosuch"] } ]\n',
    "dotted keys": HEAD + "class.path = ['x']\nclass.sources = ['s']\n",
    "quoted keys": HEAD + '[drugs."b c"]\ninn = "b c"\n',
    "an open array": HEAD + 'uses = [\n[drugs.b]\ninn = "b"\n',
}  # fmt: skip


def found(data: bytes) -> object:
    """Return what a check tells of a file, or what forbids it."""
    try:
        seen = check._examined(data, "x.toml")
        return seen.problems or seen
    except InvalidDatabaseError as error:
        return str(error)


def both(data: bytes, monkeypatch: pytest.MonkeyPatch) -> tuple[object, object]:
    """Return what is found in a file table by table, if that can be, and what whole."""
    by_table = found(data)
    with monkeypatch.context() as patch:
        patch.setattr(check, "examine", whole)
        return by_table, found(data)


def whole(_: bytes) -> None:
    raise NotPiecesError


@pytest.mark.parametrize("name", SAID)
def test_both_ways_find_the_same(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    by_table, at_once = both(SAID[name].encode(), monkeypatch)
    assert by_table == at_once


@pytest.mark.parametrize("seed", range(60))
def test_both_ways_find_the_same_in_a_spoilt_file(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    dice = random.Random(seed)
    lines = (dice.choice((SAMPLE.read_text(encoding="utf-8"), USUAL))).splitlines(keepends=True)
    for _ in range(dice.choice((1, 3))):
        number = dice.randrange(len(lines))
        kind = dice.choice(("drop", "twice", "move", "word", "sign", "comment", "bytes"))
        if kind == "drop":
            del lines[number]
        elif kind == "twice":
            lines.insert(dice.randrange(len(lines)), lines[number])
        elif kind == "move":
            lines.insert(dice.randrange(len(lines)), lines.pop(number))
        elif kind == "word":
            lines[number] = lines[number].replace(
                dice.choice(("s", "kind", "sources", "inn", '"', "[", "=")), dice.choice(("x", "")), 1
            )
        elif kind == "sign":
            lines[number] = lines[number][:-2] + dice.choice("\"[]{}=,'\\é\x01") + "\n"
        else:
            lines.insert(number, "# a comment\n" if kind == "comment" else "\n")
    by_table, at_once = both("".join(lines).encode(), monkeypatch)
    assert by_table == at_once


def test_the_usual_layout_is_checked_table_by_table() -> None:
    for text in (BUNDLED.read_text(encoding="utf-8"), USUAL, SAMPLE.read_text(encoding="utf-8")):
        assert examine(text.encode()).problems == []
        assert examine(text.replace("sources = [", "source = [", 1).encode()).problems
        assert [problem.expected for problem in examine(text.replace("= [", "[", 3).encode()).problems] == ["TOML"]


@pytest.mark.parametrize("value", ["[" * 5000 + "]" * 5000, "9" * 5000], ids=["nested", "a number beyond Python's"])
def test_a_value_that_has_no_line_for_the_parser_has_that_of_its_table(value: str) -> None:
    (problem,) = examine(f"{HEAD}uses = {value}\n".encode()).problems
    assert (problem.expected, problem.line) == ("TOML", HEAD.count("\n", 0, HEAD.index("[drugs.a]")))


def test_a_comment_goes_with_the_table_below_it() -> None:
    text = HEAD.replace("[drugs.a]", "# one\n\n  # two\n[drugs.a]").encode()
    last = list(pieces._pieces(text))[-1]
    assert last.text.startswith("\n# one\n\n  # two\n[drugs.a]\n")
    lines = text.decode().splitlines()
    assert (lines[last.line], lines[last.header - 1]) == ("# one", "[drugs.a]")


def test_many_comments_take_no_more_time_than_their_length() -> None:
    text = HEAD.replace("[drugs.a]", "# c\n" * 300_000 + "x = 1\n[drugs.a]") + "# c\n" * 300_000
    assert examine(text.encode()).problems
