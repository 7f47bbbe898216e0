"""Foreign XML and HTML turned into elements: without DTDs, entities, files or network, and within bounds."""

import re

from lxml import etree

from drugref.importers.archive import LONGEST

DEPTH = 64
"""Elements in each other. Labels have some 20; what walks them may call itself once for each."""
NODES = 160_000
"""Most elements and attributes, each of up to 260 bytes with the text beside it, twice that where a table is copied. A label
of 300 kB has 6,000; with more than this a process takes 200 MB."""
NAMES = 1000
"""Different names of elements and attributes, which the parser keeps from one text to the next; labels have some 150."""
LONGEST_TABLE = 1 << 20
"""Bytes of a table that is given by itself; the longest in 300 labels has 76,000."""

Element = etree._Element
"""An element, as signatures elsewhere name it."""
_TOO_DEEP = etree.XPath(f"boolean({'/*' * (DEPTH + 1)})")
_BEYOND = "larger or deeper than any label"
_NAME = re.compile(rb"""<([^\s/>]++)|(?<![^\s"'])([^\s<>=/"']++)\s*+=""")
"""Where the name of an element or attribute stands; what may be one begins after a space, so that no text is read twice."""
_DECLARED = re.compile(rb"""^(?:<\?xml[^>]*?encoding\s*=\s*["']([^"'>]{0,40}))?""")
_READ = re.compile(rb"utf-?(8|16)|us-ascii|iso-8859-\d+|windows-125\d", re.IGNORECASE)
"""Encodings in which a sign that makes an element is the byte ``<``, so that elements can be counted before they are made."""
_EBCDIC = b"\x4c\x6f\xa7\x94"
"""How XML begins in an encoding in which it is not."""
_ENCODING = "not in the encoding that it declares"
_REASONS = {
    etree.ErrorTypes.ERR_RESOURCE_LIMIT: _BEYOND,
    etree.ErrorTypes.ERR_ENTITY_LOOP: _BEYOND,
    etree.ErrorTypes.ERR_INVALID_ENCODING: _ENCODING,
    etree.ErrorTypes.ERR_UNKNOWN_ENCODING: _ENCODING,
    etree.ErrorTypes.ERR_UNSUPPORTED_ENCODING: _ENCODING,
}


class MarkupError(ValueError):
    """Something that is no label's markup; the message is a short fixed reason."""


def parse_xml(data: bytes) -> Element:
    """Return the root of a document, without comments and processing instructions; raise MarkupError.

    A document with a DOCTYPE is refused: no label has one, and entities and external files come with it.
    """
    _hold_size(data)
    _hold_encoding(data)
    try:
        root = _strict(data)
    except etree.XMLSyntaxError as error:
        code = error.code  # type: ignore[attr-defined] # the stubs do not know it
        raise MarkupError(_REASONS.get(code, "not well-formed XML")) from None
    _hold_depth(root)
    return root


def parse_fragment(text: str) -> Element:
    """Return the one table that a piece of XML or HTML holds; raise MarkupError.

    What is not well-formed is read as browsers read HTML; names of its elements and attributes are in lower case then.
    """
    data = text.encode("utf-8", "replace")
    if len(data) > LONGEST_TABLE:
        raise MarkupError(_BEYOND)
    _hold_size(data)
    try:
        root = _strict(data)
    except etree.XMLSyntaxError:
        root = _mended(data)
    _hold_depth(root)
    tables = [table for table in root.iter("table") if next(table.iterancestors("table"), None) is None]
    if len(tables) != 1:
        raise MarkupError("not one table")
    return tables[0]


def _strict(data: bytes) -> Element:
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    root = etree.fromstring(data, parser)
    if root.getroottree().docinfo.internalDTD is not None:
        raise MarkupError("has a DOCTYPE")
    return root


def _mended(data: bytes) -> Element:
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError:
        root = None
    # This parser does not raise at a limit, it leaves out what lies beyond.
    if any(entry.type in _REASONS for entry in parser.error_log):
        raise MarkupError(_BEYOND)
    if root is None:
        raise MarkupError("not one table")
    return root


def _hold_size(data: bytes) -> None:
    if len(data) > LONGEST or data.count(b"<") - data.count(b"</") + data.count(b"=") > NODES:
        raise MarkupError(_BEYOND)
    if len(set(_NAME.findall(data.replace(b"\0", b"")))) > NAMES:  # in UTF-16 every other byte is nothing
        raise MarkupError(_BEYOND)


def _hold_encoding(data: bytes) -> None:
    if data.startswith(_EBCDIC):
        raise MarkupError(_ENCODING)
    head = data[:200].replace(b"\0", b"")
    declared = _DECLARED.match(head.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n"))
    if declared and declared[1] is not None and not _READ.fullmatch(declared[1]):
        raise MarkupError(_ENCODING)


def _hold_depth(root: Element) -> None:
    if _TOO_DEEP(root):
        raise MarkupError(_BEYOND)
