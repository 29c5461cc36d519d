"""What a scanner may have meant by the signs it sent.

A scanner is a keyboard. What it sends depends on its own settings and on the PC's: a prefix that
names the symbology (ISO/IEC 15424: "]C1"), control signs, Caps Lock, and a keyboard of another
country, on which the same keys give other signs. Nothing here decides: whoever asks takes the
first reading that is known to the library.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from database.description import isbn

LONGEST = 60
LEAST = 4
_PREFIX = re.compile(r"\][A-Z][0-9A-Z]")
# What our numbers are made of; the label of a copy, a card and a staff number know nothing else.
_CODE = re.compile(r"[A-Z0-9][A-Z0-9 ./:_-]+")
_NONE = "\0"

# The signs of the 47 keys, row by row, without and with Shift. Keys that only prepare an accent
# give it alone, as scanners cause it.
US = (
    "`1234567890-=qwertyuiop[]\\asdfghjkl;'zxcvbnm,./",
    '~!@#$%^&*()_+QWERTYUIOP{}|ASDFGHJKL:"ZXCVBNM<>?',
)
LAYOUTS = {
    "de": (
        "^1234567890ß´qwertzuiopü+#asdfghjklöäyxcvbnm,.-",
        "°!\"§$%&/()=?`QWERTZUIOPÜ*'ASDFGHJKLÖÄYXCVBNM;:_",
    ),
    "fr": (
        "²&é\"'(-è_çà)=azertyuiop^$*qsdfghjklmùwxcvbn,;:!",
        _NONE + "1234567890°+AZERTYUIOP¨£µQSDFGHJKLM%WXCVBN?./§",
    ),
    "be": (
        "²&é\"'(§è!çà)-azertyuiop^$µqsdfghjklmùwxcvbn,;:=",
        "³1234567890°_AZERTYUIOP¨*£QSDFGHJKLM%WXCVBN?./+",
    ),
    "ch": (
        "§1234567890'^qwertzuiopü¨$asdfghjklöäyxcvbnm,.-",
        '°+"*ç%&/()=?`QWERTZUIOPè!£ASDFGHJKLéàYXCVBNM;:_',
    ),
    "es": (
        "º1234567890'¡qwertyuiop`+çasdfghjklñ´zxcvbnm,.-",
        'ª!"·$%&/()=?¿QWERTYUIOP^*ÇASDFGHJKLÑ¨ZXCVBNM;:_',
    ),
    "it": (
        "\\1234567890'ìqwertyuiopè+ùasdfghjklòàzxcvbnm,.-",
        '|!"£$%&/()=?^QWERTYUIOPé*§ASDFGHJKLç°ZXCVBNM;:_',
    ),
    "pt": (
        "\\1234567890'«qwertyuiop+´~asdfghjklçºzxcvbnm,.-",
        '|!"#$%&/()=?»QWERTYUIOP*`^ASDFGHJKLÇªZXCVBNM;:_',
    ),
    "se": (
        "§1234567890+´qwertyuiopå¨'asdfghjklöäzxcvbnm,.-",
        '½!"#¤%&/()=?`QWERTYUIOPÅ^*ASDFGHJKLÖÄZXCVBNM;:_',
    ),
    "tr": (
        '"1234567890*-qwertyuıopğü,asdfghjklşizxcvbnmöç.',
        "é!'^+%&/()=?_QWERTYUIOPĞÜ;ASDFGHJKLŞİZXCVBNMÖÇ:",
    ),
    "gb": (
        "`1234567890-=qwertyuiop[]#asdfghjkl;'zxcvbnm,./",
        '¬!"£$%^&*()_+QWERTYUIOP{}~ASDFGHJKL:@ZXCVBNM<>?',
    ),
}
CAPITALS = "shift"
"""The `layout` of a reading for which Shift or Caps Lock turned figures into signs."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read what came. `layout` names the keyboard by which it was mended, "" where
    nothing had to be; `isbn` are its 13 digits if it is one. `sure` is False for a mended one
    where what came could be a code as well: "Z000012" is no Y000012 unless only Y is ours."""

    code: str
    layout: str = ""
    isbn: str = ""
    sure: bool = True


def readings(sent: str) -> tuple[Reading, ...]:
    """What `sent` may mean, the likeliest first: as it stands, then through the keyboards of
    other countries. Those hold only where the library knows them. Empty for nothing."""
    found: dict[str, Reading] = {}
    plain = bare(sent)
    if plain:
        found[plain] = Reading(plain, "", _isbn(plain))
    if len(sent) > LONGEST:
        return tuple(found.values())
    sure = not _CODE.fullmatch(plain)
    for layout, meant in _through_layouts(sent.strip()):
        code = bare(meant)
        if len(code) >= LEAST and _CODE.fullmatch(code) and code not in found:
            found[code] = Reading(code, layout, _isbn(code) if sure else "", sure)
    return tuple(found.values())


def bare(sent: str) -> str:
    """`sent` in capitals without the prefix of its symbology, control signs and blanks around."""
    text = "".join(_capital(sign) for sign in sent if sign.isprintable()).strip()
    return _PREFIX.sub("", text, count=1).strip() if _PREFIX.match(text) else text


def has_prefix(sent: str) -> bool:
    """Whether it begins with the name of its symbology, which nobody types."""
    return _PREFIX.match(sent.strip().upper()) is not None


def _capital(sign: str) -> str:
    """Sign by sign: "ß" has no capital of one sign."""
    return sign.upper() if len(sign.upper()) == 1 else sign


def _swapped(sent: str) -> str:
    """As Caps Lock turns it."""
    return "".join(_capital(sign) if sign.islower() else sign.lower() for sign in sent)


def _isbn(code: str) -> str:
    return isbn.canonical(code) if isbn.looks_like(code) else ""


def _through_layouts(sent: str) -> Iterator[tuple[str, str]]:
    for layout, table in _tables():
        for typed in (sent, _swapped(sent)):
            if any(ord(sign) in table for sign in typed):
                yield layout, typed.translate(table)


@cache
def _tables() -> tuple[tuple[str, dict[int, str]], ...]:
    """From the signs of a keyboard to those of the same keys elsewhere: the PC has another
    layout than the scanner, or the scanner than the PC, or Shift is held down."""
    ours, made = "".join(US), [(CAPITALS, _table("".join(US), "".join(reversed(US))))]
    for name, rows in LAYOUTS.items():
        theirs = "".join(rows)
        made.append((name, _table(theirs, ours)))
        made.append((name, _table("".join(reversed(rows)), ours)))
        made.append((name, _table(ours, theirs)))
    return tuple(made)


def _table(seen: str, meant: str) -> dict[int, str]:
    pairs = zip(seen, meant, strict=True)
    return {ord(one): other for one, other in pairs if one != other and one != _NONE != other}


TEST_CODE = "Selasar-QaWzYm/0123456789"
"""Printed to test a scanner: both cases, the letters and signs that change from keyboard to
keyboard, every figure."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a scanner made of `TEST_CODE`. `fault` is "" where all is in order, else "caps",
    "layout" (`detail`: which), "prefix" or "suffix" (`detail`: the signs too many), or "unknown".
    `aim` is the prefix of the symbology, which does no harm."""

    fault: str = ""
    detail: str = ""
    aim: str = ""


def judge(sent: str) -> Verdict:
    """Look at what came when `TEST_CODE` was scanned."""
    text = "".join(sign for sign in sent if sign.isprintable()).strip()
    aim = text[:3] if has_prefix(text) else ""
    text = text[len(aim) :]
    if text == TEST_CODE:
        return Verdict(aim=aim)
    if text == _swapped(TEST_CODE) or text.upper() == TEST_CODE.upper():
        return Verdict("caps", aim=aim)
    for layout, meant in _through_layouts(text):
        plain = _PREFIX.sub("", meant.upper(), count=1)
        if plain == TEST_CODE.upper():
            return Verdict("layout", layout)
    before, found, after = text.partition(TEST_CODE)
    if found:
        return Verdict("prefix", before, aim) if before else Verdict("suffix", after, aim)
    return Verdict("unknown", aim=aim)
