"""DailyMed's labels: what a Structured Product Label says, in the form that all labels have."""

import gzip
import io
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from drugref.importers.dailymed import NotALabelError, identify, labels, read_label
from drugref.importers.spl_sections import V3
from drugref.incidence.tables.grid import GridError, grid_of
from drugref.job import Job
from drugref.labels.label import Ingredient, Item, Label, Paragraph, Section, Table
from tests.conftest import ROOT

SAMPLES = ROOT / "tests" / "samples" / "import" / "dailymed"
REAL = ROOT.parent / "shared" / "data" / "dailymed_spl"
FICTAZOLE, INVENTOL, INDEX = ((SAMPLES / f"{name}.xml").read_bytes() for name in ("fictazole", "inventol", "index"))


def spl(body: str, code: str = "34391-3", head: str = "") -> bytes:
    """Return a label with a body and a head."""
    return f'<document xmlns="urn:hl7-org:v3"><code code="{code}"/>{head}<component><structuredBody>{body}</structuredBody></component></document>'.encode()


def section(code: str, title: str, inside: str = "", text: str = "") -> str:
    title = f"<title>{title}</title>" if title else ""
    return f'<component><section><code code="{code}"/>{title}<text>{text}</text>{inside}</section></component>'


def walked(sections: tuple[Section, ...]) -> Iterator[Section]:
    for each in sections:
        yield each
        yield from walked(each.sections)


def outline(sections: tuple[Section, ...]) -> list[object]:
    """Return sections as part, title, texts and what is below, tables as their captions."""
    return [
        (each.part, each.title, [shown(block) for block in each.blocks], *([outline(each.sections)] if each.sections else []))
        for each in sections
    ]


def shown(block: Paragraph | Item | Table) -> str:
    if isinstance(block, Table):
        return f"table {block.element.findtext(f'{V3}caption')}"
    return f"- {block.text}" if isinstance(block, Item) else block.text


def test_a_prescription_label() -> None:
    label = read_label(FICTAZOLE)
    assert label._replace(sections=()) == Label(
        set_id="aaaaaaaa-1111-4111-8111-000000000001",
        version="7",
        date="20240315",
        title="Fictaz XR",
        maker="Invented Labs & Co.",
        kind="prescription",
        approval="NDA999999",
        ingredients=(Ingredient("FICTAZOLE SODIUM", "ZZ0000000F"),),
        brands=("Fictaz XR",),
        codes=("0000-0001",),
        generics=("fictazole",),
        routes=("oral", "subcutaneous"),
        classes=("Fictive Inhibitor",),
        actions=("Fictase Inhibitors",),
        sections=(),
    )
    assert outline(label.sections) == [
        ("boxed-warning", "WARNING: INVENTED HARM", ["Fictazole can harm.", "- Watch patients.", "- Stop it when in doubt."]),
        (
            "uses",
            "1 INDICATIONS AND USAGE",
            [
                "Fictazole is indicated for:",
                "In adults",
                "- fiction",
                "- fables: short",
                "- fables: long",
                "- sagas",
                "- in prose",
            ],
        ),
        (
            "contraindications",
            "4 CONTRAINDICATIONS",
            [],
            [("contraindications", "4.1 Active disbelief", []), ("contraindications", "4.2 Pregnancy", ["Pregnant women."])],
        ),
        (
            "cautions",
            "PRECAUTIONS",
            ["Without a paragraph: at 10⁻⁹ M, 10⁹/L and 5 %."],
            [("interactions", "Drug Interactions", ["None invented."])],
        ),
        ("dosage", "DOSAGE", ["5 mg."], [("dosage", "", ["A box drawn around a dose."])]),
        (
            "side-effects",
            "6 ADVERSE REACTIONS",
            [],
            [
                (
                    "side-effects",
                    "6.1 Clinical Trials Experience",
                    ["Table 1 counts.", "table Table 1. Invented reactions", "Also a table", "inside", "table None", "text."],
                    [("side-effects", "", ["Less common", "Sighing."])],
                )
            ],
        ),
        ("", "12. OTHER REMARKS", [], [("mechanism", "Mechanism of Action", ["It acts fictively."])]),
    ]


def test_a_table_is_kept_whole_without_the_file_around_it() -> None:
    (table,) = (
        block.element
        for each in walked(read_label(FICTAZOLE).sections)
        for block in each.blocks
        if isinstance(block, Table) and len(block.element) == 3
    )
    assert [cell.text for cell in table.iter(f"{V3}th", f"{V3}td")] == ["Reaction", "Fictaz", "Placebo", "Yawning", "12%", "3%"]
    assert (table.getparent(), table.tail) == (None, None)


