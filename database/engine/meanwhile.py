"""Saving never overwrites unseen: whoever saves says what was read before it was changed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from database.refusal import Reason, Refusal


def must_stand(
    read: object | None, stands: object, wanted: object, names: Iterable[str], **about: Any
) -> None:
    """Compare some values of a record as it was `read` with what `stands` now; None was not read
    by anybody and overwrites nothing that was seen.

    Raises Refusal CHANGED_MEANWHILE with `changed`, by name what stands now and what was wanted,
    where another desk changed a value into something else than is `wanted`.
    """
    if read is None:
        return
    changed = {}
    for name in names:
        now, mine = _plain(getattr(stands, name)), _plain(getattr(wanted, name))
        if now not in (_plain(getattr(read, name)), mine):
            changed[name] = (now, mine)
    if changed:
        raise Refusal(Reason.CHANGED_MEANWHILE, changed=changed, **about)


def _plain(value: Any) -> Any:
    """Nothing is nothing, in whichever way it is kept; blanks around a text are none of it."""
    if isinstance(value, str):
        return value.strip()
    return "" if value is None else value
