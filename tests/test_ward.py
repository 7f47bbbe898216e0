"""What a ward pharmacist types, and what has to come out: the rows of the table that was reported, and more of each kind."""

import json

import pytest

from tests.conftest import LABELS, Cli

Rows = list[list[str]]


def screened(cli: Cli, *words: str) -> Rows:
    return [line.split("\t") for line in cli("screen", *words)[1].splitlines()]


def told(rows: Rows) -> set[tuple[str, str, str]]:
    return {(row[0], row[1], row[2]) for row in rows if row[0] != "not-checked"}


def with_(cli: Cli, *words: str) -> Rows:
    return [line.split("\t") for line in cli("contraindications", *words)[1].splitlines()]


class TestAPartnerWithoutRecord:
    @pytest.mark.parametrize(
        ("drug", "other", "finding"),
        [
            ("sildenafil", "nitroglycerin", "contraindication"), ("sildenafil", "glyceryl trinitrate", "contraindication"),
            ("simvastatin", "clarithromycin", "contraindication"), ("warfarin", "aspirin", "caution"),
            ("tramadol", "phenelzine", "contraindication"), ("simvastatin", "grapefruit juice", "caution"),
            ("sildenafil", "isosorbide dinitrate", "contraindication"),
            ("simvastatin", "itraconazole", "contraindication"), ("simvastatin", "cyclosporine", "contraindication"),
            ("warfarin", "acetylsalicylic acid", "caution"), ("sertraline", "linezolid", "contraindication"),
            ("lisinopril", "aliskiren", "contraindication"), ("metformin", "gliclazide", "caution"),
            ("tizanidine", "moxifloxacin", "caution"), ("naproxen", "rivaroxaban", "contraindication"),
            ("furosemide", "gentamicin", "caution"), ("baclofen", "alcohol", "caution"),
        ],
    )  # fmt: skip
    def test_the_records_of_the_others_are_held_against_it(self, cli: Cli, drug: str, other: str, finding: str) -> None:
        # The database grows: what has a record by now is checked whole, and says no more that it is not.
        lacks = cli("show", other)[0] == 4
        known = other if lacks else cli("show", other)[1].split("\t")[0]
        for order in ((drug, other), (other, drug)):
            code, out, err = cli("screen", *order)
            rows = [line.split("\t") for line in out.splitlines()]
            assert {(finding, drug, known), (finding, known, drug)} & told(rows)
            missing = [
                row for row in rows if row[0] == "not-checked" and f"no record of {other}: only what others say" in row[3]
            ]
            assert bool(missing) is lacks
            assert ("not fully checked" in err) is lacks
            assert "nothing recorded applies" not in err
            assert code == (4 if lacks else 0)  # never 0 while one has no record

    def test_a_finding_by_a_group_says_so_and_stands_last(self, cli: Cli) -> None:
        rows = [row for row in screened(cli, "simvastatin", "posaconazole") if row[0] == "contraindication"]
        assert [row[5] for row in rows] == ["", "strong CYP3A4 inhibitors; not named in the source"]

    def test_a_name_that_nobody_knows_is_3(self, cli: Cli) -> None:
        code, _, err = cli("screen", "paracetamol", "xyzzy")
        assert code == 3
        assert "not fully checked" in err

    def test_nothing_applies_is_said_only_where_all_have_a_record(self, cli: Cli) -> None:
        assert "nothing recorded applies" in cli("screen", "paracetamol", "salbutamol")[2]
        code, _, err = cli("screen", "paracetamol", "orlistat")
        assert code == 4
        assert "nothing recorded applies" not in err
        assert "not fully checked: no record of orlistat" in err

    def test_a_thesaurus_alone_makes_no_contraindication(self, cli: Cli) -> None:
        assert "contraindication" not in {row[0] for row in screened(cli, "sertraline", "haloperidol")}


