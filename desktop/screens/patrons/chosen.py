"""What the keys do with the patron shown, or with several chosen in the list."""

from __future__ import annotations

from desktop.screens.patrons import acts, group, merge
from desktop.screens.patrons.host import Patrons
from desktop.words.language import _


class ChosenActs:
    """Acts on whom `place` shows; with nobody, or something typed, it says what to do first."""

    def __init__(self, place: Patrons) -> None:
        self._place = place

    def renew(self) -> None:
        """Lengthen the membership by what its kind allows; of several, ask how long."""
        place = self._place
        several = place.several_ids()
        if several:
            group.open_renewal(place.program, place, several)
        elif place.patron is None:
            place.notice.look(_("Choose a patron first."))
        elif place.card.form.is_dirty():
            place.notice.look(_("Save what was typed first, then renew."))
        else:
            acts.renew(place.program, place, place.patron)

    def merge(self) -> None:
        """Choose another record of the one shown, and make the two one."""
        place = self._place
        if place.patron is None or not place.is_editing():
            place.notice.look(_("Choose a patron first."))
        elif place.card.form.is_dirty():
            place.notice.look(_("Save what was typed first, then merge."))
        else:
            merge.ask_other(place.program, place, place.patron, place.show_one)

    def merge_both(self) -> None:
        """Make one of the first two chosen."""
        place = self._place
        first, second = place.several_ids()[:2]
        merge.open_merge(place.program, place, first, second, place.show_one)

    def lend(self) -> None:
        """To the desk with this patron."""
        place = self._place
        if place.patron is None:
            place.notice.look(_("Choose a patron first."))
            return
        place.draft.keep()
        place.leave_for.emit("desk", ("patron", place.patron.number))

    def put_photo(self, content: bytes | None) -> None:
        """Give the photograph chosen, or take it away."""
        place = self._place
        patron = place.patron
        if patron is not None and acts.put_photo(place.program, place, patron.id, content):
            place.card.face.show_picture(content)
