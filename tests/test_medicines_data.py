"""What holds for the index of medicines and the groups of medicines that ship with the package."""

import tomllib
import zipfile
from functools import cache
from io import BytesIO
from pathlib import Path

import pytest

from drugref.text import name_key
from tests.conftest import BUNDLED
from tools.form import problems_of
from tools.groups import definitions
from tools.salts import moieties_of

MEDICINES = BUNDLED.with_name("medicines.tsv")
GROUPS = BUNDLED.with_name("groups.tsv")


@cache
def lines(path: Path) -> tuple[tuple[str, ...], ...]:
    text = path.read_text(encoding="utf-8")
    return tuple(tuple(line.split("\t")) for line in text.splitlines() if not line.startswith("# "))


def items(cell: str) -> list[tuple[str, str]]:
    """(head, text) of what stands between bars."""
    return [(item.partition(" ")[0], item.partition(" ")[2]) for item in cell.split("|")] if cell else []


@cache
def led_to() -> dict[str, set[str]]:
    """Medicines by the keys of all their names, shared ones too."""
    found: dict[str, set[str]] = {}
    for key, _, _, _, _, _, names in lines(MEDICINES):
        found.setdefault(name_key(key), set()).add(key)
        for _, name in items(names):
            found.setdefault(name_key(name), set()).add(key)
    return found


@cache
def members() -> dict[str, set[str]]:
    """Members of groups by the keys of all names of the group."""
    found = {}
    for key, names, _, cell in lines(GROUPS):
        for name in (key, *names.split("|")):
            found[name_key(name)] = {medicine for _, medicine in items(cell)}
    return found


def test_they_are_canonical_and_sound() -> None:
    problems = problems_of(MEDICINES.read_text(encoding="utf-8"), GROUPS.read_text(encoding="utf-8"))
    assert problems == [], "run: python -m tools.medicines FOLDER"


# Names of every kind: INN, UK, US, older, salt, ester, code, brand, abbreviation, food.
NAMES = """
paracetamol = paracetamol              acetaminophen = paracetamol         Panadol = paracetamol
Tylenol = paracetamol                  salbutamol = salbutamol             albuterol = salbutamol
albuterol sulfate = salbutamol         Ventolin = salbutamol               levothyroxine = levothyroxine
thyroxine = levothyroxine              levothyroxine sodium = levothyroxine
nitroglycerin = glyceryl trinitrate    glyceryl trinitrate = glyceryl trinitrate
epinephrine = epinephrine              adrenaline = epinephrine            noradrenaline = norepinephrine
ciclosporin = ciclosporin              cyclosporine = ciclosporin          cyclosporin = ciclosporin
meperidine = pethidine                 aspirin = acetylsalicylic acid      ASA = acetylsalicylic acid
frusemide = furosemide                 lignocaine = lidocaine              rifampin = rifampicin
glyburide = glibenclamide              amoxycillin = amoxicillin           indomethacin = indometacin
phenobarbitone = phenobarbital         bendrofluazide = bendroflumethiazide
chlorpheniramine = chlorphenamine      dothiepin = dosulepin               isoproterenol = isoprenaline
scopolamine = hyoscine                 succinylcholine = suxamethonium     methylene blue = methylthioninium chloride
warfarin sodium = warfarin             Coumadin = warfarin                 clavulanate potassium = clavulanic acid
sodium valproate = valproic acid       alendronate sodium = alendronic acid
mycophenolate mofetil = mycophenolic acid                                  olmesartan medoxomil = olmesartan
tenofovir disoproxil = tenofovir       ipratropium = ipratropium bromide   enoxaparin = enoxaparin sodium
lithium carbonate = lithium            lithium citrate = lithium           potassium chloride = potassium chloride
magnesium sulfate = magnesium sulfate  ferrous sulfate = ferrous sulfate   calcium gluconate = calcium gluconate
isosorbide mononitrate = isosorbide mononitrate                            isosorbide = isosorbide
digoxin = digoxin                      digitoxin = digitoxin               citalopram = citalopram
escitalopram = escitalopram            Lexapro = escitalopram              Celexa = citalopram
omeprazole = omeprazole                esomeprazole = esomeprazole         Nexium = esomeprazole
Prilosec = omeprazole                  pentazocine = pentazocine           insulin human = insulin human
Actrapid = insulin human               Lantus = insulin glargine           NovoRapid = insulin aspart
Humalog = insulin lispro               colecalciferol = colecalciferol     vitamin D3 = colecalciferol
ergocalciferol = ergocalciferol        calcitriol = calcitriol             Premarin = estrogens conjugated
interferon beta-1a = interferon beta-1a                                    epoetin beta = epoetin beta
heparin sodium = heparin               Humira = adalimumab                 Herceptin = trastuzumab
Kadcyla = trastuzumab emtansine        Enhertu = trastuzumab deruxtecan    Botox = botulinum toxin type a
adenosine phosphate = adenosine phosphate                                  adenosine = adenosine
fosphenytoin = fosphenytoin            NovoSeven = eptacog alfa (activated)
alcohol = ethanol                      grapefruit juice = grapefruit       St John's wort = st john's wort
HY-770 = inaperisone                   DS 103-282 = tizanidine             MTX = methotrexate
"""


