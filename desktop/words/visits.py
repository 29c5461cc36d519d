"""What visitors come for, in words."""

from __future__ import annotations

from desktop.words.language import N_

PURPOSES = {
    "": N_("not asked"),
    "read": N_("read here"),
    "borrow": N_("borrow"),
    "return": N_("return"),
    "search": N_("literature search"),
    "internet": N_("internet"),
    "discuss": N_("discussion"),
    "other": N_("other"),
}