def test_an_otc_label() -> None:
    label = read_label(INVENTOL)
    assert (label.title, label.kind, label.approval, label.date) == ("Inventol Night", "otc", "OTC monograph final", "20230102")
    assert label.ingredients == (Ingredient("INVENTOL", "ZZ0000000I"), Ingredient("FICTADRYL", ""))
    assert outline(label.sections) == [
        ("uses", "Purpose", ["Sleep aid"]),
        ("uses", "Uses", ["- relieves wakefulness", "- restlessness"]),
        (
            "cautions",
            "Warnings",
            [],
            [
                ("contraindications", "Do not use", ["- with fictadryl"]),
                ("cautions", "Stop use and ask a doctor if", ["you dream."]),
            ],
        ),
        ("cautions", "", ["DO NOT USE IF SEAL IS BROKEN."]),
        ("dosage", "Directions", ["Take one."]),
    ]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (INDEX, "index, no label"),
        (spl(section("34067-9", "Uses"), "50578-4"), "animal drug"),
        (spl(section("34067-9", "Uses"), "99999-9"), "another kind of document"),
        (b'<document xmlns="urn:hl7-org:v3"/>', "another kind of document"),
        (b'<document><code code="34391-3"/></document>', "no Structured Product Label"),
        (b"<html/>", "no Structured Product Label"),
        (b"", "not well-formed XML"),
        (spl(""), "without any section that drugref reads"),
        (b'<document xmlns="urn:hl7-org:v3"><code code="34391-3"/></document>', "without any section that drugref reads"),
        (spl(section("51945-4", "PACKAGE LABEL", text="x")), "without any section that drugref reads"),
        (FICTAZOLE.replace(b"<name>FICTAZOLE SODIUM</name>", b"<name/>"), "an active ingredient without a name"),
        (FICTAZOLE.replace(b"<document ", b"<!DOCTYPE document><document ", 1), "has a DOCTYPE"),
    ],
    ids=[
        "class index", "animal", "unknown code", "no code", "no namespace", "other XML", "empty", "no section", "no body",
        "unread sections", "nameless ingredient", "DOCTYPE",
    ],
)  # fmt: skip
def test_what_is_no_label_is_refused_with_a_reason(data: bytes, reason: str) -> None:
    with pytest.raises(NotALabelError) as caught:
        read_label(data)
    assert str(caught.value) == reason


@pytest.mark.parametrize(
    ("heading", "part"),
    [
        ("1. AUTHORIZED USE", "uses"), ("2 DOSAGE AND ADMINISTRATION", "dosage"), ("4. CONTRAINDICATIONS:", "contraindications"),
        ("5. WARNINGS AND PRECAUTIONS", "cautions"), ("6.\tOVERALL SAFETY SUMMARY", "side-effects"), ("Serious Side Effects", "side-effects"),
        ("DRUG INTERACTIONS", "interactions"), ("III. Pregnancy", "pregnancy"), ("Overdosage", "overdose"), ("12.1 Mechanism of Action", "mechanism"),
        ("BOXED WARNING", "boxed-warning"), ("ADVERSE REACTIONS REPORTING REQUIREMENTS", ""), ("CONTACT INFORMATION", ""), ("", ""),
    ],
)  # fmt: skip
def test_a_section_without_a_code_is_sorted_by_its_heading(heading: str, part: str) -> None:
    known = section("34067-9", "Known", text="x")
    label = read_label(spl(section("42229-5", heading, text="x") + known))
    assert [each.part for each in label.sections] == ([part] if part else []) + ["uses"]


def test_headings_inside_what_a_heading_sorted_are_believed_and_inside_what_a_code_sorted_are_not() -> None:
    inside = section("42229-5", "Warnings", text="x") + section("42229-5", "In adults", text="x")
    by_heading, by_code = read_label(
        spl(section("42229-5", "AUTHORIZED USE", inside) + section("34068-7", "DOSAGE", inside))
    ).sections
    assert [each.part for each in by_heading.sections] == ["cautions", "uses"]
    assert [each.part for each in by_code.sections] == ["dosage", "dosage"]


