"""Names that no record bears: medicines without a record, other names of recorded ones, combinations, codes, lines of a list."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from drugref import medicines, places
from drugref.dosing import without_dose
from drugref.text import slug
from tests.conftest import BUNDLED, ROOT, SAMPLE, Cli, process


@pytest.fixture(autouse=True)
def afresh() -> Iterator[None]:
    medicines.forget()
    yield
    medicines.forget()


def renamed(path: Path, **names: str) -> str:
    """Write the sample with drugs under other INNs, and return where it is."""
    text = SAMPLE.read_text(encoding="utf-8")
    for old, new in names.items():
        text = text.replace(f'inn = "{old}"', f'inn = "{new}"').replace(f"[drugs.{old}]", f"[drugs.{slug(new)}]")
    path.write_text(text, encoding="utf-8")
    return str(path)


class TestWithoutRecord:
    @pytest.mark.parametrize(
        ("typed", "key"),
        [
            ("indomethacin", "indometacin"), ("Augmentin", "amoxicillin + clavulanic acid"), ("cholestyramine", "colestyramine"),
            ("co-amoxiclav", "amoxicillin + clavulanic acid"), ("telithromycin", "telithromycin"), ("tranylcypromine", "tranylcypromine"),
            ("Xenical", "orlistat"), ("grapefruit juice", "grapefruit"), ("ISDN", "isosorbide dinitrate"), ("Humira", "adalimumab"),
            ("acetaminophen / codeine", "codeine + paracetamol"),
        ],
    )  # fmt: skip
    def test_it_is_known_and_has_no_record(self, cli: Cli, typed: str, key: str) -> None:
        code, out, err = cli("show", typed)
        assert code == 4
        assert out.startswith(f"{key}\tname\tinn\t{key}\t")
        assert f"{key}\trecord\tnone-recorded\tnothing recorded; this is not evidence of safety" in out
        assert "no record of its own" in err
        assert {line.count("\t") for line in out.splitlines()} == {5}

    def test_it_says_who_names_it_and_what_is_like_it(self, cli: Cli) -> None:
        _, out, _ = cli("show", "indomethacin")
        rows = [line.split("\t") for line in out.splitlines()]
        assert ["named-in", "caution", "warfarin"] in [row[1:4] for row in rows]
        assert any(row[1] == "named-in" and "by its group: NSAIDs" in row[4] for row in rows)
        assert {row[3] for row in rows if row[1] == "neighbour"} >= {"ibuprofen", "naproxen"}
        assert ["import", "", "drugref import openfda PATH --only indomethacin"] in [row[1:4] for row in rows]
        listed = {row[5] for row in rows if row[1] == "sources"}
        cited = {
            source for row in rows if row[1] in ("class", "group", "name", "atc", "identifier") for source in row[5].split("; ")
        }
        assert cited <= listed

    def test_a_group_that_stands_in_a_longer_one_is_not_what_is_meant(self, cli: Cli) -> None:
        """Bisoprolol is a selective beta blocker: what is said of the non-selective ones is not said of it."""
        _, out, _ = cli("show", "bisoprolol")
        named = [line.split("\t")[4] for line in out.splitlines() if "\tnamed-in\t" in line]
        assert [text for text in named if text.startswith("non-selective")] == []

    def test_every_format(self, cli: Cli) -> None:
        for shown_as in ("table", "markdown", "csv", "tsv", "json", "jsonl"):
            code, out, _ = cli("show", "indomethacin", "-f", shown_as)
            assert code == 4
            assert "indometacin" in out
            assert "warfarin" in out
        document = json.loads(cli("show", "indomethacin", "--json")[1])
        assert (document["drugs"], document["unknown"]) == ([], [])
        (about,) = document["medicines"]
        assert (about["medicine"], about["typed"], about["record"]) == ("indometacin", "indomethacin", None)
        assert json.loads(cli("show", "indomethacin", "-f", "jsonl")[1]) == about

    @pytest.mark.parametrize("command", ["mechanism", "uses", "side-effects", "contraindications", "pharmacokinetics"])
    def test_a_part_of_it_is_nothing(self, cli: Cli, command: str) -> None:
        code, out, err = cli(command, "indomethacin")
        assert code == 4
        assert out.startswith("indometacin\tnone-recorded\tnothing recorded; this is not evidence of safety")
        assert "named in" in err

    def test_what_is_recorded_is_printed_beside_it(self, cli: Cli) -> None:
        code, out, _ = cli("mechanism", "baclofen", "indomethacin", "nosuchdrug")
        assert code == 3
        assert {line.split("\t")[0] for line in out.splitlines()} == {"baclofen", "indometacin"}
        assert cli("mechanism", "baclofen", "indomethacin")[0] == 4

    def test_its_sources_are_its_lists(self, cli: Cli) -> None:
        code, out, _ = cli("sources", "indomethacin")
        assert code == 4
        assert "indometacin\tindex:U\tlist\tUNII list of names" in out

    def test_a_screen_says_that_it_was_not_checked(self, cli: Cli) -> None:
        code, out, _ = cli("screen", "baclofen", "indomethacin")
        assert code == 4
        assert "not-checked\tindomethacin" in out


class TestOtherNames:
    @pytest.mark.parametrize(
        ("typed", "inn", "kind"),
        [
            ("Sirdalud", "tizanidine", "brand"), ("Losec", "omeprazole", "brand"), ("Glucophage", "metformin", "brand"),
            ("warfarin sodium", "warfarin", "salt"), ("amoxycillin", "amoxicillin", "synonym"), ("Prinivil", "lisinopril", "brand"),
            ("DS 103-282", "tizanidine", "code"), ("omeprazole magnesium", "omeprazole", "salt"), ("Zithranol", "", ""),
            ("Naprosyn", "naproxen", "brand"), ("Lopressor", "metoprolol", "brand"),
        ],
    )  # fmt: skip
    def test_a_name_of_the_index_leads_to_the_record_and_says_so(self, cli: Cli, typed: str, inn: str, kind: str) -> None:
        code, out, err = cli("show", typed)
        assert code == (0 if inn else 3)
        assert out.split("\t")[0] == inn
        if inn:
            assert f"{typed} → {inn} (" in err

    def test_a_shared_name_leads_nowhere(self, cli: Cli) -> None:
        code, out, err = cli("show", "Atripla")
        assert (code, out) == (3, "")
        assert "ambiguous" in err

    def test_the_only_salt_with_a_record_is_found_by_its_moiety(self, cli: Cli, tmp_path: Path) -> None:
        own = renamed(tmp_path / "own.toml", examplin="octreotide acetate")
        code, out, err = cli("show", "octreotide", "--db", own)
        assert code == 0
        assert out.startswith("octreotide acetate\t")
        assert "octreotide → octreotide acetate" in err
        own = renamed(tmp_path / "two.toml", examplin="octreotide acetate", emptazole="octreotide pamoate")
        code, out, err = cli("show", "octreotide", "--db", own)
        assert (code, out) == (3, "")
        assert "octreotide acetate" in err
        assert "octreotide pamoate" in err

    @pytest.mark.parametrize("typed", ["clopidogril", "asprin", "augmentine", "nitroglycerine", "escitaloprim"])
    def test_near_names_know_the_index(self, cli: Cli, typed: str) -> None:
        code, out, err = cli("show", typed)
        assert code in (3, 4)
        assert code == 4 or (out == "" and "did you mean" in err)

    def test_a_group_is_said_to_be_one(self, cli: Cli) -> None:
        code, _, err = cli("show", "NSAIDs")
        assert code == 3
        assert "it is a group of" in err


class TestCombinations:
    @pytest.fixture
    def own(self, tmp_path: Path) -> str:
        return renamed(tmp_path / "own.toml", examplin="drospirenone / ethinyl estradiol")

    @pytest.mark.parametrize(
        "typed",
        [
            "ethinyl estradiol / drospirenone", "ethinyl estradiol and drospirenone", "ethinylestradiol + drospirenone",
            "drospirenone, ethinyl estradiol", "drospirenone with ethinylestradiol", "Ethinyl Estradiol & Drospirenone", "Yaz",
            "drospirenone/ethinyl estradiol", "ethinylestradiol,drospirenone", "DROSPIRENONE AND ETHINYL ESTRADIOL",
        ],
    )  # fmt: skip
    def test_any_order_finds_it(self, cli: Cli, own: str, typed: str) -> None:
        code, out, _ = cli("show", typed, "--db", own)
        assert code == 0
        assert out.startswith("drospirenone / ethinyl estradiol\t")

    def test_a_salt_that_the_index_lacks_is_a_part_all_the_same(self, cli: Cli, tmp_path: Path) -> None:
        own = renamed(tmp_path / "own.toml", examplin="acetaminophen / caffeine / dihydrocodeine bitartrate")
        assert "part of acetaminophen / caffeine" in cli("show", "dihydrocodeine", "--db", own)[2]
        code, _, err = cli("show", "dihydrocodeine, paracetamol and caffeine", "--db", own)
        assert code == 0
        assert "(the same parts)" in err

    def test_a_part_says_what_it_is_part_of(self, cli: Cli, own: str) -> None:
        code, out, err = cli("show", "drospirenone", "--db", own)
        assert code == 4
        assert "no record of its own; part of drospirenone / ethinyl estradiol" in err
        assert "drospirenone\tpart-of\trecord\tdrospirenone / ethinyl estradiol" in out

    def test_two_medicines_that_are_no_combination(self, cli: Cli) -> None:
        code, _, err = cli("show", "warfarin,ibuprofen")
        assert code == 3
        assert "name each on its own: warfarin, ibuprofen" in err


class TestCodes:
    @pytest.mark.parametrize(
        ("code", "inn", "scheme"),
        [
            ("0QAC3P785O", "inaperisone", "UNII"), ("0qac3p785o", "inaperisone", "UNII"), ("M03BX02", "tizanidine", "ATC code"),
            ("m03bx01", "baclofen", "ATC code"), ("6AI06C00GW", "tizanidine", "UNII"), ("A02BC01", "omeprazole", "ATC code"),
            ("M03BX04", "tolperisone", "ATC code"), ("B01AA03", "warfarin", "ATC code"), ("N06AB06", "sertraline", "ATC code"),
            ("M03CA01", "dantrolene", "ATC code"),
        ],
    )  # fmt: skip
    def test_a_code_leads_to_the_drug_and_says_so(self, cli: Cli, code: str, inn: str, scheme: str) -> None:
        exit_code, out, err = cli("show", code)
        assert exit_code == 0
        assert out.split("\t")[0] == inn
        assert f"{code} → {inn} ({scheme})" in err

    @pytest.mark.parametrize("code", ["M03BX", "M03BX99", "0QAC3P785X", "1234", "baclofen1", "%", "M03BX0_", "2024-01-01"])
    def test_what_is_no_code_leads_nowhere(self, cli: Cli, code: str) -> None:
        exit_code, out, _ = cli("show", code)
        assert (exit_code, out) == (3, "")

    def test_a_code_of_several_lists_them(self, cli: Cli, tmp_path: Path) -> None:
        own = tmp_path / "own.toml"
        coded = 'inn = "emptazole"\natc = [\n  { code = "X01AA01", sources = ["label"] },\n]\n'
        own.write_text(SAMPLE.read_text(encoding="utf-8").replace('inn = "emptazole"\n', coded), encoding="utf-8")
        exit_code, out, err = cli("show", "X01AA01", "--db", str(own))
        assert (exit_code, out) == (3, "")
        assert "emptazole" in err
        assert "examplin" in err


class TestLinesOfAList:
    @pytest.mark.parametrize(
        ("line", "inn", "aside"),
        [
            ("Warfarin 3mg tablets", "warfarin", "3mg tablets"), ("sertraline 50mg OD", "sertraline", "50mg OD"),
            ("Metformin 500mg PO BID", "metformin", "500mg PO BID"), ("omeprazole,20mg", "omeprazole", "20mg"),
            ("* amoxicillin 500 mg TDS", "amoxicillin", "* 500 mg TDS"), ("• Losartan 50 mg once daily", "losartan", "• 50 mg once daily"),
            ("1. simvastatin 40mg nocte", "simvastatin", "1. 40mg nocte"), ("Tab. furosemide 40 mg mane", "furosemide", "Tab. 40 mg mane"),
            ("salbutamol 100 micrograms/dose inhaler 2 puffs prn", "salbutamol", "100 micrograms/dose inhaler 2 puffs prn"),
            ("Losec 20mg caps", "omeprazole", "20mg caps"), ("paracetamol 500mg x 2 QDS", "paracetamol", "500mg x 2 QDS"),
            ("tizanidine 2mg/5ml oral solution", "tizanidine", "2mg/5ml oral solution"),
            ("IBUPROFEN 200 MG ORAL TABLET [ADVIL]", "ibuprofen", "200 MG ORAL TABLET [ADVIL]"),
            ("24 HR metoprolol 50 MG Extended Release Oral Tablet [Toprol]", "metoprolol", "24 HR 50 MG Extended Release Oral Tablet [Toprol]"),
            ("warfarin sodium 5 MG Oral Tablet [Coumadin] [Jantoven]", "warfarin", "5 MG Oral Tablet [Coumadin] [Jantoven]"),
            ("Ventolin HFA 90 mcg/act", "salbutamol", "HFA 90 mcg/act"), ("tizanidine 2 mg / 5 ml", "tizanidine", "2 mg / 5 ml"),
        ],
    )  # fmt: skip
    def test_what_stands_beside_the_name_is_said_as_a_question(self, cli: Cli, line: str, inn: str, aside: str) -> None:
        code, out, err = cli("mechanism", line)
        assert code == 0
        assert {row.split("\t")[0] for row in out.splitlines()} == {inn}
        assert f'? "{aside}" was not looked at' in err

    @pytest.mark.parametrize(
        "line",
        [
            "wafarin 3mg", "warfarin or heparin 3mg", "3mg", "tablets", "no warfarin 3mg", "warfarin-like 5 mg", "bac\x07lofen 10mg",
            "bac\x1flofen 10mg", "stop warfarin 3 mg", "", "warfarin 3mg aspirin 75mg", "[Coumadin]", "warfarin 3 mg / zzz 5 mg",
            "not warfarin [Coumadin]",
        ],
    )  # fmt: skip
    def test_only_an_exact_name_is_read(self, cli: Cli, line: str) -> None:
        code, out, err = cli("mechanism", line)
        assert (code, out) == (3, "")
        assert "read as" not in err

    @pytest.mark.parametrize(
        "name", ["vitamin B12", "HY-770", "5-fluorouracil", "penicillin G", "insulin glargine", "Humalog Mix25", "A1443"]
    )
    def test_numbers_and_letters_of_a_name_are_its_own(self, name: str) -> None:
        assert without_dose(name) is None

    def test_the_parts_of_a_combination_are_read_each_without_its_strength(self, cli: Cli) -> None:
        code, out, err = cli("show", "acetaminophen 300 MG / codeine 30 MG Oral Tablet [Tylenol with Codeine]")
        assert (code, out.split("\t")[0]) == (4, "codeine + paracetamol")
        assert '? "300 MG / 30 MG Oral Tablet [Tylenol with Codeine]" was not looked at' in err

    def test_comments_say_nothing(self, cli: Cli) -> None:
        run = process("mechanism", "-", stdin=b"# my list\nWarfarin 3mg tablets\n\n  # and\nbaclofen\n")
        assert run.returncode == 0
        assert {line.split(b"\t")[0] for line in run.stdout.splitlines()} == {b"warfarin", b"baclofen"}


@pytest.mark.parametrize("file", medicines.FILES)
def test_a_damaged_index_costs_its_help_and_no_look_up(
    file: str, cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for path in BUNDLED.parent.iterdir():
        shutil.copy(path, tmp_path)
    shutil.copy(SAMPLE, tmp_path / "drugs.toml")
    (tmp_path / file).write_bytes(b"not this\n")
    monkeypatch.setattr(places, "bundled", lambda: str(tmp_path / "drugs.toml"))
    code, out, err = cli("show", "examplin")
    assert (code, err) == (0, "")
    assert out.startswith("examplin\t")
    code, out, err = cli("show", "aspirin")
    assert (code, out) == (3, "")
    assert err.count("the index of medicines cannot be used") == 1


def test_the_tests_are_of_this_checkout() -> None:
    assert BUNDLED.parent == ROOT / "data"
