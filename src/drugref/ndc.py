"""National Drug Codes, by which the US tells products and packages apart: how one may be written, and what product it is of.

A code has a labeller, a product and, of a package, a third group of digits. FDA writes ten digits in three ways, 4-4-2, 5-3-2
and 5-4-1; on claims and in shops they are eleven, 5-4-2, with zeros put in and often without hyphens.
"""

import re

_PRODUCT = re.compile(r"\d{4,5}-\d{3,4}")
_WRITTEN = re.compile(r"(\d{4,5})-(\d{3,4})(?:-\d{1,2})?")
_SPLITS = {11: ((5, 9),), 10: ((4, 8), (5, 8), (5, 9))}
"""Where the labeller and the product end in a code without hyphens, by its digits."""


def is_product_code(text: str) -> bool:
    """Tell whether a text is the code of a product as FDA writes it: two groups of digits."""
    return _PRODUCT.fullmatch(text) is not None


def products_of(text: str) -> tuple[str, ...]:
    """Return how FDA may write the product that a code is of; nothing if a text is no such code.

    >>> products_of("0338-0503-41"), products_of("00338050341"), products_of("aspirin")
    (('0338-0503', '00338-0503', '0338-503', '00338-503'), ('00338-0503', '0338-0503', '00338-503', '0338-503'), ())
    """
    if written := _WRITTEN.fullmatch(text):
        pairs = [(written[1], written[2])]
    else:
        splits = _SPLITS.get(len(text), ()) if text.isascii() and text.isdecimal() else ()
        pairs = [(text[:first], text[first:last]) for first, last in splits]
    return tuple(
        dict.fromkeys(
            f"{labeller}-{product}" for pair in pairs for product in _forms(pair[1], 4) for labeller in _forms(pair[0], 5)
        )
    )


def _forms(digits: str, long: int) -> tuple[str, ...]:
    """Return digits as they stand, and with the zero before them put in or left off."""
    if len(digits) < long:
        return digits, f"0{digits}"
    return (digits, digits[1:]) if digits.startswith("0") else (digits,)
