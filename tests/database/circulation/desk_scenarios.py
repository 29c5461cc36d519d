"""Scenarios of several acts of the desk, as data: what is set up, done, and what follows.

A step is (act, its words ..., what follows). Days are days of January 2027 (32 is 1 February),
each at 09.00; a pair is (day, hour). What follows is a Reason (refused), a dict (of what the act
told), or a plain value. "Sxxx" are of other programs' tests, "Xxx" are our own.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from database.refusal import Reason

DONE: dict[str, Any] = {}
LATE = {"charge": 1500, "late_days": 3}


@dataclass(frozen=True, slots=True)
class Told:
    """A scenario: `ours` is "same" as the peer's, "differs" with the reason, or "own"."""

    id: str
    steps: tuple[tuple[Any, ...], ...]
    given: tuple[tuple[Any, ...], ...] = ()
    ours: str = "same"
    why: str = ""


# B000001 Penyakit Dalam, B000010 Kebidanan, B000011 Farmakologi, B000012 Keperawatan,
# B000020 Laskar Pelangi, B000099 reference. M0001 nurse (3 copies, 14 days, twice),
# M0002 doctor (5), M0003 student (2 copies, 7 days, once), M0004 family (card to 15 January).
NOBODY = ("loans", "M0001", [])
FINES = (
    Told("S046", (("lend", "M0001", "B000001", 11, DONE), ("owed", "M0001", 0),
                  ("return", "B000001", 28, LATE), ("owed", "M0001", 1500)),
         (), "differs", "nothing is charged before the copy is back, so there is nothing to "
         "update"),
    Told("S050", (("lend", "M0001", "B000001", 11, DONE), ("lend", "M0001", "B000010", 12, DONE),
                  ("return", "B000001", 28, {"until": 36}),
                  ("return", "B000010", 28, {"until": 34}),
                  ("lend", "M0001", "B000011", 36, Reason.PATRON_SUSPENDED),
                  ("lend", "M0001", "B000011", 37, DONE)),
         (("rule", "nurse", {"sanction": "suspension", "suspension_per_day": 2, "grace_days": 1}),),
         "differs", "suspensions do not add up: of several the later day holds"),
    Told("S114", (("lend", "M0001", "B000001", 11, DONE), ("lend", "M0001", "B000010", 12, DONE),
                  ("lend", "M0001", "B000011", 28, Reason.HAS_OVERDUE),
                  ("return", "B000001", 28, DONE), ("return", "B000010", 28, DONE),
                  ("lend", "M0001", "B000011", 28, DONE)),
         (("set", "LATE_BLOCKS", True),)),
    Told("S130", (("lend", "M0001", "B000001", 11, DONE),
                  ("return", "B000001", 25, {"charge": 0, "late_days": 0}), ("owed", "M0001", 0))),
    Told("S132", (("lend", "M0001", "B000001", 11, DONE),
                  ("return", "B000001", (11, 11), {"charge": 0}), ("owed", "M0001", 0)),
         (("add_rule", "nurse", "book", {"period": "hours", "days": 2, "sanction": "money",
                                         "fine_per_day": 500}),),
         "differs", "at the hour itself nothing is due; nothing was charged before, so no refund"),
)  # fmt: skip

