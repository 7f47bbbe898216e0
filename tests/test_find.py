"""Finding: names, reverse look-ups, search, classes, comparison, screening."""

import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drugref import meant, query, search, store, vocabulary
from drugref.build.compile import compile_into, entries
from drugref.build.proof import seal
from drugref.columns import PART_COMMANDS
from drugref.curated.validate import load, load_vocabulary
from drugref.errors import AmbiguousNameError, UnknownDrugError, UsageError
from drugref.partners import Medley
from drugref.screen import UNKNOWN
from drugref.store import Store
from tests.conftest import BUNDLED, ROOT, SAMPLE, Cli, open_store, open_vocabulary

SAMPLE_WORDS = ROOT / "tests" / "samples" / "vocabulary.toml"
DB = ("--db", str(SAMPLE))


def cells(out: str, column: int) -> list[str]:
    return [line.split("\t")[column] for line in out.splitlines()]


@pytest.fixture(scope="module")
def bundled(cache: Path) -> Iterator[list[Store]]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(cache))
        with store.open_store(str(BUNDLED)) as opened:
            yield [opened]


@pytest.fixture
def words(monkeypatch: pytest.MonkeyPatch) -> Store:
    """The thesaurus made for tests, in place of the one that comes with drugref."""
    monkeypatch.setattr("drugref.places.vocabulary", lambda: str(SAMPLE_WORDS))
    return open_vocabulary()


class TestNames:
    @pytest.mark.parametrize(
        ("typed", "inn"),
        [
            ("Zanaflex", "tizanidine"), ("albuterol", "salbutamol"), ("acetaminophen", "paracetamol"), ("LIORESAL", "baclofen"),
            ("frusemide", "furosemide"), ("HY-770", "inaperisone"), ("Eperisone hydrochloride", "eperisone"), ("Lipitor", "atorvastatin"),
            ("Mydocalm", "tolperisone"), ("amoxycillin", "amoxicillin"),
        ],
    )  # fmt: skip
    def test_other_names_lead_to_the_inn_and_say_so(self, cli: Cli, typed: str, inn: str) -> None:
        code, out, err = cli("mechanism", typed)
        assert code == 0
        assert set(cells(out, 0)) == {inn}
        assert f"{typed} → {inn} (" in err

    @pytest.mark.parametrize(
        ("typed", "near"),
        [
            ("tazanidine", "tizanidine"), ("tizanadine", "tizanidine"), ("baklofen", "baclofen"), ("bacloffen", "baclofen"),
            ("ibuprophen", "ibuprofen"), ("metfromin", "metformin"), ("sertralin", "sertraline"), ("zanaflx", "Zanaflex (tizanidine)"),
            ("amlodipin", "amlodipine"), ("syldenafil", "sildenafil"), ("warferin", "warfarin"), ("cyclobenzapine", "cyclobenzaprine"),
        ],
    )  # fmt: skip
    def test_near_misses_are_suggested_first_and_never_used(self, cli: Cli, typed: str, near: str) -> None:
        code, out, err = cli("show", typed)
        assert (code, out) == (3, "")
        assert err.startswith(f"drugref: unknown drug: {typed}; did you mean {near}")

    @pytest.mark.parametrize("typed", ["tazocin", "xyzzy", "qqq", "12345", "a"])
    def test_what_is_far_off_is_not_suggested_as_something_else(self, cli: Cli, typed: str) -> None:
        code, out, err = cli("show", typed)
        assert (code, out) == (3, "")
        assert "pentazocine" not in err

    @pytest.mark.parametrize(
        ("typed", "pair"), [("nizatidine", ("tiZANidine", "niZATidine")), ("mephobarbital", ("methocarbamol", "mephobarbital"))]
    )
    def test_look_alikes_are_marked(self, cli: Cli, typed: str, pair: tuple[str, str]) -> None:
        code, out, err = cli("show", typed)
        assert code == 4
        assert out.startswith(f"{typed}\tname\tinn\t{typed}\t") or "\tUS name\tmephobarbital\t" in out
        warning = next(line for line in err.splitlines() if "look-alike, sound-alike" in line)
        assert all(name.casefold() in warning.casefold() for name in pair)

    def test_the_pairs_that_everybody_knows_are_there(self) -> None:
        words = open_vocabulary()
        for names in (
            ("tizanidine", "nizatidine"),
            ("hydroxyzine", "hydralazine"),
            ("carbamazepine", "oxcarbazepine"),
            ("methocarbamol", "mephobarbital"),
        ):
            assert vocabulary.confusable(words, names), names

    def test_an_exact_name_beats_a_near_one(self, bundled: list[Store]) -> None:
        rows = bundled[0].connection.execute("SELECT name.name, drug.inn FROM name JOIN drug ON drug.id = name.drug").fetchall()
        assert len(rows) > 200
        for name, inn in rows:
            assert meant.find(name, bundled).inn == inn

    def test_a_name_of_two_drugs_lists_both(self, cli: Cli, home: Path) -> None:
        document, _ = load(SAMPLE.read_text(encoding="utf-8"))
        assert document is not None
        home.mkdir(parents=True)
        connection = sqlite3.connect(home / "import.sqlite", isolation_level=None)
        compile_into(connection, document.database, entries(document), {})
        connection.execute("INSERT INTO name VALUES('doublin', 1, 'Doublin', 'brand'), ('doublin', 2, 'Doublin', 'brand')")
        connection.close()
        seal(str(home / "import.sqlite"))
        code, out, err = cli("show", "doublin")
        assert (code, out) == (3, "")
        assert err == "drugref: doublin is ambiguous: it may mean emptazole, examplin\n"
        assert json.loads(cli("show", "doublin", "--json")[1])["unknown"] == [
            {"name": "doublin", "near": ["emptazole", "examplin"]}
        ]
        with pytest.raises(AmbiguousNameError):
            meant.find("doublin", [open_store(str(home / "import.sqlite"))])


