"""What became of an e-mail, in words."""

from __future__ import annotations

from desktop.words.language import N_, _
from desktop.words.sentences import shorten

_WHY = {
    "account": N_("The e-mail server was not reached or did not let us in: {said}"),
    "later": N_("The e-mail server asks to try again later: {said}"),
    "never": N_("The e-mail server does not take this e-mail: {said}"),
    "doubtful": N_("The e-mail server did not answer at the end; perhaps it was sent: {said}"),
}
STATES = {
    "queued": N_("waiting"),
    "failed": N_("not sent"),
    "doubtful": N_("perhaps sent"),
}


def why(kind: str, said: str) -> str:
    """Why an e-mail was not sent, with what the server said."""
    return _(_WHY[kind]).format(said=shorten(said, 160))