class TestReverse:
    @pytest.mark.parametrize(
        ("other", "drugs"),
        [
            ("nitroglycerin", {"sildenafil"}), ("diclofenac", {"warfarin", "losartan", "metformin", "furosemide"}),
            ("apixaban", {"naproxen", "ibuprofen", "clopidogrel"}), ("oxycodone", {"diazepam", "gabapentin", "baclofen"}),
            ("lorazepam", {"tramadol", "fluvoxamine"}), ("phenelzine", {"tramadol", "sertraline", "cyclobenzaprine"}),
            ("spironolactone", {"lisinopril", "furosemide", "losartan"}), ("ramipril", {"furosemide", "losartan"}),
            ("rivaroxaban", {"naproxen"}), ("azathioprine", {"warfarin"}),
            ("prednisone", {"warfarin", "naproxen", "ciprofloxacin"}), ("St John's wort", {"sertraline", "omeprazole"}),
            ("grapefruit juice", {"simvastatin", "amlodipine", "diazepam"}), ("NSAIDs", {"warfarin", "losartan"}),
            ("benzos", {"tramadol", "fluvoxamine"}), ("caffeine", {"ciprofloxacin"}), ("nitrates", {"sildenafil"}),
        ],
    )  # fmt: skip
    def test_records_that_name_it_or_its_group(self, cli: Cli, other: str, drugs: set[str]) -> None:
        assert drugs <= {row[0] for row in with_(cli, "--with", other)}

    @pytest.mark.parametrize("typed", ["alcohol", "sedatives", "opioids", "benzodiazepines", "amoxicillin", "aspirin"])
    def test_no_medicine_finds_an_allergy(self, cli: Cli, typed: str) -> None:
        assert not [row for row in with_(cli, "--with", typed) if row[3] == "allergy"]
        assert not [
            row for row in screened(cli, "tizanidine", "baclofen", "--condition", typed) if "hypersensitivity" in row[3]
        ]

    def test_alcohol_does_not_lead_down_to_what_depresses_as_well(self, cli: Cli) -> None:
        for row in with_(cli, "--with", "alcohol", "--absolute"):
            assert any(word in row[2].lower() for word in ("alcohol", "depress", "intox")), row

    @pytest.mark.parametrize(
        ("typed", "never"),
        [
            ("bilateral renal artery stenosis", "mean lateral renal"),
            ("glyceryl trinitrate", "trihydrate"),
            ("xyzzy qqq", "did you"),
        ],
    )
    def test_hints_are_terms_that_exist(self, cli: Cli, typed: str, never: str) -> None:
        assert never not in cli("contraindications", "--with", typed)[2]

    def test_what_was_looked_for_is_short_unless_asked(self, cli: Cli) -> None:
        err = cli("contraindications", "--with", "alcohol")[2]
        assert len(next(line for line in err.splitlines() if "looked for" in line)) <= 240
        assert "three or more alcoholic drinks" in cli("contraindications", "--with", "alcohol", "--explain")[2]

    def test_of_a_use_nothing_is_no_evidence_that_none_is_used(self, cli: Cli) -> None:
        code, _, err = cli("uses", "--for", "scurvy")
        assert code == 4
        assert "not evidence that none is used for it" in err

    def test_a_word_inside_another_term_is_no_match(self, cli: Cli) -> None:
        out = cli("side-effects", "--effect", "QT prolongation")[1]
        assert "neuroleptic" not in out
        assert "fluvoxamine\t" not in "".join(line for line in out.splitlines(keepends=True) if "syndrome" in line)

    def test_type_2_diabetes_is_no_diabetes_insipidus(self, cli: Cli) -> None:
        assert "insipidus" not in cli("uses", "--for", "type 2 diabetes")[1]
        assert "metformin" in cli("uses", "--for", "type 2 diabetes")[1]