@pytest.mark.parametrize(
    ("name", "medicine"),
    [pair.strip().split(" = ") for line in NAMES.splitlines() for pair in line.split("  ") if " = " in pair],
)
def test_a_name_leads_to_its_medicine_and_to_no_other(name: str, medicine: str) -> None:
    assert led_to().get(name_key(name)) == {medicine}


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("Augmentin", "amoxicillin + clavulanic acid"),
        ("co-amoxiclav", "amoxicillin + clavulanic acid"),
        ("Zosyn", "piperacillin + tazobactam"),
        ("co-codamol", "codeine + paracetamol"),
        ("co-trimoxazole", "sulfamethoxazole + trimethoprim"),
        ("Bactrim", "sulfamethoxazole + trimethoprim"),
        ("co-careldopa", "carbidopa + levodopa"),
        ("Madopar", "benserazide + levodopa"),
        ("co-amilofruse", "amiloride + furosemide"),
        ("Entresto", "sacubitril + valsartan"),
        ("Paxlovid", "nirmatrelvir + ritonavir"),
        ("Yaz", "drospirenone + ethinylestradiol"),
        ("Mysimba", "bupropion + naltrexone"),
    ],
)
def test_a_combination_is_found_with_its_parts(name: str, parts: str) -> None:
    assert led_to()[name_key(name)] == {parts}
    row = next(row for row in lines(MEDICINES) if row[0] == parts)
    assert row[4].split("|") == parts.split(" + ")


@pytest.mark.parametrize(
    "name",
    [
        "tazocin",
        "acid",
        "gel",
        "oil",
        "vitamin",
        "water",
        "insulin",
        "penicillin",
        "vitamin D",
        "choice",
        "DEX",
        "TPN",
        "Depo",
        "acetic",
        "follitropin",
        "FE",
        "T4",
        "interferon",
    ],
)
def test_a_name_that_misleads_is_absent(name: str) -> None:
    assert name_key(name) not in led_to()


@pytest.mark.parametrize(
    ("name", "medicines"), [("Emend", {"aprepitant", "fosaprepitant"}), ("NeoRecormon", {"epoetin alfa", "epoetin beta"})]
)
def test_a_brand_of_several_medicines_is_marked_as_shared(name: str, medicines: set[str]) -> None:
    assert led_to()[name_key(name)] == medicines
    heads = [head for row in lines(MEDICINES) for head, text in items(row[6]) if name_key(text) == name_key(name)]
    assert all(head.endswith("*") for head in heads)


def test_every_recorded_drug_is_there_under_its_inn_and_unii() -> None:
    rows = {row[0]: row for row in lines(MEDICINES)}
    for drug in tomllib.loads(BUNDLED.read_text(encoding="utf-8"))["drugs"].values():
        assert drug["inn"] in rows
        codes = {text for _, text in items(rows[drug["inn"]][2])}
        assert {one["value"] for one in drug.get("identifiers", []) if one["scheme"] == "unii"} <= codes, drug["inn"]


def test_no_allergen_is_a_class_and_no_pollen_a_medicine() -> None:
    assert not [row[0] for row in lines(MEDICINES) if "pollen" in row[0] or "llergen" in row[5]]


def test_benzocaine_keeps_its_name_without_the_class_of_a_patch_test() -> None:
    assert led_to()[name_key("benzocaine")] == {"benzocaine"}


