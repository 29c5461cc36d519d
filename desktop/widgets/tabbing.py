"""Where Tab leads in a form: through its fields as they stand, and through the parts of one that
has several. Qt's own chain keeps whatever is made of parts where it was made."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QWidget


def led_on(form: QWidget, inputs: Sequence[QWidget], forward: bool) -> bool:
    """Lead the focus from the input it is in to the next stop or the one before, out of the form
    at its ends; False where it is in none of them."""
    stops = [stop for one in inputs for stop in _stops(one)]
    here = form.focusWidget()
    if here not in stops:
        return False
    at = stops.index(here) + (1 if forward else -1)
    target = stops[at] if 0 <= at < len(stops) else _beyond(form, here, forward)
    if target is None:
        return False
    reason = Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
    target.setFocus(reason)
    _into_sight(target)
    return True


def _stops(whole: QWidget) -> list[QWidget]:
    return [one for one in (whole, *whole.findChildren(QWidget)) if _is_stop(one)]


def _is_stop(one: QWidget) -> bool:
    takes = one.focusPolicy() & Qt.FocusPolicy.TabFocus
    return bool(takes) and one.focusProxy() is None and one.isVisible() and one.isEnabled()


def _beyond(form: QWidget, here: QWidget, forward: bool) -> QWidget | None:
    """What follows the form, or stands before it."""
    one: QWidget | None = here
    while one is not None:
        one = one.nextInFocusChain() if forward else one.previousInFocusChain()
        if one is None or one is here:
            return None
        if one.window() is form.window() and _is_stop(one) and not form.isAncestorOf(one):
            return one
    return None


def _into_sight(one: QWidget) -> None:
    holder = one.parentWidget()
    while holder is not None and not holder.isWindow():
        if isinstance(holder, QScrollArea):
            holder.ensureWidgetVisible(one)
        holder = holder.parentWidget()
