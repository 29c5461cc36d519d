"""The house: the library's profile, who signs, hours, and what a new library starts with."""

from __future__ import annotations

import tomllib
from dataclasses import asdict, dataclass, fields
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import delete, insert, or_, select, update
from sqlalchemy.orm import Session

from database import journal
from database.engine.rows import rows_of
from database.refusal import Reason, Refusal
from database.schema import (
    ClosedDay,
    LoanRule,
    OpeningHours,
    PatronCategory,
    PatronKind,
    Picture,
    Profile,
    Signatory,
)
from resources import FOLDER

PICTURE_LIMIT = 4_000_000
_SIGNS = {b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg"}


@dataclass(frozen=True, slots=True)
class ProfileFacts:
    """Who the library is, as it stands on letterheads and in forms; see `schema.Profile`."""

    name: str = "Perpustakaan"
    short_name: str = ""
    hospital: str = ""
    government: str = ""
    city: str = ""
    address: str = ""
    phone: str = ""
    email: str = ""
    dinas: str = ""
    demo: bool = False
    npp: str = ""
    kind: str = ""
    subkind: str = ""
    founded: str = ""
    decree: str = ""
    province: str = ""
    contact: str = ""
    contact_phone: str = ""
    accreditation: str = ""
    vision: str = ""


@dataclass(frozen=True, slots=True)
class Signer:
    """Who signs as "director", "head" or "librarian", from a day on; see `schema.Signatory`."""

    role: str
    position: str
    name: str
    nip: str
    valid_from: date
    capacity: str = ""
    rank: str = ""
    valid_until: date | None = None


def profile(session: Session) -> ProfileFacts:
    """The library's profile."""
    row = session.execute(select(Profile.__table__)).one()
    return ProfileFacts(**{f.name: row._mapping[f.name] for f in fields(ProfileFacts)})


def save_profile(session: Session, facts: ProfileFacts, now: datetime) -> None:
    """Change the profile. Raises Refusal NAME_MISSING."""
    if not facts.name.strip():
        raise Refusal(Reason.NAME_MISSING)
    session.execute(update(Profile).values(**_trimmed(facts)))
    journal.write(session, "profile.saved", "Profile", 1, now)


def _trimmed(facts: ProfileFacts) -> dict[str, Any]:
    return {k: v.strip() if isinstance(v, str) else v for k, v in asdict(facts).items()}


def signer(session: Session, role: str, day: date) -> Signer | None:
    """Who signs as `role` on `day`: the newest that was valid then."""
    row = session.execute(
        select(Signatory)
        .where(
            Signatory.role == role,
            Signatory.valid_from <= day,
            or_(Signatory.valid_until.is_(None), Signatory.valid_until >= day),
        )
        .order_by(Signatory.valid_from.desc(), Signatory.id.desc())
        .limit(1)
    ).scalar()
    return Signer(**{f.name: getattr(row, f.name) for f in fields(Signer)}) if row else None


def signers(session: Session) -> list[Signer]:
    """Everybody who signs or has signed, newest first."""
    rows = session.execute(
        select(*(getattr(Signatory, f.name) for f in fields(Signer))).order_by(
            Signatory.valid_from.desc(), Signatory.id.desc()
        )
    )
    return rows_of(Signer, rows)


def save_signer(session: Session, facts: Signer, now: datetime) -> None:
    """Let someone sign from a day on; the same role and day is corrected in place."""
    if not facts.name.strip():
        raise Refusal(Reason.NAME_MISSING)
    if facts.valid_until is not None and facts.valid_until < facts.valid_from:
        raise Refusal(Reason.VALUE_INVALID, field="valid_until")
    session.execute(
        delete(Signatory).where(
            Signatory.role == facts.role, Signatory.valid_from == facts.valid_from
        )
    )
    session.execute(insert(Signatory).values(**asdict(facts)))
    journal.write(session, "signatory.saved", "Profile", 1, now, role=facts.role)


def picture(session: Session, place: str) -> bytes | None:
    """The logo at "government" or "hospital"."""
    return session.execute(select(Picture.content).where(Picture.place == place)).scalar()


def save_picture(session: Session, place: str, content: bytes | None, now: datetime) -> None:
    """Keep or drop a logo. Raises Refusal VALUE_INVALID if it is not PNG or JPEG up to 4 MB."""
    session.execute(delete(Picture).where(Picture.place == place))
    if content is not None:
        kind = next((name for sign, name in _SIGNS.items() if content.startswith(sign)), None)
        if kind is None or len(content) > PICTURE_LIMIT:
            raise Refusal(Reason.VALUE_INVALID, field="picture")
        session.execute(insert(Picture).values(place=place, media_type=kind, content=content))
    journal.write(session, "picture.saved", "Profile", 1, now, place=place)


def hours(session: Session) -> dict[int, tuple[time, time]]:
    """Weekday (Monday 0) to opening and closing time; a weekday left out is closed."""
    rows = session.execute(select(OpeningHours.weekday, OpeningHours.opens, OpeningHours.closes))
    return {weekday: (opens, closes) for weekday, opens, closes in rows}


def save_hours(session: Session, week: dict[int, tuple[time, time]], now: datetime) -> None:
    """Change the weekly hours. Raises Refusal VALUE_INVALID if a day closes before it opens."""
    if any(closes <= opens for opens, closes in week.values()):
        raise Refusal(Reason.VALUE_INVALID, field="hours")
    session.execute(delete(OpeningHours))
    if week:
        session.execute(
            insert(OpeningHours),
            [{"weekday": day, "opens": o, "closes": c} for day, (o, c) in week.items()],
        )
    journal.write(session, "hours.saved", "Calendar", None, now)


def closed_days(session: Session, first: date, last: date) -> list[tuple[date, str, bool]]:
    """(day, name, open) of every exception in the span."""
    rows = session.execute(
        select(ClosedDay.day, ClosedDay.name, ClosedDay.open)
        .where(ClosedDay.day.between(first, last))
        .order_by(ClosedDay.day)
    )
    return [(day, name, is_open) for day, name, is_open in rows]


def exception(session: Session, day: date) -> list[Any] | None:
    """[name, open] of the exception on a day, None where the weekly hours decide."""
    row = session.execute(
        select(ClosedDay.name, ClosedDay.open).where(ClosedDay.day == day)
    ).one_or_none()
    return [row.name, row.open] if row else None


def save_closed_day(
    session: Session, day: date, name: str, now: datetime, *, is_open: bool = False
) -> int:
    """Close a day (or, `is_open`, open it against the weekly hours); returns the journal line."""
    wanted = {"name": name.strip(), "open": is_open}
    return _put_day(session, day, wanted, "closed_day.saved", now)


def drop_closed_day(session: Session, day: date, now: datetime) -> int:
    """Let the weekly hours decide again; returns the journal line."""
    return _put_day(session, day, None, "closed_day.dropped", now)


def _put_day(
    session: Session, day: date, wanted: dict[str, Any] | None, action: str, now: datetime
) -> int:
    before = exception(session, day)
    session.execute(delete(ClosedDay).where(ClosedDay.day == day))
    if wanted is not None:
        session.execute(insert(ClosedDay).values(day=day, **wanted))
    after = list(wanted.values()) if wanted is not None else None
    return journal.write(
        session, action, "Calendar", None, now, day=day.isoformat(), before=before, after=after
    )


def furnish(session: Session, facts: ProfileFacts, now: datetime) -> None:
    """What a new library starts with: its profile, categories, loan rules, hours."""
    session.execute(insert(Profile).values(id=1, **_trimmed(facts)))
    defaults = tomllib.loads((FOLDER / "defaults.toml").read_text(encoding="utf-8"))
    for position, entry in enumerate(defaults["category"]):
        _furnish_category(session, position, entry)
    for item_type, rule in defaults["item_types"].items():
        session.execute(
            insert(LoanRule).values(
                item_type=item_type, loan_limit=0, days=0, lendable=rule["lendable"]
            )
        )
    opening = defaults["opening"]
    times = (time.fromisoformat(opening["opens"]), time.fromisoformat(opening["closes"]))
    save_hours(session, dict.fromkeys(opening["weekdays"], times), now)
    journal.write(session, "library.created", "Profile", 1, now)


def _furnish_category(session: Session, position: int, entry: dict[str, Any]) -> None:
    category_id = session.execute(
        insert(PatronCategory)
        .values(
            code=entry["code"],
            name=entry["name"],
            kind=entry.get("kind", PatronKind.PERSON),
            audience=entry["audience"],
            validity_days=entry.get("validity_days"),
            number_pattern=entry.get("number_pattern", ""),
            forget_loans_after=entry.get("forget_loans_after"),
            forget_person_after=entry.get("forget_person_after"),
            position=position,
        )
        .returning(PatronCategory.id)
    ).scalar_one()
    session.execute(
        insert(LoanRule).values(
            category_id=category_id,
            loan_limit=entry["limit"],
            days=entry["days"],
            renewals=entry["renewals"],
            period=entry.get("period", "days"),
            sanction=entry.get("sanction", "none"),
            fine_per_day=entry.get("fine_per_day", 0),
        )
    )
