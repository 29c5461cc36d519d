"""The one table of keys: each has one meaning in the whole program.

Shortcuts, the hints on buttons and in menus, F1 and Ctrl+K are made from it: a screen names what
it does ("save"), never a key. What is rare or grave (closing a month, a discharge) has no key: it
is a button, and a line of Ctrl+K.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from desktop.words.language import N_

MEANINGS = MappingProxyType(
    {
        # everywhere
        "help": ("F1", N_("Help and keys of this screen")),
        "scan": ("F2", N_("To the box that is scanned into")),
        "find": ("F3", N_("To the search or the list")),
        "step": ("F4", N_("Take the step that the notice offers")),
        "reload": ("F5", N_("Read anew")),
        "blank": ("F12", N_("Blank the screen")),
        "palette": ("Ctrl+K", N_("Find any action")),
        "undo": ("Ctrl+Z", N_("Undo the last act")),
        "redo": ("Ctrl+Y", N_("Do again what was undone")),
        "acts": ("Ctrl+H", N_("What was done, to take one act back…")),
        "back": ("Esc", N_("Close the innermost thing, or go back")),
        "open": ("Return", N_("Open what is chosen, or press the button in hand")),
        "save": ("Ctrl+S", N_("Save, or do what the page is for")),
        "print": ("Ctrl+P", N_("Print")),
        "paper": ("Ctrl+Shift+P", N_("Look at the paper before it is printed")),
        "words": ("Ctrl+Shift+W", N_("Change the words of a paper")),
        "new": ("Ctrl+N", N_("New")),
        "new_other": ("Ctrl+Shift+N", N_("New, of the other kind")),
        "bring_in": ("Ctrl+I", N_("Bring in data from elsewhere")),
        "choose_file": ("Ctrl+O", N_("Choose files")),
        "files": ("Ctrl+Shift+O", N_("Files and links of what is chosen")),
        "change": ("Ctrl+R", N_("Change what is chosen")),
        "remove": ("Del", N_("Remove what is chosen")),
        "up": ("Alt+Up", N_("Move it up")),
        "down": ("Alt+Down", N_("Move it down")),
        "earlier": ("Alt+Left", N_("The one before")),
        "later": ("Alt+Right", N_("The one after")),
        "next": ("Ctrl+Return", N_("Done with this one, on to the next")),
        # the desk
        "read_here": ("F6", N_("Count a copy read here")),
        "visitor": ("F7", N_("Count a visitor")),
        "renew": ("F8", N_("Renew loans")),
        "due_day": ("Ctrl+Shift+F", N_("The chosen loan is due on a picked day")),
        "pay": ("F9", N_("Take payment")),
        "hold": ("F10", N_("Place a hold")),
        "daily": ("F11", N_("Daily tasks")),
        "lend": ("Ctrl+Shift+U", N_("To the desk with what is chosen")),
        "box": ("Ctrl+B", N_("Empty the return box: every scan comes back")),
        "move_loan": ("Ctrl+M", N_("The chosen loan was another's")),
        "lost": ("Ctrl+L", N_("The chosen loan is lost")),
        "given": ("Ctrl+G", N_("The chosen loan is given away")),
        "damaged": ("Ctrl+D", N_("The copy returned last is damaged")),
        "lift": ("Ctrl+T", N_("Lift the suspension")),
        "close_day": ("Ctrl+Shift+K", N_("Close the day")),
        # the catalogue
        "copies_add": ("Ctrl+E", N_("Add copies")),
        "copies": ("Ctrl+Shift+E", N_("Copies of the title")),
        "duplicate": ("Ctrl+Shift+D", N_("New title from this one")),
        "clear": ("Ctrl+Shift+X", N_("Clear the filters")),
        "look_up": ("Ctrl+F", N_("Find what belongs into the field")),
        "take": ("Ctrl+J", N_("Take what is suggested")),
        "tags": ("Ctrl+Shift+T", N_("Edit the record by tags")),
        "row_add": ("Ctrl+Ins", N_("Add row")),
        "row_remove": ("Ctrl+Del", N_("Remove row")),
        "merge": ("Ctrl+Shift+M", N_("Merge with another")),
        "history": ("Ctrl+Shift+H", N_("What happened to it")),
        "move": ("Ctrl+Shift+L", N_("Move copies to another place")),
        "queue": ("Ctrl+Shift+I", N_("Put into the print queue")),
        "arrived": ("Ctrl+Shift+A", N_("The next issue has come")),
        "switch": ("Ctrl+Shift+B", N_("Take in or give back")),
        "keep": ("Ctrl+1", N_("Weeding: keep")),
        "let_go": ("Ctrl+2", N_("Weeding: let go")),
        "undecided": ("Ctrl+3", N_("Weeding: undecided")),
        # wards and people
        "wish": ("Ctrl+Shift+G", N_("Note a wish")),
        "met": ("Ctrl+Shift+S", N_("The wish was met")),
        "extend": ("Ctrl+Shift+R", N_("Renew a membership")),
        "copy_text": ("Ctrl+Shift+C", N_("Copy the text")),
        # the readers' screen
        "leave": ("Ctrl+Shift+Q", N_("Leave the readers' screen")),
    }
)
"""By the name that code uses: the key, and what it means wherever it does anything."""


OFFERED: Mapping[str, tuple[tuple[str, ...], ...]] = MappingProxyType(
    {
        "home": (("", N_("Practise on made-up data…")),),
        "desk": (
            ("read_here", N_("Count a copy read here")),
            ("box", N_("Empty the return box: every scan comes back")),
            ("move_loan", N_("The chosen loan was another's…")),
            ("find", N_("To the loans, or to what was done just now")),
            ("visitor", N_("Count a visitor")),
            ("renew", N_("Renew the chosen loan")),
            ("due_day", N_("The chosen loan is due on a picked day…")),
            ("hold", N_("Place a hold")),
            ("daily", N_("Daily tasks")),
            ("print", N_("Print slip")),
            ("pay", N_("Take payment…")),
            ("lost", N_("The chosen loan is lost…")),
            ("given", N_("The chosen loan is given away")),
            ("damaged", N_("The copy returned last is damaged…")),
            ("lift", N_("Lift the suspension…")),
            ("close_day", N_("Close the day…")),
        ),
        "catalogue": (
            ("new", N_("New title"), "catalogue"),
            ("bring_in", N_("Import…"), "catalogue"),
            ("find", N_("Search titles")),
            ("reload", N_("Read the list anew")),
            ("clear", N_("Clear the filters")),
            ("print", N_("Print labels of new copies")),
            ("copies", N_("Copies of the title")),
            ("copies_add", N_("Add a copy"), "catalogue"),
            ("files", N_("Files and links…")),
            ("duplicate", N_("New title from this one"), "catalogue"),
            ("change", N_("Change the titles chosen…"), "catalogue"),
            ("", N_("Export the titles found…"), "export"),
            ("", N_("Remove this title…"), "strike"),
            ("", N_("Search in other libraries…"), "catalogue"),
            ("", N_("Bin: what was struck or withdrawn…"), "strike"),
            ("", N_("What was done to this record…")),
        ),
        "patrons": (
            ("find", N_("Find a patron")),
            ("new", N_("New patron"), "patrons"),
            ("save", N_("Save"), "patrons"),
            ("extend", N_("Renew membership"), "patrons"),
            ("lend", N_("Lend to this patron"), "desk"),
            ("print", N_("Print cards")),
            ("", N_("Check a letter")),
            ("bring_in", N_("Bring in a list…"), "catalogue"),
            ("", N_("New rotation…"), "catalogue"),
            ("", N_("Merge with another record…"), "catalogue"),
            ("", N_("Bin: what was struck or withdrawn…"), "strike"),
            ("", N_("What was done to this record…")),
        ),
        "wards": (
            ("new", N_("Start a round, or go on with it"), "desk"),
            ("print", N_("Round sheet")),
            ("lend", N_("Lend to the chosen ward, bed or person"), "desk"),
            ("wish", N_("Note a wish"), "desk"),
            ("met", N_("The wish was met"), "desk"),
            ("", N_("Count leaflets handed out"), "desk"),
            ("", N_("A patient goes home"), "desk"),
            ("", N_("What was handed out this month")),
            ("renew", N_("Renew the loans listed"), "desk"),
            ("", N_("Days of the rounds…"), "report"),
        ),
        "services": (
            ("new", N_("Add a line"), "desk"),
            ("change", N_("Change the chosen line"), "report"),
            ("remove", N_("Remove the chosen line"), "report"),
            ("files", N_("Photographs and files of the chosen line"), "report"),
            ("", N_("Start or stop the clock of a literature search"), "desk"),
            ("print", N_("Letter, deed or sheet of the chosen line"), "report"),
            ("save", N_("Save as a sheet…"), "export"),
        ),
        "reports": (
            ("earlier", N_("The month before")),
            ("later", N_("The month after")),
            ("paper", N_("Preview")),
            ("", N_("Own lists")),
            ("", N_("Recap of many reports…")),
            ("", N_("Verify a report…")),
            ("words", N_("Write the words of the report"), "report"),
            ("", N_("The next step of the month: close, sign, send"), "look"),
            ("print", N_("Print")),
            ("save", N_("Make PDF for the dinas")),
        ),
        "tasks": (
            ("print", N_("Print the hold slip")),
            ("remove", N_("Cancel the chosen hold"), "desk"),
            ("up", N_("Earlier in the queue"), "desk"),
            ("down", N_("Later in the queue"), "desk"),
        ),
        "printing": (
            ("print", N_("Print…")),
            ("remove", N_("Take out")),
            ("choose_file", N_("Scanned codes…")),
        ),
        "settings": (
            ("save", N_("Save this section")),
            ("find", N_("Find a setting")),
            ("", N_("About Selasar")),
        ),
    }
)
"""What each place offers when it opens, by the meaning of its key ("" for none), with the right it
needs as its `Key` names it: Ctrl+K lists it before the place was ever built, which would take
seconds for all of them."""


def sequence(name: str) -> str:
    """The key of a meaning; "" for the name of what has none. Raises KeyError for any other."""
    return MEANINGS[name][0] if name else ""


def printed(key: str) -> str:
    """A key as keyboards in Indonesia have it printed on them."""
    return key.replace("Return", "Enter")
