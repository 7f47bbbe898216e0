"""Drugs of a class by everyday words, groups and abbreviations, at the boundaries of words."""

import pytest

from drugref.class_search import ClassSearch
from tests.conftest import Cli


class TestClasses:
    @pytest.mark.parametrize(
        ("text", "inside", "outside"),
        [
            ("ARB", "losartan", "carisoprodol"), ("SSRI", "sertraline", "tramadol"), ("NSAIDs", "ibuprofen", "paracetamol"),
            ("PPI", "omeprazole", "losartan"), ("beta-blockers", "metoprolol", "salbutamol"), ("antibiotics", "amoxicillin", "warfarin"),
            ("statin", "simvastatin", "losartan"), ("opioid", "tramadol", "paracetamol"), ("ACE inhibitor", "lisinopril", "losartan"),
            ("muscle relaxants", "baclofen", "warfarin"), ("benzodiazepines", "diazepam", "baclofen"),
            ("centrally acting muscle relaxants", "tizanidine", "dantrolene"),
        ],
    )  # fmt: skip
    def test_words_of_classes_and_groups(self, cli: Cli, text: str, inside: str, outside: str) -> None:
        _, out, err = cli("list", "--class", text)
        found = {line.split("\t")[0] for line in out.splitlines()}
        recorded = {line.split("\t")[0] for line in cli("list")[1].splitlines()}
        assert inside in found or inside not in recorded
        assert outside not in found
        assert "looked for" in err

    def test_nothing_found_says_so(self, cli: Cli) -> None:
        code, out, err = cli("list", "--class", "arbs of nowhere")
        assert (code, out) == (4, "")
        assert "no drug recorded of this class" in err

    def test_part_of_a_word_is_no_class(self) -> None:
        assert not ClassSearch("arb").finds("carisoprodol", ["carbamates"])
        assert not ClassSearch("opioid").finds("nosuch", ["non-opioid analgesics"])


def test_the_tree_of_classes_names_its_drugs(cli: Cli) -> None:
    lines = [line.split("\t") for line in cli("classes")[1].splitlines()]
    assert [line[3] for line in lines if line[0] == "propionic acid derivatives"] == ["ibuprofen; naproxen"]
    assert all(len(line[3].split("; ")) <= int(line[1]) for line in lines if line[3])
    page = cli("classes", "--drugs", "-f", "table")[1]
    assert "ibuprofen, naproxen" in page
    assert "ibuprofen" not in cli("classes", "-f", "table")[1]
