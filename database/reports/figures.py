"""The shapes of a period's figures: what the dinas is told, table by table (T1 to T10).

A period is a local calendar month "2026-10", a quarter "2026-Q4" or a year "2026".
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Comparison:
    """One headline figure beside the period before and the same period last year.

    None means that the library has no data for that period, which is not zero.
    """

    now: int
    last_month: int | None
    last_year: int | None


@dataclass(frozen=True, slots=True)
class MonthPoint:
    """One month of the twelve in the chart."""

    month: str
    visits: int
    loans: int


@dataclass(frozen=True, slots=True)
class CollectionRow:
    """T1: copies of one item type and owner; start + additions - losses = end.

    `withdrawn` are those weeded and those given away to readers."""

    item_type: str
    ownership: str
    titles_start: int
    titles_end: int
    start: int
    purchased: int
    donated: int
    deposited: int
    otherwise_added: int
    withdrawn: int
    lost: int
    returned_to_owner: int
    end: int


@dataclass(frozen=True, slots=True)
class ClassRow:
    """T2: titles and copies at the month's end in one class; see callnumber.class_group."""

    class_group: str
    titles: int
    copies: int


@dataclass(frozen=True, slots=True)
class MembershipRow:
    """T3: members of one category; start + joined - ended = end. Sex counts are of `end`."""

    category: str
    start: int
    joined: int
    ended: int
    end: int
    male: int
    female: int


@dataclass(frozen=True, slots=True)
class VisitRow:
    """T4: visits of one category, by week of the month (days 1-7, 8-14, 15-21, 22-28, 29-31), or
    by month of a quarter or year."""

    category: str
    weeks: tuple[int, ...]
    total: int


@dataclass(frozen=True, slots=True)
class CirculationRow:
    """T5: what one borrower category did in the month."""

    category: str
    lent: int
    renewed: int
    returned: int
    returned_late: int
    used_in_house: int


@dataclass(frozen=True, slots=True)
class ClassLoans:
    """T5: loans of one class by borrower category; `by_category` follows `Month.categories`."""

    class_group: str
    by_category: tuple[int, ...]
    total: int


@dataclass(frozen=True, slots=True)
class TitleLoans:
    """One of the ten titles lent most often."""

    title: str
    loans: int


@dataclass(frozen=True, slots=True)
class WardServices:
    """T6: rounds, wards come to, copies lent on them; handed out for good; not brought back."""

    rounds: int
    wards: int
    lent: int
    leaflets: int
    free: int
    given: int
    lost: int


@dataclass(frozen=True, slots=True)
class ClinicalServices:
    """T7: literature searches (`minutes` of work; `on_time` of the `finished`), interlibrary
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


@dataclass(frozen=True, slots=True)
class ActivityRow:
    """T8: one activity; `day` is written "2026-10-05"."""

    day: str
    title: str
    kind: str
    partner: str
    men: int
    women: int


@dataclass(frozen=True, slots=True)
class LateLoans:
    """T9: loans past their due day at the month's end, by calendar days (1-7, 8-30, more), and
    copies written off as lost in the month."""

    week: int
    month: int
    longer: int
    lost: int


@dataclass(frozen=True, slots=True)
class DepositFigures:
    """T10: a batch of the dinas; received = returned + lost + here, of which `lent`."""

    name: str
    received: int
    returned: int
    lost: int
    lent: int
    here: int


@dataclass(frozen=True, slots=True)
class MonthLine:
    """One month of a quarter or year."""

    month: str
    visits: int
    loans: int
    returned: int
    in_house: int
    new_members: int
    new_titles: int
    new_copies: int


@dataclass(frozen=True, slots=True)
class Indicators:
    """What the figures say of the library, None where they say nothing: each a formula of
    monthly-report figures, told in `indicators`."""

    visits_per_open_day: float | None
    loans_per_member: float | None
    turnover: float | None
    recent_share: float | None
    active_share: float | None
    copies_per_staff: float | None
    late_share: float | None
    on_time_share: float | None
    not_back_share: float | None


@dataclass(frozen=True, slots=True)
class Month:
    """All figures of one period, `month`; `categories` maps code to name, in the library's order.

    `loan_categories` are the columns of `class_loans` where they are not all `categories`;
    codes joined by "+" are kinds counted as one (see `disclosure`). `monthly` are the months of a
    longer period; `unbalanced` the bar codes of copies that keep T1 from adding up."""

    month: str
    open_days: int
    visits: Comparison
    loans: Comparison
    members: Comparison
    titles: Comparison
    copies: Comparison
    new_titles: Comparison
    new_members: Comparison
    year: tuple[MonthPoint, ...]
    categories: dict[str, str]
    collection: tuple[CollectionRow, ...]
    classes: tuple[ClassRow, ...]
    membership: tuple[MembershipRow, ...]
    visit_rows: tuple[VisitRow, ...]
    visits_per_open_day: float | None
    busiest_hour: int | None
    circulation: tuple[CirculationRow, ...]
    class_loans: tuple[ClassLoans, ...]
    top_titles: tuple[TitleLoans, ...]
    loan_categories: tuple[str, ...] = ()
    wards: WardServices | None = None
    clinical: ClinicalServices | None = None
    activities: tuple[ActivityRow, ...] = ()
    late: LateLoans | None = None
    deposits: tuple[DepositFigures, ...] = ()
    searches: Comparison | None = None
    held_activities: Comparison | None = None
    indicators: Indicators | None = None
    monthly: tuple[MonthLine, ...] = ()
    unbalanced: tuple[str, ...] = ()
