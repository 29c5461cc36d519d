"""What a line of the journal says, in a sentence: "Bu Dewi mengubah Tahun dari 2009 menjadi 2019
pada “Gizi”"."""

from __future__ import annotations

from typing import Any

from database.reports.done.activity import Entry
from database.text import own_values
from desktop.words.acts import ACTS
from desktop.words.codes import CONDITIONS, ITEM_TYPES, OWNERSHIPS, SOURCES, STATUSES
from desktop.words.columns import FIELDS
from desktop.words.language import N_, _

_OTHERS: dict[str, str] = {
    "account.added": N_("Staff member added"),
    "account.ended": N_("Staff member ended"),
    "account.recovered": N_("Secret given anew"),
    "account.saved": N_("Staff member saved"),
    "accounts.off": N_("Signing in switched off"),
    "accounts.on": N_("Signing in switched on"),
    "demo.made": N_("Demo made"),
    "hold.withdrawn": N_("Hold withdrawn"),
    "hours.saved": N_("Opening hours"),
    "library.created": N_("Library begun"),
    "library.relocated": N_("Library moved to another place"),
    "mail.again": N_("E-mail tried again"),
    "mail.arrived": N_("E-mail arrived"),
    "mail.dropped": N_("E-mail dropped"),
    "picture.saved": N_("Logo"),
    "privacy.answered": N_("Request about personal data answered"),
    "privacy.asked": N_("Request about personal data"),
    "privacy.forgotten": N_("Personal data forgotten"),
    "privacy.put_off": N_("Forgetting put off"),
    "profile.saved": N_("Profile of the library"),
    "quarantine.over": N_("Quarantine over"),
    "round.begun": N_("Round begun"),
    "rule.saved": N_("Loan rule saved"),
    "signatory.saved": N_("Signatory"),
    "stocktake.started": N_("Stocktaking begun"),
    "visit.by_card": N_("Visitor"),
    "weeding.started": N_("Weeding begun"),
}
"""Acts that cannot be taken back; a test holds them whole, with those that can."""
_MORE_FIELDS: dict[str, str] = {
    "main_author": N_("Main author"),
    "item_type": N_("Kind of copy"),
    "ownership": N_("Owner"),
    "accessioned_on": N_("Accession date"),
    "status_until": N_("Until"),
    "condition": N_("Condition"),
    "minutes": N_("Minutes"),
    "withdrawn_reason": N_("Reason"),
    "deposit_id": N_("Batch"),
    "own": N_("Own fields"),
}
_WORDS = {
    "status": STATUSES,
    "ownership": OWNERSHIPS,
    "source": SOURCES,
    "item_type": ITEM_TYPES,
    "condition": CONDITIONS,
}
_KINDS: dict[str, str] = {
    "Biblio": N_("Titles"),
    "Item": N_("Copies"),
    "Loan": N_("Loans"),
    "Patron": N_("Patrons"),
    "Visit": N_("Visits"),
    "Hold": N_("Holds"),
    "Charge": N_("Money"),
    "Setting": N_("Settings"),
    "Profile": N_("Library"),
    "PeriodReport": N_("Reports"),
    "Reminder": N_("Reminders"),
    "Privacy": N_("Personal data"),
    "Deposit": N_("Batches"),
    "Heading": N_("Headings"),
    "OwnField": N_("Own fields"),
    "Batch": N_("Many titles"),
}
_LONGEST = 80


def act_of(action: str) -> str:
    """Every act in the language spoken, also one that takes another back."""
    if action.endswith(".undone"):
        return _("taken back: {act}").format(act=act_of(action.removesuffix(".undone")))
    name = ACTS.get(action) or _OTHERS.get(action)
    return _(name) if name else action


def kind_of(kind: str) -> str:
    """A kind of record."""
    return _(_KINDS[kind]) if kind in _KINDS else kind


def kinds_told() -> list[tuple[str, str]]:
    """The kinds that can be chosen, with their names."""
    return [(kind, _(name)) for kind, name in _KINDS.items()]


def who(entry: Entry) -> str:
    """Whoever it was; where nobody gave a name, the PC."""
    return entry.actor or entry.desk or _("somebody")


def sentence(entry: Entry) -> str:
    """The whole line."""
    about = ", ".join(
        part for part in (f"“{_short(entry.about)}”" if entry.about else "", entry.borrower) if part
    )
    told = _changed(entry, about) if entry.changes else _done(entry, about)
    if entry.why:
        told = f"{told} ({_short(entry.why)})"
    later = _("taken back later")
    return f"{told} · {later}" if entry.undone else told


def _changed(entry: Entry, about: str) -> str:
    parts = [
        _("{field} from {before} to {after}").format(
            field=field(name), before=_value(name, before), after=_value(name, after)
        )
        for name, (before, after) in entry.changes.items()
    ]
    text = _("{who} changed {what} ({about})") if about else _("{who} changed {what}")
    return text.format(who=who(entry), what="; ".join(parts), about=about)


def _done(entry: Entry, about: str) -> str:
    told = f"{who(entry)}: {act_of(entry.action)}"
    if about:
        told = f"{told}, {about}"
    if entry.fields:
        told = f"{told}: {', '.join(map(field, entry.fields))}"
    return told


def field(name: str) -> str:
    """What a field is called."""
    known = FIELDS.get(name) or _MORE_FIELDS.get(name)
    return _(known) if known else name


def _value(name: str, value: Any) -> str:
    if value in (None, ""):
        return "–"
    if name == "own":
        return _short(", ".join(own_values.unpacked(str(value)).values())) or "–"
    if name in _WORDS:
        return _(_WORDS[name].get(str(value), str(value)))
    return _short(str(value))


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
