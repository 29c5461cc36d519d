"""OAI-PMH 2.0 (openarchives.org/OAI/openarchivesprotocol.html): the catalogue for whoever keeps a
copy of it, such as Indonesia OneSearch.

Written here because no kept library fits: `oaipmh` (4.0) resumes by counting rows of a list that
changes meanwhile, takes its own tokens unchecked (a broken one is an error of the server, not the
protocol's badResumptionToken) and answers a verb of its own; `oai-repo` (0.5) fills each record
into a template by XPath and takes four libraries along. Both need lxml; the program does not.

Records are never deleted here, only struck, so deletions are told for ever ("persistent"). A token
holds what was asked and the last number handed out: it stays valid whatever is added or struck.
"""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from database.exchange import found as formats
from database.exchange.xml_stream import Xml, joined, tagged
from database.library import Session
from database.policy import house
from database.public import harvest
from database.public.harvest import Row, Wanted
from desktop.words.codes import MATERIALS
from desktop.words.language import _

PAGE = 100
_PREFIXES = {
    "oai_dc": (
        "dc",
        "http://www.openarchives.org/OAI/2.0/oai_dc/",
        "http://www.openarchives.org/OAI/2.0/oai_dc.xsd",
    ),
    "marcxml": (
        "marcxml",
        "http://www.loc.gov/MARC21/slim",
        "http://www.loc.gov/standards/marcxml/schema/MARC21slim.xsd",
    ),
    "mods": (
        "mods",
        "http://www.loc.gov/mods/v3",
        "http://www.loc.gov/standards/mods/v3/mods-3-7.xsd",
    ),
}
"""Form of the table of formats, namespace and schema of each metadataPrefix."""
_DAY, _SECOND = re.compile(r"\d{4}-\d\d-\d\d"), re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
_ARGUMENTS: dict[str, tuple[set[str], set[str]]] = {
    "Identify": (set(), set()),
    "ListMetadataFormats": (set(), {"identifier"}),
    "ListSets": (set(), {"resumptionToken"}),
    "GetRecord": ({"identifier", "metadataPrefix"}, set()),
    "ListIdentifiers": ({"metadataPrefix"}, {"from", "until", "set"}),
    "ListRecords": ({"metadataPrefix"}, {"from", "until", "set"}),
}
"""What each verb needs, and what it may be given besides."""


class ProtocolError(Exception):
    """One of the protocol's own errors: its code and what is said."""

    def __init__(self, code: str, told: str) -> None:
        super().__init__(told)
        self.code = code


@dataclass(frozen=True, slots=True)
class Asked:
    """A request: its arguments, what the repository is called from outside, and now."""

    arguments: Mapping[str, list[str]]
    address: str
    host: str
    now: datetime


def answer(session: Session, asked: Asked) -> str:
    """The whole response."""
    given: dict[str, str] = {}
    try:
        verb, given = _checked(asked.arguments)
        body = f"<{verb}>{_VERBS[verb](session, asked, given)}</{verb}>"
        told = {"verb": verb, **given}
    except ProtocolError as error:
        body = tagged("error", str(error), code=error.code)
        told = {} if error.code in {"badVerb", "badArgument"} else {"verb": verb, **given}
    request = tagged("request", asked.address, **told)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"'
        ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
        ' xsi:schemaLocation="http://www.openarchives.org/OAI/2.0/'
        ' http://www.openarchives.org/OAI/2.0/OAI-PMH.xsd">'
        f"<responseDate>{_stamp(asked.now)}</responseDate>{request}{body}</OAI-PMH>\n"
    )


def _checked(arguments: Mapping[str, list[str]]) -> tuple[str, dict[str, str]]:
    verbs = arguments.get("verb", [])
    if len(verbs) != 1 or verbs[0] not in _ARGUMENTS:
        raise ProtocolError("badVerb", "no such verb, none, or more than one")
    verb = verbs[0]
    given = {name: values[0] for name, values in arguments.items() if name != "verb"}
    needed, allowed = _ARGUMENTS[verb]
    if any(len(values) != 1 for values in arguments.values()):
        raise ProtocolError("badArgument", "an argument is given more than once")
    if verb.startswith("List") and set(given) == {"resumptionToken"}:
        return verb, given
    if missing := needed - set(given):
        raise ProtocolError("badArgument", f"missing: {', '.join(sorted(missing))}")
    if unknown := set(given) - needed - allowed - {"resumptionToken"}:
        raise ProtocolError("badArgument", f"not of this verb: {', '.join(sorted(unknown))[:200]}")
    if "resumptionToken" in given:
        raise ProtocolError("badArgument", "resumptionToken stands alone")
    return verb, given


