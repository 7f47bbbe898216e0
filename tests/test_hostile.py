"""Files that are made to do harm: refused with a reason, in bounded time and memory, and no other file is touched."""

import os
import socket
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from lxml import etree

from drugref.importers.markup import DEPTH, MarkupError, parse_fragment, parse_xml

BEYOND = "larger or deeper than any label"
ENCODING = "not in the encoding that it declares"
MEGABYTE = 1 << 20
BOUNDED = """
import resource, sys
from datetime import date
from drugref.importers.archive import members, whole
from drugref.job import Job
from drugref.importers.markup import MarkupError, parse_fragment, parse_xml
resource.setrlimit(resource.RLIMIT_AS, (700 << 20, 700 << 20))
try:
"""


def bounded(code: str, data: bytes = b"") -> str:
    """Run a line of code, with ``data`` as its standard input, in 700 MB of address space and 20 seconds; return its output."""
    program = f"{BOUNDED}    {code}\nexcept MarkupError as error:\n    print('refused:', error)"
    run = subprocess.run([sys.executable, "-c", program], input=data, capture_output=True, timeout=20, check=False)
    assert run.returncode == 0, run.stderr[-500:]
    return run.stdout.decode().strip()


def xml(text: str) -> str:
    return bounded("print('read:', parse_xml(sys.stdin.buffer.read()).text)", text.encode())


def html(text: str) -> str:
    return bounded("print('read:', len(parse_fragment(sys.stdin.read())))", text.encode())


def entities(definitions: str, body: str) -> str:
    return f"<!DOCTYPE document [{definitions}]><document>{body}</document>"


LAUGHS = '<!ENTITY a0 "ha">' + "".join(f'<!ENTITY a{number} "{f"&a{number - 1};" * 10}">' for number in range(1, 12))
LONG = f'<!ENTITY a "{"ha" * 50_000}">'


@pytest.mark.parametrize(
    "text",
    [
        "<a>" * 100_000, "<a>" * 100_000 + "</a>" * 100_000, entities(LAUGHS, "&a11;"), entities(LAUGHS, '<b c="&a11;"/>'),
        entities(LONG, "&a;" * 100_000), entities(LONG, f'<b c="{"&a;" * 100_000}"/>'), f"<a>{'x' * 100 * MEGABYTE}</a>",
        f"<a>{'x' * 60 * MEGABYTE}</a>", f'<a b="{"x" * 60 * MEGABYTE}"/>', f"<{'a' * 60 * MEGABYTE}/>", f"<a>{'<b/>' * 10_000_000}</a>",
        "<a " + " ".join(f'b{number}=""' for number in range(4_000_000)) + "/>",
    ],
    ids=[
        "deep and open", "deep", "billion laughs", "billion laughs in an attribute", "quadratic", "quadratic in an attribute",
        "100 MB field", "60 MB field", "60 MB attribute", "60 MB name", "elements", "attributes",
    ],
)  # fmt: skip
def test_bombs_are_refused_in_bounded_time_and_memory(text: str) -> None:
    assert xml(text) == f"refused: {BEYOND}"


@pytest.mark.parametrize(
    "text",
    ["<table><tr><td>" * 100_000, "<table>" + "<b>" * 100_000, f"<table><tr><td>{'x' * 60 * MEGABYTE}", f"<table>{'<td>' * 10_000_000}"],
    ids=["tables", "elements", "60 MB field", "cells"],
)  # fmt: skip
def test_a_table_that_is_a_bomb_is_not_cut_off_but_refused(text: str) -> None:
    assert html(text) == f"refused: {BEYOND}"


def test_what_a_label_can_be_is_read_in_that_memory() -> None:
    assert xml(f"<a>{'x' * 9 * MEGABYTE}</a>").endswith("xxx")
    assert xml("<a>z" + "<b/>" * 150_000 + "</a>") == "read: z"


def test_depth_has_one_bound() -> None:
    assert parse_xml(b"<a>" * DEPTH + b"</a>" * DEPTH).tag == "a"
    with pytest.raises(MarkupError, match=BEYOND):
        parse_xml(b"<a>" * (DEPTH + 1) + b"</a>" * (DEPTH + 1))


@pytest.mark.parametrize(
    "text",
    [
        entities('<!ENTITY a SYSTEM "{}">', "&a;"), entities('<!ENTITY % a SYSTEM "{}"> %a;', "x"),
        entities('<!ENTITY a PUBLIC "-//X//Y" "{}">', "&a;"), '<!DOCTYPE document SYSTEM "{}"><document/>',
        '<!DOCTYPE document PUBLIC "-//X//Y" "{}"><document/>', "<!DOCTYPE document><document/>", entities('<!ENTITY a "x">', "x"),
    ],
    ids=["entity", "parameter entity", "public entity", "DTD", "public DTD", "bare", "entity of its own"],
)  # fmt: skip
@pytest.mark.parametrize("scheme", ["file", "pipe", "http"])
def test_a_doctype_is_refused_and_nothing_outside_is_opened(tmp_path: Path, text: str, scheme: str) -> None:
    # Whoever opened the pipe would hang; whoever asked the server would be in its queue.
    (tmp_path / "secret").write_text("canary")
    os.mkfifo(tmp_path / "pipe")
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0)
        port = server.getsockname()[1]
        address = {"file": tmp_path / "secret", "pipe": tmp_path / "pipe", "http": f"http://127.0.0.1:{port}/x.dtd"}[scheme]
        assert xml(text.replace("{}", str(address))) == "refused: has a DOCTYPE"
        with pytest.raises(BlockingIOError):
            server.accept()