class TestThesaurus:
    def test_a_term_means_its_synonyms_and_narrower_terms(self, words: Store) -> None:
        assert vocabulary.meaning(words, "Somnolence").phrases == ("Somnolence", "drowsiness")
        assert set(vocabulary.meaning(words, "hepatic impairment").phrases) == {
            "hepatic impairment",
            "liver disease",
            "cirrhosis",
        }

    def test_a_narrower_term_does_not_mean_the_broader(self, words: Store) -> None:
        assert vocabulary.meaning(words, "cirrhosis").phrases == ("cirrhosis",)

    def test_broader_terms_are_those_above(self, words: Store) -> None:
        assert vocabulary.broader(words, vocabulary.meaning(words, "cirrhosis")).phrases == (
            "liver disease",
            "hepatic impairment",
        )
        assert vocabulary.broader(words, vocabulary.meaning(words, "hepatic impairment")).phrases == ()
        assert vocabulary.broader(words, vocabulary.meaning(words, "unheard of")).phrases == ()

    def test_a_medicine_belongs_to_groups(self, words: Store) -> None:
        medley = Medley(words)  # by the thesaurus, and by the class of the record
        assert medley.partner("examplin", [open_store(str(SAMPLE))]).groups == {
            "sample agent": "sample agents",
            "specimen": "sample agents",
        } | {"example": "examples"}

    def test_the_one_that_comes_with_drugref_is_valid_and_canonical(self, cli: Cli) -> None:
        from drugref.curated import canonical

        text = (ROOT / "data" / "vocabulary.toml").read_text(encoding="utf-8")
        found, problems = load_vocabulary(text)
        assert problems == []
        assert found is not None
        assert canonical.write(found, text) == text, "run: drugref check --fix data/vocabulary.toml"
        assert cli("check", str(ROOT / "data" / "vocabulary.toml"))[0] == 0

    @pytest.mark.parametrize(
        ("change", "words_of_problem"),
        [
            (('synonyms = ["somnolence"]', 'synonyms = ["liver disease"]\nnarrower = []'), "an array that is not empty"),
            (('kinds = ["effect"]', 'kinds = ["condition"]\nnarrower = ["x"]'), None),
            (('synonyms = ["somnolence"]', 'synonyms = ["hepatic impairments"]'), None),
            (
                ('kinds = ["effect"]\nsynonyms = ["somnolence"]', 'kinds = ["condition"]\nsynonyms = ["hepatic impairments"]'),
                "words of one condition alone",
            ),
            (('"EMPTazole"', '"EMPTYazole"'), "the names emptazole, temazepam with capitals"),
            (('kinds = ["effect"]', 'kinds = ["effect"]\nnarrower = ["specimens"]'), "a term of kind effect"),
            (
                ('narrower = ["cirrhosis"]', 'narrower = ["cirrhosis", "hepatic impairment"]'),
                'a term narrower than "liver disease"',
            ),
            (
                ('sources = ["list"]\n\n[terms.liver', 'sources = ["other"]\n\n[terms.liver'),
                "the identifier of a source in [sources]",
            ),
        ],
    )
    def test_its_rules(self, change: tuple[str, str], words_of_problem: str | None) -> None:
        text = SAMPLE_WORDS.read_text(encoding="utf-8")
        assert change[0] in text
        problems = load_vocabulary(text.replace(*change, 1))[1]
        assert [problem.expected for problem in problems] == ([words_of_problem] if words_of_problem else [])


