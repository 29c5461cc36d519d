"""What a report's PDF needs to be kept for long and read by everybody (PDF/A-3A, ISO 19005-3, and
PDF/UA-1, ISO 14289-1): metadata in XMP that say the same as its Info, the colour space meant,
files inside with their kind and day, fields with an appearance. Fonts are embedded and elements
named by whoever draws; nothing is encrypted and nothing runs.

`python -m tests.archival` has veraPDF judge it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

from resources import FOLDER

if TYPE_CHECKING:
    from pypdf import PdfWriter

_PROFILE = FOLDER / "srgb.icc"
"""Made by Little CMS; it says of itself “No copyright, use freely”."""
_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
 <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
  <rdf:Description rdf:about=""
    xmlns:dc="http://purl.org/dc/elements/1.1/"
    xmlns:xmp="http://ns.adobe.com/xap/1.0/"
    xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
    xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"
    xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
   <pdfaid:part>3</pdfaid:part>
   <pdfaid:conformance>A</pdfaid:conformance>
   <pdfuaid:part>1</pdfuaid:part>
   <dc:format>application/pdf</dc:format>
   <dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
   <dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
   <dc:description>
    <rdf:Alt><rdf:li xml:lang="x-default">{subject}</rdf:li></rdf:Alt>
   </dc:description>
   <dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
   <xmp:CreatorTool>{creator}</xmp:CreatorTool>
   <xmp:CreateDate>{made}</xmp:CreateDate>
   <xmp:ModifyDate>{made}</xmp:ModifyDate>
   <pdf:Producer>{producer}</pdf:Producer>
  </rdf:Description>
  <rdf:Description rdf:about=""
    xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
    xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
    xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
   <pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
    <pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
    <pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
    <pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
    <pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
     <pdfaProperty:name>part</pdfaProperty:name>
     <pdfaProperty:valueType>Integer</pdfaProperty:valueType>
     <pdfaProperty:category>internal</pdfaProperty:category>
     <pdfaProperty:description>Part of ISO 14289</pdfaProperty:description>
    </rdf:li></rdf:Seq></pdfaSchema:property>
   </rdf:li></rdf:Bag></pdfaExtension:schemas>
  </rdf:Description>
 </rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>"""


def make_archival(writer: PdfWriter) -> None:
    """Give a document that is written whole what it lacks; after the files and fields are in."""
    from pypdf.generic import NameObject, StreamObject

    now = datetime.now().astimezone().replace(microsecond=0)
    told = _info(writer, now)
    packet = StreamObject()
    packet.set_data(_XMP.format(**{key: escape(value) for key, value in told.items()}).encode())
    packet[NameObject("/Type")] = NameObject("/Metadata")
    packet[NameObject("/Subtype")] = NameObject("/XML")
    writer.root_object[NameObject("/Metadata")] = writer._add_object(packet)
    _mean_colours(writer)
    _tell_files(writer, now)
    _drop_transitions(writer)
    writer.pdf_header = "%PDF-1.7"


def _info(writer: PdfWriter, now: datetime) -> dict[str, str]:
    """What Info says, with what the packet says in the same words."""
    info: Mapping[str, Any] = writer.metadata or {}
    texts = {key: str(info.get(f"/{key.capitalize()}") or "") for key in _TEXTS}
    stamp = f"D:{now:%Y%m%d%H%M%S}{now:%z}"
    offset = f"{stamp[:-2]}'{stamp[-2:]}'"
    writer.metadata = {
        **{f"/{key.capitalize()}": value for key, value in texts.items()},
        "/CreationDate": offset,
        "/ModDate": offset,
    }
    language = str(writer.root_object.get("/Lang", "id"))
    return {**texts, "made": now.isoformat(), "language": language}


_TEXTS = ("title", "author", "subject", "creator", "producer")


def _mean_colours(writer: PdfWriter) -> None:
    """Red, green and blue are those of sRGB."""
    from pypdf.generic import (
        ArrayObject,
        DictionaryObject,
        NameObject,
        NumberObject,
        StreamObject,
        TextStringObject,
    )

    profile = StreamObject()
    profile.set_data(_PROFILE.read_bytes())
    profile[NameObject("/N")] = NumberObject(3)
    intent = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/OutputIntent"),
            NameObject("/S"): NameObject("/GTS_PDFA1"),
            NameObject("/OutputConditionIdentifier"): TextStringObject("sRGB"),
            NameObject("/Info"): TextStringObject("sRGB"),
            NameObject("/DestOutputProfile"): writer._add_object(profile),
        }
    )
    writer.root_object[NameObject("/OutputIntents")] = ArrayObject([writer._add_object(intent)])


def _tell_files(writer: PdfWriter, now: datetime) -> None:
    """Each file inside has a name for every reader and its day."""
    from pypdf.generic import DictionaryObject, NameObject, NumberObject, TextStringObject

    listed: Any = writer.root_object.get("/AF", ())
    for one in listed:
        file = one.get_object()
        file[NameObject("/UF")] = TextStringObject(file["/F"])
        file[NameObject("/Desc")] = TextStringObject(file["/F"])
        stream = file["/EF"]["/F"].get_object()
        file["/EF"][NameObject("/UF")] = file["/EF"].raw_get("/F")
        stream[NameObject("/Params")] = DictionaryObject(
            {
                NameObject("/ModDate"): TextStringObject(f"D:{now:%Y%m%d%H%M%S}Z"),
                NameObject("/Size"): NumberObject(len(stream.get_data())),
            }
        )


def _drop_transitions(writer: PdfWriter) -> None:
    """ReportLab writes an empty transition on each page, which means nothing."""
    for page in writer.pages:
        page.pop("/Trans", None)
