"""Archives: everything wanted in them is found or counted, whatever they are made of, and nothing runs away."""

import gzip
import io
import os
import struct
import zipfile
import zlib
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drugref.errors import DrugrefError
from drugref.importers import archive
from drugref.importers.archive import members, size_of, whole
from drugref.job import Job

LABEL = b"<document>" + b"An invented label. " * 40 + b"</document>"
DAMAGED = "damaged, cannot be read to its end"
TOO_MUCH = "too much comes out of the archive"
ZEROS = bytes(4 << 20)


def zipped(files: Iterable[tuple[str, bytes]] | dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as made:
        for name, data in files.items() if isinstance(files, dict) else files:
            made.writestr(name, data)
    return buffer.getvalue()


class Read:
    """What a walk through a path gave: contents by name, refusals, and how many bytes were told to be read."""

    def __init__(self, path: Path, *suffixes: str) -> None:
        self.told = 0
        job = Job(today=date(2026, 1, 1), advance=self.advance)
        self.found: dict[str, bytes] = {}
        for member in members(str(path), suffixes or (".xml",), job):
            data = whole(member, job)
            if data is not None:
                self.found[member.name] = data
        self.refused = dict(job.report.refused)
        self.examples = job.report.examples

    def advance(self, size: int) -> None:
        assert size > 0
        self.told += size


def read(folder: Path, data: bytes, name: str = "release.zip") -> Read:
    path = folder / name
    path.write_bytes(data)
    result = Read(path)
    assert result.told == len(data) == size_of(str(path), (".xml",))
    return result


def test_a_release_is_a_zip_of_zips(tmp_path: Path) -> None:
    inner = zipped({"a.xml": LABEL, "a.jpg": bytes(1000)})
    result = read(tmp_path, zipped({"prescription/": b"", "prescription/one.zip": inner, "two.XML": LABEL, "readme.txt": b"x"}))
    assert result.found == {"release.zip/prescription/one.zip/a.xml": LABEL, "release.zip/two.XML": LABEL}
    assert result.refused == {}


def test_gzip_in_any_place(tmp_path: Path) -> None:
    data = zipped({"a.xml.gz": gzip.compress(LABEL), "b.zip.gz": gzip.compress(zipped({"b.xml": LABEL}))})
    assert read(tmp_path, data).found == {
        "release.zip/a.xml.gz/a.xml": LABEL,
        "release.zip/b.zip.gz/b.zip/b.xml": LABEL,
    }
    assert read(tmp_path, gzip.compress(LABEL), "c.xml.gz").found == {"c.xml.gz/c.xml": LABEL}


@pytest.mark.parametrize(
    ("data", "name"),
    [(LABEL, "label.txt"), (zipped({"a.xml": LABEL}), "download"), (gzip.compress(LABEL), "download")],
    ids=["plain", "zip", "gzip"],
)
def test_a_given_file_may_have_any_name(tmp_path: Path, data: bytes, name: str) -> None:
    assert list(read(tmp_path, data, name).found.values()) == [LABEL]


def test_a_folder_is_walked_in_order_and_no_symbolic_link_is_followed(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret.xml").write_bytes(LABEL)
    folder = tmp_path / "folder"
    (folder / "below").mkdir(parents=True)
    (folder / "below" / "b.xml").write_bytes(b"b")
    (folder / "below" / "a.zip").write_bytes(zipped({"x.xml": b"x"}))
    (folder / "z.xml").write_bytes(b"z")
    (folder / "notes.txt").write_bytes(b"n")
    (folder / "link.xml").symlink_to(outside / "secret.xml")
    (folder / "folder").symlink_to(outside)
    os.mkfifo(folder / "pipe.xml")
    result = Read(folder)
    assert list(result.found.items()) == [("z.xml", b"z"), ("below/a.zip/x.xml", b"x"), ("below/b.xml", b"b")]
    assert result.examples == {"symbolic link": ["link.xml"], "neither a file nor a folder": ["pipe.xml"]}
    assert result.told == size_of(str(folder), (".xml",))


@pytest.mark.parametrize(
    ("name", "message"),
    [("none\x1b.xml", 'cannot read "{}/none\\x1b.xml": No such file or directory'), ("pipe", '"{}/pipe" is neither a file nor a folder')],
    ids=["missing", "pipe"],
)  # fmt: skip
def test_a_path_that_cannot_be_read_is_said(tmp_path: Path, name: str, message: str) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(DrugrefError) as caught:
        Read(tmp_path / name)
    assert str(caught.value) == message.format(tmp_path)


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may read any file")
def test_what_may_not_be_read_is_said_of_the_given_file_and_counted_in_a_folder(tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_bytes(LABEL)
    (tmp_path / "a.xml").chmod(0)
    with pytest.raises(DrugrefError, match="Permission denied"):
        Read(tmp_path / "a.xml")
    assert Read(tmp_path).refused == {"cannot be opened": 1}


@pytest.mark.parametrize(
    "name",
    ["../a.xml", "a/../../b.xml", "/etc/a.xml", "\\a.xml", "a\\..\\b.xml", "C:a.xml", "a\x1b[31m.xml", "a\u202elmx.xml", "a.xml\x00.jpg"],
    ids=ascii,
)  # fmt: skip
def test_unsafe_names_are_refused_and_the_rest_is_read(tmp_path: Path, name: str) -> None:
    result = read(tmp_path, _named(name))
    assert (list(result.found), result.refused) == (["release.zip/good.xml"], {"unsafe name": 1})
    assert all(place.isprintable() for places in result.examples.values() for place in places)


def _named(name: str) -> bytes:
    """Return a zip with a member of a name that zipfile would not write as it is."""
    stand_in = "x" * (len(name.encode()) - 4) + ".xml"
    data = zipped({stand_in: LABEL, "good.xml": LABEL})
    if not name.isascii():
        flags = struct.pack("<HH", 0x800, zipfile.ZIP_DEFLATED)
        data = data.replace(struct.pack("<HH", 0, zipfile.ZIP_DEFLATED), flags)
    return data.replace(stand_in.encode(), name.encode())


def test_archives_nest_three_deep_and_no_deeper(tmp_path: Path) -> None:
    data = LABEL
    for name in ("a.xml", "1.zip", "2.zip"):
        data = zipped({name: data})
    assert list(read(tmp_path, data).found) == ["release.zip/2.zip/1.zip/a.xml"]
    result = read(tmp_path, zipped({"3.zip": data, "b.xml.gz": gzip.compress(LABEL)}))
    assert list(result.found) == ["release.zip/b.xml.gz/b.xml"]
    assert result.examples == {"archives nested too deep": ["release.zip/3.zip/2.zip/1.zip"]}


def test_a_bomb_is_refused_and_the_rest_is_read(tmp_path: Path) -> None:
    result = read(tmp_path, zipped({"bomb.xml": ZEROS, "good.xml": LABEL, "small.xml": bytes(1 << 20)}))
    assert (list(result.found), result.refused) == (["release.zip/good.xml", "release.zip/small.xml"], {TOO_MUCH: 1})
    result = read(
        tmp_path, zipped({"bomb.xml.gz": gzip.compress(ZEROS), "bomb.zip": zipped({"a.xml": ZEROS}), "good.xml": LABEL})
    )
    assert (list(result.found), result.refused) == (["release.zip/good.xml"], {TOO_MUCH: 2})
    assert read(tmp_path, gzip.compress(ZEROS), "a.xml.gz").refused == {TOO_MUCH: 1}


def test_a_bomb_in_an_archive_that_is_one_itself_is_not_unpacked(tmp_path: Path) -> None:
    inner = zipped({f"{number}.xml": ZEROS for number in range(4)}, zipfile.ZIP_STORED)
    result = read(tmp_path, zipped({"many.zip": inner, "good.xml": LABEL}))
    assert result.examples == {TOO_MUCH: ["release.zip/many.zip"]}
    assert list(result.found) == ["release.zip/good.xml"]


def test_many_small_bombs_stop_at_the_total(tmp_path: Path) -> None:
    inner = zipped([("a.xml", bytes(1 << 20))])
    result = read(tmp_path, zipped((f"{number}.zip", inner) for number in range(40)))
    assert result.refused == {TOO_MUCH: 1, "too much came out of the archive; what follows is not counted": 1}
    assert 10 < len(result.found) < 20


def test_what_a_header_declares_is_not_believed(tmp_path: Path) -> None:
    data = zipped({"liar.xml": ZEROS})
    result = read(tmp_path, data.replace(struct.pack("<I", len(ZEROS)), struct.pack("<I", 10)))
    assert (result.found, result.refused) == ({}, {DAMAGED: 1})


def test_members_that_overlap_are_refused(tmp_path: Path) -> None:
    result = read(tmp_path, _quoted(12))
    assert result.refused == {"members that overlap": 11}
    assert list(result.found) == ["release.zip/11.xml"]
    same = _directory([(b"a.xml", 0), (b"b.xml", 0)], zipped({"a.xml": LABEL}))
    assert read(tmp_path, same).refused["members that overlap"] == 1


def _quoted(number: int) -> bytes:
    """Return a zip in which each member's content runs over the headers of all that follow and over their one kernel."""
    kernel = _deflate(bytes(1 << 19))
    body = _local(f"{number - 1}.xml".encode(), kernel, bytes(1 << 19)) + kernel
    sizes = [(len(kernel), bytes(1 << 19))]
    lengths = [len(body)]
    for index in range(number - 2, -1, -1):
        header = body[: len(body) - sizes[-1][0]]
        quote = struct.pack("<BHH", 0, len(header), len(header) ^ 0xFFFF) + header
        packed = quote + body[len(header) :]
        plain = zlib.decompress(packed, -15)
        body = _local(f"{index}.xml".encode(), packed, plain) + packed
        sizes.append((len(packed), plain))
        lengths.append(len(body))
    entries = b""
    for index in range(number):
        size, plain = sizes[number - 1 - index]
        offset = len(body) - lengths[number - 1 - index]
        entries += _central(f"{index}.xml".encode(), size, plain, offset)
    return body + entries + struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, number, number, len(entries), len(body), 0)


def _deflate(data: bytes) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return packer.compress(data) + packer.flush()


def _local(name: bytes, packed: bytes, plain: bytes) -> bytes:
    sums = (zlib.crc32(plain), len(packed), len(plain), len(name), 0)
    return struct.pack("<4s5H3I2H", b"PK\x03\x04", 20, 0, 8, 0, 0x21, *sums) + name


def _central(name: bytes, size: int, plain: bytes, offset: int) -> bytes:
    sums = (zlib.crc32(plain), size, len(plain), len(name))
    return struct.pack("<4s6H3I5H2I", b"PK\x01\x02", 20, 20, 0, 8, 0, 0x21, *sums, 0, 0, 0, 0, 0, offset) + name


def _directory(names: list[tuple[bytes, int]], data: bytes) -> bytes:
    """Return a zip of one member with another directory: entries that all lead to the member."""
    start = data.index(b"PK\x01\x02")
    size = struct.unpack_from("<I", data, start + 20)[0]
    entries = b"".join(_central(name, size, LABEL, offset) for name, offset in names)
    return data[:start] + entries + struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, len(names), len(names), len(entries), start, 0)


def test_too_many_members(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MEMBERS", 5)
    inner = zipped({f"{number}.xml": LABEL for number in range(3)})
    result = read(tmp_path, zipped({"a.zip": inner, "b.zip": inner}))
    assert result.examples == {"too many members; what follows is not counted": ["release.zip/b.zip"]}
    assert len(result.found) == 3


def test_a_directory_that_memory_should_not_hold(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "DIRECTORY", 1 << 16)
    result = read(tmp_path, zipped({f"{number}{'x' * 100}.xml": b"" for number in range(1000)}))
    assert (result.found, result.refused) == ({}, {DAMAGED: 1})


def test_a_member_longer_than_any_label(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "LONGEST", len(LABEL))
    result = read(tmp_path, zipped({"a.xml": LABEL, "b.xml": LABEL + b" "}))
    assert (list(result.found), result.refused) == (["release.zip/a.xml"], {"larger than any label": 1})


def test_an_archive_in_an_archive_that_disks_should_not_hold(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "INNER", 1000)
    result = read(tmp_path, zipped({"a.zip": zipped({"a.jpg": os.urandom(2000)}), "b.xml": LABEL}))
    assert (list(result.found), result.refused) == (["release.zip/b.xml"], {"archive in an archive too large": 1})


@pytest.mark.parametrize(
    "data", [b"", b"PK\x03\x04", zipped({"a.xml": LABEL})[:-10], b"no archive" * 100], ids=["empty", "head", "cut", "text"]
)
def test_what_is_no_zip(tmp_path: Path, data: bytes) -> None:
    assert read(tmp_path, data).refused == {DAMAGED: 1}
    result = read(tmp_path, zipped({"broken.zip": data, "good.xml": LABEL}))
    assert (list(result.found), result.refused) == (["release.zip/good.xml"], {DAMAGED: 1})


@pytest.mark.parametrize(
    "data",
    [b"", b"\x1f\x8b\x08", gzip.compress(LABEL)[:-12], gzip.compress(LABEL)[:-8] + bytes(8)],
    ids=["empty", "head", "cut", "sum"],
)
def test_what_is_no_gzip(tmp_path: Path, data: bytes) -> None:
    result = read(tmp_path, zipped({"broken.xml.gz": data, "good.xml": LABEL}))
    expected = {"release.zip/good.xml"} | ({"release.zip/broken.xml.gz/broken.xml"} if not data else set())
    assert (set(result.found), result.refused) == (expected, {DAMAGED: 1} if data else {})


def test_a_wrong_checksum(tmp_path: Path) -> None:
    data = zipped({"a.xml": LABEL, "good.xml": LABEL}, zipfile.ZIP_STORED)
    result = read(tmp_path, data.replace(b"invented", b"forged  ", 1))
    assert (list(result.found), result.refused) == (["release.zip/good.xml"], {DAMAGED: 1})


@pytest.mark.parametrize(
    ("offset", "value", "why"), [(8, 0x1, "encrypted"), (10, 12, "unknown compression"), (10, 99, "unknown compression")], ids=["encrypted", "bzip2", "aes"]
)  # fmt: skip
def test_what_cannot_be_unpacked(tmp_path: Path, offset: int, value: int, why: str) -> None:
    data = bytearray(zipped({"a.xml": LABEL, "good.xml": LABEL}))
    struct.pack_into("<H", data, data.index(b"PK\x01\x02") + offset, value)
    result = read(tmp_path, bytes(data))
    assert (list(result.found), result.refused) == (["release.zip/good.xml"], {why: 1})


@given(st.data())
@settings(max_examples=2 * settings().max_examples)
def test_damage_is_counted_and_never_raised(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    inner = zipped({"a.xml": LABEL, "b.xml.gz": gzip.compress(LABEL)})
    whole_file = bytearray(zipped({"a.xml": LABEL, "b.zip": inner, "c.xml": LABEL}, zipfile.ZIP_STORED))
    for _ in range(data.draw(st.integers(1, 4))):
        whole_file[data.draw(st.integers(0, len(whole_file) - 1))] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(len(whole_file) // 2, len(whole_file)))
    result = read(tmp_path_factory.mktemp("fuzz"), bytes(whole_file[:cut]))
    assert all(content == LABEL for content in result.found.values())


def test_an_archive_without_members_holds_nothing(tmp_path: Path) -> None:
    result = read(tmp_path, zipped({}))
    assert (result.found, result.refused) == ({}, {})


@pytest.mark.parametrize("name", ["pipe.xml", "zero.xml", "null.xml.gz"])
def test_a_pipe_or_device_is_refused_by_name_and_never_opened(
    tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if name == "pipe.xml":
        os.mkfifo(tmp_path / name)
    else:
        (tmp_path / name).symlink_to("/dev/zero" if name == "zero.xml" else "/dev/null")
    (tmp_path / "a.xml").write_bytes(LABEL)
    taken = os.open
    monkeypatch.setattr(
        os, "open", lambda path, *rest: taken(path, *rest) if path == str(tmp_path / "a.xml") else pytest.fail(path)
    )
    result = Read(tmp_path)
    assert list(result.found) == ["a.xml"]
    assert list(result.examples.values()) == [[name]]


def test_a_file_that_becomes_a_pipe_is_not_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.xml").write_bytes(LABEL)
    taken = os.open

    def exchanged(path: str, flags: int) -> int:
        os.unlink(path)
        os.mkfifo(path)
        return taken(path, flags)

    monkeypatch.setattr(os, "open", exchanged)
    assert Read(tmp_path).refused == {"cannot be opened": 1}


def test_directories_of_zips_in_zips_count_together(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "DIRECTORY", 3000)
    inner = zipped({f"{number}.xml": b"" for number in range(40)})
    assert len(read(tmp_path, inner).found) == 40
    result = read(tmp_path, zipped({"one.zip": inner, **{f"{number}.xml": b"" for number in range(30)}}))
    assert (len(result.found), result.refused) == (30, {DAMAGED: 1})


def test_more_files_in_a_folder_than_can_be_put_in_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "ENTRIES", 3)
    for number in range(5):
        (tmp_path / f"{number}.xml").write_bytes(LABEL)
    result = Read(tmp_path)
    assert (len(result.found), result.refused) == (3, {"too many files in a folder; what follows is not counted": 1})
