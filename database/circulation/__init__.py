"""The desk: what a code is, lending, taking back, renewing, holds, late returns, money,
quarantine, reminders, visits, going home, clearance.
"""
