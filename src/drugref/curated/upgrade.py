"""Files of the form before this one, converted as far as a machine can."""

from typing import Any

from drugref.model import SCHEMA

BEFORE = SCHEMA - 1
"""The form that is converted."""


def upgraded(data: dict[str, Any]) -> dict[str, Any]:
    """Return a parsed file in today's form; one that is in it already as it is.

    The band of an effect with a figure follows from the figure and is left out. Who was counted was told in ``population``,
    which now limits a claim: it becomes ``counted``, and a curator moves what is a limit.
    """
    if data.get("schema") != BEFORE:
        return data
    if "terms" in data:
        return {**data, "schema": SCHEMA}
    drugs = data.get("drugs")
    held = {key: _drug(drug) for key, drug in drugs.items()} if isinstance(drugs, dict) else drugs
    return {**data, "schema": SCHEMA, "drugs": held}


def _drug(drug: Any) -> Any:
    if not isinstance(drug, dict) or not isinstance(drug.get("side_effects"), list):
        return drug
    return {**drug, "side_effects": [_effect(effect) for effect in drug["side_effects"]]}


def _effect(effect: Any) -> Any:
    if not isinstance(effect, dict):
        return effect
    gone = {"band", "basis"} if "incidence" in effect else set()
    return {("counted" if key == "population" else key): value for key, value in effect.items() if key not in gone}