class TestReverse:
    @pytest.mark.parametrize(
        ("arguments", "expected"),
        [
            (["side-effects", "--effect", "drowsiness", "--at-least", "common"], {"baclofen", "cyclobenzaprine", "diazepam", "tizanidine", "sertraline", "inaperisone"}),
            (["side-effects", "--effect", "dry mouth", "--common"], {"tizanidine", "cyclobenzaprine", "sertraline"}),
            (["side-effects", "--effect", "diarrhea"], {"metformin", "omeprazole", "dantrolene"}),
            (["side-effects", "--effect", "Stevens-Johnson syndrome", "--serious"], {"ibuprofen", "naproxen"}),
            (["uses", "--for", "spasticity"], {"baclofen", "tizanidine", "dantrolene", "tolperisone", "inaperisone"}),
            (["uses", "--for", "high blood pressure"], {"amlodipine", "lisinopril", "losartan", "metoprolol", "furosemide"}),
            (["uses", "--for", "malignant hyperthermia"], {"dantrolene"}),
            (["contraindications", "--with", "liver disease", "--absolute"], {"atorvastatin", "simvastatin", "dantrolene", "tizanidine"}),
            (["contraindications", "--with", "pregnancy"], {"warfarin", "inaperisone", "losartan", "lisinopril"}),
            (["contraindications", "--with", "myasthenia gravis"], {"tolperisone", "diazepam", "orphenadrine"}),
            (["contraindications", "--with", "fluvoxamine"], {"tizanidine"}),
        ],
        ids=lambda value: " ".join(value) if isinstance(value, list) else "",
    )  # fmt: skip
    def test_real_questions(self, cli: Cli, arguments: list[str], expected: set[str]) -> None:
        code, out, _ = cli(*arguments)
        assert code == 0
        assert expected <= set(cells(out, 0))

    def test_effects_come_by_band_and_then_by_name(self, cli: Cli, words: Store) -> None:
        out = cli("side-effects", "--effect", "drowsiness")[1]
        from drugref.bands import BANDS

        order = [(BANDS.index(row.split("\t")[1]), row.split("\t")[0]) for row in out.splitlines()]
        assert order == sorted(order)

    def test_the_recorded_term_is_shown_and_what_was_looked_for_is_said(self, cli: Cli, words: Store) -> None:
        code, out, err = cli("side-effects", "--effect", "somnolence", "--common")
        assert code == 0
        assert "drowsiness" in cells(out, 2)
        assert err == "drugref: somnolence: looked for somnolence, drowsiness\n"
        assert json.loads(cli("side-effects", "--effect", "somnolence", "--json")[1])["sought"] == {
            "somnolence": ["somnolence", "drowsiness"]
        }

    def test_absolute_leaves_cautions_out(self, cli: Cli) -> None:
        both = cells(cli("contraindications", "--with", "pregnancy", *DB)[1], 1)
        assert {"contraindication", "caution"} <= set(both)
        assert set(cells(cli("contraindications", "--with", "pregnancy", "--absolute", *DB)[1], 1)) == {"contraindication"}
        assert cells(cli("contraindications", "--absolute", "examplin", *DB)[1], 1) == ["contraindication"] * 2
        assert "CAUTIONS" not in cli("contraindications", "--absolute", "examplin", *DB, "-f", "table")[1]
        assert cli("contraindications", "--absolute", "emptazole", *DB)[0] == 4

    def test_a_medicine_is_found_by_its_other_names_and_its_class(self, cli: Cli) -> None:
        by_brand = cli("contraindications", "--with", "Zanaflex")[1]
        assert "ciprofloxacin" in cells(by_brand, 0)
        assert by_brand == cli("contraindications", "--with", "tizanidine")[1]
        assert "fluvoxamine" in cells(cli("contraindications", "--with", "diazepam")[1], 0)

    def test_a_narrower_group_is_not_meant_by_a_wider_one(self, cli: Cli) -> None:
        """Furosemide is a diuretic, but not of the potassium-sparing ones."""
        items = cells(cli("contraindications", "--with", "furosemide")[1], 2)
        assert "diuretics" in items
        assert "potassium-sparing diuretics" not in items
        assert "hypersensitivity to furosemide" not in items

    def test_names_narrow_a_reverse_look_up(self, cli: Cli) -> None:
        assert set(cells(cli("side-effects", "--effect", "drowsiness", "baclofen", "Zanaflex")[1], 0)) == {
            "baclofen",
            "tizanidine",
        }
        assert cli("side-effects", "--effect", "drowsiness", "nosuchdrug")[0] == 3

    def test_another_concept_with_the_same_word_is_left_out(self, cli: Cli) -> None:
        """Respiratory depression is no depression, though the word is in it."""
        assert "respiratory depression" not in cells(cli("side-effects", "--effect", "depression")[1], 2)
        assert "respiratory depression" in cells(cli("side-effects", "--effect", "respiratory depression")[1], 2)

    @pytest.mark.parametrize("text", ["nosuchthing", "", "'", '"', "*", "(", "\x1b[31m", "a" * 10_000, "-"])
    def test_nothing_found_is_4_and_never_reads_as_safe(self, cli: Cli, text: str) -> None:
        for command in (["side-effects", "--effect"], ["uses", "--for"], ["contraindications", "--with"]):
            code, out, err = cli(*command, text)
            assert (code, out) == (4, "")
            assert f"not evidence {'that none is used for it' if command[0] == 'uses' else 'of safety'}" in err
            assert "\x1b" not in err

    def test_a_mistyped_effect_gets_a_hint(self, cli: Cli) -> None:
        assert "did you mean drowsiness?" in cli("side-effects", "--effect", "drowsyness")[2]

    def test_a_users_record_hides_the_bundled_one(self, cli: Cli, home: Path) -> None:
        home.mkdir(parents=True)
        text = SAMPLE.read_text(encoding="utf-8").replace("emptazole", "baclofen")
        (home / "mine.toml").write_text(text, encoding="utf-8")
        assert "baclofen" not in cells(cli("side-effects", "--effect", "drowsiness")[1], 0)


