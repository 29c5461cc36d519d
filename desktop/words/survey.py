"""The nine elements of the survey of readers: what is asked, and what may be answered."""

from __future__ import annotations

from desktop.words.language import N_, _

QUESTIONS = (
    N_("What we ask of you before we serve you, is it fitting?"),
    N_("How easy is our way of serving?"),
    N_("How quickly are you served?"),
    N_("Are the costs or fines fair?"),
    N_("Do you get what was promised?"),
    N_("How able are those who serve you?"),
    N_("How polite and friendly are those who serve you?"),
    N_("How are complaints and suggestions dealt with?"),
    N_("How good are rooms, books and equipment?"),
)
ANSWERS = (
    (N_("not fitting"), N_("hardly fitting"), N_("fitting"), N_("very fitting")),
    (N_("not easy"), N_("hardly easy"), N_("easy"), N_("very easy")),
    (N_("not quickly"), N_("hardly quickly"), N_("quickly"), N_("very quickly")),
    (N_("very dear"), N_("rather dear"), N_("fair"), N_("free of charge")),
    (N_("not as promised"), N_("hardly as promised"), N_("as promised"), N_("fully as promised")),
    (N_("not able"), N_("hardly able"), N_("able"), N_("very able")),
    (N_("not polite"), N_("hardly polite"), N_("polite"), N_("very polite")),
    (N_("nobody does"), N_("there, not working"), N_("hardly well"), N_("well")),
    (N_("bad"), N_("sufficient"), N_("good"), N_("very good")),
)
"""For each element four answers, from 1 to 4."""
GRADES = {
    "A": N_("very good"),
    "B": N_("good"),
    "C": N_("less good"),
    "D": N_("not good"),
}


def question(at: int) -> str:
    """What element `at` (from 0) asks."""
    return _(QUESTIONS[at])


def answers(at: int) -> list[str]:
    """What may be answered to it, the worst first."""
    return [_(one) for one in ANSWERS[at]]


def grade(letter: str) -> str:
    """ "A (very good)"."""
    return _("{grade} ({words})").format(grade=letter, words=_(GRADES[letter]))