RENEWALS = (
    Told("S062", (("lend", "M0001", "B000010", 11, DONE), ("hold", "M0002", "B000010", 12, DONE),
                  ("hold", "M0003", "B000010", 12, DONE), ("renew", "B000010", 18, {"due": 32})),
         (("set", "HOLD_ON_SHELF", True), ("copies", "B000010", "C1", "C2")),
         "same", "always with its option on: free copies serve those who wait"),
    Told("S064", (("lend", "M0001", "B000010", 11, DONE), ("lend", "M0001", "C1", 11, DONE),
                  ("hold_copy", "M0002", "B000010", 12, DONE),
                  ("renew", "B000010", 18, Reason.HELD_BY_OTHERS), ("renew", "C1", 18, DONE)),
         (("copies", "B000010", "C1"),)),
    Told("S066", (("lend", "M0001", "B000010", 11, DONE), ("hold", "M0002", "B000010", 12, DONE),
                  ("renew", "B000010", 18, DONE)),
         (("set", "HOLD_ON_SHELF", True), ("copies", "B000010", "C1"))),
    Told("S068", (("lend", "M0001", "B000010", 11, DONE), ("hold", "M0002", "B000010", 12, DONE),
                  ("hold", "M0003", "B000010", 12, DONE),
                  ("renew", "B000010", 18, Reason.HELD_BY_OTHERS),
                  ("copies", "B000010", "C2", None), ("renew", "B000010", 18, DONE)),
         (("set", "HOLD_ON_SHELF", True), ("copies", "B000010", "C1"))),
    Told("S070", (("lend", "M0001", "B000010", 11, DONE), ("hold", "M0002", "B000010", 12, DONE),
                  ("hold", "M0003", "B000010", 12, DONE),
                  ("rule", "student", {"holds_allowed": False}, None),
                  ("renew", "B000010", 18, DONE)),
         (("set", "HOLD_ON_SHELF", True), ("copies", "B000010", "C1", "C2")),
         "differs", "a hold that stands counts as one copy, whatever its holder is allowed by now"),
    Told("S074", (("lend", "M0001", "B000001", 11, DONE),
                  ("renew", "B000001", 11, Reason.NOT_LONGER),
                  ("renew", "B000001", 12, {"due": 26})),
         (), "differs", "no soonest day: a renewal counts from today, so an early one costs its "
         "maker"),
    Told("S080", (("lend", "M0001", "B000001", 11, DONE), ("lend", "M0001", "B000010", 27, DONE),
                  ("renew", "B000010", 28, DONE), ("renew", "B000001", 28, Reason.OVERDUE))),
    Told("S082", (("use", "B000001", 11, DONE), ("renew", "B000001", 11, Reason.NOT_ON_LOAN))),
    Told("S084", (("lend", "M0001", "B000001", 11, DONE), ("lend", "M0001", "B000011", 26, DONE),
                  ("return", "B000001", 28, LATE), ("lend", "M0001", "B000010", 28, DONE),
                  ("set", "DEBT_BLOCKS", 1499, None),
                  ("lend", "M0001", "B000012", 28, Reason.OWES_TOO_MUCH),
                  ("renew", "B000011", 28, DONE)),
         (("set", "DEBT_BLOCKS", 1500),),
         "differs", "a debt bars new loans (of more than the limit, as there), not renewals; there "
         "are neither renewals by themselves nor credits"),
    Told("S090", (("lend", "M0001", "B000001", 11, {"due": 39}),
                  ("lend", "M0001", "B000010", 11, {"due": 18}),
                  ("lend", "M0001", "B000011", 11, {"due": 25}),
                  ("renew", "B000010", 14, {"due": 21})),
         (("rule", "nurse", {"days": 28}), ("type", "B000010", "audiovisual"),
          ("type", "B000011", "thesis"), ("add_rule", "nurse", "audiovisual", {"days": 7}),
          ("add_rule", "nurse", "thesis", {"days": 14}))),
    Told("S092", (("lend", "M0001", "B000010", 11, DONE), ("hold", "M0002", "B000010", 12, DONE),
                  ("renew", "B000010", 18, Reason.HELD_BY_OTHERS))),
    Told("X01", (("lend", "M0001", "B000001", 11, DONE), ("block", "M0001", "buku "
    "rusak", None, None),
                 ("renew", "B000001", 18, Reason.PATRON_BLOCKED),
                 ("renew", "B000001", 18, "izin kepala", {"due": 32})), (), "own",
         "who may not borrow may not keep longer either, but by a reason"),
    Told("X02", (("lend", "M0001", "B000001", 11, DONE), ("card", "M0001", 15, None),
                 ("renew", "B000001", 18, Reason.MEMBERSHIP_EXPIRED)), (), "own",
         "a card that was ended early keeps the loan's day but lengthens nothing"),
    Told("X03", (("lend", "M0001", "B000001", 11, DONE), ("renew", "B000001", 12, DONE),
                 ("renew", "B000001", 13, DONE), ("renew", "B000001", 14, Reason.NOT_RENEWABLE),
                 ("renew", "B000001", 14, "libur panjang", {"due": 28})), (), "own",
         "the last renewal is told; one more is an exception with a reason"),
    Told("X04", (("lend", "M0001", "B000001", 11, DONE),
                  ("renew", "B000001", 10, Reason.BEFORE_LAST_ACT)),
         (), "own", "nothing is made longer before it was lent"),
    Told("X05", (("lend", "M0001", "B000001", 11, DONE), ("card", "M0001", 27, None),
                 ("renew", "B000001", 18, {"due": 27, "notes": ("card_ends",)})), (), "own",
         "a renewal too is cut to the end of the card"),
)  # fmt: skip

