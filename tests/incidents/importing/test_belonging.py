"""A file of another list is refused before it overwrites the first one's people."""

import pytest

from incidents.importing import running
from incidents.importing.mapping import read_mapping
from incidents.models import Person
from tests.incidents import factories as make
from tests.incidents.importing import lists

pytestmark = pytest.mark.django_db

KEYLESS = lists.MAPPING.replace('key = ["id"]\n', "").replace('incident = ["case"]\n', "")


@pytest.fixture
def clerk():
    return make.staff()


def refusal(clerk, rows=lists.ROWS, **options):
    batch = lists.received(clerk, rows, **options)
    with pytest.raises(running.RunRefused) as refused:
        running.run(batch, by=clerk)
    return str(refused.value)


def people():
    return sorted(map(str, Person.objects.all()))


def test_a_list_of_another_name_under_the_same_short_name_is_refused(clerk):
    lists.brought_in(clerk)
    mapping = lists.MAPPING.replace("Killed and disappeared in the valley", "Women of the coast")
    reason = refusal(clerk, lists.changed(0, father="Naseer"), mapping=mapping)
    assert "Killed and disappeared in the valley" in reason
    assert "Women of the coast" in reason


def test_a_file_in_which_most_rows_would_name_somebody_else_is_refused(clerk):
    lists.brought_in(clerk)
    before = people()
    rows = lists.changed(0, first="Sana", last="Gichki", father="Omar")
    rows[1] = lists.changed(1, first="Mahnaz", last="Zehri")[1]
    assert "somebody else" in refusal(clerk, rows)
    assert people() == before


def test_a_corrected_row_of_a_list_without_a_key_is_refused(clerk):
    lists.brought_in(clerk, mapping=KEYLESS)
    assert "“key”" in refusal(clerk, lists.changed(0, father="Naseer"), mapping=KEYLESS)
    assert len(people()) == 3


def test_a_list_without_a_key_may_grow(clerk):
    lists.brought_in(clerk, lists.ROWS[:2], mapping=KEYLESS)
    _batch, figures = lists.brought_in(clerk, mapping=KEYLESS)
    assert (figures.rows_new, figures.rows_unchanged) == (1, 2)


def test_a_key_in_urdu_digits_names_the_same_row():
    mapping = read_mapping(lists.MAPPING, columns=lists.COLUMNS)
    cells = dict.fromkeys(lists.COLUMNS, "")
    assert mapping.row_key(cells | {"id": "۱۲"}) == mapping.row_key(cells | {"id": "12"})