@pytest.mark.parametrize(
    ("around", "code", "part"),
    [
        ("34070-3", "42228-7", "contraindications"), ("34070-3", "34073-7", "contraindications"), ("34066-1", "34070-3", "boxed-warning"),
        ("42232-9", "42228-7", "pregnancy"), ("34071-1", "34070-3", "contraindications"), ("34071-1", "34066-1", "boxed-warning"),
        ("34068-7", "34066-1", "dosage"), ("34090-1", "43679-0", "mechanism"), ("43684-0", "34082-8", "cautions"), ("34084-4", "00000-0", "side-effects"),
    ],
)  # fmt: skip
def test_what_forbids_stays_with_what_forbids(around: str, code: str, part: str) -> None:
    (outer,) = read_label(spl(section(around, "Outer", section(code, "Inner", text="x")))).sections
    assert [each.part for each in outer.sections] == [part]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("<paragraph>Nausea<br/>Vomiting<br/><br/>in all</paragraph>", ["Nausea", "Vomiting", "in all"]),
        ("<paragraph>less than<br/>1 in 100</paragraph>", ["less than 1 in 100"]),
        ("<paragraph>Do not use • if asleep •with wine</paragraph>", ["Do not use", "- if asleep", "- with wine"]),
        ("<paragraph>5 · 10<sup>3</sup> Ca<sup>2+</sup> <sup>131</sup>I 25<sup>th</sup> CO<sub>2</sub> X<sup>®</sup></paragraph>", ["5 · 10³ Ca²⁺ ¹³¹I 25th CO2 X®"]),
        ("<paragraph>rash<sup>a</sup> and itch<sup>a, b</sup> 5<sup>†</sup>%</paragraph>", ["rash and itch 5%"]),
        ("<paragraph>a<footnote>gone</footnote><footnoteRef IDREF='x'/><renderMultiMedia><caption>gone</caption></renderMultiMedia>b</paragraph>", ["ab"]),
        ("<paragraph><caption>Heading</caption>text <linkHtml href='#x'>link</linkHtml></paragraph>", ["Heading text link"]),
        ("<list><item><caption>[1]</caption>one</item><item><caption>Note</caption>two</item></list>", ["- one", "- Note two"]),
        ("<list><item>a:<list><item>b:<list><item>c</item></list></item></list></item></list>", ["- a: b: c"]),
        ("<list><item>a:<list/></item><item><paragraph>b</paragraph><paragraph>c</paragraph></item></list>", ["- a:", "- b", "- c"]),
        ("<list><item>dose:<table><caption>T</caption></table>after</item></list>", ["- dose:", "table T", "- after"]),
        ("<paragraph> \u200b\n </paragraph><list/><br/>", []),
    ],
    ids=["breaks that begin", "break that goes on", "bullets", "raised", "marks", "footnotes", "run-in heading", "item labels", "nested lists", "several paragraphs", "table in a list", "empty"],
)  # fmt: skip
def test_text_becomes_blocks(text: str, lines: list[str]) -> None:
    (only,) = read_label(spl(section("34067-9", "Uses", text=text))).sections
    assert [shown(block) for block in only.blocks] == lines


def test_an_ingredient_without_its_code_in_one_product_is_the_same() -> None:
    data = FICTAZOLE.replace(b'<code code="ZZ0000000F" codeSystem="2.16.840.1.113883.4.9"/><name>Fictazole', b"<name>Fictazole")
    assert data != FICTAZOLE
    assert read_label(data).ingredients == (Ingredient("FICTAZOLE SODIUM", "ZZ0000000F"),)


@pytest.mark.parametrize(
    ("replaced", "by", "kind"),
    [
        (b"OTC monograph final", b"unapproved homeopathic", "homeopathic"),
        (b"Inventol 5 mg", b"Inventolia 6X HPUS", "homeopathic"),
        (b'classCode="ACTIB">', b'classCode="ACTIB"><quantity><numerator unit="[hp_C]" value="30"/></quantity>', "homeopathic"),
        (b"Sleep aid", b"Sunscreen", "sunscreen"),
        (b"Sleep aid", b"Antiperspirant", "cosmetic"),
        (b"34390-5", b"58474-8", "cosmetic"),
        (b"34390-5", b"58476-3", "other"),
        (b"34390-5", b"53404-0", "prescription"),
        (b"Take one.", b"These statements have not been evaluated by the Food and Drug Administration.", "other"),
    ],
    ids=["category", "pharmacopoeia", "unit", "sunscreen", "antiperspirant", "cosmetic", "supplement", "vaccine", "not evaluated"],
)  # fmt: skip
def test_the_kind_of_product(replaced: bytes, by: bytes, kind: str) -> None:
    assert read_label(INVENTOL.replace(replaced, by)).kind == kind


def test_nesting_to_the_bound_is_read() -> None:
    sections, lists = "", "<paragraph>x</paragraph>"
    for _ in range(25):
        sections = section("34067-9", "Uses", sections, text="x")
    for _ in range(25):
        lists = f"<list><item>{lists}</item></list>"
    assert len(list(walked(read_label(spl(sections)).sections))) == 25
    assert [shown(block) for block in read_label(spl(section("34067-9", "Uses", text=lists))).sections[0].blocks] == ["- x"]


