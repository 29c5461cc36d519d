"""What the pages wear: templates, the style with the colours of the program, scripts, the mark."""

from __future__ import annotations

from dataclasses import asdict
from functools import cache
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from desktop import __version__
from desktop.colours import DARK, LIGHT, Colours
from desktop.words.language import _, current, ngettext
from resources import FOLDER

WEB = FOLDER / "web"
VENDOR = WEB / "vendor"
"""What others made, each beside its licence."""
_KINDS = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}
_EDGE_OF_FIELDS = {"light": "#7C8B99", "dark": "#66758A"}
"""The edge of a field is to be seen at 3:1 (WCAG 1.4.11), which the desk's quieter one is not."""


@cache
def _environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader(WEB),
        autoescape=select_autoescape(default=True, default_for_string=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.globals.update(_=_, ngettext=ngettext, version=__version__)
    return made


def render(template: str, values: dict[str, Any]) -> str:
    """A page in the language now spoken."""
    return _environment().get_template(template).render(lang=current(), **values)


@cache
def asset(name: str) -> tuple[str, bytes]:
    """Media type and content of a file of the pages. Raises KeyError for what is none."""
    if name == "mark.svg":
        return _KINDS[".svg"], (FOLDER / "mark" / "mark.svg").read_bytes()
    if name not in assets():
        raise KeyError(name)
    path = next(one / name for one in (WEB, VENDOR) if (one / name).is_file())
    content = path.read_bytes()
    if name == "style.css":
        content = _colours().encode() + content
    return _KINDS[path.suffix], content


@cache
def assets() -> frozenset[str]:
    """The files of the pages that a browser may ask for."""
    found = (path.name for one in (WEB, VENDOR) for path in one.iterdir() if path.suffix in _KINDS)
    return frozenset({*found, "mark.svg"})


def _colours() -> str:
    """The colours of the program as variables, light and dark."""
    light, dark = _variables(LIGHT, "light"), _variables(DARK, "dark")
    return (
        f":root {{ color-scheme: light dark; {light} }}\n"
        f"@media (prefers-color-scheme: dark) {{ :root {{ {dark} }} }}\n"
    )


def _variables(colours: Colours, scheme: str) -> str:
    named = {name.replace("_", "-"): value for name, value in asdict(colours).items()}
    named["strong"] = _EDGE_OF_FIELDS[scheme]
    return " ".join(f"--{name}: {value};" for name, value in named.items())
