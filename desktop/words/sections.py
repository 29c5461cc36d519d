"""What the sections of the settings are called, in their order."""

from __future__ import annotations

from types import MappingProxyType

from desktop.words.language import N_

SECTIONS = MappingProxyType(
    {
        "library": N_("Library"),
        "signers": N_("Signatories"),
        "signing": N_("Signatures on papers"),
        "staff": N_("Staff accounts"),
        "hours": N_("Opening hours"),
        "closed": N_("Closed days"),
        "numbers": N_("Numbers"),
        "call_numbers": N_("Call numbers"),
        "sources": N_("Data sources"),
        "rules": N_("Loan rules"),
        "matrix": N_("Rules by type"),
        "kinds": N_("Kinds of patron"),
        "units": N_("Units and wards"),
        "holds": N_("Holds and reminders"),
        "mail": N_("E-mail"),
        "quarantine": N_("Quarantine"),
        "personal": N_("Personal data"),
        "network": N_("Catalogue on the network"),
        "backups": N_("Backups"),
        "server": N_("Several PCs"),
        "activity": N_("Record of activity"),
        "scanner": N_("Scanner"),
        "pc": N_("Look and sound"),
        "about": N_("About Selasar"),
    }
)
"""By the name that `SettingsScreen.arrive` takes."""
