"""What a person did for a work: the word of 100/700 $e and the MARC relator code of $4.

Codes: loc.gov/marc/relators. The words are data of the catalogue, in its language.
"""

from __future__ import annotations

from database.description.marc import Field

ROLES = {
    "pengarang": "aut",
    "penyunting": "edt",
    "penerjemah": "trl",
    "ilustrator": "ill",
    "pembimbing": "ths",
    "penguji": "opn",
    "penyusun": "com",
    "kontributor": "ctb",
    "pengantar": "aui",
    "narator": "nrt",
    "sutradara": "drt",
}
_WORDS = {code: word for word, code in ROLES.items()}


def role_of(one: Field) -> str:
    """The role in words: $e as it stands, else what $4 stands for."""
    said = [" ".join(text.split()).rstrip(" ,.;") for text in one.all("e")]
    if said:
        return ", ".join(text for text in said if text)
    codes = [code.strip().rpartition("/")[2].lower() for code in one.all("4")]
    return ", ".join(_WORDS[code] for code in codes if code in _WORDS)


def write_role(one: Field, role: str) -> None:
    """Write another role: $e in words, $4 where there is a code for it."""
    kept = [(code, text) for code, text in one.subfields if code not in "e4"]
    if role:
        last, text = kept[-1]
        kept[-1] = (last, text.rstrip(" ,") + ",")
        kept += [("e", part.strip()) for part in role.split(",") if part.strip()]
        kept += [("4", ROLES[part.strip()]) for part in role.split(",") if part.strip() in ROLES]
    else:
        last, text = kept[-1]
        kept[-1] = (last, text.rstrip(" ,"))
    one.subfields = kept
