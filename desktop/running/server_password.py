"""The password of a server, asked where this PC does not know it or it is not right any more."""

from __future__ import annotations

from database.library import joined, parted, shown
from database.refusal import Fault, Refusal, Trouble
from desktop import passwords, pc
from desktop.pc import Pc
from desktop.widgets.form import SecretField
from desktop.widgets.form_dialog import FormDialog
from desktop.words.language import _


def asked(told: Refusal | Fault, where: str) -> str:
    """The address with the password somebody gave where a server did not let us in; "" else."""
    if not isinstance(told, Fault) or told.trouble is not Trouble.SERVER_REFUSES:
        return ""
    bare, _password = parted(where)
    assert bare is not None
    hint = _(
        "{where} asks for a password. Whoever keeps the server knows it. This PC keeps it in the "
        "keyring of the system, never in a file."
    )
    box = FormDialog(
        None,
        _("The server asks for a password"),
        _("Open the library"),
        [SecretField("password", _("Password"), required=True)],
        {},
        hint=hint.format(where=shown(bare)),
    )
    if not box.exec():
        return ""
    given = joined(bare, str(box.form.value("password")))
    passwords.put_away(given)
    return given


def usual(settings: Pc) -> str:
    """The library that this PC was told to open, "" for none. A password that an older version
    left in the settings is put away."""
    kept = settings.get(pc.LIBRARY)
    if (bare := passwords.put_away(kept)) != kept:
        settings.put(pc.LIBRARY, bare)
    return passwords.whole(bare) if kept else ""
