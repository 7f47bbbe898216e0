"""The index of medicines comes out of the lists byte for byte; skipped where the lists are not at hand."""

import os
from pathlib import Path

import pytest

from tests.conftest import BUNDLED
from tools.medicines import texts

ROOT = Path(__file__).parent.parent
LISTS = Path(os.environ.get("DRUGREF_SHARED", ROOT.parent / "shared")) / "data"


@pytest.mark.once
@pytest.mark.skipif(not (LISTS / "unii").is_dir(), reason=f"no lists in {LISTS}")
def test_the_data_files_are_what_the_lists_give() -> None:
    medicines, groups = texts(LISTS)
    advice = "run: python -m tools.medicines ../shared/data"
    assert medicines == BUNDLED.with_name("medicines.tsv").read_text(encoding="utf-8"), advice
    assert groups == BUNDLED.with_name("groups.tsv").read_text(encoding="utf-8"), advice
