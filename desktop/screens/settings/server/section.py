"""One server for several PCs: the way there, what each PC needs, and the way back."""

from __future__ import annotations

from desktop.program import Program
from desktop.screen import Screen
from desktop.screens.settings.section import Section
from desktop.screens.settings.server.moving import Moving, ToServer
from desktop.words.language import _


class ServerSection(Section):
    """Shows the one half that holds: from a file to a server, or what a server's PCs need."""

    def __init__(self, screen: Screen, program: Program) -> None:
        hint = _(
            "A file serves one PC. With a PostgreSQL server several PCs lend and take back in one "
            "library at once."
        )
        super().__init__(screen, _("Several PCs"), hint)
        self.part = self._half(screen, program)
        self.body.addWidget(self.part, 1)

    def _half(self, screen: Screen, program: Program) -> Moving:
        if program.library.is_file:
            return ToServer(screen, program)
        # Late: the driver of servers takes its time, and a file needs none.
        from desktop.screens.settings.server.desks import OnServer

        return OnServer(screen, program)

    def load(self) -> None:
        """Who there is now."""
        self.part.load()

    def focus_first(self) -> None:
        """Where one begins."""
        self.part.focus_first()
