"""HTML: one page that needs nothing else, leads nowhere but to sources, and that everybody can read."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drugref.pages.view import Block, Bullets, Grid, Page, Paragraph, Section, Span, Table, labelled
from drugref.render.html import STYLE, render
from drugref.terminal import Style
from tests import browser
from tests.conftest import SAMPLE, Cli
from tests.test_theme import contrast

EMPTY = {"meta", "br", "link", "input"}


class Tags(HTMLParser):
    """Notes every tag with its attributes, and whether they close in order."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.text = ""
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in EMPTY:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


def values(tags: Tags, name: str) -> list[str]:
    return [attrs[name] or "" for _, attrs in tags.tags if name in attrs]


@pytest.mark.parametrize("drug", ["examplin", "emptazole", "baclofen"])
def test_footnotes_lead_there_and_back(cli: Cli, drug: str) -> None:
    tags = Tags(cli("show", drug, "-f", "html", "--db", str(SAMPLE))[1])
    ids, links = values(tags, "id"), values(tags, "href")
    assert len(ids) == len(set(ids))
    inner = {link[1:] for link in links if link.startswith("#")}
    assert inner <= set(ids)
    assert {link for link in links if not link.startswith(("#", "https://", "http://"))} == set()
    citations = [name for name in ids if "-from" in name]
    assert set(citations) <= inner, "each citation is led back to"
    assert {name for name in ids if "-source" in name} <= inner, "each source is cited"
    if drug != "emptazole":
        assert len(citations) > 3


def test_it_needs_nothing_else(cli: Cli) -> None:
    out = cli("show", "baclofen", "-f", "html")[1]
    names = {tag for tag, _ in Tags(out).tags}
    assert names.isdisjoint({"script", "link", "img", "iframe", "form", "object"})
    assert "default-src 'none'" in out
    assert "url(" not in STYLE
    assert "@import" not in STYLE


@pytest.mark.parametrize("command", ["side-effects", "list", "compare", "search", "screen", "classes"])
def test_every_view_is_one(cli: Cli, command: str) -> None:
    names = {
        "compare": ["baclofen", "tizanidine"],
        "search": ["pain"],
        "screen": ["baclofen", "diazepam"],
        "side-effects": ["baclofen"],
    }
    tags = Tags(cli(command, *names.get(command, []), "-f", "html")[1])
    assert [tag for tag, _ in tags.tags].count("main") == 1
    assert "h1" in {tag for tag, _ in tags.tags}


hostile = st.sampled_from(["<script>alert(1)</script>", '" onload="x', "</title><b>", "&amp;", "'>", "]]>", "\ue000<i>"])
text = st.one_of(hostile, st.text(max_size=12))


@given(text, text, text)
def test_everything_is_escaped(one: str, two: str, three: str) -> None:
    line = [Span(one, "danger", two), Span(f"[{three}]", "cite"), Span(two, "words")]
    blocks: list[Block] = [
        Paragraph(line),
        Bullets(one, "warn", [line]),
        Grid([labelled(line, [line])]),
        Grid([labelled(line, [line])], (one, two)),
    ]
    page = Page(one, [line], [Section(two, blocks)], line)
    tags = Tags(render([page, Table((one, two), [[two, three]])], Style()))
    assert {tag for tag, _ in tags.tags}.isdisjoint({"script", "b", "i"})
    assert not any(name.startswith("on") for _, attrs in tags.tags for name in attrs)
    assert all(link.startswith("#") or re.fullmatch(r"https?://[!-~]+", link) for link in values(tags, "href"))


def test_a_bar_says_its_figures(cli: Cli) -> None:
    tags = Tags(cli("side-effects", "baclofen", "--common", "-f", "html")[1])
    labels = [attrs["aria-label"] or "" for _, attrs in tags.tags if attrs.get("role") == "img"]
    assert labels
    assert all(re.search(r"\d", label) for label in labels)


@pytest.mark.parametrize("ground", [0, 1], ids=["light", "dark"])
def test_colours_of_text_can_be_read(ground: int) -> None:
    roots = re.findall(r":root\{(.*?)\}", STYLE, re.DOTALL)
    colors = {
        name: code if len(code) == 6 else "".join(digit * 2 for digit in code)
        for name, code in re.findall(r"--(\w+):\s*#(\w+)", roots[ground])
    }
    for role in ("text", "quiet", "link", "danger", "warn"):
        assert contrast(colors[role], colors["ground"]) >= 7, role
    assert contrast(colors["bar"], colors["soft"]) >= 3


PAGES = {
    "show": ("show", "baclofen"),
    "weak": ("show", "inaperisone"),
    "parts": ("mechanism",),
    "compare": ("compare", "baclofen", "tizanidine", "dantrolene", "diazepam"),
    "effect": ("side-effects", "--effect", "nausea"),
    "list": ("list",),
}


@pytest.mark.skipif(bool(browser.lacking()), reason=browser.lacking() or "there is a browser")
@pytest.mark.parametrize("name", PAGES)
def test_in_a_browser(name: str, cli: Cli, tmp_path: Path) -> None:
    """It fits every width, and axe-core finds nothing, in light and dark."""
    page = tmp_path / f"{name}.html"
    page.write_text(cli(*PAGES[name], "-f", "html")[1], encoding="utf-8")
    assert browser.reach(page) == {width: width for width in browser.WIDTHS}
    for dark in (False, True):
        said = browser.looked_at(page, browser.WIDTHS[1], dark=dark)
        assert said["dark"] == dark
        assert said["passes"] > 15
        assert said["violations"] == []
