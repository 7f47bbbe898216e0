"""Look-ups in the index of medicines: names, codes, combinations, groups; and what a damaged index costs."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from drugref import medicines, places
from drugref.errors import AmbiguousNameError
from drugref.text import name_key
from tests.conftest import BUNDLED
from tools.keys import write_keys

DATA = BUNDLED.parent


@pytest.fixture(autouse=True)
def afresh() -> Iterator[None]:
    medicines.forget()
    yield
    medicines.forget()


def test_the_keys_are_those_of_the_data_files() -> None:
    made = write_keys(*(DATA.joinpath(name).read_text(encoding="utf-8") for name in ("medicines.tsv", "groups.tsv")))
    assert made == DATA.joinpath("medicines.keys").read_text(encoding="utf-8"), "run: python -m tools.medicines --keys"


def test_every_name_and_code_is_found() -> None:
    """The first and last lines of both files too, which a bisection could lose."""
    lines = [line for line in DATA.joinpath("medicines.tsv").read_text(encoding="utf-8").splitlines() if line[:2] != "# "]
    for line in [*lines[:40], *lines[5000:5040], *lines[-40:]]:
        medicine = medicines.Medicine(line)
        assert medicines.by_key(medicine.key).names == medicine.names
        for name in (medicine.key, *(name for _, name, _ in medicine.names), *(code for code, _ in medicine.uniis)):
            assert medicine.key in medicines.owners(name), name
    assert medicines.problem() == ""


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("aspirin", "acetylsalicylic acid"),
        ("ASPIRIN", "acetylsalicylic acid"),
        ("nitroglycerin", "glyceryl trinitrate"),
        ("glyceryl-trinitrate", "glyceryl trinitrate"),
        ("Zanaflex", "tizanidine"),
        ("frusemide", "furosemide"),
        ("octreotide acetate", "octreotide"),
        ("HY-770", "inaperisone"),
        ("6AI06C00GW", "tizanidine"),
        ("H01CB02", "octreotide"),
        ("h01cb02", "octreotide"),
        ("co-amoxiclav", "amoxicillin + clavulanic acid"),
        ("clavulanic acid and amoxicillin", "amoxicillin + clavulanic acid"),
        ("Clavulanate potassium / AMOXICILLIN trihydrate", "amoxicillin + clavulanic acid"),
        ("acetaminophen with codeine", "codeine + paracetamol"),
        ("codeine & paracetamol", "codeine + paracetamol"),
        ("ethinyl estradiol / drospirenone", "drospirenone + ethinylestradiol"),
        ("ethinyl estradiol, drospirenone", "drospirenone + ethinylestradiol"),
        ("grapefruit juice", "grapefruit"),
        ("alcohol", "ethanol"),
    ],
)
def test_a_name_leads_to_its_medicine(name: str, key: str) -> None:
    found = medicines.look_up(name)
    assert found
    assert found.key == key


@pytest.mark.parametrize(
    "name",
    ["", " ", "nosuch", "asp", "bac\x07lofen", "0", "# drugref keys 1", "/", "a / b", "and", "\udcff", "zzzz", "\U0010ffff"],
)
def test_what_is_no_name_leads_nowhere(name: str) -> None:
    assert medicines.look_up(name) is None
    assert medicines.problem() == ""


def test_a_shared_name_is_said_to_be_one() -> None:
    with pytest.raises(AmbiguousNameError) as caught:
        medicines.look_up("Atripla")
    assert len(caught.value.candidates) > 1


def test_a_medicine_says_what_the_lists_say() -> None:
    found = medicines.look_up("octreotide")
    assert found
    assert (found.kind, found.lists) == ("medicine", "U")
    assert ("H01CB02", "M") in found.atc
    assert ("E", "Somatostatin Analog", "DN") in found.classes
    assert ("brand", "Sandostatin", "NU") in found.names
    assert {letter for _, _, lists in found.names for letter in lists} <= medicines.sources().keys()


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("NSAID", "NSAIDs"),
        ("nsaids", "NSAIDs"),
        ("ACE inhibitor", "ACE inhibitors"),
        ("non-steroidal anti-inflammatory drug", "NSAIDs"),
        ("strong CYP3A4 inhibitor", "strong CYP3A4 inhibitors"),
        ("nitrate", "nitrates"),
    ],
)
def test_a_group_is_found_by_any_of_its_names(name: str, key: str) -> None:
    found = medicines.group(name)
    assert found
    assert found.key == key


def test_a_medicine_has_its_groups_and_a_combination_those_of_its_parts() -> None:
    aspirin, augmentin = medicines.look_up("aspirin"), medicines.look_up("Augmentin")
    assert aspirin
    assert augmentin
    assert "NSAIDs" in [group.key for group in medicines.groups_of(aspirin)]
    assert "penicillins" in [group.key for group in medicines.groups_of(augmentin)]
    nsaids = medicines.group("NSAIDs")
    assert nsaids
    assert nsaids.members["ibuprofen"]
    assert {source for its in nsaids.members.values() for source in its} <= medicines.sources().keys()
    assert medicines.group("nosuch") is None


def test_names_that_begin_as_typed() -> None:
    names = [name for _, _, _, name in medicines.beginning("Tylen", 10)]
    assert "Tylenol" in names
    assert len(medicines.beginning("me", 5)) == 5
    assert all(kind not in ("UNII", "ATC code") for _, _, kind, _ in medicines.beginning("", 3000))


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def _noise(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2 :: 7] = b"\xff" * len(data[len(data) // 2 :: 7])
    path.write_bytes(data)


def _older(path: Path) -> None:
    path.write_bytes(path.read_bytes().replace(b" 1", b" 0", 1))


def _empty(path: Path) -> None:
    path.write_bytes(b"")


DAMAGES: list[Callable[[Path], None]] = [Path.unlink, _empty, _cut, _noise, _older]


@pytest.mark.parametrize("file", medicines.FILES)
@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage.__name__)
def test_a_damaged_index_finds_nothing_and_says_so(
    file: str, damage: Callable[[Path], None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in medicines.FILES:
        shutil.copy(DATA / name, tmp_path)
    damage(tmp_path / file)
    monkeypatch.setattr(places, "bundled", lambda: str(tmp_path / "drugs.toml"))
    names = ["zolpidem", "aspirin", "nosuch", "zzz", "aaa"]
    found = [medicines.look_up(name) for name in names]
    medicines.group("NSAIDs")
    medicines.keys_of_length(4, 9)
    assert medicines.problem().startswith("the index of medicines cannot be used (")
    assert [
        medicine for medicine in found if medicine and name_key(medicine.key) not in ("zolpidem", "acetylsalicylicacid")
    ] == []


def test_keys_of_some_length_are_those_of_names() -> None:
    keys = medicines.keys_of_length(7, 8)
    assert {len(key) for key in keys} == {7, 8}
    assert "tylenol" in keys
    assert len(set(keys)) == len(keys)
    assert not any(code in keys for code in ("n02be01", "j01ca04"))
