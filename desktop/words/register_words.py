"""What the registers and their fields and codes are called; translated when shown."""

from __future__ import annotations

from desktop.words.language import N_, _

REGISTERS = {
    "activity": N_("Activities"),
    "cooperation": N_("Cooperation"),
    "service": N_("Services offered"),
    "document": N_("Policies and procedures"),
    "staff": N_("Staff"),
    "training": N_("Training of staff"),
    "budget": N_("Budget"),
    "room": N_("Rooms"),
    "equipment": N_("Equipment"),
    "survey": N_("Satisfaction survey"),
    "e_resource": N_("Use of e-resources"),
    "digital_holding": N_("Digital holdings"),
    "population": N_("Employees, students, beds"),
    "literature_search": N_("Literature searches"),
    "reference_question": N_("Reference questions"),
    "interlibrary": N_("Interlibrary loans"),
    "room_use": N_("Use of the discussion room"),
    "suggestion": N_("Suggestions of readers"),
    "gift": N_("Gifts received"),
}
FIELDS = {
    "title": N_("Name"), "kind": N_("Kind"), "day": N_("Date"), "until": N_("Until"),
    "partner": N_("Partner"), "audience": N_("For whom"), "men": N_("Men"), "women": N_("Women"),
    "hours": N_("Hours"), "note": N_("Note"), "number": N_("Number"), "position": N_("Position"),
    "degree": N_("Degree"), "library_science": N_("Degree in library science"),
    "certified": N_("Certified competence"), "person": N_("Who"), "year": N_("Year"),
    "source": N_("Source"), "amount": N_("Amount"), "spent": N_("Spent"),
    "area": N_("Square metres"), "seats": N_("Seats"), "quantity": N_("How many"),
    "people": N_("People"), "uses": N_("Uses in the month"), "titles": N_("Titles"),
    "copies": N_("Copies"), "employees": N_("Employees"), "students": N_("Students"),
    "beds": N_("Beds"), "requester": N_("Asked by"), "unit": N_("Unit"),
    "question": N_("Question"), "patient": N_("P: patient or problem"),
    "intervention": N_("I: intervention"), "comparison": N_("C: comparison"),
    "outcome": N_("O: outcome"), "due": N_("Wanted by"), "found": N_("Found"),
    "given": N_("Handed over"), "literature_search.until": N_("Finished on"),
    "cooperation.title": N_("What it is about"), "theme": N_("Theme"), "leader": N_("Led by"),
    "children": N_("Up to 12 years"), "teens": N_("13 to 18 years"),
    "adults": N_("19 to 59 years"), "elderly": N_("60 years and older"),
    "impact": N_("Story of its effect"), "result": N_("What came of it"),
    "places": N_("Searched in"), "results": N_("Results, a line each"),
    "votes": N_("Votes"), "state": N_("State"), "edition": N_("Edition"),
    "contact": N_("Address or phone"), "interlibrary.title": N_("Title"),
    "interlibrary.until": N_("Given back on"), "interlibrary.due": N_("To be back by"),
    "suggestion.title": N_("Title"), "suggestion.until": N_("Settled on"),
    "gift.title": N_("What was given"), "gift.partner": N_("Given by"),
    "score_1": N_("1 Requirements"), "score_2": N_("2 Procedure"), "score_3": N_("3 Speed"),
    "score_4": N_("4 Cost"), "score_5": N_("5 Product"), "score_6": N_("6 Competence"),
    "score_7": N_("7 Behaviour"), "score_8": N_("8 Complaints"), "score_9": N_("9 Facilities"),
    "isbn": N_("ISBN"), "author": N_("Author"), "publisher": N_("Publisher"),
    "accessioned": N_("Accession date"), "copy": N_("Copy"), "supplier": N_("Supplier or giver"),
    "price": N_("Price"), "loans": N_("Loans"), "in_house": N_("Read here"),
    "purpose": N_("Purpose"), "name": N_("Name"), "link": N_("Link (address)"),
}  # fmt: skip
WORDS = {
    "literacy": N_("literacy"), "story_hour": N_("story hour"),
    "user_training": N_("user training"), "visit_received": N_("study visit received"),
    "visit_made": N_("study visit made"), "promotion": N_("promotion"),
    "exhibition": N_("exhibition, work"), "other": N_("other"), "agreement": N_("agreement"),
    "informal": N_("informal"), "network": N_("network"), "on_site": N_("on site"),
    "digital": N_("digital"), "decree": N_("decree"), "policy": N_("policy"),
    "procedure": N_("procedure"), "plan": N_("plan"), "report": N_("report"),
    "librarian": N_("librarian"), "technical": N_("technical staff"),
    "administrative": N_("administrative staff"), "head": N_("head"), "school": N_("school"),
    "d2": "D2", "d3": "D3", "d4": "D4", "s1": "S1", "s2": "S2", "s3": "S3",
    "collection": N_("collection"), "training": N_("training"), "service": N_("services"),
    "building": N_("building"), "parent_body": N_("parent body"),
    "government": N_("government"), "gift": N_("gift"), "stacks": N_("stacks"),
    "reading": N_("reading"), "work": N_("work"), "desk": N_("desk"),
    "multimedia": N_("multimedia"), "discussion": N_("discussion"),
    "computer_staff": N_("computer of the staff"), "computer_public": N_("computer for readers"),
    "catalogue_pc": N_("catalogue computer"), "printer": N_("printer"), "scanner": N_("scanner"),
    "shelf": N_("shelf"), "table": N_("table"), "chair": N_("chair"), "locker": N_("locker"),
    "extinguisher": N_("fire extinguisher"), "database": N_("database"),
    "e_books": N_("e-books"), "e_journals": N_("e-journals"), "repository": N_("repository"),
    "audio": N_("audio"), "patient_care": N_("care of a patient"),
    "guideline": N_("guideline"), "teaching": N_("teaching"), "research": N_("research"),
    "management": N_("management"), "personal": N_("personal"),
    "patient_education": N_("patient education"), "short": N_("short"), "long": N_("long"),
    "inclusion": N_("social inclusion (TPBIS)"), "health": N_("health"),
    "economy": N_("economy"), "education": N_("education"),
    "children_youth": N_("children and youth"), "women": N_("women"), "culture": N_("culture"),
    "new": N_("new"), "proposed": N_("proposed"), "ordered": N_("ordered"), "here": N_("arrived"),
    "declined": N_("declined"),
    "requested": N_("requested"), "supplied": N_("supplied"), "purchase": N_("Purchase"),
    "exchange": N_("Exchange"), "deposit": N_("Deposit"), "own": N_("Own publication"),
}  # fmt: skip
UNITS = {
    "titles": N_("titles"), "copies": N_("copies"), "percent": N_("%"), "kinds": N_("kinds"),
    "documents": N_("documents"), "years": N_("years"), "square_metres": N_("m²"),
    "seats": N_("seats"), "computers": N_("computers"), "hours": N_("hours"),
    "times": N_("times"), "score": N_("of 4"), "persons": N_("persons"),
    "agreements": N_("agreements"), "figures": N_("figures"), "ratio": "", "rupiah": N_("rupiah"),
}  # fmt: skip
AREAS = {
    "collection": N_("Collection"),
    "facilities": N_("Facilities"),
    "services": N_("Services"),
    "staff": N_("Staff"),
    "organisation": N_("Organisation"),
    "management": N_("Management"),
    "innovation": N_("Innovation and creativity"),
    "reading_habit": N_("Reading habit"),
    "iplm": N_("Literacy index (IPLM)"),
}


def register(name: str) -> str:
    """A register's name."""
    return _(REGISTERS[name])


def field(key: str, register_name: str = "") -> str:
    """A field's name, in a register where that has a name of its own for it."""
    return _(FIELDS.get(f"{register_name}.{key}") or FIELDS.get(key, key))


def word(code: str) -> str:
    """A code's word; what is no code stands for itself."""
    return _(WORDS[code]) if code in WORDS else code


def unit(code: str) -> str:
    """What a measure counts."""
    name = UNITS.get(code, code)
    return _(name) if name else ""


def area(code: str) -> str:
    """A part of the standard."""
    return _(AREAS.get(code, code))
