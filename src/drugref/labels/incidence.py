"""The incidence in one section of a label: its tables by their grid, its paragraphs and lists as prose."""

from collections.abc import Sequence

from drugref.incidence.figures import Reading
from drugref.incidence.named.flat import read_flat
from drugref.incidence.named.lists import is_measure
from drugref.incidence.named.reader import read_named
from drugref.incidence.prose.reader import read_prose
from drugref.incidence.tables.grid import GridError, grid_of
from drugref.incidence.tables.reader import read_table
from drugref.labels.label import Section, Table
from drugref.model import Incidence

EFFECTS, WARNINGS = "side-effects", "cautions"
"""Parts in which labels say how often an effect was seen: here in figures and words, there in figures alone, in passing."""


def read_sections(
    sections: Sequence[Section],
    drugs: Sequence[str],
    part: str = "",
    above: tuple[str, ...] = (),
    known: dict[str, Incidence] | None = None,
) -> Reading:
    """Return what sections, and those below them, say in their own blocks of how often effects were seen.

    ``drugs`` are the label's ingredients and brands in lower case, ``part`` and ``above`` the part and the headings around.
    What the label defines words for a frequency by, ``known``, binds the lists of the sections behind it as well.
    """
    known = {} if known is None else known
    readings: list[Reading] = []
    for section in sections:
        own = section.part or part
        if own == EFFECTS:
            readings.append(_read_blocks(section, drugs, above, known))
        elif own == WARNINGS and any(isinstance(block, Table) or "%" in block.text for block in section.blocks):
            readings.append(_read_blocks(section, drugs, above, known)._replace(worded=[]))
        headings = (*above, section.title) if section.title else above
        readings.append(read_sections(section.sections, drugs, own, headings, known))
    return _joined(readings)


def _joined(readings: Sequence[Reading]) -> Reading:
    figures, worded, doubts = ([entry for reading in readings for entry in reading[part]] for part in range(3))
    return Reading(figures, worded, doubts)  # type: ignore[arg-type]  # each list gathers its like


def _read_blocks(section: Section, drugs: Sequence[str], above: tuple[str, ...], known: dict[str, Incidence]) -> Reading:
    """Read a section's own blocks.

    Paragraphs and lists between two tables are read as one text, because what introduces a list holds for it; what stands
    right before a table often is its caption.
    """
    headings = " – ".join([*above, section.title])
    readings: list[Reading] = []
    running: list[str] = []

    def read_running() -> None:
        if running:
            text = "\n".join(running)
            readings.append(read_prose(text, drugs, headings, known))
            readings.append(Reading(read_flat(text), read_named(text), []))
            running.clear()

    for block in section.blocks:
        if not isinstance(block, Table):
            running.append(block.text)
            continue
        before = running[-1] if running else ""
        read_running()
        try:
            readings.append(read_table(grid_of(block.element), drugs, f"{headings} {before}"))
        except GridError as error:
            readings.append(Reading([], [], [str(error)]))
    read_running()
    return _directed(_joined(readings))


def _directed(reading: Reading) -> Reading:
    """Return a reading without what is only measured: 18 % with "ALT" do not say whether it rose; the text is kept."""
    figures = [figure for figure in reading.figures if not is_measure(figure.effect)]
    lost = len(reading.figures) - len(figures)
    worded = [entry for entry in reading.worded if not is_measure(entry.effect)]
    return Reading(figures, worded, [*reading.doubts, *["a measure without its direction"] * lost])
