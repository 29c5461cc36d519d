"""Figures of a day, month, quarter, year; closing them; what lies behind a figure; own lists;
what may leave the house.
"""
