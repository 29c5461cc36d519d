"""Saving never overwrites unseen: what another desk changed since it was read is told first."""

from __future__ import annotations

from dataclasses import replace

import pytest

from database.catalogue import titles
from database.description.marc import Field
from database.holdings import deposits, item_facts, item_list, items
from database.patrons import finding, membership
from database.policy import categories, loan_rule_list, units
from database.refusal import Reason, Refusal
from tests.database.imports.test_importing import record
from tests.libraries import NOW


def ask(library, question):
    with library.reading() as session:
        return question(session)


def act(library, deed):
    with library.transaction() as session:
        return deed(session)


def refused(library, deed):
    with pytest.raises(Refusal) as told, library.transaction() as session:
        deed(session)
    assert told.value.reason is Reason.CHANGED_MEANWHILE
    return told.value.facts["changed"]


def facts_of(row, kind):
    return kind(**{n: getattr(row, n) for n in kind.__dataclass_fields__ if hasattr(row, n)})


@pytest.fixture
def rina(stocked):
    facts = membership.PatronFacts("Rina", "nurse", number="R-1", phone="0812 1111 2222")
    number = act(stocked, lambda s: membership.enrol(s, facts, NOW))
    return ask(stocked, lambda s: finding.one(s, number))


def test_a_patron_changed_at_two_desks_is_told_with_both_values(stocked, rina):
    read = facts_of(rina, membership.PatronFacts)
    other = replace(read, phone="0813 9999 0000")
    act(stocked, lambda s: membership.save(s, rina.id, other, NOW, rina))
    mine = replace(read, note="bawa kartu")
    changed = refused(stocked, lambda s: membership.save(s, rina.id, mine, NOW, rina))
    assert changed == {"phone": ("+6281399990000", "+6281211112222")}
    row = ask(stocked, lambda s: finding.one(s, rina.id))
    assert (row.phone, row.note) == ("+6281399990000", "")
    act(stocked, lambda s: membership.save(s, rina.id, replace(other, note="bawa kartu"), NOW, row))
    row = ask(stocked, lambda s: finding.one(s, rina.id))
    assert (row.phone, row.note) == ("+6281399990000", "bawa kartu")


def test_the_same_change_at_two_desks_is_no_quarrel(stocked, rina):
    wanted = replace(facts_of(rina, membership.PatronFacts), phone="0813 9999 0000")
    for _desk in range(2):
        act(stocked, lambda s: membership.save(s, rina.id, wanted, NOW, rina))
    assert ask(stocked, lambda s: finding.one(s, rina.id)).phone == "+6281399990000"


def test_a_copy_changed_at_two_desks(stocked):
    (row,) = ask(stocked, lambda s: item_list.items_by_barcode(s, ["B000001"]))
    read = facts_of(row, item_facts.ItemFacts)
    act(stocked, lambda s: items.save_item(s, row.id, replace(read, location="Rak 9"), NOW, row))
    mine = replace(read, note="sampul lepas")
    changed = refused(stocked, lambda s: items.save_item(s, row.id, mine, NOW, row))
    assert changed == {"location": ("Rak 9", read.location)}
    (stands,) = ask(stocked, lambda s: item_list.items_by_barcode(s, ["B000001"]))
    assert (stands.location, stands.note) == ("Rak 9", "")


def test_a_title_changed_at_two_desks(stocked):
    number = act(stocked, lambda s: titles.add_biblio(s, record("Satu"), NOW))
    read, _shelf = ask(stocked, lambda s: titles.record_of(s, number))
    other = record("Satu", extra=[Field("500", None, "  ", [("a", "Dari meja lain")])])
    act(stocked, lambda s: titles.save_biblio(s, number, other, NOW, "", read))
    mine = record("Satu, edisi baru")
    changed = refused(stocked, lambda s: titles.save_biblio(s, number, mine, NOW, "", read))
    assert changed == {"500": ("Dari meja lain", "")}
    assert ask(stocked, lambda s: titles.record_of(s, number))[0] == other


def test_units_kinds_rules_and_batches_are_told_alike(stocked):
    act(stocked, lambda s: units.add(s, units.UnitFacts("Gizi"), NOW))
    unit = next(one for one in ask(stocked, units.listed) if one.name == "Gizi")
    was = facts_of(unit, units.UnitFacts)
    act(stocked, lambda s: units.save(s, unit.id, replace(was, report_group="Penunjang"), NOW, was))
    mine = replace(was, name="Instalasi Gizi")
    assert refused(stocked, lambda s: units.save(s, unit.id, mine, NOW, was)) == {
        "report_group": ("Penunjang", "")
    }

    rule = ask(stocked, loan_rule_list.matrix)[0]
    act(stocked, lambda s: loan_rule_list.save(s, rule.id, replace(rule.facts, days=3), NOW))
    mine = replace(rule.facts, loan_limit=9)
    assert refused(stocked, lambda s: loan_rule_list.save(s, rule.id, mine, NOW, rule.facts)) == {
        "days": (3, rule.facts.days)
    }

    facts = deposits.DepositFacts("Dinas", "Dinas Kota", prefix="DN", received_on=NOW.date())
    number, _line = act(stocked, lambda s: deposits.receive(s, facts, NOW))
    act(stocked, lambda s: deposits.save(s, number, replace(facts, note="dua dus"), NOW, facts))
    mine = replace(facts, name="Dinas Perpustakaan")
    assert refused(stocked, lambda s: deposits.save(s, number, mine, NOW, facts)) == {
        "note": ("dua dus", "")
    }


def test_a_kind_of_patron_changed_at_two_desks(stocked):
    row = next(one for one in ask(stocked, categories.listed) if one.code == "nurse")
    was = facts_of(row, categories.CategoryFacts)
    act(stocked, lambda s: categories.save(s, row.id, replace(was, validity_days=90), NOW, was))
    mine = replace(was, name="Perawat & bidan")
    assert refused(stocked, lambda s: categories.save(s, row.id, mine, NOW, was)) == {
        "validity_days": (90, was.validity_days)
    }