BLOCKS = (
    Told("S098", (("lend", "M0001", "B000001", 11, DONE), ("lose", "B000001", 0, 12, DONE),
                  ("lend", "M0002", "B000001", 13, Reason.NOT_IN_SERVICE),
                  ("lend", "M0002", "B000001", 13, "ada di meja", Reason.NOT_IN_SERVICE),
                  ("return", "B000001", 13, {"act": "found"}),
                  ("lend", "M0002", "B000001", 13, DONE)),
         (), "differs", "a lost copy is found first; then it is lent like any other"),
    Told("S100", (("lend", "M0001", "B000001", 11, Reason.NO_RULE), ("use", "B000001", 11, DONE)),
         (("no_rules",),), "differs", "without a rule nobody knows when it is due; read here it "
         "may be"),
    Told("S102", (("lend", "M0001", "B000001", 11, DONE),
                  ("lend", "M0001", "B000010", 11, Reason.LIMIT_REACHED),
                  ("use", "B000010", 11, DONE)),
         (("rule", "nurse", {"loan_limit": 1}),),
         "differs", "a copy read here is no loan and never counts towards a limit"),
    Told("S104", (("use", "B000010", 11, DONE), ("lend", "M0001", "B000001", 11, DONE)),
         (("rule", "nurse", {"loan_limit": 1}),),
         "differs", "a copy read here is no loan and never counts towards a limit"),
    Told("S106", (("hold_copy", "M0003", "B000010", 11, DONE),
                  ("lend", "M0001", "B000010", 11, Reason.ON_HOLD)),
         (("set", "HOLD_ON_SHELF", True),)),
    Told("S108", (("lend", "M0001", "B000001", 11, DONE),
                  ("lend", "M0001", "B000010", 26, {"notes": ("has_overdue",)}),
                  ("set", "LATE_BLOCKS", True, None),
                  ("lend", "M0001", "B000011", 26, Reason.HAS_OVERDUE),
                  ("lend", "M0001", "B000011", 26, "ujian", DONE))),
    Told("S110", (("lend", "M0001", "B000010", 11, DONE), ("lend", "M0001", "C1", 11, DONE)),
         (("copies", "B000010", "C1"),), "same", "several copies of a title are lent unasked"),
    Told("S112", (("lend", "M0001", "B000001", 11, DONE),
                  ("lend", "M0001", "B000010", 11, Reason.LIMIT_OF_TYPE)),
         (("type", "B000001", "audiovisual"), ("type", "B000010", "audiovisual"),
          ("add_rule", "nurse", "audiovisual", {"loan_limit": 1})),
         "differs", "limits are by type of copy, not by its place on the shelf"),
    Told("S116", (("lend", "M0004", "B999999", 20, Reason.UNKNOWN_ITEM),
                  ("lend", "M0001", "B000001", 11, DONE),
                  ("lend", "M0004", "B000001", 20, Reason.ALREADY_ON_LOAN),
                  ("lend", "M0004", "B000099", 20, Reason.REFERENCE_ONLY),
                  ("hold", "M0002", "B000010", 20, DONE),
                  ("lend", "M0004", "B000010", 20, Reason.ON_HOLD),
                  ("lend", "M0004", "B000011", 20, Reason.MEMBERSHIP_EXPIRED)),
         (("set", "HOLD_ON_SHELF", True),),
         "differs", "the copy is looked at before the card: it is what lies on the desk"),
    Told("S118", (("hold", "M0002", "B000010", 11, DONE), ("hold", "M0001", "B000010", 11, DONE),
                  ("lend", "M0001", "B000010", 12, Reason.ON_HOLD),
                  ("lend", "M0002", "B000010", 12, DONE)),
         (("set", "HOLD_ON_SHELF", True),)),
    Told("S120", (("lend", "M0001", "", 11, Reason.UNKNOWN_ITEM),
                  ("lend", "M0001", "X9", 11, Reason.UNKNOWN_ITEM),
                  ("repair", "B000011", 11, None),
                  ("lend", "M0001", "B000011", 11, Reason.NOT_IN_SERVICE),
                  ("lend", "M0001", "B000001", 11, DONE),
                  ("lend", "M0001", "B000001", 11, Reason.ALREADY_YOURS),
                  ("lend", "M0002", "B000001", 11, Reason.ALREADY_ON_LOAN))),
    Told("S124", (("copies", "B000010", "B000001", Reason.BARCODE_TAKEN),
                  ("strike", "B000012", None),
                  ("copies", "B000010", "B000012", Reason.BARCODE_TAKEN)),
         (), "differs", "the number of a struck copy is never given again (buku induk)"),
    Told("X11", (("lend", "m0001", " b000001 ", 11, DONE), ("lend", "M0001", "B000010", 11, DONE),
                 ("loans", "M0001", ["B000001", "B000010"])), (), "own",
         "any case of letters; two copies in one second are two loans"),
    Told("X12", (("lend", "M0001", "B000001", 11, DONE), ("return", "B000001", 15, DONE),
                 ("lend", "M0002", "B000001", 13, Reason.BEFORE_LAST_ACT),
                 ("lend", "M0002", "B000001", 15, DONE)), (), "own",
         "a loan entered later may not reach into one that had not ended"),
    Told("X13", (("block", "M0002", "hilang kartu", 12, None),
                 ("lend", "M0002", "B000001", 12, Reason.PATRON_BLOCKED),
                 ("lend", "M0002", "B000001", 13, DONE)), (), "own",
         "a block holds to the end of its last day"),
    Told("X14", (("lend", "W-MAWAR", "B000001", 4, DONE), ("lend", "W-MAWAR", "B000010", 20, DONE)),
         (("set", "LATE_BLOCKS", True),), "own", "a ward is never refused for what is late there"),
    Told("X15", (("rest", "B000020", (18, 9), None),
                 ("lend", "M0001", "B000020", (18, 8), Reason.IN_QUARANTINE),
                 ("lend", "M0001", "B000020", (18, 8), "dilap", DONE)), (), "own",
         "before its time only with a reason"),
    Told("X16", (("rest", "B000020", None, None),
                 ("lend", "M0001", "B000020", 30, "boleh", Reason.IN_QUARANTINE)), (), "own",
         "what came out of isolation is lent to nobody, whatever the reason"),
)  # fmt: skip