class TestAllergies:
    @pytest.mark.parametrize("allergen", ["penicillin", "penicillins", "ampicillin", "flucloxacillin", "amoxicillin"])
    @pytest.mark.parametrize(
        "form", ["{} allergy", "allergy to {}", "allergic to {}", "{} hypersensitivity", "hypersensitivity to {}"]
    )
    def test_all_forms_of_a_penicillin_allergy(self, cli: Cli, allergen: str, form: str) -> None:
        typed = form.format(allergen)
        assert ("contraindication", "amoxicillin", typed) in told(screened(cli, "amoxicillin", "--condition", typed))
        assert "contraindication" in {row[1] for row in with_(cli, "amoxicillin", "--with", typed)}

    @pytest.mark.parametrize(
        ("drug", "typed", "finding"),
        [
            ("ibuprofen", "NSAID allergy", "contraindication"), ("ibuprofen", "aspirin allergy", "contraindication"),
            ("naproxen", "allergic to ibuprofen", "contraindication"), ("furosemide", "sulfa allergy", "contraindication"),
            ("methocarbamol", "peanut allergy", "contraindication"), ("methocarbamol", "soya allergy", "contraindication"),
            ("salbutamol", "milk protein allergy", "contraindication"), ("tramadol", "opioid allergy", "contraindication"),
            ("tolperisone", "allergic to lidocaine", "caution"), ("diazepam", "lorazepam allergy", "contraindication"),
            ("lisinopril", "ramipril allergy", "contraindication"),
        ],
    )  # fmt: skip
    def test_an_allergy_finds_what_is_recorded_of_it(self, cli: Cli, drug: str, typed: str, finding: str) -> None:
        assert (finding, drug, typed) in told(screened(cli, drug, "--condition", typed))

    @pytest.mark.parametrize(
        ("drug", "typed"),
        [
            ("amoxicillin", "aspirin allergy"), ("metformin", "penicillin allergy"), ("metformin", "NSAID allergy"),
            ("simvastatin", "sulfa allergy"), ("warfarin", "allergic to penicillin"), ("ibuprofen", "penicillin allergy"),
            ("lisinopril", "sulfa allergy"), ("baclofen", "opioid allergy"), ("omeprazole", "lidocaine allergy"),
            ("sertraline", "ibuprofen allergy"),
        ],
    )  # fmt: skip
    def test_another_allergy_is_not_found(self, cli: Cli, drug: str, typed: str) -> None:
        assert told(screened(cli, drug, "--condition", typed)) == set()


class TestConditions:
    def test_narrower_conditions_are_only_if(self, cli: Cli) -> None:
        rows = screened(cli, "warfarin", "salbutamol", "--condition", "pregnancy")
        assert ("contraindication", "warfarin", "pregnancy") in told(rows)
        for word in ("eclampsia", "threatened abortion", "labour"):
            assert {row[0] for row in rows if row[3].split(" – ")[0].endswith(word)} <= {"only-if"}
        assert any(row[3].startswith("contraindication only if eclampsia") for row in rows)

    @pytest.mark.parametrize(
        ("drug", "typed", "finding"),
        [
            ("ibuprofen", "HTN", "caution"), ("metformin", "dialysis", "contraindication"), ("metformin", "ESRD", "contraindication"),
            ("metformin", "eGFR < 30", "contraindication"), ("metformin", "eGFR 25", "contraindication"),
            ("metformin", "CrCl 20 mL/min", "contraindication"), ("naproxen", "creatinine clearance < 30", "caution"),
            ("ibuprofen", "AMI", "only-if"), ("naproxen", "CKD", "caution"), ("tizanidine", "cirrhosis", "contraindication"),
        ],
    )  # fmt: skip
    def test_lay_words_abbreviations_and_figures(self, cli: Cli, drug: str, typed: str, finding: str) -> None:
        rows = screened(cli, drug, "--condition", typed)
        assert (finding, drug, typed) in told(rows) or finding == "only-if"
        assert not any("does not know it" in row[3] for row in rows)

    @pytest.mark.parametrize("typed", ["eGFR 90", "eGFR > 60", "creatinine clearance 75"])
    def test_a_figure_above_the_threshold_does_not_meet_it(self, cli: Cli, typed: str) -> None:
        assert "contraindication" not in {row[0] for row in screened(cli, "metformin", "--condition", typed)}

    @pytest.mark.parametrize("typed", ["sleepy", "drowsy", "dizzy", "kidney stones", "tired", "UTI"])
    def test_lay_words_of_effects(self, cli: Cli, typed: str) -> None:
        assert cli("side-effects", "--effect", typed)[0] == 0

    def test_a_medicine_as_a_condition_is_known(self, cli: Cli) -> None:
        rows = screened(cli, "sildenafil", "--condition", "nitroglycerin")
        assert ("contraindication", "sildenafil", "nitroglycerin") in told(rows)


