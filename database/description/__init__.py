"""One title's record and all that follows from it (ISBD's word: description): MARC, its form,
class, call number, ISBN. No session; the reader of an import loads only this, text and exchange.
"""
