"""A static site of a database: a page a drug, lists from A to Z, classes, effects and uses, a search box; for a file system.

It is written aside and moved into place. A drug is held at a time; what the lists need goes through a file of SQLite's.
"""

import json
import os
import shutil
import string
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

from drugref import query, vocabulary
from drugref.bands import MEANING, term
from drugref.errors import DrugrefError
from drugref.pages import drug as pages
from drugref.pages.view import DISCLAIMER, shown
from drugref.parts import LABEL_TEXT
from drugref.render.html import STYLE, article, document, escape
from drugref.spec import COLUMNS
from drugref.store import Store, open_vocabulary, written_alone
from drugref.text import name_key, phrase_key, printable, slug

MANIFEST = "drugref-site.txt"
"""File that lists what was written: a folder with it is ours to replace, as long as it holds nothing else."""
_LETTERS = (*string.ascii_lowercase, "other")


class Written(NamedTuple):
    """What came of an export."""

    drugs: int
    files: int


class _List(NamedTuple):
    """A list of the site, and the facts that it turns around."""

    folder: str
    title: str
    part: str
    item: str
    group: str
    beside: str


_LISTS = (
    _List("effects", "Side effects", "side-effects", "effect", "band", "incidence"),
    _List("uses", "Uses", "uses", "condition", "kind", ""),
)


def write(found: Iterable[query.Found], folder: str) -> Written:
    """Write the site of some drugs to a folder that is not there, is empty, or holds a site of ours and nothing else.

    Raises DrugrefError if it cannot be done; the folder is then as it was.
    """
    target = os.path.realpath(folder)
    parent, name = os.path.split(target)
    try:
        _check(target, folder)
        os.makedirs(parent, exist_ok=True)
        aside = tempfile.mkdtemp(prefix=f".{name}.", suffix=".tmp", dir=parent)
        try:
            os.chmod(aside, 0o755)
            with open_vocabulary() as words:
                written = _Site(aside, words).write(found)
            if written.drugs:
                _check(target, folder)
                _place(aside, target)
            return written
        finally:
            shutil.rmtree(aside, ignore_errors=True)
    except OSError as error:
        raise DrugrefError(f"cannot write {printable(folder, 200)}: {error.strerror or error}") from None


def _check(target: str, folder: str) -> None:
    """Raise DrugrefError unless a folder may be replaced."""
    if not os.path.lexists(target):
        return
    if not os.path.isdir(target):
        raise DrugrefError(f"{printable(folder, 200)} is no folder")
    files = {os.path.relpath(os.path.join(place, file), target) for place, _, names in os.walk(target) for file in names}
    links = {entry.name for entry in os.scandir(target) if entry.is_symlink()}
    if not files and not links and not os.listdir(target):
        return
    ours: set[str] = set()
    if MANIFEST in files:
        with open(os.path.join(target, MANIFEST), encoding="utf-8", errors="replace") as file:
            ours = {MANIFEST, *file.read().splitlines()}
    if strange := sorted((files | links) - ours):
        raise DrugrefError(
            f"{printable(folder, 200)} holds what drugref did not write ({printable(strange[0], 60)}); name another folder"
        )


def _place(aside: str, target: str) -> None:
    """Move a folder into its place; the one that is there goes last."""
    old = f"{aside}.old"
    if os.path.isdir(target):
        os.rename(target, old)
    try:
        os.rename(aside, target)
    except OSError:
        if os.path.isdir(old):
            os.rename(old, target)
        raise
    shutil.rmtree(old, ignore_errors=True)


