"""Enrolling a patron, or changing one: what is asked first, and what is told after."""

from __future__ import annotations

from database.patrons import finding, membership, numbers
from database.refusal import Fault, Reason, Refusal
from desktop import pc
from desktop.forms.act_dialog import meet
from desktop.screens.patrons import acts
from desktop.screens.patrons.card import fields
from desktop.screens.patrons.doubles import Doubles
from desktop.screens.patrons.host import Patrons
from desktop.words.language import _
from desktop.words.sentences import refusal


class Saving:
    """Saves what is typed in the card of `place`, unless it may be somebody enrolled already."""

    def __init__(self, place: Patrons, doubles: Doubles) -> None:
        self._place, self._doubles = place, doubles

    def save(self) -> None:
        """Enrol or change; what is wrong is told beside its field."""
        place = self._place
        if not place.is_editing() or not place.card.is_right():
            return
        if place.patron is None and self._doubles.must_ask():
            place.notice.look(_("Perhaps a member already. Ctrl+S again enrols anyway."))
            return
        values, before, now = place.card.form.values(), place.patron, place.program.now()
        audience = place.card.audience()
        facts = fields.facts_of(values, audience, before, now.date())
        agrees = bool(values.get("reminders")) and audience != "place"
        try:
            saved, line = place.program.write(
                lambda s: acts.write(s, facts, before, now, reminders=agrees)
            )
        except (Refusal, Fault) as told:
            self._tell_refusal(told)
            return
        place.draft.drop()
        place.card.form.mark_clean()
        if before is None:
            place.program.pc.put(pc.LAST_KIND, facts.category)
        place.show_one(saved)
        self._tell_saved(before is None, line, facts)

    def _tell_refusal(self, told: Refusal | Fault) -> None:
        self._place.notice.refused(refusal(told))
        card, place = self._place.card, self._place
        if isinstance(told, Refusal) and told.reason is Reason.CHANGED_MEANWHILE:
            assert place.patron is not None
            number = place.patron.id
            place.patron = place.program.read(lambda s: finding.one(s, number))
            meet(card.form, told, fields.values_of(place.patron))
            return
        key = fields.wrong_field(told, card.form.values()) if isinstance(told, Refusal) else ""
        if key in card.form.values():
            card.form.show_error(key, _("check this"))
            card.go_to(key)

    def _tell_saved(self, is_new: bool, line: int, facts: membership.PatronFacts) -> None:
        place = self._place
        assert place.patron is not None
        text = _("Enrolled: {name}, number {number}") if is_new else _("Saved: {name}")
        said = text.format(name=place.patron.name, number=place.patron.number)
        also = place.program.read(lambda s: numbers.also_copies(s, facts.codes or ()))
        if also:
            hint = _("Saved: {name}. {codes} is a copy's barcode too; a scan finds the copy.")
            place.notice.look(hint.format(name=place.patron.name, codes=", ".join(also)))
        else:
            place.notice.done(said, lambda: place.program.undo(place, line))
        place.list.enter()
