"""Makes the index of medicines, ``data/medicines.tsv``, its keys and ``data/groups.tsv``, from public lists.

``python -m tools.medicines FOLDER`` writes them. Instead of a folder, ``--keys`` makes the keys of the two others, and
``--check`` says what is wrong with those there are.
The lists lie in the folder as ``unii/unii_names.tsv.gz``, ``ndc/``, ``drugcentral/``, ``ema/``, ``medrt/`` and ``labels/``.
"""

import sys
from pathlib import Path

from tools import cited, form
from tools.assemble import build
from tools.groups import definitions, groups_of
from tools.keys import write_keys

DATA = Path(__file__).parent.parent / "data"


def texts(folder: Path) -> tuple[str, str]:
    """Return the texts of the two data files, made from the lists in a folder."""
    defined = definitions()
    medicines = build(folder, defined)
    groups = groups_of(defined, medicines)
    return form.write_medicines(medicines.values(), cited.lists()), form.write_groups(groups, cited.sources())


def main(arguments: list[str]) -> int:
    """Write the data files, or check them; the exit code is 1 if they are wrong."""
    files = (DATA / "medicines.tsv", DATA / "groups.tsv")
    keys = DATA / "medicines.keys"
    if arguments == ["--check"]:
        written = tuple(path.read_text(encoding="utf-8") for path in files)
    elif len(arguments) == 1 and not arguments[0].startswith("-"):
        written = texts(Path(arguments[0]))
        for path, text in zip(files, written, strict=True):
            path.write_text(text, encoding="utf-8")
    elif arguments == ["--keys"]:
        written = tuple(path.read_text(encoding="utf-8") for path in files)
    else:
        print(__doc__, file=sys.stderr)
        return 2
    if arguments != ["--check"]:
        keys.write_text(write_keys(*written), encoding="utf-8")
    problems = form.problems_of(*written)
    if keys.read_text(encoding="utf-8") != write_keys(*written):
        problems.append("medicines.keys is not what the other two files give; run: python -m tools.medicines --keys")
    for problem in problems:
        print(problem, file=sys.stderr)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
