"""What the readers of tables and of prose find: figures, effects under a word for their frequency, and doubts."""

from typing import NamedTuple

from drugref.model import Incidence


class Figure(NamedTuple):
    """How often an effect was seen in one arm that was given the drug."""

    effect: str
    """The effect as the label names it, in lower case but for abbreviations and names."""
    incidence: Incidence
    """Share of that arm, in percent."""
    comparator: Incidence | None
    """Share of the comparison arm, in percent; None where the label gives none."""
    versus: str | None
    """Who was in the comparison arm; None for placebo, or where there is no comparator."""
    population: str | None
    """Dose, trial, indication, number of patients of the arm, in the label's words; None where it says nothing."""
    words: str
    """The few words or cells that the figure was read from."""
    rules: tuple[str, ...] = ()
    """Names of the rules that read it, from the form of the sentence or table to the order of its shares and arms."""


class Worded(NamedTuple):
    """An effect that a label puts under a word for its frequency, or among reports after marketing, without a figure."""

    effect: str
    """The effect as the label names it."""
    band: str
    """Code of the frequency band that the word stands for; ``not-known`` for reports after marketing."""
    words: str
    """The label's word or heading."""
    rules: tuple[str, ...] = ()
    """Names of the rules that read it."""


class Reading(NamedTuple):
    """What was read of a table or of a text."""

    figures: list[Figure]
    worded: list[Worded]
    doubts: list[str]
    """Why something that might be an incidence was left as text, once for each such place."""
