"""Synthetic databases of any size, in canonical form: every drug, name, source and sentence in them is made up.

``python benchmarks/synthetic.py 10000 > drugs.toml`` writes one. The same seed gives the same drug under the same number,
however many drugs there are.
"""

import argparse
import random
import sys
from collections.abc import Iterable, Iterator
from itertools import product

_SYLLABLES = tuple(sorted("".join(pair) for pair in product("bcdfghjklmnprstvxz", "aeiou")))
_LENGTH = 4
"""Syllables of a name; all names have as many, so that they sort as their numbers do."""
MOST = len(_SYLLABLES) ** _LENGTH
"""Drugs that there are names for."""
_SHARED = 20
"""Sources that any drug may cite; each drug has one more of its own."""
_ORGANS = ("left elbow", "third ear", "wishbone", "funny bone", "shadow", "spare knee", "sixth sense", "tail", "halo", "antler")
_TROUBLES = ("humming", "glow", "drift", "echo", "tilt", "fizz", "wobble", "ringing", "itch", "fading", "bloom", "creak")
_PEOPLE = ("unicorns", "night owls", "sleepwalkers", "time travellers", "left-handed wizards", "giants")
_BANDS = ((10, "very-common"), (1, "common"), (0.1, "uncommon"), (0.01, "rare"))
_ORDER = ("very-common", "common", "uncommon", "rare", "very-rare", "not-known")


def name(number: int) -> str:
    """Return the invented INN of a drug by its number, from 0; a higher number sorts later."""
    syllables = []
    for _ in range(_LENGTH):
        number, digit = divmod(number, len(_SYLLABLES))
        syllables.append(_SYLLABLES[digit])
    return "".join(reversed(syllables)) + "fictine"


def brand(number: int) -> str:
    """Return the invented brand of a drug by its number; no other drug bears it."""
    return name(number).removesuffix("fictine").capitalize() + "zap"


def lines(count: int, seed: int = 0) -> Iterator[str]:
    """Yield the lines, each with its end, of a database of ``count`` drugs, one table at a time."""
    if not 0 < count <= MOST:
        raise ValueError(f"a number of drugs from 1 to {MOST}, not {count}")
    yield '#:schema ./drugs.schema.json\nschema = 2\n\n[database]\nname = "synthetic"\n'
    yield 'title = "Fictitious drugs for measurements"\nversion = "1"\nlicence = "CC0-1.0"\n'
    drugs = range(count)
    for number in drugs:
        yield _source(_own(number), f"Label of {name(number)}", "regulator")
    # Every shared source is cited by somebody: the first drug cites them all.
    for number in range(_SHARED):
        yield _source(f"review-{number:02}", f"Invented review {number} of things that do not exist", "review")
    for number in drugs:
        yield _drug(number, random.Random(f"{seed} {number}"))


def _own(number: int) -> str:
    return f"fx-{number:08}"


def _source(key: str, title: str, kind: str) -> str:
    return (
        f'\n[sources.{key}]\ntitle = "{title}"\nkind = "{kind}"\nlocator = "doi 10.0000/{key}"\n'
        'licence = "CC0-1.0"\nretrieved = 2026-11-22\n'
    )


def _drug(number: int, dice: random.Random) -> str:
    inn = name(number)
    own = _own(number)

    def cited() -> str:
        return f'sources = ["{own}"]' if dice.random() < 0.85 else f'sources = ["{own}", "review-{dice.randrange(_SHARED):02}"]'

    def words() -> str:
        return f"{dice.choice(_TROUBLES)} of the {dice.choice(_ORGANS)}"

    def detail() -> str:
        return f', detail = "in {dice.choice(_PEOPLE)} only"' if dice.random() < 0.3 else ""

    def array(key: str, entries: Iterable[str]) -> str:
        facts = [f"  {{ {entry}, {cited()} }},\n" for entry in entries]
        return f"{key} = [\n{''.join(facts)}]\n" if facts else ""

    everything = ", ".join(f'"review-{shared:02}"' for shared in range(_SHARED))
    mechanism = f'mechanism = [\n  {{ text = "Invented.", certainty = "unknown", sources = [{everything}] }},\n]\n'
    return "".join(
        (
            f'\n[drugs.{inn}]\ninn = "{inn}"\n',
            array("names", [f'name = "{brand(number)}", kind = "brand"']),
            f'class = {{ path = ["{dice.choice(_ORGANS)} agents"], sources = ["{own}"] }}\n',
            array("status", ['status = "approved", where = "Utopia"']),
            f'summary = {{ text = "Invented, for {words()}.", sources = ["{own}"] }}\n',
            array("mechanism", [f'text = "Undoes {words()}.", certainty = "uncertain"']) if number else mechanism,
            array("uses", [f'condition = "{words()}", kind = "approved"{detail()}']),
            array("side_effects", _effects(dice)),
            array("contraindications", [f'item = "allergy to {inn}", type = "allergy"']),
            array("cautions", [f'item = "{dice.choice(_PEOPLE)}", type = "population"']),
            "reviewed = 2026-11-22\n",
        )
    )  # fmt: skip


def _effects(dice: random.Random) -> list[str]:
    """Return side effects in canonical order: by band, serious ones first, then by falling figures."""
    found = []
    for effect in dice.sample([f"{trouble} of the {organ}" for trouble in _TROUBLES for organ in _ORGANS], dice.randint(2, 3)):
        serious = dice.random() < 0.15
        mark = ", serious = true" if serious else ""
        if dice.random() < 0.6:
            figure = dice.choice((24, 13.5, 6, 2.5, 1.2, 0.4, 0.05))
            band = next(band for lower, band in _BANDS if figure >= lower)
            text = f'effect = "{effect}", incidence = "{figure} %"{mark}'
        else:
            figure, band = 0.0, dice.choice(("common", "uncommon", "rare", "not-known"))
            text = f'effect = "{effect}", band = "{band}", basis = "wording", wording = "reported"{mark}'
        found.append((_ORDER.index(band), not serious, -figure, text))
    found.sort(key=lambda entry: entry[:3])
    return [text for *_, text in found]


def main() -> None:
    """Write a database to standard output."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("count", type=int, help="number of drugs")
    parser.add_argument("--seed", type=int, default=0)
    arguments = parser.parse_args()
    sys.stdout.reconfigure(encoding="utf-8", newline="\n")  # type: ignore[union-attr]
    sys.stdout.writelines(lines(arguments.count, arguments.seed))


if __name__ == "__main__":
    main()
