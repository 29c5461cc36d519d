"""SRU 1.1 and 1.2 (loc.gov/standards/sru): other libraries search here and copy records.

Operations explain and searchRetrieve; records as MARCXML, MODS or Dublin Core. What cannot be
answered is told by the number of its diagnostic, in a response that is whole.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape

from database.catalogue import titles
from database.exchange import found as formats
from database.exchange.cql import CqlError, parse
from database.exchange.xml_stream import Xml, joined, tagged
from database.library import Session
from database.policy import house
from database.public import asked as public
from database.public.titles import shown

MOST, USUAL = 100, 10
"""Records of one answer: the most, and where nothing is said."""
_SPACE = "http://www.loc.gov/zing/srw/"
_SCHEMAS = {
    "marcxml": ("marcxml", "info:srw/schema/1/marcxml-v1.1", "http://www.loc.gov/MARC21/slim"),
    "mods": ("mods", "info:srw/schema/1/mods-v3.7", "http://www.loc.gov/mods/v3"),
    "dc": ("dc", "info:srw/schema/1/dc-v1.1", ""),
}
_DC_SPACES = (
    'xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/"'
)
_KNOWN = frozenset(
    {"operation", "version", "query", "startRecord", "maximumRecords", "recordSchema"}
    | {"recordPacking", "recordXPath", "resultSetTTL", "sortKeys", "stylesheet"}
)


def answer(session: Session, given: Mapping[str, str], host: str, port: int, path: str) -> str:
    """The whole response to a request."""
    version = given.get("version", "1.1")
    operation = given.get("operation", "searchRetrieve" if "query" in given else "explain")
    try:
        if version not in {"1.1", "1.2"}:
            version = "1.1"
            raise CqlError(5, "1.1, 1.2")
        if operation == "explain":
            return _whole("explain", version, _explained(session, host, port, path))
        if operation != "searchRetrieve":
            raise CqlError(4, operation)
        return _whole("searchRetrieve", version, _found(session, given))
    except CqlError as error:
        body = joined(_numbered("numberOfRecords", 0), _diagnostic(error))
        name = "explain" if operation == "explain" else "searchRetrieve"
        return _whole(name, version, body)


def _whole(name: str, version: str, body: str) -> str:
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<zs:{name}Response xmlns:zs="{_SPACE}"><zs:version>{version}</zs:version>'
        f"{body}</zs:{name}Response>\n"
    )


def _diagnostic(error: CqlError) -> Xml:
    inside = joined(
        tagged("diag:uri", f"info:srw/diagnostic/1/{error.number}"),
        tagged("diag:details", error.about[:200]),
    )
    space = {"xmlns:diag": f"{_SPACE}diagnostic/"}
    return tagged("zs:diagnostics", tagged("diag:diagnostic", inside, **space))


def _numbered(name: str, number: int) -> Xml:
    return tagged(f"zs:{name}", str(number))


# --- searchRetrieve


def _found(session: Session, given: Mapping[str, str]) -> Xml:
    if "query" not in given:
        raise CqlError(7, "query")
    if unknown := sorted(set(given) - _KNOWN - {one for one in given if one.startswith("x-")}):
        raise CqlError(8, unknown[0])
    if given.get("sortKeys"):
        raise CqlError(80)
    if given.get("recordXPath"):
        raise CqlError(72)
    schema = _schema(given.get("recordSchema", "marcxml"))
    packing = given.get("recordPacking", "xml")
    if packing not in {"xml", "string"}:
        raise CqlError(71, packing)
    start = _count(given, "startRecord", 1, least=1)
    length = min(_count(given, "maximumRecords", USUAL, least=0), MOST)
    ids = public.find(session, parse(given["query"]))
    if ids and start > len(ids):
        raise CqlError(61, str(start))
    part = ids[start - 1 : start - 1 + length]
    records = _records(session, part, schema, packing, start)
    last = start + len(part)
    more = _numbered("nextRecordPosition", last) if last <= len(ids) and part else Xml("")
    return joined(_numbered("numberOfRecords", len(ids)), records, more)


def _schema(text: str) -> str:
    """The short name of a schema, by that or by its identifier."""
    for name, (_form, identifier, space) in _SCHEMAS.items():
        if text in {name, identifier, space or name}:
            return name
    raise CqlError(66, text)


def _count(given: Mapping[str, str], name: str, usual: int, least: int) -> int:
    text = given.get(name, "")
    if not text:
        return usual
    if not (text.isascii() and text.isdigit() and len(text) < 9 and int(text) >= least):
        raise CqlError(6, name)
    return int(text)


def _records(session: Session, ids: Sequence[int], schema: str, packing: str, start: int) -> Xml:
    form, identifier, space = _SCHEMAS[schema]
    encode = formats.forms()[form][2].encode
    told = []
    for place, number in enumerate(ids, start):
        record = shown(titles.record_of(session, number)[0])
        data = encode(record).decode().strip()
        named = f'xmlns="{space}"' if space else _DC_SPACES
        first, _sign, rest = data.partition(">")
        data = f"{first} {named}>{rest}"
        packed = Xml(data) if packing == "xml" else Xml(escape(data))
        told.append(
            tagged(
                "zs:record",
                joined(
                    tagged("zs:recordSchema", identifier),
                    tagged("zs:recordPacking", packing),
                    tagged("zs:recordData", packed),
                    _numbered("recordPosition", place),
                ),
            )
        )
    return tagged("zs:records", joined(*told))


# --- explain


def _explained(session: Session, host: str, port: int, path: str) -> Xml:
    profile = house.profile(session)
    indexes = [
        tagged("index", joined(tagged("title", name), tagged("map", _name(name))))
        for name in public.INDEXES
    ]
    schemas = [
        Xml(f'<schema name="{name}" identifier="{identifier}"><title>{name}</title></schema>')
        for name, (_form, identifier, _space) in _SCHEMAS.items()
    ]
    server = joined(
        tagged("host", host), tagged("port", str(port)), tagged("database", path.strip("/"))
    )
    settings = joined(
        tagged("default", str(USUAL), type="numberOfRecords"),
        tagged("setting", str(MOST), type="maximumRecords"),
        tagged("default", "marcxml", type="retrieveSchema"),
    )
    inside = joined(
        tagged("serverInfo", server, protocol="SRU", version="1.2", transport="http"),
        tagged("databaseInfo", tagged("title", profile.name, lang="id", primary="true")),
        tagged("indexInfo", joined(*indexes)),
        tagged("schemaInfo", joined(*schemas)),
        tagged("configInfo", settings),
    )
    explain = tagged("explain", inside, xmlns="http://explain.z3950.org/dtd/2.0/")
    return tagged(
        "zs:record",
        joined(
            tagged("zs:recordSchema", "http://explain.z3950.org/dtd/2.0/"),
            tagged("zs:recordPacking", "xml"),
            tagged("zs:recordData", explain),
        ),
    )


def _name(index: str) -> Xml:
    first, _dot, name = index.rpartition(".")
    return tagged("name", name, set=first) if first else tagged("name", name)
