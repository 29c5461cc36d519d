"""What a patron is charged for, in words."""

from __future__ import annotations

from desktop.words.language import N_

KINDS = {
    "overdue": N_("Late return"),
    "replacement": N_("Replacement of a lost copy"),
    "damage": N_("Damage"),
}
