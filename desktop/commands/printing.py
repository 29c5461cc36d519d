"""Papers without a window: listing them, writing one or all as PDF."""

from __future__ import annotations

import argparse
from datetime import datetime
from pathlib import Path
from typing import Any

from desktop.commands.opening import opened
from desktop.commands.telling import DONE, Told, give, progress
from desktop.words.language import _


def _papers(chosen: argparse.Namespace, now: datetime) -> int:
    from desktop.papers import PAPERS

    if chosen.list:
        rows = [{"name": one.name, "title": _(one.title)} for one in PAPERS.values()]
        give(chosen, {"papers": rows}, [f"{row['name']}\t{row['title']}" for row in rows])
        return DONE
    if (chosen.name is None) != chosen.all:
        raise Told(_("Name one paper, or ask for --all."))
    if not chosen.all and chosen.name not in PAPERS:
        raise Told(_("There is no paper “{name}”; --list names them all.").format(name=chosen.name))
    if chosen.library is None or chosen.out is None:
        raise Told(_("Say which --library, and the folder with --out."))
    wanted = list(PAPERS) if chosen.all else [chosen.name]
    rows = _written(wanted, chosen, now)
    give(
        chosen, {"papers": rows}, [f"{row['name']}\t{row['pages']}\t{row['file']}" for row in rows]
    )
    return DONE


def _written(names: list[str], chosen: argparse.Namespace, now: datetime) -> list[dict[str, Any]]:
    from desktop.pages.drawing.paper import paper_size
    from desktop.papers import PAPERS, make

    library = opened(chosen)
    folder: Path = chosen.out
    report = progress(_("Papers"))
    rows = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with paper_size(chosen.paper):
            for at, name in enumerate(names, start=1):
                with library.reading() as session:
                    made = make(PAPERS[name], folder, session, now)
                rows.append(
                    {
                        "name": name,
                        "title": _(made.paper.title),
                        "file": str(made.file),
                        "pages": made.pages,
                    }
                )
                report(at, len(names))
    finally:
        library.close()
    return rows


ACTS = {"papers": _papers}
