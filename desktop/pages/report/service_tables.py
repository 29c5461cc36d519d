"""Tables 6 to 10 of the monthly report: wards, clinical services, activities, late, deposits."""

from __future__ import annotations

from datetime import date

from database.reports.figures import Month
from desktop.pages.drawing.tables import Column
from desktop.pages.report.table import ReportTable, Row
from desktop.words.language import _, date_plain, number
from desktop.words.register_words import word


def service_tables(month: Month) -> list[ReportTable]:
    """Those for which the library has ever recorded anything."""
    found = [_wards(month), _clinical(month), _activities(month), _late(month), _deposits(month)]
    return [one for one in found if one is not None]


def _pairs(names: list[tuple[str, int]]) -> list[Row]:
    return [[name, count] for name, count in names]


def _what(month: Month) -> list[Column]:
    """A quarter or year is no month."""
    when = _("In the period") if month.monthly else _("In the month")
    return [Column(_("What"), figures=False), Column(when)]


def _wards(month: Month) -> ReportTable | None:
    one = month.wards
    if one is None:
        return None
    rows = [
        (_("Rounds with the trolley"), one.rounds),
        (_("Wards come to"), one.wards),
        (_("Copies lent on rounds"), one.lent),
        (_("Leaflets handed out"), one.leaflets),
        (_("Free reading matter handed out"), one.free),
        (_("Given to readers who went home"), one.given),
        (_("Not brought back from the wards"), one.lost),
    ]
    notes = [
        _(
            "A round that comes to several wards is one round. What is handed out for good is "
            "counted by the copy. No reader is named or counted here."
        )
    ]
    return ReportTable(_("Table 6. Services for patients"), _what(month), _pairs(rows), None, notes)


def _clinical(month: Month) -> ReportTable | None:
    one = month.clinical
    if one is None:
        return None
    rows: list[Row] = [
        *_pairs([(_("Literature searches"), one.searches)]),
        [_("Hours of work on them"), number(one.minutes / 60, 2)],
        *_pairs([(_("Finished"), one.finished), (_("Of these in time"), one.on_time)]),
        *_pairs(
            [
                (_("Interlibrary loans asked for"), one.requested),
                (_("Interlibrary loans supplied"), one.supplied),
                (_("Reference questions"), one.questions),
                (_("User trainings"), one.trainings),
                (_("People trained"), one.trained),
                (_("Uses of the discussion room"), one.room_uses),
            ]
        ),
    ]
    notes = [_("In time: handed over by the day it was wanted.")]
    return ReportTable(_("Table 7. Clinical services"), _what(month), rows, None, notes)


def _activities(month: Month) -> ReportTable | None:
    if not month.activities:
        return None
    columns = [
        Column(_("Date"), fixed=True),
        Column(_("Activity"), figures=False),
        Column(_("Kind"), figures=False),
        Column(_("Partner"), figures=False),
        Column(_("Men"), fixed=True),
        Column(_("Women"), fixed=True),
    ]
    rows: list[Row] = [
        [
            date_plain(date.fromisoformat(one.day)),
            one.title,
            word(one.kind),
            one.partner,
            one.men,
            one.women,
        ]
        for one in month.activities
    ]
    total: Row = [
        "",
        _("Total"),
        "",
        "",
        sum(one.men for one in month.activities),
        sum(one.women for one in month.activities),
    ]
    return ReportTable(_("Table 8. Activities and cooperation"), columns, rows, total)


def _late(month: Month) -> ReportTable | None:
    one = month.late
    if one is None:
        return None
    end, lost = _("Late at the month's end"), _("Lost in the month")
    notes = [_("Copies still lent at the end of the month, by calendar days past their due day.")]
    if month.monthly:
        end, lost = _("Late at the end"), _("Lost in the period")
        notes = [_("Copies still lent at the end, by calendar days past their due day.")]
    columns = [
        Column(_("1–7 days"), end),
        Column(_("8–30 days"), end),
        Column(_("more than 30 days"), end),
        Column(lost),
    ]
    return ReportTable(
        _("Table 9. Late and lost"),
        columns,
        [[one.week, one.month, one.longer, one.lost]],
        None,
        notes,
    )


def _deposits(month: Month) -> ReportTable | None:
    if not month.deposits:
        return None
    columns = [
        Column(_("Batch"), figures=False),
        Column(_("Received")),
        Column(_("Returned")),
        Column(_("Lost")),
        Column(_("Here")),
        Column(_("Of these lent")),
    ]
    rows: list[Row] = [
        [one.name, one.received, one.returned, one.lost, one.here, one.lent]
        for one in month.deposits
    ]
    notes = [_("Received = returned + lost + here.")]
    return ReportTable(_("Table 10. Deposits of the dinas"), columns, rows, None, notes)
