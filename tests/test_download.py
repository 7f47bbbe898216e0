"""Downloads: a release fetched from a server of our own that cuts, lies and leads astray; nothing half fetched is ever read."""

import hashlib
import json
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from drugref.importers import fetch
from drugref.importers.manifest import DAILYMED, OPENFDA, parts_of
from tests.conftest import Cli
from tests.test_importers import SAMPLES
from tests.test_intake import files

LABELS = (SAMPLES / "openfda" / "drug-label-0001-of-0001.json").read_bytes()
LIST = "/download.json"
PART = "/drug/label/drug-label-0001-of-0001.json"


class Server:
    """A server on this machine: pages by path, and what it was asked."""

    def __init__(self) -> None:
        self.pages: dict[str, bytes] = {}
        self.asked: list[tuple[str, str | None]] = []
        """Paths, each with the range that was asked for."""
        self.cuts: list[int] = []
        """For each of the next answers after how many bytes of it the connection is cut."""
        self.codes: dict[str, list[int]] = {}
        """For each path the codes of the next answers, which then are no file."""
        self.leads: dict[str, str] = {}
        """Where a path leads on to."""
        self.has_ranges = True
        self.tells_length = True
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                outer._answer(self)

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def offer(self, file: str = PART, data: bytes = LABELS, **told: Any) -> None:
        """Put a file and a list that names it on the server."""
        self.pages[PART] = data
        partition = {"display_name": "/drug/label", "file": file, "records": 10, **told}
        held = {"export_date": "2026-11-14", "total_records": 10, "partitions": [partition]}
        self.pages[LIST] = json.dumps({"meta": {}, "results": {"device": {}, "drug": {"label": held}}}).encode()

    def _answer(self, handler: BaseHTTPRequestHandler) -> None:
        wanted = handler.headers.get("Range")
        self.asked.append((handler.path, wanted))
        if handler.path in self.leads:
            handler.send_response(302)
            handler.send_header("Location", self.leads[handler.path])
            handler.end_headers()
            return
        if self.codes.get(handler.path):
            handler.send_error(self.codes[handler.path].pop(0))
            return
        page = self.pages.get(handler.path)
        if page is None:
            handler.send_error(404)
            return
        tag = f'"{hashlib.md5(page).hexdigest()}"'
        if handler.headers.get("If-None-Match") == tag:
            handler.send_response(304)
            handler.end_headers()
            return
        start = 0
        if wanted and self.has_ranges and handler.headers.get("If-Range") == tag:
            start = int(wanted.removeprefix("bytes=").removesuffix("-"))
            handler.send_response(206)
            handler.send_header("Content-Range", f"bytes {start}-{len(page) - 1}/{len(page)}")
        else:
            handler.send_response(200)
        body = page[start:]
        handler.send_header("ETag", tag)
        if self.tells_length:
            handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        cut = self.cuts.pop(0) if self.cuts and handler.path == PART else len(body)
        handler.wfile.write(body[:cut])
        handler.close_connection = True


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    monkeypatch.setattr(fetch, "_pause", lambda attempt: 0.0)
    monkeypatch.setenv("no_proxy", "*")
    served = Server()
    yield served
    served.server.shutdown()
    served.server.server_close()


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where downloads of openFDA's release go."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache" / "drugref" / "downloads" / "openfda"


def test_a_release_is_fetched_and_read(cli: Cli, home: Path, folder: Path, server: Server) -> None:
    server.offer(size_mb="0.04", md5=hashlib.md5(LABELS).hexdigest())
    code, out, err = cli("import", "openfda", "--download", "--from", server.url + LIST)
    assert (code, out) == (0, "")
    assert "10 labels read" in err
    assert f"{len(LABELS) / 1e3:.1f} kB fetched; the release, {len(LABELS) / 1e3:.1f} kB, lies in {folder}" in err
    assert files(home) == ["openfda.sqlite"]
    assert (folder / "drug-label-0001-of-0001.json").read_bytes() == LABELS


def test_what_is_current_is_not_fetched_again_and_what_is_not_is(cli: Cli, home: Path, folder: Path, server: Server) -> None:
    server.offer()
    for _ in range(2):
        code, _, err = cli("import", "openfda", "--download", "--from", server.url + LIST)
        assert code == 0
    assert "openfda: nothing new; the release" in err
    (folder / "drug-label-0002-of-0002.json").write_text("of an earlier release")
    server.offer(data=LABELS.replace(b"2026-10-01", b"2026-11-01"))
    code, _, err = cli("import", "openfda", "--download", "--from", server.url + LIST)
    assert code == 0
    assert "openfda 2026-11-01: 10 labels read" in err
    assert sorted(path.name for path in folder.iterdir() if not path.name.startswith(".")) == [
        "drug-label-0001-of-0001.json",
        "drug-label-0001-of-0001.json.tag",
    ]


