"""Counting a period and keeping it, in one go."""

from __future__ import annotations

from database.reports import periods


def close(session, month, program, now, words=None):
    return periods.close(session, periods.counted(session, month, now, words), program, now)


def revise(session, month, reason, program, now, words=None):
    found = periods.counted(session, month, now, words)
    return periods.revise(session, found, reason, program, now)
