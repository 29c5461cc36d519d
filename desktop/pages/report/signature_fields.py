"""Empty fields for electronic signatures (by BSrE or another), where the paper is to be signed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from desktop.pages.drawing.signatures import Spot
from desktop.words.language import _

if TYPE_CHECKING:
    from pypdf import PdfWriter

_PRINTED = 4
"""The flag of an annotation that is printed, too (ISO 32000-2, 12.5.3)."""


def signature_fields(writer: PdfWriter, spots: Sequence[Spot]) -> None:
    """A visible field on each spot, named after who signs there. Whoever signs fills it in by an
    appended revision, so that what was there stays as it was."""
    from pypdf.generic import (
        ArrayObject,
        DictionaryObject,
        FloatObject,
        NameObject,
        NumberObject,
        TextStringObject,
    )

    if not spots:
        return
    listed = ArrayObject()
    for at, (page_number, *box, who) in enumerate(spots, start=1):
        page = writer.pages[page_number]
        field = DictionaryObject(
            {
                NameObject("/Type"): NameObject("/Annot"),
                NameObject("/Subtype"): NameObject("/Widget"),
                NameObject("/FT"): NameObject("/Sig"),
                NameObject("/T"): TextStringObject(_field_name(at)),
                NameObject("/TU"): TextStringObject(_("Signature of {name}").format(name=who)),
                NameObject("/F"): NumberObject(_PRINTED),
                NameObject("/Rect"): ArrayObject(FloatObject(round(side, 2)) for side in box),
                NameObject("/P"): page.indirect_reference,
                NameObject("/AP"): DictionaryObject({NameObject("/N"): _empty(writer, box)}),
            }
        )
        reference = writer._add_object(field)
        _name(writer, field, page)
        listed.append(reference)
        notes = page.get("/Annots")
        kept = ArrayObject(notes.get_object()) if notes is not None else ArrayObject()
        page[NameObject("/Annots")] = ArrayObject([*kept, reference])
    form = DictionaryObject(
        {NameObject("/Fields"): listed, NameObject("/SigFlags"): NumberObject(0)}
    )
    writer.root_object[NameObject("/AcroForm")] = writer._add_object(form)


def _name(writer: PdfWriter, field: Any, page: Any) -> None:
    """The field is one of the elements that are read, where the document has any."""
    from pypdf.generic import ArrayObject, DictionaryObject, NameObject, NumberObject

    root: Any = writer.root_object.get("/StructTreeRoot")
    if root is None:
        return
    root, key = root.get_object(), root.get_object()["/ParentTreeNextKey"]
    top = root["/K"][0].get_object()
    held = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/OBJR"),
            NameObject("/Obj"): field.indirect_reference,
            NameObject("/Pg"): page.indirect_reference,
        }
    )
    made = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/StructElem"),
            NameObject("/S"): NameObject("/Form"),
            NameObject("/P"): top.indirect_reference,
            NameObject("/K"): ArrayObject([held]),
        }
    )
    reference = writer._add_object(made)
    top["/K"].append(reference)
    root["/ParentTree"]["/Nums"].extend([NumberObject(key), reference])
    field[NameObject("/StructParent")] = NumberObject(key)
    root[NameObject("/ParentTreeNextKey")] = NumberObject(key + 1)


def _empty(writer: PdfWriter, box: Sequence[float]) -> Any:
    """How the field looks while nobody signed: like the paper under it."""
    from pypdf.generic import ArrayObject, DictionaryObject, FloatObject, NameObject, StreamObject

    look = StreamObject()
    look.set_data(b"")
    left, low, right, high = box
    look.update(
        {
            NameObject("/Type"): NameObject("/XObject"),
            NameObject("/Subtype"): NameObject("/Form"),
            NameObject("/BBox"): ArrayObject(
                FloatObject(round(side, 2)) for side in (0, 0, right - left, high - low)
            ),
            NameObject("/Resources"): DictionaryObject(),
        }
    )
    return writer._add_object(look)


def _field_name(at: int) -> str:
    """Field names hold no point, which would part them."""
    return _("Signature {n}").format(n=at)