class TestSearch:
    @pytest.mark.parametrize(
        ("query_", "first"),
        [
            ("zanaflex", "tizanidine"), ("tizanidine", "tizanidine"), ("HMG-CoA reductase", {"atorvastatin", "simvastatin"}), ('"malignant hyperthermia"', "dantrolene"),
            ("micturition OR bladder", None), ("spastic* NOT baclofen", None), ("M03BX04", "tolperisone"), ("tizanidine AND ciprofloxacin", None),
            ("(spasticity OR spasm) AND sclerosis", None),
        ],
    )  # fmt: skip
    def test_real_questions(self, cli: Cli, query_: str, first: str | set[str] | None) -> None:
        code, out, err = cli("search", query_)
        assert (code, err.replace("drugref: the best 50 passages; --limit 0 shows all\n", "")) == (0, "")
        assert first is None or out.split("\t")[0] in ({first} if isinstance(first, str) else first)

    def test_the_passage_and_the_part_are_shown(self, cli: Cli) -> None:
        code, out, _ = cli("search", "boredom", *DB)
        assert (code, out) == (0, "examplin\tuses\tboredom – adults\n")
        assert json.loads(cli("search", "boredoms", *DB, "--json")[1])["facts"] == [
            {"drug": "examplin", "part": "uses", "passage": "boredom – adults", "matched": ["boredom"]}
        ]

    def test_operators(self, cli: Cli) -> None:
        assert "baclofen" not in cells(cli("search", "spasticity NOT baclofen", "--limit", "0")[1], 0)
        assert "baclofen" in cells(cli("search", "spasticity", "--limit", "0")[1], 0)
        both = set(cells(cli("search", "yawning", "OR", "boredom", *DB)[1], 1))
        assert both >= {"side-effects", "uses"}
        assert cli("search", "yawn*", *DB)[0] == 0

    def test_the_limit_is_said(self, cli: Cli) -> None:
        code, out, err = cli("search", "pain", "--limit", "3")
        assert (code, len(out.splitlines())) == (0, 3)
        assert err == "drugref: the best 3 passages; --limit 0 shows all\n"

    def test_the_limit_counts_what_is_shown(self, bundled: list[Store], tmp_path: Path) -> None:
        """The best passage is hidden by a record of the user's own; the next one takes its place."""
        ((best, _, _),) = search.matches(bundled, "spasticity", 1)
        (tmp_path / "mine.toml").write_text(SAMPLE.read_text(encoding="utf-8").replace("emptazole", best), encoding="utf-8")
        found = search.matches([open_store(str(tmp_path / "mine.toml")), *bundled], "spasticity", 1)
        assert len(found) == 1
        assert found[0][0] != best

    def test_typing_errors_are_put_right_and_said(self, cli: Cli) -> None:
        code, out, err = cli("search", "drowzyness")
        assert code == 0
        assert "drowsiness" in out
        assert err.startswith("drugref: nothing matches drowzyness; searched for drowsiness\n")

    def test_nothing_found(self, cli: Cli) -> None:
        code, out, err = cli("search", "xqzwvvk")
        assert (code, out) == (4, "")
        assert err == "drugref: nothing matches xqzwvvk; this is not evidence of safety\n"

    @pytest.mark.parametrize(
        "text", ['"open', "AND", "spasm AND", "NOT spasm", "(spasm", "spasm)", "OR OR", "", "*", "()", "a NOT"]
    )
    def test_malformed_queries_are_usage_errors(self, cli: Cli, text: str) -> None:
        code, out, err = cli("search", text)
        assert (code, out) == (2, "")
        assert err.startswith("drugref: search: ")
        assert err.count("\n") == 1

    @given(
        st.text(max_size=30)
        | st.lists(
            st.sampled_from(["spasm", "AND", "OR", "NOT", "(", ")", '"', "pain*", "-", ":", "{", "NEAR(", "^"]), max_size=8
        ).map(" ".join)
    )
    def test_no_query_does_anything_but_answer_or_complain(self, bundled: list[Store], text: str) -> None:
        try:
            found = search.matches(bundled, text, 5)
        except UsageError:
            return
        assert len(found) <= 5

    @given(st.text(max_size=30))
    def test_no_name_and_no_term_raises_anything_else(self, bundled: list[Store], text: str) -> None:
        try:
            meant.find(text, bundled)
        except (UnknownDrugError, AmbiguousNameError):
            pass
        finder = search.Finder(bundled, open_vocabulary())
        for part, passages in (("side-effects", ["side-effects"]), ("uses", ["uses"])):
            finder.facts(part, passages, vocabulary.meaning(finder.words, text), query.Filter())