@pytest.mark.parametrize("tells_length", [True])
@pytest.mark.parametrize("has_ranges", [True, False])
def test_a_cut_connection_is_gone_on_with(
    cli: Cli, home: Path, folder: Path, server: Server, has_ranges: bool, tells_length: bool
) -> None:
    server.offer(size_mb="0.04")
    server.has_ranges, server.tells_length, server.cuts = has_ranges, tells_length, [1000, 2000, 0, 0, 5]
    code, _, err = cli("import", "openfda", "--download", "--from", server.url + LIST)
    assert (code, "10 labels read" in err) == (0, True), err
    assert (folder / "drug-label-0001-of-0001.json").read_bytes() == LABELS
    ranges = [wanted for path, wanted in server.asked if path == PART]
    assert ranges[:3] == [None, "bytes=1000-", "bytes=3000-" if has_ranges else "bytes=2000-"]


def test_what_came_before_an_end_is_gone_on_with_the_next_time(cli: Cli, home: Path, folder: Path, server: Server) -> None:
    server.offer()
    server.cuts = [1500] + [0] * 20
    code, _, err = cli("import", "openfda", "--download", "--from", server.url + LIST)
    assert code == 1
    assert f"cannot download {server.url}{PART}: 1,500 of {len(LABELS):,} bytes came" in err
    assert files(home) == []
    server.cuts, server.asked = [], []
    assert cli("import", "openfda", "--download", "--from", server.url + LIST)[0] == 0
    assert server.asked == [(LIST, None), (PART, "bytes=1500-")]
    # A file that has changed meanwhile is begun anew.
    server.offer(data=LABELS.replace(b"2026-10-01", b"2026-12-01"))
    (folder / "drug-label-0001-of-0001.json.part").write_bytes(b"x" * 700)
    (folder / "drug-label-0001-of-0001.json.part.tag").write_text('"of another version"')
    code, _, err = cli("import", "openfda", "--download", "--from", server.url + LIST)
    assert (code, "openfda 2026-12-01: 10 labels read" in err) == (0, True)


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"size_mb": "128.11"}, "should have 128.11 MB; it is not kept"),
        ({"md5": "0" * 32}, "does not have the checksum that its publisher gives; it is not kept"),
        ({"sha256": "0" * 64}, "does not have the checksum that its publisher gives; it is not kept"),
        ({"size_mb": "-1"}, "is no list of files of a release"),
        ({"size_mb": "nan"}, "is no list of files of a release"),
    ],
)
def test_a_file_that_is_not_what_its_publisher_says_is_not_read(
    cli: Cli, home: Path, folder: Path, server: Server, told: dict[str, Any], said: str
) -> None:
    server.offer(**told)
    code, _, err = cli("import", "openfda", "--download", "--from", server.url + LIST)
    assert (code, files(home)) == (1, [])
    assert said in err
    assert not [path for path in folder.glob("*.json*") if path.suffix != ".tag"]


@pytest.mark.parametrize("tells_length", [True, False])
def test_a_file_larger_than_its_publisher_says_is_not_fetched_whole(
    cli: Cli, home: Path, folder: Path, server: Server, tells_length: bool
) -> None:
    server.offer(data=LABELS + b" " * 3_000_000, size_mb="0.04")
    server.tells_length = tells_length
    code, _, err = cli("import", "openfda", "--download", "--from", server.url + LIST)
    assert (code, files(home)) == (1, [])
    assert "is larger than its publisher says" in err
    assert sum(path.stat().st_size for path in folder.iterdir()) < 500_000


@pytest.mark.parametrize(
    "file",
    [
        "../../../outside.json", "/drug/%2e%2e/outside.json", "file:///etc/hostname.json", "ftp://127.0.0.1/labels.json",
        "/drug/label/", "/drug/..\\outside.json", "/drug/.json", "/drug/labels.sh", "data:text/plain,labels.json",
    ],
)  # fmt: skip
def test_a_list_that_names_another_place_is_refused(cli: Cli, home: Path, folder: Path, server: Server, file: str) -> None:
    server.offer(file)
    code, _, err = cli("import", "openfda", "--download", "--from", server.url + LIST)
    assert (code, files(home), folder.exists()) == (1, [], False)
    assert "names what is no file of a release" in err
    assert server.asked == [(LIST, None)]


def test_redirects_are_followed_to_the_web_alone_and_not_for_ever(cli: Cli, home: Path, folder: Path, server: Server) -> None:
    server.offer()
    server.leads = {"/old.json": "/older.json", "/older.json": LIST}
    assert cli("import", "openfda", "--download", "--from", server.url + "/old.json")[0] == 0
    for place in ("file:///etc/hostname", "/round.json"):
        server.leads = {"/round.json": place}
        code, _, err = cli("import", "openfda", "--download", "--from", server.url + "/round.json")
        assert code == 1
        assert f"cannot download {server.url}/round.json: 302" in err