RETURNS = (
    Told("S138", (("lend", "M0001", "B000001", 11, DONE),
                  ("mark_lost", "B000001", 12, Reason.ITEM_ON_LOAN),
                  ("lose", "B000001", 0, 12, DONE), ("loans", "M0001", []),
                  ("return", "B000001", 13, {"act": "found"}), ("status", "B000001", "in_service")),
         (), "differs", "a copy on loan is lost together with its loan, and scanned in it is "
         "found"),
    Told("S140", (("lend", "M0001", "B000001", 11, DONE),
                  ("lose", "B000001", 7000, 28, {"charge": 8500}), ("owed", "M0001", 8500),
                  ("return", "B000001", 28, DONE), ("owed", "M0001", 1500)),
         (), "differs", "what is owed for the copy is let off when it is back; lateness is "
         "charged once"),
    Told("S142", (("lend", "M0001", "B000001", 11, DONE), ("lose", "B000001", 99, 12, DONE),
                  ("pay", "M0001", 39, 12, DONE), ("owed", "M0001", 60),
                  ("return", "B000001", 13, {"act": "found"}), ("owed", "M0001", 0))),
    Told("S144", (("lend", "M0001", "B000001", 11, DONE), ("lose", "B000001", 50, 12, DONE),
                  ("pay", "M0001", 50, 12, DONE), ("return", "B000001", 13, DONE),
                  ("owed", "M0001", 0), ("refundable", "B000001", 50)),
         (), "differs", "no balance below nothing: paying back is an act of its own, with a "
         "receipt"),
    Told("X21", (("lend", "M0001", "B000001", 11, DONE),
                  ("return", "B000001", 10, Reason.BEFORE_LAST_ACT),
                 ("return", "B000001", 11, DONE), ("lend", "M0001", "B000001", 40, DONE),
                 ("return", "B000001", 12, "jam komputer salah", DONE)), (), "own",
                 "nothing comes back before it was lent, but for a reason: the clock was wrong"),
    Told("X22", (("missing", "B000001", 11, None), ("return", "B000001", 12, {"act": "found"}),
                 ("lend", "M0001", "B000001", 12, DONE)), (), "own",
         "a missing copy that lies on the desk is found"),
    Told("X23", (("lend", "M0002", "B000010", 11, DONE), ("hold", "M0001", "B000010", 12, DONE),
                 ("lose", "B000010", 0, 13, DONE),
                 ("return", "B000010", 14, {"act": "found", "hold": "Ns. Rina Wati, S.Kep."}),
                 ("state", "M0001", "ready")), (), "own",
         "a lost copy that is found lies ready for whoever waits"),
    Told("X24", (("lend", "M0001", "B000001", 11, DONE),
                  ("return", "B000001", 20, {"late_days": 0}),
                 ("return", "B000001", 20, Reason.NOT_ON_LOAN), ("loans", "M0001", [])), (), "own",
         "twice under the scanner is once"),
)  # fmt: skip

