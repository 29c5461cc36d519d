"""The heading a field uses: of which kind, by which name, and in which role."""

from __future__ import annotations

from typing import NamedTuple

from database.description.marc import Field
from database.text.words import key, printable

_TRAILING = " /:;,=\t\n"
_ROLES = {"1": "main", "7": "added", "6": "subject", "8": "series"}
_NAME_TAGS = {"00": "person", "10": "body", "11": "meeting"}
_SCHEMES = {"0": "lcsh", "2": "mesh", "4": "", "5": "", "6": ""}
LONGEST = 500
"""Signs of a title, a name, a publisher that are listed; the record keeps all, and the index
of words knows them."""
_SCHEME = 40
TITLE_HEADINGS = frozenset({"130", "730", "830"})
"""Tags whose heading is a title, whichever indicators they bear."""


class HeadingUse(NamedTuple):
    """A heading as the record uses it; `key` is its folded name."""

    kind: str
    scheme: str
    name: str
    key: str
    role: str


def clean(text: str) -> str:
    """Without the ISBD punctuation that closes a subfield, and without control signs."""
    return " ".join(text.split()).rstrip(_TRAILING)


def heading_of(one: Field) -> HeadingUse | None:
    """The heading a field uses, or None."""
    tag = one.tag
    if one.value is not None:
        return None
    role = _ROLES.get(tag[:1])
    kind = "title" if tag in TITLE_HEADINGS else _NAME_TAGS.get(tag[1:])
    if role is None or (kind is None and role != "subject"):
        return None
    name = clean(" ".join(one.all(name_codes(one))))
    if role == "subject":
        name = " -- ".join([name, *(clean(part) for part in one.all("vxyz"))])
    name = name.rstrip(".") if len(name) > 3 and name[-3:-2] != " " else name
    name = printable(name[:LONGEST])
    folded = key(name)
    if not folded:
        return None
    scheme = _scheme(one) if role == "subject" else ""
    return HeadingUse(kind or "subject", scheme, name, folded, role)


def name_codes(one: Field) -> str:
    """The subfields that make the name of a heading in this field, subdivisions apart."""
    if one.tag in TITLE_HEADINGS:
        return "anp"
    kind = _NAME_TAGS.get(one.tag[1:])
    if one.tag[:1] == "6" and not kind:
        return "ab"
    return "abcdqn" if kind in {"person", None} else "abcdn"


def _scheme(one: Field) -> str:
    if one.tag == "653":
        return "free"
    mark = one.indicators[1:2]
    return printable(one.get("2").lower()[:_SCHEME]) if mark == "7" else _SCHEMES.get(mark, "")
