"""Dates as people type them."""

import pytest

from reference.dates import ACCEPTED_FORMS, DateFault, UncertainDateError
from reference.typed_dates import read_typed


@pytest.mark.parametrize("form", ["", *ACCEPTED_FORMS])
def test_every_accepted_form_can_be_typed(form):
    assert read_typed(form).text == form


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("  2023-10-29 ", "2023-10-29"),
        ("\u00a02023-10-29", "2023-10-29"),
        ("۲۰۲۳-۱۰-۲۹", "2023-10-29"),
        ("٢٠٢٣-١٠", "2023-10"),
        ("\u200f۲۰۲۳\u200e", "2023"),
        ("2023–10–29", "2023-10-29"),
        ("2023‑10‑29", "2023-10-29"),
        ("2023–10", "2023-10"),
        ("2023 - 10 - 29", "2023-10-29"),
        ("2023-11-22 / 2023-11-23", "2023-11-22/2023-11-23"),
        ("2023-11-22–2023-11-23", "2023-11-22/2023-11-23"),
        ("2023-11-22 - 2023-11-23", "2023-11-22/2023-11-23"),
        ("2009–2010", "2009/2010"),
        ("2009-2010", "2009/2010"),
        ("…/2023-12-11", "../2023-12-11"),
        ("2023-12-08/…", "2023-12-08/.."),
        ("2023-10 ~", "2023-10~"),
        ("2023-10؟", "2023-10?"),
        ("2023-10~?", "2023-10%"),
        ("2023-10?~", "2023-10%"),
        ("2023-10٪", "2023-10%"),
        ("2023-11-2x", "2023-11-2X"),
        ("2023-xx", "2023-XX"),
        ("201x", "201X"),
        ("29 October 2023", "2023-10-29"),
        ("29 Oct 2023", "2023-10-29"),
        ("29th October, 2023", "2023-10-29"),
        ("October 29, 2023", "2023-10-29"),
        ("Oct. 29 2023", "2023-10-29"),
        ("9 SEPT 2023", "2023-09-09"),
        ("october 2023", "2023-10"),
        ("May 2023?", "2023-05?"),
        ("۲۹ اکتوبر ۲۰۲۳", "2023-10-29"),
        ("29 اکتوبر، 2023", "2023-10-29"),
        ("فروری 2011", "2011-02"),
        ("فروري 2011", "2011-02"),
    ],
)
def test_what_can_mean_one_thing_only_is_read(typed, stored):
    assert read_typed(typed).text == stored


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        ("5/10/2023", DateFault.FORM),
        ("29/10/2023", DateFault.FORM),
        ("29-10-2023", DateFault.FORM),
        ("29.10.2023", DateFault.FORM),
        ("2023-1-5", DateFault.FORM),
        ("2023-11-2", DateFault.FORM),
        ("29 October", DateFault.FORM),
        ("29 October 23", DateFault.FORM),
        ("29 Octember 2023", DateFault.FORM),
        ("about 2023", DateFault.FORM),
        ("last winter", DateFault.FORM),
        ("31 June 2023", DateFault.CALENDAR),
        ("2023–02–30", DateFault.CALENDAR),
        ("2010–2009", DateFault.ORDER),
        ("…/…", DateFault.NO_BOUND),
        ("2009–10", DateFault.DASH),
        ("2006 — 07", DateFault.DASH),
        ("x" * 500, DateFault.FORM),
        ("2023\x00", DateFault.FORM),
    ],
)
def test_what_can_mean_two_things_or_none_is_refused(typed, fault):
    with pytest.raises(UncertainDateError) as refusal:
        read_typed(typed)
    assert refusal.value.code == fault


def test_a_refusal_shows_the_text_as_it_was_typed():
    with pytest.raises(UncertainDateError) as refusal:
        read_typed(" ۲۰۲۳–۱۳ ")
    assert refusal.value.params["text"] == "۲۰۲۳–۱۳"