class _Site:
    """A site on its way."""

    def __init__(self, root: str, words: Store) -> None:
        self._root = root
        self._files: list[str] = []
        self._taken: Counter[str] = Counter()
        self._words = words
        self._lists = written_alone(os.path.join(root, "lists.sqlite"))
        self._lists.executescript(
            "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-8000; PRAGMA temp_store=FILE; BEGIN;"
            "CREATE TABLE drug(key TEXT, inn TEXT, page TEXT, class TEXT);"
            "CREATE TABLE name(key TEXT, name TEXT, page TEXT);"
            "CREATE TABLE entry(list INTEGER, key TEXT, title TEXT, grouped TEXT, rank INTEGER,"
            " inn TEXT, page TEXT, beside TEXT)"
        )

    def write(self, found: Iterable[query.Found]) -> Written:
        """Write every file."""
        drugs = 0
        try:
            for drug in found:
                drugs += 1
                self._drug(drug)
            self._lists.executescript(
                "CREATE INDEX drugs ON drug(key, inn); CREATE INDEX classes ON drug(class, key);"
                "CREATE INDEX names ON name(key);"
                "CREATE INDEX entries ON entry(list, key, rank, inn)"
            )
            self._a_to_z()
            self._classes()
            for number, listed in enumerate(_LISTS):
                self._terms(number, listed)
            self._names()
            self._put("style.css", STYLE + _STYLE)
            self._put("index.html", _home(drugs))
        finally:
            self._lists.close()
            os.unlink(os.path.join(self._root, "lists.sqlite"))
        self._put(MANIFEST, "".join(f"{file}\n" for file in [*self._files, MANIFEST]))
        return Written(drugs, len(self._files))

    def _put(self, name: str, text: str) -> None:
        path = os.path.join(self._root, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8", errors="replace") as file:
            file.write(text)
        self._files.append(name)

    def _page(self, folder: str, title: str) -> str:
        """Return a name for the page of a title that no other in its folder has."""
        base = slug(title)[:80] or "x"
        self._taken[f"{folder}/{base}"] += 1
        count = self._taken[f"{folder}/{base}"]
        if count == 1 and not base.startswith("index"):
            return base
        name = f"{base}-{count}"
        return self._page(folder, name) if self._taken[f"{folder}/{name}"] else name

    def _drug(self, drug: query.Found) -> None:
        page = self._page("drugs", drug.inn)
        (listed, *_) = query.facts("list", drug, query.Filter())
        path = [part for part in json.loads(listed[1])["class"] if part]
        key = name_key(drug.inn)
        self._lists.execute("INSERT INTO drug VALUES(?, ?, ?, ?)", (key, drug.inn, page, json.dumps(path)))
        names = drug.store.connection.execute("SELECT key, name FROM name WHERE drug = ? AND kind != 'chemical'", (drug.id,))
        self._lists.executemany("INSERT INTO name VALUES(?, ?, ?)", [(*named, page) for named in names.fetchall()])
        for number, entries in enumerate(_LISTS):
            self._lists.executemany(
                "INSERT INTO entry VALUES(?, ?, ?, ?, ?, ?, ?, ?)",
                [(number, *entry[:4], drug.inn, page, entry[4]) for entry in self._entries(entries, drug)],
            )
        views = pages.pages("show", [query.record(drug)], query.Filter(), {})
        body = "".join(article(shown(view), "p") for view in views)
        self._put(f"drugs/{page}.html", _site_page(drug.inn, _trail(path) + body, up="../"))

    def _entries(self, listed: _List, drug: query.Found) -> Iterator[tuple[str, str, str, int, str]]:
        """Yield what a list says of a drug, by the thesaurus's word: key, title, group, rank of it, figure."""
        columns = COLUMNS[listed.part]
        for rank, (row, _, empty) in enumerate(query.facts(listed.part, drug, query.Filter())):
            fact = dict(zip(columns, row.split("\t"), strict=False))
            group = fact[listed.group]
            if empty or group == LABEL_TEXT:
                continue
            title = printable(vocabulary.preferred(self._words, fact[listed.item]))
            place = list(MEANING).index(group) if group in MEANING else rank
            yield phrase_key(title), title, group, place, printable(fact[listed.beside]) if listed.beside else ""

    def _a_to_z(self) -> None:
        def entries() -> Iterator[tuple[str, str]]:
            for key, inn, page in self._lists.execute("SELECT key, inn, page FROM drug ORDER BY key, inn"):
                yield key, _link(f"../drugs/{page}.html", inn)

        self._by_letter("a-z", "Drugs from A to Z", entries())

    def _by_letter(self, folder: str, title: str, entries: Iterator[tuple[str, str]]) -> None:
        """Write the pages of a list, one a letter, and its first page, which leads to those that there are."""
        letters = []
        for letter, items in groupby(_lettered(entries), key=itemgetter(0)):
            letters.append(letter)
            listed = "".join(f"<li>{item}</li>\n" for _, item in items)
            body = f'<h1>{escape(f"{title}: {_shown(letter)}")}</h1><ul class="listed">{listed}</ul>'
            self._put(f"{folder}/index-{letter}.html", _site_page(f"{title}: {_shown(letter)}", body, up="../"))
        links = "".join(f"<li>{_link(f'index-{letter}.html', _shown(letter))}</li>" for letter in letters)
        body = (
            f'<h1>{escape(title)}</h1><ul class="letters">{links}</ul>' if letters else f"<h1>{escape(title)}</h1><p>None.</p>"
        )
        self._put(f"{folder}/index.html", _site_page(title, body, up="../"))

    def _classes(self) -> None:
        """Write the tree of classes and, under each of its ends, the drugs."""
        body: list[str] = []
        before: list[str] = []
        rows = self._lists.execute("SELECT class, inn, page FROM drug WHERE class != '[]' ORDER BY class, key")
        for text, members in groupby(rows, key=itemgetter(0)):
            path = json.loads(text)
            shared = next((n for n, (one, other) in enumerate(zip(path, before, strict=False)) if one != other), None)
            shared = min(len(path), len(before)) if shared is None else shared
            for depth in range(shared, len(path)):
                level = min(depth + 2, 6)
                body.append(f'<h{level} id="{_anchor(path[: depth + 1])}">{escape(printable(path[depth]))}</h{level}>')
            items = "".join(f"<li>{_link(f'../drugs/{page}.html', inn)}</li>" for _, inn, page in members)
            body.append(f'<ul class="listed">{items}</ul>\n')
            before = path
        self._put("classes/index.html", _site_page("Classes", f"<h1>Classes</h1>{''.join(body)}", up="../"))

    def _terms(self, number: int, listed: _List) -> None:
        """Write the page of every term of a list, and the list."""

        def entries() -> Iterator[tuple[str, str]]:
            sql = "SELECT key, title, grouped, inn, page, beside FROM entry WHERE list = ? ORDER BY key, rank, inn, page"
            rows = self._lists.execute(sql, (number,))
            for key, members in groupby(rows, key=itemgetter(0)):
                held = list(dict.fromkeys(members))
                title, page = held[0][1], self._page(listed.folder, held[0][1])
                drugs = len({row[4] for row in held})
                self._put(f"{listed.folder}/{page}.html", _site_page(title, _term_body(title, listed, held), up="../"))
                yield key, f"{_link(f'{page}.html', title)} <span class='dim'>{drugs}</span>"

        self._by_letter(listed.folder, listed.title, entries())

    def _names(self) -> None:
        """Write the names that the search box looks through, a file for each first letter."""
        rows = self._lists.execute("SELECT key, name, page FROM name ORDER BY key, name")
        for letter, named in groupby(_lettered((row[0], row) for row in rows), key=itemgetter(0)):
            entries = ",\n".join(json.dumps(row) for _, row in named)
            self._put(f"names/{letter}.js", f"drugrefNames({json.dumps(letter)}, [\n{entries}\n]);\n")


def _lettered(entries: Iterator[tuple[str, Any]]) -> Iterator[tuple[str, Any]]:
    """Yield what stands under each key with its letter, those of no letter last; the keys come in order."""
    others = []
    for key, held in entries:
        if (letter := _letter(key)) == _LETTERS[-1]:
            others.append(held)
        else:
            yield letter, held
    yield from ((_LETTERS[-1], held) for held in others)


def _letter(key: str) -> str:
    return key[0] if key and key[0] in string.ascii_lowercase else _LETTERS[-1]


def _shown(letter: str) -> str:
    return letter.upper() if len(letter) == 1 else "other"


def _anchor(path: list[str]) -> str:
    return "-".join(slug(part) or "x" for part in path)


def _trail(path: list[str]) -> str:
    """Return the way through the tree of classes to a drug."""
    links = (_link(f"../classes/index.html#{_anchor(path[: depth + 1])}", printable(path[depth])) for depth in range(len(path)))
    return f'<nav aria-label="Class"><p>{" › ".join(links)}</p></nav>' if path else ""


def _term_body(title: str, listed: _List, rows: list[tuple[str, str, str, str, str, str]]) -> str:
    parts = [f"<h1>{escape(title)}</h1>"]
    for group, members in groupby(sorted(rows, key=lambda row: _rank(row[2])), key=itemgetter(2)):
        meaning = MEANING.get(group)
        heading = f"{term(group)} ({meaning})" if meaning else group
        drugs: dict[tuple[str, str], list[str]] = {}
        for _, _, _, inn, page, beside in members:
            drugs.setdefault((inn, page), []).append(beside)
        items = "".join(
            f"<li>{_link(f'../drugs/{page}.html', inn)} {escape(', '.join(dict.fromkeys(filter(None, figures))))}</li>"
            for (inn, page), figures in drugs.items()
        )
        parts.append(f'<h2>{escape(heading)}</h2><ul class="listed">{items}</ul>')
    parts.append("<p>A drug that is not listed is not thereby free of it: nothing may be recorded.</p>")
    return "".join(parts)


def _rank(group: str) -> int:
    order = [*MEANING, "approved", "off-label", "claimed", "investigated"]
    return order.index(group) if group in order else len(order)


def _link(address: str, text: str) -> str:
    """Return a link within the site; a name in it is made of letters, digits and hyphens."""
    return f'<a href="{escape(address)}">{escape(printable(text))}</a>'


_PLACES = (
    ("index.html", "Search"), ("a-z/index.html", "A–Z"), ("classes/index.html", "Classes"),
    ("effects/index.html", "Side effects"), ("uses/index.html", "Uses"),
)  # fmt: skip


def _site_page(title: str, body: str, *, up: str = "", script: str = "") -> str:
    links = "".join(f"<li>{_link(up + place, name)}</li>" for place, name in _PLACES)
    header = f'<a class="skip" href="#main">To the text</a><header><nav aria-label="Site"><ul>{links}</ul></nav></header>'
    foot = f"<footer><p>{DISCLAIMER} Made by drugref from its database; what is not recorded is not thereby safe.</p></footer>"
    head = f'<link rel="stylesheet" href="{up}style.css">'
    return document(f"{title} – drugref", f'{header}<main id="main">{body}</main>{foot}{script}', head)


_STYLE = """
ul.listed{columns:16rem;padding-left:1.2rem}ul.listed>li{break-inside:avoid}
ul.letters{display:flex;flex-wrap:wrap;gap:.5rem 1rem;list-style:none;padding:0;font-size:1.2rem}
form{display:flex;flex-wrap:wrap;gap:.5rem;align-items:center;margin:1rem 0}
input,button{font:inherit;padding:.35rem .6rem;background:var(--ground);color:var(--text);border:1px solid var(--quiet)}
input{flex:1 1 14rem;min-width:0}
"""


def _home(drugs: int) -> str:
    body = (
        f"<h1>drugref</h1><p>A pharmacology reference of {drugs:,} drug{'s' if drugs != 1 else ''}: mechanism, uses, "
        "side effects by frequency, contraindications, each fact with its source.</p>"
        '<form role="search" action="a-z/index.html"><label for="sought">Drug, brand or synonym</label>'
        '<input id="sought" type="search" autocomplete="off" spellcheck="false"><button>Find</button></form>'
        '<p id="said" role="status"></p><ul class="listed" id="found"></ul>'
    )
    return _site_page("Search", body, script=f"<script>{_SCRIPT}</script>")


_SCRIPT = """
"use strict";
const names = {}, box = document.getElementById("sought"), list = document.getElementById("found");
const keyOf = text => text.normalize("NFKD").toLowerCase().replace(/[^\\p{L}\\p{N}]/gu, "");
function drugrefNames(letter, entries) { names[letter] = entries; show(); }
function show() {
  const key = keyOf(box.value), letter = /^[a-z]/.test(key) ? key[0] : "other", said = document.getElementById("said");
  list.replaceChildren(); said.textContent = "";
  if (!key) return;
  if (!names[letter]) {
    names[letter] = [];
    const file = document.createElement("script");
    file.src = "names/" + letter + ".js"; file.onerror = show; document.head.append(file);
    return;
  }
  const hits = names[letter].filter(one => one[0].startsWith(key)).slice(0, 40);
  said.textContent = hits.length ? "" : "No drug is known by a name that begins so.";
  for (const [, name, page] of hits) {
    const item = document.createElement("li"), link = document.createElement("a");
    link.href = "drugs/" + encodeURIComponent(page) + ".html"; link.textContent = name;
    item.append(link); list.append(item);
  }
}
box.addEventListener("input", show);
box.form.addEventListener("submit", event => {
  const first = list.querySelector("a");
  if (first) { event.preventDefault(); location.href = first.href; }
});
show();
"""
"""What makes the search box search; without it, it leads to the list from A to Z."""