def test_nothing_is_included(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("canary")
    include = '<a xmlns:xi="http://www.w3.org/2001/XInclude">own<xi:include href="{}" parse="text"/></a>'
    root = parse_xml(include.format(tmp_path / "secret").encode())
    assert etree.tostring(root, method="text") == b"own"


@pytest.mark.parametrize(
    ("declared", "used", "expected"),
    [
        ("utf-8", "utf-8", "élan"), ("utf-16", "utf-16", "élan"), ("utf-16", "utf-16-le", "élan"), ("utf-16", "utf-16-be", "élan"),
        ("utf-8", "utf-16", "élan"), ("iso-8859-1", "iso-8859-1", "élan"), ("windows-1252", "windows-1252", "élan"),
        ("utf-8", "iso-8859-1", ENCODING), ("x-unheard-of", "utf-8", ENCODING), ("us-ascii", "utf-8", ENCODING),
    ],
)  # fmt: skip
def test_encodings_are_as_declared_or_refused(declared: str, used: str, expected: str) -> None:
    data = f'<?xml version="1.0" encoding="{declared}"?><a>élan</a>'.encode(used)
    if expected == "élan":
        assert parse_xml(data).text == "élan"
    else:
        with pytest.raises(MarkupError) as caught:
            parse_xml(data)
        assert str(caught.value) == expected


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize("piece", ["<a{}/>", '<a b{}="x"/>'], ids=["elements", "attributes"])
def test_more_names_than_any_label_has_are_refused_before_the_parser_keeps_them(piece: str, encoding: str) -> None:
    text = "<a>" + "".join(map(piece.format, range(2000))) + "</a>"
    with pytest.raises(MarkupError, match=BEYOND):
        parse_xml(text.encode(encoding))


@pytest.mark.parametrize("encoding", ["ibm037", "utf-7", "utf-7-imap"])
def test_no_encoding_hides_elements_from_being_counted(encoding: str) -> None:
    text = f'<?xml version="1.0" encoding="{encoding}"?><a>{"<b/>" * 10}</a>'
    hidden = text.encode("cp037") if encoding == "ibm037" else text.replace("<b/>", "+ADw-b/+AD4-").encode()
    with pytest.raises(MarkupError) as caught:
        parse_xml(hidden)
    assert str(caught.value) == ENCODING


@pytest.mark.parametrize(
    "data",
    [b"", b" ", b"<a>x\x00</a>", b"<a>&#0;</a>", b"<a>&#x1b;</a>", b"<a><b>x</b>", b"<a>x</b>", b"<a/><b/>", b"\x89PNG\r\n\x1a\n", b"<a>&nbsp;</a>", b"<a>\xef\xbf\xbe</a>"],
    ids=["empty", "blank", "NUL", "NUL by number", "escape by number", "truncated", "crossed", "two roots", "image", "unknown entity", "no character"],
)  # fmt: skip
def test_what_is_not_well_formed_is_refused(data: bytes) -> None:
    with pytest.raises(MarkupError) as caught:
        parse_xml(data)
    assert str(caught.value) == "not well-formed XML"


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ('<table><tr><td styleCode="Rrule"/><td>5</td></tr></table>', ["", "5"]),
        ("<table><tr><td>p<0.05 & AT&T</td><td>5<br>6</td></tr></table>", ["p<0.05 & AT&T", "56"]),
        ("<table><tr><td>a<td>b<tr><td>c</table>", ["a", "b", "c"]),
        ("<table><tr><td>a</td><td>b", ["a", "b"]),
        ("<table><tr><td>&nbsp;&ge;5 &unheard;</td></tr></table>", ["\xa0≥5 &unheard;"]),
        ("<!-- x --><p>before</p><table><tr><td>a<!-- x --></td></tr></table>", ["a"]),
        ("<table><tr><td>a\x00\ud800</td></tr></table>", ["a\ufffd?"]),
    ],
    ids=["well-formed", "stray signs", "open", "truncated", "entities", "comments", "no characters"],
)
def test_tables_are_read_well_formed_or_not(text: str, cells: list[str]) -> None:
    assert [
        str(etree.tostring(cell, method="text", encoding="unicode", with_tail=False))
        for cell in parse_fragment(text).iter("td")
    ] == cells


def test_a_table_in_a_table_belongs_to_it() -> None:
    assert len(list(parse_fragment("<table><tr><td><table/></td></tr></table>").iter("table"))) == 2


@pytest.mark.parametrize(
    "text",
    ["", "no table", "<p>no table</p>", "<table/><table/>", "<!-- <table/> -->"],
    ids=["empty", "text", "none", "two", "comment"],
)
def test_what_is_not_one_table_is_refused(text: str) -> None:
    with pytest.raises(MarkupError, match="not one table"):
        parse_fragment(text)


def test_a_member_of_100_mb_is_refused_in_bounded_memory(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as made:
        made.writestr("a.xml", bytes(100 * MEGABYTE))
        made.writestr("b.xml", b"<a/>")
    code = (
        "job = Job(today=date(2026, 1, 1)); "
        f"print([whole(member, job) for member in members({str(tmp_path / 'a.zip')!r}, ('.xml',), job)], dict(job.report.refused))"
    )
    assert bounded(code) == "[None, b'<a/>'] {'larger than any label': 1}"
