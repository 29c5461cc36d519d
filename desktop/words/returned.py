"""What is to be done with a copy that came back, wherever it was taken in."""

from __future__ import annotations

from database.circulation.lending import Done
from database.text.dates import local_day
from desktop.words.language import _, clock, date_short


def whereto(done: Done) -> str:
    """What is to be done with a copy that came back, other than putting it on its shelf."""
    told = ""
    if "stays_out" in done.notes:
        told += " · " + _("from isolation: not back to the shelf, noted as given away")
    if "kept_apart" in done.notes:
        told += " · " + _("from isolation, a deposit: keep it apart and ask its owner")
    if done.until is not None:
        day = date_short(local_day(done.until))
        told += " · " + _("QUARANTINE until {day} {time}").format(day=day, time=clock(done.until))
    if done.hold:
        told += " · " + _("SET ASIDE: held for {name}").format(name=done.hold)
    return told
