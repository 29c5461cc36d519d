"""What the library has decided: its profile, settings, calendar, kinds of patron, units, loan
rules, numbers, own label sheets and wording.
"""