class TestClasses:
    def test_the_tree_counts_every_drug_once(self, cli: Cli) -> None:
        out = cli("classes")[1]
        roots = [line.split("\t") for line in out.splitlines() if not line.split("\t")[2]]
        listed = cli("list")[1].splitlines()
        assert sum(int(row[1]) for row in roots) == len(listed)
        counts = {row.split("\t")[0]: int(row.split("\t")[1]) for row in out.splitlines()}
        assert counts["centrally acting muscle relaxants"] <= counts["muscle relaxants"]

    def test_list_by_use(self, cli: Cli) -> None:
        found = cells(cli("list", "--use", "spasticity", "--class", "centrally acting muscle relaxants")[1], 0)
        assert {"baclofen", "tizanidine"} <= set(found)
        assert "naproxen" not in found
        assert cli("list", "--use", "nosuchuse")[0] == 4


class TestCompare:
    def test_long_form(self, cli: Cli) -> None:
        code, out, _ = cli("compare", "baclofen", "Zanaflex")
        assert code == 0
        rows = [line.split("\t") for line in out.splitlines()]
        assert {row[3] for row in rows} == {"baclofen", "tizanidine"}
        assert {row[1] for row in rows} <= {"same", "different", "only"}
        assert {row[0] for row in rows} == {
            "class",
            "atc",
            "status",
            "targets",
            "uses",
            "side-effects",
            "contraindications",
            "pharmacokinetics",
        }
        drowsy = {row[3]: row[4] for row in rows if row[0] == "side-effects" and row[2] == "drowsiness"}
        assert set(drowsy) == {"baclofen", "tizanidine"}
        assert drowsy["baclofen"] == "very common, 10–63 %"

    def test_what_one_lacks_is_said(self, cli: Cli) -> None:
        out = cli("compare", "examplin", "emptazole", *DB)[1]
        assert {line.split("\t")[4] for line in out.splitlines() if line.split("\t")[3] == "emptazole"} == {"not recorded"}

    def test_differences_alone(self, cli: Cli) -> None:
        everything = cli("compare", "atorvastatin", "simvastatin")[1].splitlines()
        differing = cli("compare", "atorvastatin", "simvastatin", "--differences")[1].splitlines()
        assert differing == [line for line in everything if line.split("\t")[1] != "same"]
        assert len(differing) < len(everything)

    def test_effects_of_one_band_are_alike_whatever_their_figures(self, cli: Cli) -> None:
        rows = [line.split("\t") for line in cli("compare", "atorvastatin", "simvastatin")[1].splitlines()]
        headache = {(row[1], row[4]) for row in rows if row[:3:2] == ["side-effects", "headache"]}
        assert headache == {("same", "common, 6.5 %"), ("same", "common, 7 %")}

    def test_a_class_stands_for_its_drugs(self, cli: Cli) -> None:
        code, out, err = cli("compare", "ibuprofen", "--class", "statins")
        assert code == 0
        statins = {line.split("\t")[0] for line in cli("list", "--class", "statins")[1].splitlines()}
        assert statins >= {"atorvastatin", "simvastatin"}
        assert {line.split("\t")[3] for line in out.splitlines()} == {"ibuprofen", *statins}
        assert "statins: looked for statins in classes" in err
        code, out, err = cli("compare", "--class", "zzz")
        assert (code, out) == (2, "")
        assert "zzz: no drug recorded of this class" in err

    def test_three(self, cli: Cli) -> None:
        facts = json.loads(cli("compare", "baclofen", "tizanidine", "dantrolene", "--json")[1])["facts"]
        assert len({fact["drug"] for fact in facts}) == 3
        assert all(fact["sources"] or fact["value"] == "not recorded" for fact in facts)

    @pytest.mark.parametrize("names", [["baclofen"], [], ["baclofen", "Lioresal"]])
    def test_fewer_than_two_is_a_usage_error(self, cli: Cli, names: list[str]) -> None:
        assert cli("compare", *names)[:2] == (2, "")

    def test_an_unknown_one(self, cli: Cli) -> None:
        code, out, _ = cli("compare", "baclofen", "tizanidine", "nosuchdrug")
        assert code == 3
        assert out
        assert cli("compare", "baclofen", "nosuchdrug")[:2] == (3, "")