class TestLists:
    def test_positional_names_and_commas(self, cli: Cli) -> None:
        assert told(screened(cli, "--drug", "warfarin,ibuprofen")) == told(screened(cli, "warfarin", "ibuprofen")) != set()

    def test_shared_effects_only_on_demand(self, cli: Cli) -> None:
        code, out, _ = cli("screen", "paracetamol", "salbutamol")
        assert (code, "shared-effect" in out) == (4, False)
        assert "shared-effect" in cli("screen", "baclofen", "tizanidine", "--effects")[1]

    @pytest.mark.parametrize(
        ("words", "level", "code"),
        [
            (("tizanidine", "ciprofloxacin"), "contraindication", 6), (("warfarin", "ibuprofen"), "contraindication", 0),
            (("warfarin", "ibuprofen"), "caution", 6), (("paracetamol", "salbutamol"), "caution", 4),
            (("sildenafil", "nitroglycerin"), "contraindication", 6), (("paracetamol", "xyzzy"), "caution", 3),
        ],
    )  # fmt: skip
    def test_scripts_can_fail_on_a_finding(self, cli: Cli, words: tuple[str, ...], level: str, code: int) -> None:
        assert cli("screen", *words, "--fail-on", level)[0] == code

    def test_ten_medicines_make_a_readable_page(self, cli: Cli) -> None:
        names = "warfarin ibuprofen omeprazole sertraline metformin lisinopril simvastatin amlodipine furosemide levothyroxine"
        out = cli("screen", *names.split(), "-f", "markdown")[1]
        heads = [line for line in out.splitlines() if line.startswith("## ")]
        assert heads[0] in ("## Contraindications", "## Cautions")
        assert heads[-1] == "## Not checked"
        assert len([line for line in out.split("## Not checked")[1].splitlines() if line.startswith("- ")]) <= 3
        assert len([line for line in out.splitlines() if line.startswith("- ")]) < 40

    def test_a_combination_and_its_part_are_one_medicine_twice(self, cli: Cli) -> None:
        assert "same-drug" in {row[0] for row in screened(cli, "co-codamol", "paracetamol")}


class TestInteractions:
    def test_both_sides_and_groups_spelled_out(self, cli: Cli) -> None:
        code, out, _ = cli("interactions", "sildenafil")
        rows = [line.split("\t") for line in out.splitlines()]
        assert code == 0
        assert any(row[1] == "nitrates" and row[3].startswith("nitrates: ") and "glyceryl trinitrate" in row[3] for row in rows)
        assert [row[2] for row in rows] == sorted((row[2] for row in rows), reverse=True)

    def test_what_others_say(self, cli: Cli) -> None:
        assert ["omeprazole", "clopidogrel", "caution", "omeprazole"] in [
            line.split("\t")[:4] for line in cli("interactions", "omeprazole")[1].splitlines()
        ]

    def test_a_medicine_without_record(self, cli: Cli) -> None:
        code, out, err = cli("interactions", "isosorbide dinitrate")
        assert code == 4
        assert out.startswith("isosorbide dinitrate\tsildenafil\tcontraindication\tnitrates; not named in the source\t")
        assert "no record of isosorbide dinitrate" in err

    def test_several_tell_only_what_stands_between(self, cli: Cli) -> None:
        rows = [line.split("\t") for line in cli("interactions", "warfarin", "ibuprofen", "paracetamol")[1].splitlines()]
        assert rows
        assert {row[0] for row in rows} | {row[1] for row in rows} <= {"warfarin", "ibuprofen", "paracetamol"}

    @pytest.mark.parametrize("shown_as", ["table", "tsv", "csv", "json", "jsonl", "markdown"])
    def test_all_formats(self, cli: Cli, shown_as: str) -> None:
        assert "nitrates" in cli("interactions", "sildenafil", "-f", shown_as)[1]

    def test_json_has_the_members(self, cli: Cli) -> None:
        facts = json.loads(cli("interactions", "sildenafil", "--json")[1])["facts"]
        assert "glyceryl trinitrate" in facts[0]["groups"]["nitrates"]


class TestLabels:
    """Records that are made of labels, of which some text is kept as it is."""

    DB = ("--db", str(LABELS))

    def test_a_hint_speaks_of_the_drug_that_was_asked_about(self, cli: Cli) -> None:
        err = cli("contraindications", "fictamol", "--with", "inventions", *self.DB)[2]
        assert "fictamol's own label text has it, sorted by nobody: interactions" in err
        assert "label text" not in cli("contraindications", "baclofen", "--with", "inventions", *self.DB)[2]

    def test_interactions_keep_the_labels_own_text(self, cli: Cli) -> None:
        rows = [line.split("\t") for line in cli("interactions", "fictamol", *self.DB)[1].splitlines()]
        assert rows[-1][:5] == ["fictamol", "", "label-text", "", "May undo other inventions."]
        assert not any("unicorns" in row[1] for row in rows)


def test_pairs_that_only_one_record_knows(cli: Cli) -> None:
    code, out, _ = cli("check", "--one-sided")
    assert code == 0
    assert "drugs.amlodipine\ta word on warfarin\tnothing\t" in out