SIX = tuple(
    ("hold", number, "B000010", 11, DONE)
    for number in ("M0001", "M0002", "M0003", "M0004", "W-MAWAR", "W-ANGGREK")
)
HOLDS = (
    Told("S149", (*SIX[:3], ("cancel", "M0001", 12, None), ("cancel", "M0002", 12, None),
                  ("queue", "B000010", ["M0003"])),
         (("set", "HOLD_ON_SHELF", True),)),
    Told("S151", (*SIX, ("move", "M0003", "first", 12, None), ("place", "M0003", 1),
                  ("move", "M0003", "down", 12, None), ("place", "M0003", 2),
                  ("move", "M0003", "up", 12, None), ("place", "M0003", 1),
                  ("move", "M0003", "last", 12, None), ("place", "M0003", 6)),
         (("set", "HOLD_ON_SHELF", True),)),
    Told("S153", (("hold", "M0001", "B000010", 11, DONE), ("hold", "M0001", "B000011", 11, DONE),
                  ("hold", "M0001", "B000012", 11, Reason.HOLD_LIMIT),
                  ("cancel", "M0001", 12, None), ("hold", "M0001", "B000012", 12, DONE)),
         (("set", "HOLD_LIMIT", 2), ("set", "HOLD_ON_SHELF", True)),
         "differs", "one limit of what stands; how many a day does not matter in one small house"),
    Told("S155", (("hold", "M0001", "B000010", 11, DONE),
                  ("hold", "M0003", "B000011", 11, Reason.HOLDS_NOT_ALLOWED)),
         (("rule", "student", {"holds_allowed": False}), ("set", "HOLD_ON_SHELF", True)),
         "differs", "one number for all persons; by kind of patron it is only yes or no"),
    Told("S157", (("repair", "B000010", 11, None), ("hold", "M0001", "B000010", 11, DONE),
                  ("set_aside", "B000010", 12, None), ("state", "M0001", "waiting"),
                  ("mended", "B000010", 13, None), ("set_aside", "B000010", 13, None),
                  ("state", "M0001", "ready")),
         (), "differs", "what is being mended may be waited for, and is laid ready once it is "
         "mended"),
    Told("S159", (("lend", "M0001", "B000010", 11, DONE), ("hold", "M0002", "B000010", 11, DONE),
                  ("return", "B000010", 11, {"hold": "dr. Bagus Santoso"}),
                  ("state", "M0002", "ready"), ("ready_until", "M0002", 19)),
         (("set", "HOLD_DAYS", 6),), "differs", "the days it lies ready are open days"),
    Told("S163", (("lend", "M0001", "B000010", 11, DONE), ("hold", "M0002", "B000010", 11, DONE),
                  ("return", "B000010", 12, DONE), ("lend", "M0002", "B000010", 12, DONE),
                  ("state", "M0002", "filled"))),
    Told("S165", (("lend", "M0001", "B000010", 11, DONE), ("hold", "M0002", "B000010", 11, DONE),
                  ("return", "B000010", 12, DONE), ("expire", 15, 0), ("state", "M0002", "ready"),
                  ("expire", 18, 1), ("state", "M0002", "expired")),
         (), "differs", "who waits has no last day, only what lies ready; its last day still "
         "counts"),
    Told("X31", (("lend", "M0001", "B000010", 11, DONE), ("hold", "M0002", "B000010", 11, DONE),
                 ("return", "B000010", 12, DONE), ("lend", "M0003", "B000010", 15, Reason.ON_HOLD),
                 ("lend", "M0003", "B000010", 18, DONE), ("state", "M0002", "expired")), (), "own",
         "what was not fetched in time is no bar, though nobody has looked through the shelf yet"),
    Told("X32", (("lend", "M0001", "B000010", 11, DONE), ("hold", "M0002", "B000010", 11, DONE),
                 ("return", "B000010", 12, DONE), ("lend", "M0003", "B000010", 13, "ujian", DONE),
                 ("state", "M0002", "waiting"),
                 ("hold", "M0002", "B000010", 14, Reason.ALREADY_HELD)),
         (), "own", "an exception passes the holder over, who waits on"),
    Told("X33", (("block", "M0002", "lama", 10, None), ("lend", "M0001", "B000010", 11, DONE),
                 ("hold", "M0002", "B000010", 11, DONE)), (), "own",
         "a block that has ended keeps nobody from waiting"),
    Told("X34", (("lend", "M0001", "B000010", 11, DONE), ("hold", "M0002", "B000010", 11, DONE),
                 ("return", "B000010", 12, DONE),
                 ("hold", "M0002", "B000010", 14, Reason.ALREADY_HELD),
                 ("hold", "M0002", "B000010", 18, DONE), ("state", "M0002", "waiting")),
         (("set", "HOLD_ON_SHELF", True),), "own",
         "one who came too late may wait again"),
    Told("X35", (("hold", "M0001", "B000010", 11, Reason.ON_SHELF),
                 ("hold", "W-MAWAR", "B000010", 11, DONE)), (), "own",
         "what stands on the shelf is fetched; a ward asks for the round"),
)  # fmt: skip

