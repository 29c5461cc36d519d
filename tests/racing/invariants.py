"""What holds in every library at every moment, asked in plain SQL: each question has no answer."""

from __future__ import annotations

from sqlalchemy import text

from database.library import Library

OPEN = "returned_at IS NULL AND cancelled_at IS NULL"
QUESTIONS = {
    "one open loan a copy": f"""
        SELECT item_id FROM loan WHERE {OPEN} GROUP BY item_id HAVING count(*) > 1""",
    "no more loans than the rule allows, when each was made": """
        SELECT l.id FROM loan l
        JOIN patron_category c ON c.code = l.category
        JOIN loan_rule r ON r.category_id = c.id AND coalesce(r.item_type, '') = ''
        JOIN journal made ON made.kind = 'Loan' AND made.record_id = l.id
          AND made.action = 'loan.checked_out'
        WHERE l.cancelled_at IS NULL AND r.loan_limit <= (
            SELECT count(*) FROM loan o
            WHERE o.patron_id = l.patron_id AND o.id < l.id AND o.cancelled_at IS NULL
              AND NOT EXISTS (SELECT 1 FROM journal j WHERE j.kind = 'Loan'
                AND j.record_id = o.id AND j.action LIKE '%.undone')
              AND NOT EXISTS (SELECT 1 FROM journal j WHERE j.kind = 'Loan'
                AND j.record_id = o.id AND j.id < made.id
                AND j.action IN ('loan.returned', 'loan.closed')))""",
    "renewals are those there are": """
        SELECT l.id FROM loan l WHERE l.renewals <>
            (SELECT count(*) FROM renewal r WHERE r.loan_id = l.id AND r.cancelled_at IS NULL)""",
    "no more renewals than the rule allows": """
        SELECT l.id FROM loan l JOIN patron_category c ON c.code = l.category
        JOIN loan_rule r ON r.category_id = c.id AND coalesce(r.item_type, '') = ''
        WHERE l.renewals > r.renewals""",
    "one fine a return": """
        SELECT loan_id FROM charge WHERE kind = 'overdue' AND cancelled_at IS NULL
        GROUP BY loan_id HAVING count(*) > 1""",
    "a fine has a loan that ended": f"""
        SELECT c.id FROM charge c JOIN loan l ON l.id = c.loan_id
        WHERE c.kind = 'overdue' AND c.cancelled_at IS NULL AND l.{OPEN.split(" AND ")[0]}""",
    "one copy ready for one hold": """
        SELECT copy_id FROM hold WHERE state = 'ready' GROUP BY copy_id HAVING count(*) > 1""",
    "a patron waits for a title once": """
        SELECT biblio_id FROM hold WHERE ended_at IS NULL
        GROUP BY biblio_id, patron_id HAVING count(*) > 1""",
    "a copy that lies ready is in the house": f"""
        SELECT h.id FROM hold h JOIN loan l ON l.item_id = h.copy_id AND l.{OPEN}
        WHERE h.state = 'ready'""",
    "a hold ends once": """
        SELECT record_id FROM journal WHERE action = 'hold.expired' AND id NOT IN
            (SELECT undoes_id FROM journal WHERE undoes_id IS NOT NULL)
        GROUP BY record_id HAVING count(*) > 1""",
    "nobody pays more than is owed": """
        SELECT c.id FROM charge c WHERE c.amount < (SELECT coalesce(sum(
            CASE WHEN p.kind = 'refunded' THEN -p.amount ELSE p.amount END), 0)
            FROM payment p WHERE p.charge_id = c.id AND p.cancelled_at IS NULL)""",
    "what is paid has a receipt": """
        SELECT id FROM payment WHERE kind = 'paid' AND receipt = ''""",
    "a receipt is of one moment": """
        SELECT receipt FROM payment WHERE receipt <> '' GROUP BY receipt
        HAVING count(DISTINCT paid_at) > 1""",
    "a receipt is journalled once": """
        SELECT count(*) FROM payment p WHERE p.kind = 'paid' AND p.cancelled_at IS NULL
          AND (SELECT count(*) FROM journal j WHERE j.action = 'charge.paid') <
              (SELECT count(DISTINCT receipt) FROM payment WHERE kind = 'paid')
        HAVING count(*) > 0""",
    "a closed day holds the money it was closed with": """
        SELECT d.id FROM day_close d WHERE d.reopened_at IS NULL AND d.taken <>
            (SELECT coalesce(sum(p.amount), 0) FROM payment p WHERE p.kind = 'paid'
             AND p.paid_on = d.closed_on AND p.cancelled_at IS NULL)""",
    "a day is closed once": """
        SELECT closed_on FROM day_close WHERE reopened_at IS NULL
        GROUP BY closed_on HAVING count(*) > 1""",
    "a barcode is one copy's": "SELECT barcode FROM item GROUP BY barcode HAVING count(*) > 1",
    "an accession number is one copy's": """
        SELECT accession_number FROM item WHERE accession_number IS NOT NULL
        GROUP BY accession_number HAVING count(*) > 1""",
    "a number is one patron's": """
        SELECT number FROM patron WHERE number <> '' GROUP BY number HAVING count(*) > 1""",
    "a copy on loan is in stock": f"""
        SELECT l.id FROM loan l JOIN item i ON i.id = l.item_id
        WHERE l.{OPEN.split(" AND ")[0]} AND l.cancelled_at IS NULL
          AND (i.cancelled_at IS NOT NULL OR i.status IN ('lost', 'withdrawn', 'given'))""",
    "a loan comes back after it was lent": """
        SELECT id FROM loan WHERE returned_on < lent_on""",
    "an act is undone once": """
        SELECT undoes_id FROM journal WHERE undoes_id IS NOT NULL
        GROUP BY undoes_id HAVING count(*) > 1""",
    "a suspension stands on a card as on its loans": """
        SELECT p.id FROM patron p WHERE p.suspended_until <> (SELECT max(l.suspended_until)
            FROM loan l WHERE l.patron_id = p.id AND l.cancelled_at IS NULL)""",
    "every lending is journalled": """
        SELECT l.id FROM loan l WHERE NOT EXISTS (SELECT 1 FROM journal j
            WHERE j.kind = 'Loan' AND j.record_id = l.id AND j.action = 'loan.checked_out')""",
}
"""What is asked, by what would be broken."""


def broken(library: Library) -> list[str]:
    """The invariants that do not hold, each with the first records that break it."""
    found = []
    with library.reading() as session:
        for name, question in QUESTIONS.items():
            rows = session.execute(text(question)).all()
            if rows:
                found.append(f"{name}: {[row[0] for row in rows[:5]]}")
    return found
