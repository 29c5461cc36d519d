"""What the columns of a list mean, in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from database.sources import own_columns
from database.text.own_values import OwnRow
from database.vocabulary import OwnRecord
from desktop.words.language import N_, _

FIELDS: Mapping[str, str] = {
    "title": N_("Title"),
    "subtitle": N_("Other title information"),
    "authors": N_("Author"),
    "corporate_author": N_("Corporate author"),
    "added_authors": N_("Further authors"),
    "added_bodies": N_("Further bodies"),
    "editors": N_("Editor"),
    "translators": N_("Translator"),
    "illustrators": N_("Illustrator"),
    "statement": N_("Statement of responsibility"),
    "edition": N_("Edition"),
    "place": N_("Place of publication"),
    "publisher": N_("Publisher"),
    "year": N_("Year"),
    "extent": N_("Pages"),
    "dimensions": N_("Size"),
    "series": N_("Series"),
    "isbn": N_("ISBN"),
    "issn": N_("ISSN"),
    "nlm": N_("NLM class"),
    "classification": N_("Class"),
    "call_number": N_("Call number"),
    "language": N_("Language"),
    "subjects": N_("Subjects"),
    "summary": N_("Summary"),
    "note": N_("Note"),
    "kind": N_("Kind of material"),
    "cover": N_("Cover picture"),
    "volume": N_("Volume"),
    "url": N_("Link"),
    "barcodes": N_("Barcode"),
    "accession_number": N_("Accession number"),
    "copies": N_("Number of copies"),
    "copy_number": N_("Copy number"),
    "item_call_number": N_("Call number of the copy"),
    "collection": N_("Collection"),
    "location": N_("Shelf"),
    "source": N_("How it came"),
    "supplier": N_("From whom"),
    "price": N_("Price"),
    "currency": N_("Currency"),
    "acquired_on": N_("Day it came"),
    "status": N_("Condition"),
    "invoice": N_("Invoice"),
    "numbering": N_("Issue"),
    "issue_date": N_("Day of the issue"),
    "name": N_("Name"),
    "surname": N_("Family name"),
    "firstname": N_("Given name"),
    "middle_name": N_("Middle name"),
    "staff_number": N_("NIP, NIM or staff number"),
    "number": N_("Member number"),
    "institution": N_("Institution"),
    "phone": N_("Telephone"),
    "email": N_("E-mail"),
    "sex": N_("Sex"),
    "joined_on": N_("Member since"),
    "valid_until": N_("Valid until"),
    "unit": N_("Unit"),
    "category": N_("Kind of patron"),
    "guarantor": N_("Guarantor"),
    "barcode": N_("Barcode"),
    "lent_on": N_("Lent on"),
    "due_on": N_("Due on"),
    "returned_on": N_("Returned on"),
    "renewals": N_("Renewals"),
}
_PRIVATE: Mapping[str, str] = {
    "identity": N_("never stored: identity"),
    "health": N_("never stored: health"),
    "birth": N_("never stored: birth"),
    "family": N_("never stored: family"),
    "faith": N_("never stored: religion"),
    "address": N_("never stored: address"),
}


def field_name(field: str, own: Sequence[OwnRow] = ()) -> str:
    """What a field is called; `own` are those that the library declared itself."""
    for one in own:
        if field == own_columns.field_of(one):
            about = _("{name} (own field of the copy)") if one.record == OwnRecord.ITEM else ""
            return (about or _("{name} (own field)")).format(name=one.name)
    return _(FIELDS.get(field, field))


def private_name(why: str) -> str:
    """Why a column is never stored."""
    return _(_PRIVATE.get(why, N_("never stored")))