# --- the verbs


def _identify(session: Session, asked: Asked, _given: Mapping[str, str]) -> str:
    profile = house.profile(session)
    since = harvest.earliest(session) or asked.now
    mail = profile.email or f"perpustakaan@{asked.host}"
    return joined(
        tagged("repositoryName", profile.name),
        tagged("baseURL", asked.address),
        tagged("protocolVersion", "2.0"),
        tagged("adminEmail", mail),
        tagged("earliestDatestamp", _stamp(since)),
        tagged("deletedRecord", "persistent"),
        tagged("granularity", "YYYY-MM-DDThh:mm:ssZ"),
    )


def _list_formats(session: Session, asked: Asked, given: Mapping[str, str]) -> str:
    if "identifier" in given:
        _row_of(session, asked, given["identifier"])
    return joined(
        *(
            tagged(
                "metadataFormat",
                joined(
                    tagged("metadataPrefix", prefix),
                    tagged("schema", schema),
                    tagged("metadataNamespace", namespace),
                ),
            )
            for prefix, (_form, namespace, schema) in _PREFIXES.items()
        )
    )


def _list_sets(session: Session, _asked: Asked, given: Mapping[str, str]) -> str:
    if "resumptionToken" in given:
        raise ProtocolError("badResumptionToken", "all sets are given at once")
    return joined(
        *(
            tagged(
                "set",
                joined(tagged("setSpec", kind), tagged("setName", _(MATERIALS.get(kind, kind)))),
            )
            for kind in harvest.materials(session)
        )
    )


def _get_record(session: Session, asked: Asked, given: Mapping[str, str]) -> str:
    row = _row_of(session, asked, given["identifier"])
    return _record(asked, row, _prefix(given["metadataPrefix"]))


def _list_records(session: Session, asked: Asked, given: Mapping[str, str]) -> str:
    return _listed(session, asked, given, _record)


def _list_identifiers(session: Session, asked: Asked, given: Mapping[str, str]) -> str:
    return _listed(session, asked, given, lambda asked, row, _prefix: _header(asked, row))


_VERBS: dict[str, Callable[[Session, Asked, Mapping[str, str]], str]] = {
    "Identify": _identify,
    "ListMetadataFormats": _list_formats,
    "ListSets": _list_sets,
    "GetRecord": _get_record,
    "ListIdentifiers": _list_identifiers,
    "ListRecords": _list_records,
}


# --- lists, and how they go on


def _listed(
    session: Session,
    asked: Asked,
    given: Mapping[str, str],
    shown: Callable[[Asked, Row, str], str],
) -> str:
    after, handed, total = 0, 0, 0
    if "resumptionToken" in given:
        given, after, handed, total = _resumed(given["resumptionToken"])
    prefix, wanted = _prefix(given["metadataPrefix"]), _wanted(session, given)
    rows = harvest.page(session, wanted, after, PAGE + 1)
    if not rows and not after:
        raise ProtocolError("noRecordsMatch", "there are none of these")
    more, rows = len(rows) > PAGE, rows[:PAGE]
    told = "".join(shown(asked, row, prefix) for row in rows)
    if not more and not after:
        return told
    total = total or harvest.count(session, wanted)
    numbers = {"completeListSize": str(total), "cursor": str(handed)}
    token = _token(given, rows[-1].id, handed + len(rows), total) if more else ""
    return told + _resumption(token, numbers)


def _resumption(token: str, numbers: Mapping[str, str]) -> str:
    """The last part of a list bears an empty token, which `tagged` would leave out."""
    told = " ".join(f'{name}="{value}"' for name, value in numbers.items())
    return f"<resumptionToken {told}>{token}</resumptionToken>"


def _token(given: Mapping[str, str], last: int, handed: int, total: int) -> str:
    plain = json.dumps([dict(given), last, handed, total], separators=(",", ":"))
    return base64.urlsafe_b64encode(plain.encode()).decode().rstrip("=")


