"""The card: what it answers of each group of patients, and that nothing recorded is lost between its lines."""

import re
from pathlib import Path

import pytest

from tests.conftest import Cli

HEAD = """schema = 2

[database]
name = "mine"
title = "Mine"
version = "1"
licence = "CC0-1.0"

[sources.label]
title = "Label"
kind = "regulator"
locator = "here"
licence = "public"
retrieved = 2026-11-22

[drugs.fictin]
inn = "fictin"
"""


def fact(item: str, detail: str = "", type: str = "condition", **scope: str) -> str:
    fields = {"item": item, "type": type, "detail": detail, **scope}
    return "{ " + "".join(f'{name} = "{text}", ' for name, text in fields.items() if text) + 'sources = ["label"] }'


def shown(cli: Cli, folder: Path, forbid: list[str], care: list[str], more: str = "") -> dict[str, str]:
    """Return the card's lines by their labels."""
    path = folder / "mine.toml"
    lists = "".join(
        f"{name} = [{', '.join(facts)}]\n" for name, facts in (("contraindications", forbid), ("cautions", care)) if facts
    )
    path.write_text(HEAD + lists + more, encoding="utf-8")
    code, out, err = cli("show", "fictin", "--db", str(path), "-f", "plain", "--no-pager")
    assert code == 0, err
    return {label: text for label, _, text in (line.partition(": ") for line in out.splitlines())}


@pytest.mark.parametrize(
    ("forbid", "care", "label", "answer"),
    [
        (
            [],
            [("renal impairment", "excreted by the kidneys; lower the dose")],
            "Kidney",
            "excreted by the kidneys; lower the dose.",
        ),
        # What is of all comes before what is of some products, and what says just the group before a part of it.
        (
            [],
            [("renal artery stenosis", "function may worsen"), ("renal impairment", "lower the dose")],
            "Kidney",
            "lower the dose.",
        ),
        ([], [("signs of liver injury", "stop")], "Liver", "signs of liver injury: stop."),
        (
            [("pregnancy", "unless the need is vital")],
            [("pregnancy", "weigh")],
            "Pregnancy",
            "do not use (unless the need is vital).",
        ),
        (
            [("severe renal impairment", "below 30 mL/min")],
            [("renal impairment", "from 30 to 60: half the dose"), ("dialysis", "after it")],
            "Kidney",
            "do not use: severe renal impairment (below 30 mL/min); care: from 30 to 60: half the dose.",
        ),
        (
            [("severe hepatic impairment", ""), ("decompensated cirrhosis", "")],
            [],
            "Liver",
            "do not use: severe hepatic impairment; decompensated cirrhosis.",
        ),
        ([], [("breast cancer", "may grow")], "Breast-feeding", "nothing recorded."),
        ([], [("interstitial nephritis", "stop")], "Kidney", "nothing recorded."),
        ([], [("creatinine clearance under 30 mL/min", "lower the dose")], "Children", "nothing recorded."),
    ],
)
def test_a_group_of_patients_gets_the_weightiest_answer_whole(
    forbid: list[tuple[str, str]], care: list[tuple[str, str]], label: str, answer: str, cli: Cli, tmp_path: Path
) -> None:
    card = shown(cli, tmp_path, [fact(*risk) for risk in forbid], [fact(*risk) for risk in care])
    assert card[label] == answer


def test_what_is_of_some_products_says_so_and_yields_to_what_is_of_all(cli: Cli, tmp_path: Path) -> None:
    some, every = fact("children", "not established", route="intrathecal"), fact("children under 2 years", "apnoea")
    assert shown(cli, tmp_path, [], [some])["Children"] == "not established (intrathecal)."
    assert shown(cli, tmp_path, [], [some, every])["Children"] == "children under 2 years: apnoea."
    forbidden = fact("children", place="Utopia")
    own = fact("children", "watch the weight")
    assert shown(cli, tmp_path, [forbidden], [own])["Children"] == "do not use (Utopia); care: watch the weight."


def test_a_medicine_or_an_allergy_is_no_patient(cli: Cli, tmp_path: Path) -> None:
    risks = [
        fact("nephrotoxic medicines", "more harm", type="medicine"),
        fact("hypersensitivity to child vaccine", type="allergy"),
    ]
    card = shown(cli, tmp_path, [], risks)
    assert (card["Kidney"], card["Children"]) == ("nothing recorded.", "nothing recorded.")


def test_every_caution_is_in_the_block_or_under_care(cli: Cli, tmp_path: Path) -> None:
    items = ["renal impairment", "dialysis", "renal artery stenosis", "hepatic impairment", "jaundice", "glaucoma"]
    card = shown(cli, tmp_path, [], [fact(item, f"of {item}") for item in items])
    assert card["Kidney"] == "of renal impairment."
    assert card["Care"] == "dialysis; renal artery stenosis; jaundice; glaucoma."


def test_a_long_boxed_warning_keeps_its_first_sentences_and_counts_the_others(cli: Cli, tmp_path: Path) -> None:
    sentences = " ".join(f"Sentence {number} tells of a grave harm that has befallen patients." for number in range(1, 21))
    more = f'notes = [{{ kind = "boxed-warning", text = "{sentences}", sources = ["label"] }}]\n'
    shown(cli, tmp_path, [], [], more)
    code, out, _ = cli("show", "fictin", "--db", str(tmp_path / "mine.toml"), "-f", "table", "--no-pager")
    assert code == 0
    shown_last = max(int(number) for number in re.findall(r"Sentence (\d+) tells", out))
    assert shown_last >= 2
    assert f"{20 - shown_last} more" in " ".join(out.split())
    assert out.count("\n") <= 24


def test_what_is_said_of_groups_of_patients_yields_its_last_clauses_and_counts_them(cli: Cli, tmp_path: Path) -> None:
    groups = ("pregnancy", "breast-feeding", "renal impairment", "hepatic impairment", "children", "older people", "driving")
    care = [
        fact(group, "; ".join(f"clause {number} of what is known ({group}; at length)" for number in range(4)))
        for group in groups
    ]
    forbid = fact(
        "severe renal impairment", "never; not even for a day; not even in a clinic; not even under watch of the level"
    )
    shown(cli, tmp_path, [forbid], care)
    code, out, _ = cli("show", "fictin", "--db", str(tmp_path / "mine.toml"), "-f", "table", "--no-pager")
    assert code == 0
    assert out.count("\n") <= 24
    lines = out.splitlines()
    for group, label in zip(
        groups, ("PREGNANCY", "BREAST-FEEDING", "KIDNEY", "LIVER", "CHILDREN", "ELDERLY", "DRIVING"), strict=True
    ):
        start = next(number for number, line in enumerate(lines) if line.startswith(label))
        said = " ".join(" ".join(lines[start : start + 4]).split())
        if label == "KIDNEY":
            assert (
                "do not use: severe renal impairment (never; not even for a day; not even in a clinic; not even under watch"
                in said
            )
        else:
            told = said.count(f"({group}; at length)")
            assert told >= 1
            assert f"· {4 - told} more" in said or told == 4
    assert " more" in out