def test_the_header_names_every_list_with_its_licence() -> None:
    for path in (MEDICINES, GROUPS):
        head = [line[2:].split("\t") for line in path.read_text(encoding="utf-8").splitlines()[1:] if line.startswith("# ")]
        sources = {row[0]: row for row in head}
        assert {"U", "N", "D", "M", "O", "R"} <= sources.keys()
        assert all(len(row) == 7 and all(row) for row in head)
        assert "CC BY 4.0" in sources["D"][4]
        assert "European Medicines Agency" in sources["M"][5]


def test_it_is_as_large_as_promised_and_not_larger() -> None:
    assert len(lines(MEDICINES)) > 12_000
    assert sum(len(items(row[6])) for row in lines(MEDICINES)) > 35_000
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(MEDICINES)
        archive.write(GROUPS)
    assert packed.tell() < 2_000_000


@pytest.mark.parametrize(
    ("group", "inside", "outside"),
    [
        ("nitrates", "glyceryl trinitrate", "sodium nitroprusside"),
        ("MAO inhibitors", "phenelzine", "sertraline"),
        ("MAOIs", "linezolid", "tramadol"),
        ("NSAIDs", "ibuprofen", "paracetamol"),
        ("SSRIs", "sertraline", "venlafaxine"),
        ("statins", "simvastatin", "nystatin"),
        ("ACE inhibitors", "lisinopril", "quinoline yellow"),
        ("penicillins", "flucloxacillin", "penicillinase"),
        ("benzodiazepines", "nitrazepam", "zolpidem"),
        ("proton pump inhibitors", "omeprazole", "aripiprazole"),
        ("strong CYP3A4 inhibitors", "clarithromycin", "erythromycin"),
        ("moderate CYP3A4 inhibitors", "diltiazem", "clarithromycin"),
        ("strong CYP1A2 inhibitors", "fluvoxamine", "cimetidine"),
        ("potassium supplements", "potassium chloride", "amiloride"),
        ("tricyclic antidepressants", "amitriptyline", "cyclobenzaprine"),
        ("QT-prolonging medicines", "haloperidol", "sertraline"),
        ("anticoagulants", "warfarin", "edetic acid"),
        ("fibrates", "fenofibrate", "pioglitazone"),
    ],
)
def test_a_group_has_its_members_and_not_what_is_like_them(group: str, inside: str, outside: str) -> None:
    assert inside in members()[name_key(group)]
    assert outside not in members()[name_key(group)]


def test_no_name_of_a_group_leads_to_a_single_medicine() -> None:
    keys = {name_key(name) for group in definitions() for name in (group.key, *group.names)}
    assert sorted(keys & led_to().keys()) == []


@pytest.mark.parametrize(
    ("name", "moieties"),
    [
        ("tizanidine hydrochloride", ["tizanidine"]),
        ("alendronate sodium", ["alendronate", "alendronic acid"]),
        ("trastuzumab deruxtecan", []),
        ("insulin zinc", []),
        ("potassium chloride", []),
        ("edetate disodium", []),
        ("adenosine phosphate", []),
    ],
)
def test_a_salt_is_told_from_a_medicine_of_its_own(name: str, moieties: list[str]) -> None:
    assert moieties_of(name) == moieties


def broken(old: str, new: str) -> list[str]:
    text = MEDICINES.read_text(encoding="utf-8")
    assert old in text
    return problems_of(text.replace(old, new, 1), GROUPS.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("\nabacavir\tmU", "\nabacavir\tm", "abacavir: kind and lists are 'm'"),
        ("M J05AF06", "M J05AF6", "abacavir: ATC 'J05AF6' has not the form of one"),
        ("U WR2TIP26VS", "U WR2TIP26V", "abacavir: UNII 'WR2TIP26V' has not the form of one"),
        ("bU Panadol", "b Panadol", "paracetamol: name 'Panadol' has no list, or one that the header lacks: 'b'"),
        ("bU Panadol", "bU Humira", "humira: owned by adalimumab and paracetamol, and not marked as shared"),
        ("bU Panadol", "bU* Panadol", "panadol: marked as shared, but only paracetamol bears it"),
        ("\tabacavir|lamivudine\t", "\tabacavir|lamivudin\t", "abacavir + lamivudine: part 'lamivudin' is no medicine"),
    ],
)
def test_the_check_says_what_is_wrong(old: str, new: str, problem: str) -> None:
    assert problem in broken(old, new)