def test_a_table_of_more_cells_than_any_is_left_and_its_label_read() -> None:
    table = "<table><tbody>" + f"<tr>{'<td>1</td>' * 60}</tr>" * 400 + "</tbody></table>"
    (found,) = read_label(spl(section("34084-4", "Reactions", text=table))).sections
    assert isinstance(found.blocks[0], Table)
    with pytest.raises(GridError, match="too many cells"):
        grid_of(found.blocks[0].element)


def release(**files: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as made:
        for name, data in files.items():
            made.writestr(name.replace("_", "."), data)
    return buffer.getvalue()


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """A zip of zips, as DailyMed ships a release."""
    path = tmp_path / "release.zip"
    path.write_bytes(
        release(one_zip=release(a_xml=FICTAZOLE, a_jpg=b"\xff"), two_zip=release(b_xml=INVENTOL), three_zip=b"broken")
    )
    return path


def test_a_release_is_read_label_by_label(archive: Path) -> None:
    job = Job(today=date(2026, 1, 1))
    found = {where: read_label(data).title for where, data in labels([str(archive)], job)}
    assert found == {"release.zip/one.zip/a.xml": "Fictaz XR", "release.zip/two.zip/b.xml": "Inventol Night"}
    assert sum(job.report.refused.values()) == 1


def test_files_are_known_by_their_content(archive: Path, tmp_path: Path) -> None:
    for name, data in {
        "label.dat": FICTAZOLE,
        "label.xml.gz": gzip.compress(INVENTOL),
        "x.xml": b"<html/>",
        "y.json": b"{}",
        "z.zip": b"PK\x03\x04",
        "e": b"",
    }.items():
        (tmp_path / name).write_bytes(data)
    known = [
        name
        for name in ("release.zip", "label.dat", "label.xml.gz", "x.xml", "y.json", "z.zip", "e", "missing")
        if identify(str(tmp_path / name))
    ]
    assert known == ["release.zip", "label.dat", "label.xml.gz"]
    assert identify(str(SAMPLES))


EXPECTED = {
    "1b5e2860-6855-4a65-8bbc-e064172a1adf_1.zip": ("1b5e2860-6855-4a65-8bbc-e064172a1adf", "otc", "MEN's Rogaine® UNSCENTED", "Minoxidil 5965120SH1", 0),
    "a4e3211d-f25b-4e3e-b39d-028de892f165.xml": ("05c1ce43-131d-4663-b0b7-9dbac20bfea4", "sunscreen", "Hawaiian Tropic Island Sport SPF 30", "AVOBENZONE G63QQF2NOX, OCTOCRYLENE 5A68WGF6WM, OXYBENZONE 95OOS7VE0Y", 0),
    "cough.xml": ("00f66f25-3469-4c16-9baf-fba21e9628bd", "otc", "TRIAMINIC Childrens Night Time Cold and Cough", "DIPHENHYDRAMINE HYDROCHLORIDE TC2D6JAD40, PHENYLEPHRINE HYDROCHLORIDE 04JA59TNSJ", 0),
    "humira.xml": ("608d4f0d-b19f-46d3-749a-7159aa5f933d", "prescription", "Humira", "ADALIMUMAB FYS6T7F842", 1),
    "lipitor-orig.xml": ("c6e131fe-e7df-4876-83f7-9156fc4e8228", "prescription", "Lipitor", "ATORVASTATIN CALCIUM TRIHYDRATE 48A5M73Z4Q", 1),
    "lipitor-repack.xml": ("17a163ef-b349-4e32-bc8c-b02bac7f65d6", "prescription", "Lipitor", "atorvastatin calcium trihydrate 48A5M73Z4Q", 1),
    "no-title.xml": ("0027b8a3-73bf-4005-a7e3-b035f451a861", "prescription", "Haloperidol", "HALOPERIDOL J6292F8L3D", 0),
    "remdesivir_2020-10.xml": ("98b7e6bf-2668-4a61-a874-194eb674b15c", "prescription", "FACT SHEET FOR HEALTHCARE PROVIDERS EMERGENCY USE AUTHORIZATION (EUA) OF VEKLURY ® (remdesivir) FOR HOSPITALIZED PEDIATRIC PATIENTS WEIGHING 3.5 KG TO LESS THAN 40 KG OR HOSPITALIZED PEDIATRIC PATIENTS LESS THAN 12 YEARS OF AGE WEIGHING AT LEAST 3.5 KG", "REMDESIVIR 3QKI37EEHE", 6),
    "viagra_64f8040f-938d-4236-8e22-c838c9b5f8da.xml": ("0b0be196-0c62-461c-94f4-9a35339b4501", "prescription", "Viagra", "SILDENAFIL CITRATE BW9B0ZE037", 2),
}  # fmt: skip
"""Of DailyMed's files: set id, kind, title, ingredients, and tables of side effects."""
PARTS = {
    "humira.xml": {"boxed-warning", "uses", "dosage", "contraindications", "cautions", "side-effects", "interactions", "pregnancy", "overdose", "mechanism", "pharmacokinetics"},
    "no-title.xml": {"boxed-warning", "uses", "dosage", "contraindications", "cautions", "side-effects", "overdose", "mechanism"},
    "remdesivir_2020-10.xml": {"boxed-warning", "uses", "dosage", "contraindications", "cautions", "side-effects", "interactions", "pregnancy", "overdose", "mechanism", "pharmacokinetics"},
    "viagra_64f8040f-938d-4236-8e22-c838c9b5f8da.xml": {"uses", "dosage", "contraindications", "cautions", "side-effects", "interactions", "pregnancy", "overdose", "mechanism", "pharmacokinetics"},
    "1b5e2860-6855-4a65-8bbc-e064172a1adf_1.zip": {"uses", "dosage", "contraindications", "cautions"},
}  # fmt: skip


needs_real = pytest.mark.skipif(not REAL.exists(), reason="DailyMed's files are not in the repository")


@needs_real
@pytest.mark.parametrize("name", EXPECTED)
def test_labels_of_dailymed(name: str) -> None:
    ((_, data),) = labels([str(REAL / name)], Job(today=date(2026, 1, 1)))
    label = read_label(data)
    found = list(walked(label.sections))
    tables = sum(isinstance(block, Table) for each in found if each.part == "side-effects" for block in each.blocks)
    ingredients = ", ".join(f"{ingredient.name} {ingredient.unii}" for ingredient in label.ingredients)
    assert (label.set_id, label.kind, label.title, ingredients, tables) == EXPECTED[name]
    assert PARTS.get(name) in (None, {each.part for each in found} - {""})


@needs_real
def test_an_index_of_dailymed_is_no_label() -> None:
    with pytest.raises(NotALabelError, match="index, no label"):
        read_label((REAL / "METHOXSALEN_pharmclass.xml").read_bytes())


@needs_real
def test_a_real_contraindication_stays_one() -> None:
    label = read_label((REAL / "lipitor-orig.xml").read_bytes())
    (found,) = (each for each in label.sections if each.part == "contraindications")
    assert [(each.part, each.title) for each in found.sections] == [
        (
            "contraindications",
            "4.1 Active liver disease, which may include unexplained persistent elevations in hepatic transaminase levels",
        ),
        ("contraindications", "4.2 Hypersensitivity to any component of this medication"),
        ("contraindications", "4.3 Pregnancy"),
        ("contraindications", "4.4 Nursing mothers"),
    ]


def test_a_label_of_the_first_releases() -> None:
    """Their vocabulary had medicines where products are today, and ingredients by element instead of by class."""
    head = (
        '<setId root="OLD"/><component><structuredBody><component><section><code code="48780-1"/><subject><manufacturedProduct>'
        '<manufacturedMedicine><code code="0999-0123" codeSystem="2.16.840.1.113883.6.69"/><name>Fictaz</name>'
        '<asContent><containerPackagedMedicine><code code="0999-0123-30" codeSystem="2.16.840.1.113883.6.69"/>'
        "</containerPackagedMedicine></asContent><genericMedicine><name>fictazole</name></genericMedicine>"
        '<activeIngredient><activeIngredientSubstance><code code="ZZ0000000F" codeSystem="2.16.840.1.113883.4.9"/>'
        "<name>FICTAZOLE</name></activeIngredientSubstance></activeIngredient><inactiveIngredient><inactiveIngredientSubstance>"
        "<name>LACTOSE</name></inactiveIngredientSubstance></inactiveIngredient></manufacturedMedicine></manufacturedProduct>"
        "</subject></section></component>"
    )
    body = section("34084-4", "ADVERSE REACTIONS", text="<paragraph>Rash (5%).</paragraph>")
    data = f'<document xmlns="urn:hl7-org:v3"><code code="34391-3"/>{head}{body}</structuredBody></component></document>'
    label = read_label(data.encode())
    assert label.ingredients == (Ingredient("FICTAZOLE", "ZZ0000000F"),)
    assert (label.brands, label.generics, label.codes) == (("Fictaz",), ("fictazole",), ("0999-0123",))
