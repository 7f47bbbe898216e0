"""The static site of an export: whole, linked, searchable from a file system, and never in place of somebody's files."""

import json
import os
import re
import tracemalloc
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from drugref import query
from drugref.export import site
from drugref.store import open_store
from tests import browser, conftest
from tests.conftest import BUNDLED, SAMPLE, Cli


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("store")))
        folder = tmp_path_factory.mktemp("made") / "site"
        with open_store(str(BUNDLED)) as store:
            written = site.write(query.all_drugs([store]), str(folder))
    assert written.drugs > 40
    return folder


class Links(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.ids: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        held = dict(attrs)
        self.links += [value for name in ("href", "src", "action") if (value := held.get(name))]
        if held.get("id"):
            self.ids.add(str(held["id"]))


def test_every_link_leads_somewhere(made: Path) -> None:
    pages = {path: Links(path.read_text(encoding="utf-8")) for path in made.rglob("*.html")}
    reached = {made / "index.html"}
    for path, page in pages.items():
        for link in page.links:
            parts = urlsplit(link)
            if parts.scheme:
                assert parts.scheme in ("http", "https")
                continue
            target = Path(os.path.normpath(path.parent / unquote(parts.path))) if parts.path else path
            assert target.is_file(), (path.name, link)
            reached.add(target)
            assert not parts.fragment or parts.fragment in pages[target].ids, (path.name, link)
    assert reached >= set(pages), "every page is led to"


def test_it_has_a_page_a_drug_and_the_lists(made: Path) -> None:
    page = (made / "drugs" / "baclofen.html").read_text(encoding="utf-8")
    assert "<h1>baclofen</h1>" in page
    assert 'id="p-source1"' in page
    assert '<a href="../drugs/baclofen.html">baclofen</a> 10–63 %' in (made / "effects" / "drowsiness.html").read_text(
        encoding="utf-8"
    )
    assert "baclofen" in (made / "classes" / "index.html").read_text(encoding="utf-8")
    assert any("baclofen" in path.read_text(encoding="utf-8") for path in (made / "uses").glob("spasticity*.html"))
    names = (made / "names" / "z.js").read_text(encoding="utf-8")
    found = json.loads(names.removeprefix('drugrefNames("z", ').removesuffix(");\n"))
    assert ["zanaflex", "Zanaflex", "tizanidine"] in found
    listed = (made / site.MANIFEST).read_text(encoding="utf-8").splitlines()
    assert sorted(listed) == sorted(str(path.relative_to(made)) for path in made.rglob("*") if path.is_file())


def test_it_replaces_its_own_and_nothing_else(cli: Cli, tmp_path: Path) -> None:
    place = tmp_path / "site"
    place.mkdir()
    arguments = ("export", "-f", "html", "--db", str(SAMPLE), "--to", str(place))
    assert cli(*arguments)[0] == 0
    before = (place / "index.html").read_bytes()
    assert cli(*arguments)[0] == 0
    assert (place / "index.html").read_bytes() == before
    (place / "drugs" / "mine.txt").write_text("kept")
    code, out, err = cli(*arguments)
    assert (code, out) == (1, "")
    assert "holds what drugref did not write (drugs/mine.txt); name another folder" in err
    assert (place / "drugs" / "mine.txt").read_text() == "kept"
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


@pytest.mark.parametrize("kind", ["file", "full", "link inside"])
def test_it_refuses_what_is_not_its_own(kind: str, cli: Cli, tmp_path: Path) -> None:
    place = tmp_path / "place"
    if kind == "file":
        place.write_text("kept")
    else:
        place.mkdir()
        (place / "x").symlink_to("/") if kind == "link inside" else (place / "x").write_text("kept")
    code, _, err = cli("export", "-f", "html", "--db", str(SAMPLE), "--to", str(place))
    assert code == 1
    assert "name another folder" in err or "no folder" in err
    assert place.exists()


def test_it_asks_for_a_folder_and_takes_names(cli: Cli, tmp_path: Path) -> None:
    assert cli("export", "-f", "html") == (2, "", "drugref: html is a site of many files; name a folder with --to\n")
    place = tmp_path / "few"
    assert cli("export", "-f", "html", "--to", str(place), "Zanaflex", "nosuch")[0] == 3
    assert [path.name for path in (place / "drugs").iterdir()] == ["tizanidine.html"]
    assert cli("export", "-f", "html", "--to", str(tmp_path / "none"), "nosuch")[0] == 3
    assert not (tmp_path / "none").exists()


def test_a_failure_leaves_the_site_as_it_was(cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = tmp_path / "site"
    arguments = ("export", "-f", "html", "--db", str(SAMPLE), "--to", str(place))
    assert cli(*arguments)[0] == 0
    before = sorted(path.name for path in place.rglob("*"))

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(site._Site, "_names", full)
    code, _, err = cli(*arguments)
    assert (code, err) == (1, f"drugref: cannot write {place}: No space left on device\n")
    assert sorted(path.name for path in place.rglob("*")) == before
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_hostile_names_make_plain_files(cli: Cli, tmp_path: Path) -> None:
    text = (
        SAMPLE.read_text(encoding="utf-8").replace("nausea", "../../<script>x").replace("examplin hydrochloride", "</script>in")
    )
    own = tmp_path / "own.toml"
    own.write_text(text, encoding="utf-8")
    place = tmp_path / "site"
    assert cli("export", "-f", "html", "--db", str(own), "--to", str(place))[0] == 0
    for path in place.rglob("*.html"):
        page = path.read_text(encoding="utf-8")
        assert re.fullmatch(r"[a-z0-9-]+\.html", path.name)
        assert page.count("<script") == (1 if path == place / "index.html" else 0)


def test_memory_does_not_grow_with_the_drugs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = conftest.open_store(str(SAMPLE))
    drug = next(iter(query.all_drugs([store])))

    def peak(count: int) -> int:
        tracemalloc.start()
        site.write((drug for _ in range(count)), str(tmp_path / str(count)))
        size = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return size

    peak(2)
    assert peak(300) - peak(100) < 400_000
    assert len(list((tmp_path / "300" / "drugs").iterdir())) == 300


@pytest.mark.skipif(bool(browser.lacking()), reason=browser.lacking() or "there is a browser")
@pytest.mark.parametrize(
    "page", ["index", "drugs/tizanidine", "effects/index-a", "effects/nausea", "classes/index", "a-z/index"]
)
def test_in_a_browser(made: Path, page: str) -> None:
    path = made / f"{page}.html"
    assert browser.reach(path) == {width: width for width in browser.WIDTHS}
    said = browser.looked_at(path, browser.WIDTHS[0] if page == "index" else browser.WIDTHS[2], dark=page == "index")
    assert said["violations"] == []


@pytest.mark.skipif(bool(browser.lacking()), reason=browser.lacking() or "there is a browser")
@pytest.mark.parametrize(
    ("typed", "found"), [("zana", "drugs/tizanidine.html"), ("Épériso", "drugs/eperisone.html"), ("qqq", None)]
)
def test_the_box_searches_from_the_file_system(made: Path, typed: str, found: str | None) -> None:
    copy = made / "typed.html"
    script = f"<script>box.value = {json.dumps(typed)}; show();</script>"
    copy.write_text((made / "index.html").read_text(encoding="utf-8").replace("</body>", f"{script}</body>"), encoding="utf-8")
    try:
        out = browser.run("--virtual-time-budget=5000", "--dump-dom", copy.as_uri()).decode()
    finally:
        copy.unlink()
    listed = re.findall(r'<li><a href="(drugs/[^"]*)"', out)
    assert (listed[:1] or [None]) == [found]
    assert ("No drug is known" in out.split("<script>")[0]) == (found is None)