def test_a_server_that_is_busy_is_asked_again_and_one_that_refuses_is_not(
    cli: Cli, home: Path, folder: Path, server: Server
) -> None:
    server.offer()
    server.codes = {LIST: [503, 429], PART: [500]}
    assert cli("import", "openfda", "--download", "--from", server.url + LIST)[0] == 0
    server.asked.clear()
    code, _, err = cli("import", "openfda", "--download", "--from", server.url + "/nothing.json")
    assert (code, err) == (1, f"drugref: cannot download {server.url}/nothing.json: 404 Not Found\n")
    assert len(server.asked) == 1


@pytest.mark.parametrize("listed", [b"<html>not found</html>", b"[]", b'{"results": {"drug": {"label": {"partitions": 3}}}}'])
def test_what_is_no_list_is_said(cli: Cli, folder: Path, server: Server, listed: bytes) -> None:
    server.pages[LIST] = listed
    code, _, err = cli("import", "openfda", "--download", "--from", server.url + LIST)
    assert (code, err) == (1, f"drugref: {server.url}{LIST} is no list of files of a release\n")


def test_a_full_disk_leaves_what_came(
    cli: Cli, home: Path, folder: Path, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.offer()
    write: Callable[..., None] = fetch._write_line

    def full(path: str, line: str) -> None:
        write(path, line)
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(fetch, "_write_line", full)
    code, _, err = cli("import", "openfda", "--download", "--from", server.url + LIST)
    assert (code, files(home)) == (1, [])
    assert f"cannot write to {folder}: No space left on device; what was fetched stays" in err


def test_two_downloads_do_not_meet(cli: Cli, home: Path, folder: Path, server: Server) -> None:
    server.offer()
    folder.mkdir(parents=True)
    with fetch._held(str(folder)):
        code, _, err = cli("import", "openfda", "--download", "--from", server.url + LIST)
    assert (code, err) == (1, f"drugref: another drugref downloads to {folder}; wait until it is done\n")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["sider", "--download"], "--download takes the name of a source and no file: openfda or dailymed"),
        (["openfda", "labels.json", "--download"], "--download takes the name of a source and no file"),
        (["openfda"], "name a file or folder to import from openfda, or give --download"),
        ([str(SAMPLES / "openfda"), "--from", "http://localhost/"], "--from says where --download fetches from"),
    ],
)
def test_what_cannot_be_meant_is_said(cli: Cli, arguments: list[str], said: str) -> None:
    code, _, err = cli("import", *arguments)
    assert code == 2
    assert said in err


def test_no_network_is_loaded_without_the_option(tmp_path: Path) -> None:
    environment = {"XDG_DATA_HOME": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path), "PATH": "/usr/bin:/bin"}
    command = [sys.executable, "-X", "importtime", "-m", "drugref", "import", "openfda", str(SAMPLES / "openfda")]
    run = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=True)
    loaded = {line.rpartition("|")[2].strip() for line in run.stderr.splitlines()}
    assert "drugref.importers.manifest" in loaded
    assert not loaded & {"drugref.importers.fetch", "http.client", "urllib.request", "ssl", "socketserver"}


def test_lists_of_publishers_as_they_are() -> None:
    openfda = {
        "file": "https://download.open.fda.gov/drug/label/drug-label-0001-of-0013.json.zip", "size_mb": "128.11", "records": 20000,
    }  # fmt: skip
    listed = json.dumps({"results": {"drug": {"label": {"partitions": [openfda]}}}})
    (part,) = parts_of(OPENFDA, listed, OPENFDA.url)
    assert (part.url, part.name, part.megabytes) == (openfda["file"], "drug-label-0001-of-0013.json.zip", 128.11)
    (mirrored,) = parts_of(OPENFDA, listed, "https://mirror.example/fda/download.json")
    assert mirrored.url == "https://mirror.example/fda/drug/label/drug-label-0001-of-0013.json.zip"
    page = """<h2>Full Releases</h2><ul>
      <li><a href="https://dailymed-data.nlm.nih.gov/public-release-files/dm_spl_release_human_rx_part1.zip">rx 1</a>
        (3.07 GB) MD5 checksum: 0123456789ABCDEF0123456789abcdef</li>
      <li><a href='/public-release-files/dm_spl_release_human_otc_part1.zip'>otc 1</a></li></ul>
      <h2>Partial Releases</h2><a href="/public-release-files/dm_spl_weekly_update_110926_111326.zip">week</a>
      <a href="dm_spl_release_animal.zip">animals</a>"""
    rx, otc = parts_of(DAILYMED, page, DAILYMED.url)
    assert (rx.name, rx.checksum) == ("dm_spl_release_human_rx_part1.zip", ("md5", "0123456789abcdef0123456789abcdef"))
    assert otc.url == "https://dailymed.nlm.nih.gov/public-release-files/dm_spl_release_human_otc_part1.zip"
    assert otc.checksum is None
