"""Is this report ours, unchanged, and the newest? By its PDF or by its code."""

from __future__ import annotations

import argparse
from datetime import datetime

from database.library import Library
from desktop.commands.telling import DONE, PARTLY, fail, give
from desktop.words.language import _


def _verify(chosen: argparse.Namespace, _now: datetime) -> int:
    from desktop.recap import verifying
    from desktop.recap.reading import NotARecord

    library = Library.open(chosen.library) if chosen.library else None
    try:
        if library is None:
            told = verifying.answer(chosen.what, None)
        else:
            with library.reading() as session:
                told = verifying.answer(chosen.what, session)
    except NotARecord as why:
        return fail(chosen, "no_report", f"{chosen.what}: {_(str(why))}")
    finally:
        if library is not None:
            library.close()
    value = {"state": told.state, "message": told.sentence, "differs": list(told.lines)}
    give(chosen, value, [told.sentence, *told.lines])
    return DONE if told.state in ("valid", "sound") else PARTLY


ACTS = {"verify": _verify}