DESK = (*FINES, *RENEWALS, *BLOCKS, *RETURNS, *HOLDS)

ELSEWHERE = {
    "S060": "test_scenarios: told at the desk, never renewed silently",
    "S076": "there is no renewing from outside: every renewal is made at the desk",
    "S122": "nobody types a due day: a loan is as long as its rule, at most 3650 days",
    "S146": "what a patron says is a note on the card; the loan stands until the copy is back or "
    "lost",
    "S148": "cannot be stored: one open loan a copy is a unique index of the database",
    "S161": "a hold has no day of its own until which it is wanted",
    "S167": "a hold has no day of its own until which it is wanted",
    "S169": "nobody types the days of a loan or a hold",
}
"""Scenarios that are no act of the desk here, or are told in another place, and why."""

KNOWN = frozenset(
    f"S{number:03d}" for number in (
        1, 3, 5, 7, 9, 11, 13, 15, 17, 19, 20, 22, 24, 26, 28, 30, 32, 34, 36, 38, 40, 42, 44, 46,
        48, 50, 52, 54, 56, 58, 60, 62, 64, 66, 68, 70, 72, 74, 76, 78, 80, 82, 84, 86, 88, 90, 92,
        94, 96, 98, 100, 102, 104, 106, 108, 110, 112, 114, 116, 118, 120, 122, 124, 126, 128, 130,
        132, 134, 136, 138, 140, 142, 144, 146, 148, 149, 151, 153, 155, 157, 159, 161, 163, 165,
        167, 169, 170, 172,
    )
)  # fmt: skip
"""Every scenario that was read out of the peers' tests."""
