"""T7: literature searches, interlibrary loans, questions, trainings, the discussion room."""

from __future__ import annotations

from dataclasses import dataclass

from database.registers import registers
from database.reports.counting.table import Asked, Table


@dataclass(frozen=True, slots=True)
class ClinicalServices:
    """Literature searches (`minutes` of work; `on_time` of the `finished`), interlibrary
    loans asked for and supplied, questions answered, user trainings, the discussion room."""

    searches: int
    minutes: int
    finished: int
    on_time: int
    requested: int
    supplied: int
    questions: int
    trainings: int
    trained: int
    room_uses: int


def count(asked: Asked) -> ClinicalServices | None:
    """Literature searches, interlibrary loans, user trainings, uses of the discussion room; None
    where none of them was ever recorded."""
    session, span = asked.session, asked.span
    names = ("literature_search", "interlibrary", "room_use", "reference_question")
    if not any(registers.entries(session, name) for name in names):
        return None
    found = {name: registers.entries(session, name, span.first, span.last) for name in names}
    searches = [one.values for one in found["literature_search"]]
    done = [one for one in searches if one.get("until") is not None]
    trainings = [
        one.values
        for one in registers.entries(session, "activity", span.first, span.last)
        if one.values["kind"] == "user_training"
    ]
    ill = [one.values for one in found["interlibrary"]]
    return ClinicalServices(
        searches=len(searches),
        minutes=sum(round((one.get("hours") or 0) * 60) for one in searches),
        finished=len(done),
        on_time=sum(one["until"] <= one["due"] for one in done),
        requested=sum(one["quantity"] for one in ill if one["kind"] == "requested"),
        supplied=sum(one["quantity"] for one in ill if one["kind"] == "supplied"),
        questions=sum(one.values["quantity"] for one in found["reference_question"]),
        trainings=len(trainings),
        trained=sum((one["men"] or 0) + (one["women"] or 0) for one in trainings),
        room_uses=len(found["room_use"]),
    )


TABLE: Table[ClinicalServices | None] = Table("clinical", count, None)
