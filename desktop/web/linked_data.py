"""What a page tells search engines, in the words of Schema.org (JSON-LD)."""

from __future__ import annotations

from typing import Any

from database.policy.house import ProfileFacts
from database.public.house import Door
from database.public.titles import Title
from desktop.words.titles import full_title

_CONTEXT = "https://schema.org"
_KINDS = {
    "serial": "Periodical",
    "article": "Article",
    "thesis": "Thesis",
    "audiovisual": "CreativeWork",
    "guideline": "MedicalGuideline",
    "leaflet": "CreativeWork",
    "regulation": "Legislation",
}
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def of_title(title: Title, values: dict[str, str]) -> dict[str, Any]:
    """A title and whether it can be had."""
    here = any(one.state in {"available", "reference"} for one in title.copies)
    told: dict[str, Any] = {
        "@context": _CONTEXT,
        "@type": _KINDS.get(title.material, "Book"),
        "name": full_title(values),
        "author": [one.strip() for one in title.contributors.split(";") if one.strip()],
        "datePublished": values["year"],
        "publisher": values["publisher"],
        "isbn": values["isbn"],
        "issn": values["issn"],
        "inLanguage": title.language,
        "about": [term for term, _scheme in title.subjects],
        "description": values["summary"],
        "bookEdition": values["edition"],
    }
    if title.copies:
        state = "InStock" if here else "OutOfStock"
        told["offers"] = {
            "@type": "Offer",
            "availability": f"{_CONTEXT}/{state}",
            "businessFunction": "http://purl.org/goodrelations/v1#LeaseOut",
        }
    return {name: value for name, value in told.items() if value}


def of_library(door: Door) -> dict[str, Any]:
    """The library, its address and its hours."""
    profile: ProfileFacts = door.profile
    told = {
        "@context": _CONTEXT,
        "@type": "Library",
        "name": profile.name,
        "parentOrganization": profile.hospital,
        "telephone": profile.phone,
        "email": profile.email,
        "address": ", ".join(one for one in (profile.address, profile.city) if one),
        "openingHoursSpecification": [
            {
                "@type": "OpeningHoursSpecification",
                "dayOfWeek": _DAYS[day],
                "opens": f"{opens:%H:%M}",
                "closes": f"{closes:%H:%M}",
            }
            for day, (opens, closes) in sorted(door.hours.items())
        ],
    }
    return {name: value for name, value in told.items() if value}
