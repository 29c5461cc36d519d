"""Numbers of patients that must not be written down here (UU 27/2022: health data).

A medical record has 6 to 8 figures, often in pairs (00-12-34), a national identity number
(NIK) 16 and a number of the health insurance (BPJS) 13. This only points them out: a house
number may look the same.
"""

from __future__ import annotations

import re
from enum import StrEnum

_INSIDE = re.compile(r"(?<=\d)[-. ](?=\d)")
_RUN = re.compile(r"(?<!\d)\d+(?!\d)")
_DATE = re.compile(r"(?<!\d)\d{1,2}[-/.]\d{1,2}[-/.](?:19|20)\d{2}(?!\d)")
_PHONE = re.compile(r"(?:\+62[ -]?|(?<!\d)0)8(?:[ .-]?\d){7,11}(?!\d)")


class Sensitive(StrEnum):
    """What a number looks like."""

    RECORD = "record"
    NIK = "nik"
    BPJS = "bpjs"


def found_in(text: str) -> Sensitive | None:
    """What number of a patient `text` seems to hold; dates and telephone numbers are none."""
    plain = _INSIDE.sub("", _PHONE.sub(" ", _DATE.sub(" ", text)))
    lengths = {len(run) for run in _RUN.findall(plain)}
    if 16 in lengths:
        return Sensitive.NIK
    if 13 in lengths:
        return Sensitive.BPJS
    return Sensitive.RECORD if lengths & {6, 7, 8} else None