def _resumed(token: str) -> tuple[Mapping[str, str], int, int, int]:
    wrong = ProtocolError("badResumptionToken", "not a token of ours")
    try:
        plain = base64.urlsafe_b64decode(token + "=" * (-len(token) % 4))
        given, last, handed, total = json.loads(plain)
    except (ValueError, TypeError) as error:
        raise wrong from error
    sound = isinstance(given, dict) and all(
        isinstance(one, str) and isinstance(name, str) for name, one in given.items()
    )
    counts = all(type(one) is int and 0 <= one < 1 << 40 for one in (last, handed, total))
    names = {"metadataPrefix", "from", "until", "set"}
    if not (sound and counts and last and "metadataPrefix" in given and set(given) <= names):
        raise wrong
    try:
        _prefix(given["metadataPrefix"])
        _span(given)
    except ProtocolError as error:
        raise wrong from error
    return given, last, handed, total


def _wanted(session: Session, given: Mapping[str, str]) -> Wanted:
    since, until = _span(given)
    kind = given.get("set", "")
    if kind and kind not in harvest.materials(session):
        raise ProtocolError("noRecordsMatch", "there is no such set")
    return Wanted(since, until, kind)


def _span(given: Mapping[str, str]) -> tuple[datetime | None, datetime | None]:
    first, last = given.get("from"), given.get("until")
    if first and last and len(first) != len(last):
        raise ProtocolError("badArgument", "from and until are of two granularities")
    since, until = _moment(first), _moment(last)
    if until is not None and last is not None:
        # To the end of the day or second that is named.
        until += timedelta(days=1) if len(last) == len("2026-01-01") else timedelta(seconds=1)
        until -= timedelta(microseconds=1)
    if since and until and since > until:
        raise ProtocolError("badArgument", "from is later than until")
    return since, until


def _moment(text: str | None) -> datetime | None:
    if text is None:
        return None
    try:
        if _DAY.fullmatch(text):
            return datetime.strptime(text, "%Y-%m-%d").replace(tzinfo=UTC)
        if _SECOND.fullmatch(text):
            return datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
    except ValueError:
        pass
    raise ProtocolError("badArgument", "a moment is written 2026-01-31 or 2026-01-31T09:00:00Z")


def _prefix(text: str) -> str:
    if text not in _PREFIXES:
        raise ProtocolError("cannotDisseminateFormat", "oai_dc, marcxml or mods")
    return text


# --- one record


def _identifier(asked: Asked, number: int) -> str:
    return f"oai:{asked.host}:{number}"


def _row_of(session: Session, asked: Asked, identifier: str) -> Row:
    start = _identifier(asked, 0)[:-1]
    number = identifier.removeprefix(start) if identifier.startswith(start) else ""
    known = number.isascii() and number.isdigit() and len(number) < 12
    row = harvest.one(session, int(number)) if known else None
    if row is None:
        raise ProtocolError("idDoesNotExist", "there is no such record")
    return row


def _header(asked: Asked, row: Row) -> str:
    status = {"status": "deleted"} if row.struck else {}
    inside = joined(
        tagged("identifier", _identifier(asked, row.id)),
        tagged("datestamp", _stamp(row.stamp)),
        tagged("setSpec", row.material),
    )
    return tagged("header", inside, **status)


def _record(asked: Asked, row: Row, prefix: str) -> str:
    if row.struck:
        return tagged("record", Xml(_header(asked, row)))
    form, namespace, _schema = _PREFIXES[prefix]
    data = formats.forms()[form][2].encode(row.record).decode().strip()
    # Our writers leave the namespace to the list they stand in.
    name = re.match(r"<([\w:]+)", data)
    assert name is not None
    space = _SPACES.get(prefix) or f'xmlns="{namespace}"'
    at = name.end()
    inside = f"{_header(asked, row)}<metadata>{data[:at]} {space}{data[at:]}</metadata>"
    return tagged("record", Xml(inside))


_SPACES = {
    "oai_dc": (
        'xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/"'
        ' xsi:schemaLocation="http://www.openarchives.org/OAI/2.0/oai_dc/'
        ' http://www.openarchives.org/OAI/2.0/oai_dc.xsd"'
    )
}


def _stamp(moment: Any) -> str:
    return str(moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"))
