"""The parts of a record in the order of the page, said once: where their facts stand, what they are of, how they are told.

Every output follows this order: the page, ``show`` as lines, export, search. ``facts`` walks a record by it, and refuses a
model that has a sourced attribute for which there is no place here. No import: a look-up loads it.
"""


class Part:
    """Facts of one attribute of a record. Neighbours of one name are one part, such as a mechanism's text and targets."""

    __slots__ = ("attribute", "detail", "exported", "fixed", "held", "item", "kind", "kinds", "name", "table", "title")

    def __init__(
        self,
        name: str,
        attribute: str,
        item: str,
        *,
        kind: str = "",
        fixed: str = "",
        detail: "tuple[str, ...]" = ("detail",),
        title: str = "",
        kinds: "tuple[str, ...]" = (),
        held: bool = False,
        exported: str = "",
        table: str = "",
    ) -> None:
        self.name = name
        """What the column ``part`` calls it."""
        self.attribute = attribute
        """Attribute of ``model.Drug`` that holds its facts; "" for a part that holds a label's text and nothing else."""
        self.item = item
        """Attribute of a fact that says what it is of: the effect, the condition, the text."""
        self.kind = kind
        """Attribute of a fact by which facts are told apart; "" if ``fixed`` says it for all."""
        self.fixed = fixed
        """What all facts of the attribute are, where several attributes share a part or a command."""
        self.detail = detail
        """Attributes that limit or explain the fact, those that there are."""
        self.title = title or name.replace("-", " ").capitalize()
        """Heading on the page."""
        self.kinds = kinds
        """Kinds that stand here, where an attribute's facts stand in two places; none for all."""
        self.held = held
        """Whether a record without a fact in it says so."""
        self.exported = exported or item
        """Attribute that exports give as the item."""
        self.table = table
        """Command that shows its facts as a table of its own; "" for none."""


PARTS: "tuple[Part, ...]" = (
    Part("class", "drug_class", "path", detail=()),
    Part("summary", "summary", "text", detail=()),
    Part("note", "notes", "text", kind="kind", detail=(), kinds=("boxed-warning",), title="Boxed warning"),
    Part(
        "contraindications",
        "contraindications",
        "item",
        kind="type",
        fixed="contraindication",
        held=True,
        table="contraindications",
    ),
    Part("cautions", "cautions", "item", kind="type", fixed="caution", held=True, table="contraindications"),
    Part("self-care", "self_care", "item", kind="type", fixed="self-care", table="contraindications"),
    Part("pregnancy", "", ""),
    Part("uses", "uses", "condition", kind="kind", held=True, table="uses"),
    Part("mechanism", "mechanism", "text", fixed="text", detail=("certainty",), held=True, table="mechanism"),
    Part("mechanism", "targets", "target", fixed="target", detail=("action", "detail"), table="mechanism"),
    Part("side-effects", "side_effects", "effect", kind="band", held=True, table="side-effects"),
    Part("interactions", "", ""),
    Part(
        "pharmacokinetics",
        "pharmacokinetics",
        "said",
        kind="parameter",
        detail=("population", "detail"),
        held=True,
        table="pharmacokinetics",
    ),
    Part("dosage", "", ""),
    Part("overdose", "", ""),
    Part("name", "names", "name", kind="kind", detail=("where",)),
    Part("atc", "atc", "code", detail=(), title="ATC"),
    Part("identifier", "identifiers", "value", kind="scheme", detail=()),
    Part("status", "status", "where", kind="status", detail=("supply", "detail"), exported="status"),
    Part("product", "product", "kind", kind="", detail=("labels", "ingredients", "routes")),
    Part("note", "notes", "text", kind="kind", detail=(), kinds=("conflict", "sourcing", "note")),
)
"""The parts in order. Before them stands the INN; after them related drugs, sources, the day of review, the database."""

HELD_PARTS: "tuple[str, ...]" = tuple(part.name for part in PARTS if part.held)
"""Parts of which a record says it if it holds nothing."""

PASSAGES: "tuple[str, ...]" = (
    "name", "class", "summary", "mechanism", "uses", "side-effects", "contraindications", "cautions", "note", "text",
    "pharmacokinetics", "self-care",
)  # fmt: skip
"""Parts that full-text search tells apart; the index is the number of the part in a passage's row."""

_ORDERS = 1 << 16


def passage_row(drug: int, passage: str, order: int) -> int:
    """Return the row of a passage in the full-text table: which drug, which of ``PASSAGES``, which place in its part."""
    return (drug * len(PASSAGES) + PASSAGES.index(passage)) * _ORDERS + order


def passage_of(row: int) -> "tuple[int, str, int]":
    """Return what ``passage_row`` made a row of."""
    rest, order = divmod(row, _ORDERS)
    drug, passage = divmod(rest, len(PASSAGES))
    return drug, PASSAGES[passage], order


NOTHING = "nothing recorded; this is not evidence of safety"
"""What stands where a part of a drug holds no fact."""

NOTHING_KIND = "none-recorded"
"""Kind (or band) of the one row that a part without facts has."""

NOT_RECORDED = "not recorded"
"""What a comparison says of a drug that lacks an item others have; silence is not absence."""

LABEL_TEXT = "label-text"
"""Kind (or band; or type, of a contraindication or caution) of a row that holds a label's text, which nobody sorted."""