class TestScreen:
    def screen(self, cli: Cli, *drugs: str, conditions: tuple[str, ...] = ()) -> tuple[int, list[list[str]], str]:
        arguments = [word for drug in drugs for word in ("--drug", drug)] + [
            word for name in conditions for word in ("--condition", name)
        ]
        code, out, err = cli("screen", *arguments)
        return code, [line.split("\t") for line in out.splitlines()], err

    @pytest.mark.parametrize("other", ["fluvoxamine", "ciprofloxacin"])
    def test_tizanidine_with_what_it_must_not_be_given_with(self, cli: Cli, other: str) -> None:
        code, rows, _ = self.screen(cli, "tizanidine", other)
        assert code == 0
        assert ["contraindication", "tizanidine", other] in [row[:3] for row in rows]
        assert ["contraindication", other, "tizanidine"] in [row[:3] for row in rows]
        assert all(row[4] for row in rows if row[0] != "not-checked")

    @pytest.mark.parametrize(
        ("drug", "other", "meets"),
        [
            ("warfarin", "ibuprofen", True),  # non-steroidal anti-inflammatory drugs
            ("sertraline", "ibuprofen", True),  # NSAIDs
            ("fluvoxamine", "diazepam", True),  # benzodiazepines
            ("tizanidine", "lisinopril", True),  # antihypertensives
            ("lisinopril", "furosemide", True),  # diuretics
            ("lisinopril", "paracetamol", False),
        ],
    )
    def test_groups_of_medicines(self, cli: Cli, drug: str, other: str, meets: bool) -> None:
        rows = self.screen(cli, drug, other)[1]
        found = [row for row in rows if row[0] in ("contraindication", "caution") and row[1:3] == [drug, other]]
        assert bool(found) == meets, found

    def test_a_group_with_a_narrower_name_is_not_the_wide_one(self, cli: Cli) -> None:
        """Metoprolol is a beta blocker, but none of the non-selective ones."""
        rows = self.screen(cli, "salbutamol", "metoprolol")[1]
        assert ["caution", "salbutamol", "metoprolol"] in [row[:3] for row in rows]
        assert "contraindication" not in {row[0] for row in rows}

    def test_what_is_excepted_is_not_meant(self, cli: Cli) -> None:
        rows = self.screen(cli, "tizanidine", "ciprofloxacin")[1]
        assert not any("other than ciprofloxacin" in row[3] for row in rows if row[0] != "not-checked")

    def test_conditions(self, cli: Cli) -> None:
        code, rows, _ = self.screen(cli, "warfarin", "simvastatin", conditions=("pregnancy", "liver disease"))
        assert code == 0
        found = {(row[0], row[1], row[2]) for row in rows}
        assert ("contraindication", "warfarin", "pregnancy") in found
        assert ("only-if", "simvastatin", "liver disease") in found  # active liver disease

    def test_what_is_recorded_for_a_broader_condition_is_found_and_said(self, cli: Cli) -> None:
        rows = self.screen(cli, "tizanidine", conditions=("liver failure",))[1]
        assert any(
            row[0] == "contraindication" and "(recorded for a broader term than liver failure)" in row[3] for row in rows
        )
        assert "tizanidine" in cells(cli("contraindications", "--with", "liver failure")[1], 0)

    @pytest.mark.parametrize("drug", ["tizanidine", "diazepam", "dantrolene", "simvastatin", "metaxalone", "paracetamol"])
    def test_liver_disease_meets_every_way_of_saying_it(self, cli: Cli, drug: str) -> None:
        found = self.screen(cli, drug, conditions=("liver disease",))[1]
        assert any(row[0] in ("contraindication", "caution", "only-if") and row[2] == "liver disease" for row in found)

    def test_three_sedatives_add_up(self, cli: Cli) -> None:
        rows = [
            line.split("\t") for line in cli("screen", "baclofen", "cyclobenzaprine", "diazepam", "--effects")[1].splitlines()
        ]
        drowsy = next(row for row in rows if row[0] == "shared-effect" and row[3].startswith("drowsiness"))
        assert {drowsy[1], *drowsy[2].split(", ")} == {"baclofen", "cyclobenzaprine", "diazepam"}

    def test_duplicates(self, cli: Cli) -> None:
        code, rows, _ = self.screen(cli, "atorvastatin", "simvastatin")
        assert (code, [row[:3] for row in rows if row[0] == "same-class"]) == (
            0,
            [["same-class", "atorvastatin", "simvastatin"]],
        )
        code, rows, _ = self.screen(cli, "Zanaflex", "tizanidine")
        assert (code, rows[0][:3]) == (0, ["same-drug", "tizanidine", "Zanaflex, tizanidine"])

    def test_nothing_applies_is_4_and_says_what_was_not_checked(self, cli: Cli) -> None:
        code, rows, err = self.screen(cli, "silperisone", conditions=("green hair",))
        assert code == 4
        assert {row[0] for row in rows} == {"not-checked"}
        details = " ".join(row[3] for row in rows)
        assert "nothing recorded: contraindications, cautions" in details
        assert "the thesaurus does not know it, check its spelling" in details
        assert "not evidence of safety" in err
        assert "safe" not in json.dumps(rows)

    @pytest.mark.parametrize("shown_as", ["table", "json", "markdown"])
    def test_no_format_calls_anything_safe(self, cli: Cli, shown_as: str) -> None:
        out = cli("screen", "--drug", "silperisone", "-f", shown_as)[1]
        assert "safe" not in out.replace("not evidence of safety", "")
        assert "not-checked" in out or "NOT CHECKED" in out.upper()

    def test_an_unknown_name_is_3_and_not_screened(self, cli: Cli) -> None:
        code, rows, _ = self.screen(cli, "tizanidine", "ciprofloxacin", "nosuchdrug")
        assert code == 3
        assert ["not-checked", "nosuchdrug", "", UNKNOWN, "", ""] in rows
        assert rows[0][0] == "contraindication"

    def test_names_from_standard_input(self, cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
        import io

        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"tizanidine\nciprofloxacin\n")))
        code, out, _ = cli("screen")
        assert code == 0
        assert out.startswith("contraindication\t")
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"")))
        assert cli("screen")[0] == 2


@pytest.mark.parametrize("part", PART_COMMANDS)
def test_reverse_options_belong_to_their_commands(cli: Cli, part: str) -> None:
    options = {"uses": "--for", "side-effects": "--effect", "contraindications": "--with"}
    for command, option in options.items():
        assert (cli(part, option, "x")[0] == 2) == (command != part)
