"""Links: sources' addresses, on terminals that have links, and never anything but a plain http or https address."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drugref import output, terminal
from drugref.pages.view import Page, Paragraph, Section, Span, is_address, linked
from drugref.render import renderer
from drugref.terminal import Style
from tests.conftest import Cli


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("https://wikimd.com/wiki/Inaperisone (read 2026-11-22)", "https://wikimd.com/wiki/Inaperisone"),
        ("doi 10.1016/0014-2999(92)90630-m (read 2026-11-22)", "https://doi.org/10.1016/0014-2999(92)90630-m"),
        ("see (http://example.org/a).", "http://example.org/a"),
        ("https://example.org/a_(b)", "https://example.org/a_(b)"),
        ("DailyMed set id 5b5e-8d", ""),
        (
            "DailyMed set id 00C6c924-ddfd-4a75-afd7-f6561ff9abbc (old)",
            "https://dailymed.nlm.nih.gov/dailymed/lookup.cfm?setid=00c6c924-ddfd-4a75-afd7-f6561ff9abbc",
        ),
        ("javascript:alert(1)", ""),
        ("ftp://example.org/x", ""),
        ('https://example.org/"onclick', ""),
        ("https://example.org/\u202etxt", "https://example.org/"),
        ("https://example.org/\x1b]8;;", "https://example.org/"),
    ],
)
def test_the_first_address_of_a_text_is_its_link(text: str, address: str) -> None:
    line = linked(text)
    assert "".join(span.text for span in line) == text
    assert [span.link for span in line if span.link] == ([address] if address else [])


@given(st.text())
def test_a_link_is_a_plain_address(text: str) -> None:
    for link in (span.link for span in linked(f"https://{text}") if span.link):
        assert is_address(link)
        assert re.fullmatch(r"https?://[!-~]+", link)


def page(link: str) -> list[Page]:
    return [Page("x", [], [Section("Sources", [Paragraph([Span("a label", "dim", link)])])], [])]


@pytest.mark.parametrize(
    "link", ["https://example.org/a", "https://example.org/\x1b]8;;", "file:///etc/passwd", "javascript:x", "x\x07"]
)
def test_only_an_address_becomes_one_and_only_where_there_are_links(link: str) -> None:
    look = Style(80, color=True)
    assert "\x1b]8" not in renderer("table")(page(link), look)
    look.links = True
    out = renderer("table")(page(link), look)
    assert out.count("\x1b]8;") == (2 if is_address(link) else 0)
    assert "a label" in output.without_links(out)
    assert "\x1b]8" not in output.without_links(out)


@pytest.mark.parametrize(
    ("environment", "has"),
    [
        ({}, False), ({"TERM": "xterm-256color"}, False), ({"TERM": "linux"}, False), ({"TERM": "dumb"}, False),
        ({"TERM": "xterm-kitty"}, True), ({"TERM": "foot"}, True), ({"TERM_PROGRAM": "iTerm.app"}, True), ({"VTE_VERSION": "7006"}, True),
        ({"VTE_VERSION": "4602"}, False), ({"WT_SESSION": "1"}, True), ({"KONSOLE_VERSION": "210400"}, True),
        ({"FORCE_HYPERLINK": "1"}, True), ({"FORCE_HYPERLINK": "0", "WT_SESSION": "1"}, False),
    ],
)  # fmt: skip
def test_terminals_that_have_links(environment: dict[str, str], has: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("TERM", "TERM_PROGRAM", "VTE_VERSION", "WT_SESSION", "KONSOLE_VERSION", "DOMTERM"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert not terminal.has_links()  # no terminal
    monkeypatch.setattr(terminal, "is_terminal", lambda: True)
    assert terminal.has_links() == has


def test_a_pipe_never_has_links(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORCE_HYPERLINK", "1")
    monkeypatch.setenv("FORCE_COLOR", "1")
    for shown_as in ("table", "tsv", "markdown"):
        assert "\x1b]8" not in cli("show", "inaperisone", "-f", shown_as)[1]
