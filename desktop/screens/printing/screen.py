"""The printing place: a tab each for the queue, all papers, label sheets, outgoing
letters, and what was kept."""

from __future__ import annotations

from typing import Any

from desktop.printing.tabs import TabsScreen
from desktop.program import Program
from desktop.screens.printing.kept import KeptPart
from desktop.screens.printing.outgoing import OutgoingPart
from desktop.screens.printing.papers import PapersPart
from desktop.screens.printing.queue import QueuePart
from desktop.screens.printing.sheets import SheetsPart
from desktop.words.language import N_, _


class PrintingScreen(TabsScreen):
    """`arrive(part)` opens one: queue, papers, sheets, outgoing, kept."""

    title = N_("Printing")
    shows = frozenset({"PrintJob", "Item", "Setting", "OutgoingLetter"})

    def __init__(self, program: Program) -> None:
        super().__init__(program, _("Printing"))
        self.build(
            {
                "queue": (_("Queue"), QueuePart(program, self)),
                "papers": (_("All papers"), PapersPart(program, self)),
                "sheets": (_("Label sheets"), SheetsPart(program, self)),
                "outgoing": (_("Outgoing letters"), OutgoingPart(program, self)),
                "kept": (_("Not printed yet"), KeptPart(program, self)),
            }
        )

    def arrive(self, what: Any) -> None:
        """Open a part, or ("paper", name) with that paper chosen."""
        name = ""
        if isinstance(what, tuple):
            what, name = "papers", what[1]
        super().arrive(what)
        papers = self.parts["papers"]
        if name and isinstance(papers, PapersPart):
            papers.reload()
            papers.table.select_ids([name])

    def focus_first(self) -> None:
        """What was kept lies in a folder, of whose changes nobody tells."""
        self.parts["kept"].reload()
        super().focus_first()
