"""Mistakes that change nothing anybody could see, by module, kind and line, each with why."""

from __future__ import annotations

_TOGETHER = "the three come from one loan: all of them are there or none"
_LONGEST = "what is left of the others is the longest there is, or the day was lifted before"
_ONCE = "a line of the journal is taken back once, and its loan stands returned until then"
_ALIKE = "a class has three figures before its point: each has one nought more"
_NEVER = "a default that every caller gives"
_EVEN = "both lists have one value for each period that is compared"
_LATE_ALONE = "told of what came back late, which says it itself"
_WEEK = "a library has an open day each week: so many weeks hold so many open days"
_PIECES = "how much is done between two looks at the clock, and from where on it is said to be long"
_WHOLE = "of a title that skips nothing the rest is the whole"
_PADDED = "every class is padded alike, and none has so many figures"
_NO_SIGN = "what is looked for has no sign that would be escaped"
_SQUARE = "every row of a QR code is as long as the first"
_AGAIN = "what is struck of the titles found is asked for once more by its batch"
_BEFORE_ALL = "no library has anything so old"
_HUNDREDTH = "a hundredth of a point, for sums of fractions that should be even"
_LINED = "what was struck since has a line of its own, which refuses"
_TWO = "a field has two indicators, a class one blank at most, a QR code more than two rows"
_LAST_DAY = "begun on its last day a library was there for no tenth of a period"
_ALIKE_COUNTED = "every part of what is compared is twice as much"
_THERE = "asked only for whether it is there"
_OWN = "the act itself is left out by the next condition"

EQUIVALENT: dict[tuple[str, str, int], str] = {
    ("database/circulation/lending.py", "and / or", 222): _TOGETHER,
    ("database/circulation/sanctions.py", "condition 2 left out", 223): _LONGEST,
    ("database/circulation/sanctions.py", "0 as 1", 60): _NEVER,
    ("database/circulation/loan_undo.py", "condition 2 left out", 38): _ONCE,
    ("database/reports/statistics.py", "True as False", 97): _EVEN,
    ("database/circulation/lending.py", "False as True", 45): _LATE_ALONE,
    ("database/policy/loan_rules.py", "7 as 8", 259): _WEEK,
    ("database/imports/undo.py", "500 as 501", 21): _PIECES,
    ("database/imports/undo.py", "0 as 1", 29): _PIECES,
    ("database/description/projection.py", "the condition turned", 159): _WHOLE,
    ("database/description/shelf_order.py", "5 as 6", 65): _PADDED,
    ("database/imports/undo.py", "condition 1 left out", 47): _AGAIN,
    ("database/reports/acts.py", "Gt as GtE", 239): _OWN,
    ("database/reports/acts.py", "True as False", 145): _NO_SIGN,
    ("desktop/pages/drawing/bars.py", "0 as 1", 83): _SQUARE,
    ("database/description/shelf_order.py", "3 as 4", 68): _ALIKE,
    ("database/privacy/forgetting.py", "2000 as 2001", 62): _BEFORE_ALL,
    ("database/privacy/forgetting.py", "1 as 2", 62): _BEFORE_ALL,
    ("desktop/pages/labels/layout.py", "LtE as Lt", 139): _HUNDREDTH,
    ("desktop/pages/labels/layout.py", "Add the other way", 139): _HUNDREDTH,
    ("database/undo.py", "Gt as GtE", 201): _PIECES,
    ("database/reports/tables/membership.py", "1 as 2", 75): _THERE,
    ("database/reports/tables/collection.py", "1 as 2", 111): _ALIKE_COUNTED,
    ("desktop/pages/labels/layout.py", "LtE as Lt", 106): _HUNDREDTH,
    ("desktop/pages/labels/layout.py", "Gt as GtE", 152): _HUNDREDTH,
    ("desktop/pages/labels/layout.py", "Gt as GtE", 295): _HUNDREDTH,
    ("desktop/pages/labels/layout.py", "Add the other way", 295): _HUNDREDTH,
    ("database/imports/undo.py", "condition 2 left out", 47): _LINED,
    ("database/description/projection.py", "2 as 3", 87): _TWO,
    ("database/description/shelf_order.py", "1 as 2", 66): _TWO,
    ("database/reports/statistics.py", "Gt as GtE", 106): _LAST_DAY,
    ("desktop/pages/drawing/bars.py", "1 as 2", 49): _TWO,
}
