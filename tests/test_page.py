"""The whole page of a record: what is alike is told once, nothing is left out, and sources keep their numbers."""

import json
import re
from pathlib import Path

import pytest

from tests.conftest import Cli
from tests.test_card import HEAD


def shown(cli: Cli, folder: Path, parts: str, *arguments: str, width: int = 100, monkeypatch: pytest.MonkeyPatch) -> str:
    path = folder / "mine.toml"
    path.write_text(HEAD + parts, encoding="utf-8")
    monkeypatch.setenv("COLUMNS", str(width))
    command = arguments or ("show", "fictin", "--all")
    code, out, err = cli(*command, "--db", str(path), "-f", "table", "--no-pager")
    assert code == 0, err
    return out


def effects(*facts: str) -> str:
    return "side_effects = [\n" + "".join(f'  {{ {fact}, sources = ["label"] }},\n' for fact in facts) + "]\n"


def test_effects_of_one_figure_stand_in_one_row(cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    facts = [f'effect = "{name}", incidence = "3–9 %", route = "oral"' for name in ("rash", "nausea", "itching")]
    out = shown(cli, tmp_path, effects(*facts, 'effect = "fever", incidence = "4 %"'), monkeypatch=monkeypatch)
    assert len(re.findall("oral: rash, nausea, itching \\[1\\] +3–9 % +░+█+", out)) == 1
    assert re.search("fever \\[1\\] +4 % +█", out)


def test_open_figures_and_words_run_on_below_what_they_share(cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    counted = 'incidence = "< 1 %", detail = "sometimes fatal"'
    words = 'band = "rare", basis = "wording", wording = "rarely", route = "rectal"'
    facts = [f'effect = "{name}", {counted}' for name in ("sepsis", "asthma", "coma")]
    facts += ['effect = "fever", incidence = "< 1 %", detail = "in summer"']
    facts += [f'effect = "{name}", {words}' for name in ("rash", "itching")]
    facts += ['effect = "tremor", incidence = "0.4 %", comparator = "0.5 %"']
    out = shown(cli, tmp_path, effects(*facts), monkeypatch=monkeypatch)
    assert "sometimes fatal, < 1 %: sepsis, asthma, coma [1]" in out
    assert "< 1 %: fever (in summer) [1]" in out
    assert "rectal, “rarely”: rash, itching [1]" in out
    assert "tremor 0.4 % vs 0.5 % (not above its comparator) [1]" in out


@pytest.mark.parametrize("drug", ["naproxen", "baclofen", "diazepam"])
def test_no_fact_is_lost_on_the_page(drug: str, cli: Cli) -> None:
    _, out, _ = cli("show", drug, "--all", "--all-claims", "-f", "markdown")
    text = " ".join(out.replace("\\", "").split())
    _, record, _ = cli("show", drug, "--json")
    (held,) = json.loads(record)["drugs"]
    for effect in held["side_effects"]:
        assert effect["effect"] in text, effect
        assert (effect["wording"] or "") in text, effect
    for kind in ("contraindications", "cautions"):
        for risk in held[kind]:
            assert risk["item"] in text, risk
            assert (risk["detail"] or "") in text, risk


def test_risks_of_which_the_same_is_said_share_a_line(cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def risk(item: str, kind: str, detail: str = "") -> str:
        return (
            f'  {{ item = "{item}", type = "{kind}", {f"""detail = "{detail}", """ if detail else ""}sources = ["label"] }},\n'
        )

    held = [risk("mania", "condition", "may worsen"), risk("opioids", "medicine", "more sleep"), risk("asthma", "condition")]
    held += [risk("porphyria", "condition", "may worsen"), risk("alcohol", "medicine", "more sleep")]
    out = shown(cli, tmp_path, f"cautions = [\n{''.join(held)}]\n", monkeypatch=monkeypatch)
    assert "▲ mania · porphyria – may worsen [1]\n" in out
    assert "▲ asthma [1]\n" in out
    assert "▲ with opioids · alcohol – more sleep [1]\n" in out


def test_uses_of_one_condition_share_a_line(cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    facts = [("gout", "US"), ("pain", "US"), ("fever", "UK"), ("gout", "UK"), ("pain", "UK")]
    held = [
        f'  {{ condition = "{name}", kind = "approved", place = "{place}", sources = ["label"] }},\n' for name, place in facts
    ]
    out = shown(cli, tmp_path, f"uses = [\n{''.join(held)}]\n", monkeypatch=monkeypatch)
    assert "gout · pain – US · UK [1]\n" in out
    assert "fever – UK [1]\n" in out


def test_sources_have_the_numbers_of_the_page(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    _, page, _ = cli("show", "baclofen", "--all", "-f", "table", "--no-pager")
    _, sources, _ = cli("sources", "baclofen", "-f", "table", "--no-pager")
    numbered = re.compile(r"^  (\d+) +(\w+) +(\S+ \S+ \S+)", re.MULTILINE)
    shown = numbered.findall(page[page.index("\nSOURCES\n") :])
    assert len(shown) > 10
    assert numbered.findall(sources) == shown
    assert "supports " in sources
    assert "read 2026-" in sources


def test_an_effect_of_many_drugs_has_a_line_for_each(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "120")
    _, out, _ = cli("side-effects", "--effect", "nausea", "-f", "table", "--no-pager")
    _, rows, _ = cli("side-effects", "--effect", "nausea")
    drugs = {row.split("\t", 1)[0] for row in rows.splitlines()}
    body, sources = out.split("\nSOURCES\n")
    named = [inn for line in body.splitlines() for inn in drugs if re.search(rf"  (?:! )?{inn}\b", line)]
    assert sorted(named) == sorted(drugs)
    assert len(body.splitlines()) < 2 * len(drugs)
    cited = {int(number) for number in re.findall(r"\[(\d+)\]", body)}
    listed = {int(number) for number in re.findall(r"(?:^|  )(\d+) [a-z]", sources, re.MULTILINE)}
    assert cited == listed


def test_the_list_of_drugs_tells_each_in_few_words(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    _, out, _ = cli("list", "-f", "table", "--no-pager")
    _, rows, _ = cli("list")
    assert len(out.splitlines()) - 1 == len(rows.splitlines())
    assert re.search(r"^baclofen +GABA-B receptor agonists +M03BX01 +US, UK \+2$", out, re.MULTILINE)
    assert re.search(r"^chlormezanone .* none; withdrawn: US, France \+2$", out, re.MULTILINE)
