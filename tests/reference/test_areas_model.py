"""What the database and the model hold true of areas and their names."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils import translation

from reference.models import Area, AreaName
from tests.reference.area_factory import make_area, make_chain

pytestmark = pytest.mark.django_db


def test_an_area_matches_itself_and_all_below_it():
    land, province, district, town = make_chain("Land", "Here", "Near", "Town")
    other = make_area("XX-there", "province", land)
    assert set(Area.objects.within(province)) == {province, district, town}
    assert set(Area.objects.within(land)) == {land, province, district, town, other}


def test_moving_an_area_takes_all_below_it_along():
    land, _, district, town = make_chain("Land", "Here", "Near", "Town")
    there = make_area("XX-there", "province", land)
    district.parent = there
    district.save()
    town.refresh_from_db()
    assert town.path == [land.pk, there.pk, district.pk, town.pk]


def test_a_bulk_change_of_parents_can_be_repaired():
    land, _, district, _ = make_chain("Land", "Here", "Near", "Town")
    there = make_area("XX-there", "province", land)
    Area.objects.filter(pk=district.pk).update(parent=there)
    assert Area.objects.all().rebuild_paths() == 2
    assert Area.objects.within(there).count() == 3


def test_the_parent_must_be_wider():
    _, province, district = make_chain("Land", "Here", "Near")
    province.parent = district
    with pytest.raises(ValueError, match="not wider"):
        province.save()
    with pytest.raises(ValidationError):
        province.full_clean()


def test_a_code_never_changes():
    land = make_area("XX")
    land.code = "YY"
    with pytest.raises(ValueError, match="permanent"):
        land.save()


@pytest.mark.parametrize(
    "change",
    [
        "level = 'galaxy'",
        "code = 'no spaces'",
        "code = ''",
        "parent_id = id",
        "latitude = 91, longitude = 0",
        "latitude = 10",
        "longitude = 10",
        "valid_from = '2022-01-02', valid_to = '2022-01-01'",
    ],
)
def test_the_database_refuses_what_cannot_be(change):
    make_area()
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE reference_area SET {change}")


def test_an_area_that_is_no_country_needs_a_parent():
    with pytest.raises(IntegrityError):
        make_area("XX1", "province")


def test_an_area_with_parts_cannot_be_deleted():
    land, _ = make_chain("Land", "Here")
    with pytest.raises(IntegrityError):
        land.delete()


def test_an_area_exists_possibly_on_every_day_its_dates_admit():
    land = make_area()
    make_area("XX1", "province", land, established="2017", abolished="2018-06")
    days = ["2016-12-31", "2017-01-01", "2018-06-30", "2018-07-01"]
    there = [
        Area.objects.existing_on(date.fromisoformat(day)).filter(code="XX1").exists()
        for day in days
    ]
    assert there == [False, True, True, False]


def test_successors_are_rolled_up_into_the_old_district():
    _, province = make_chain("Land", "Here")
    old, new, elder = (
        make_area(code, "district", province, established=when)
        for code, when in [("OLD", ""), ("NEW", "2022-09"), ("ELDER", "")]
    )
    town = make_area("TOWN", "town", new)
    new.predecessors.add(old)
    elder.predecessors.add(old)
    assert set(Area.objects.with_successors(old)) == {old, new, town}
    assert set(Area.objects.with_successors(new)) == {new, town}
    assert list(old.successors.order_by("code")) == [elder, new]


def test_saving_an_area_makes_both_names_searchable():
    area = make_area(name="Kech", name_local="کیچ", aliases=["Ketch"])
    for text in ("kech", "كيچ", "KETCH"):
        assert list(Area.objects.named(text)) == [area]


def test_a_name_that_was_official_remains_as_a_former_one():
    area = make_area(name="Turbat")
    area.name = "Kech"
    area.save()
    kinds = dict(area.names.values_list("name", "kind"))
    assert kinds == {"Turbat": "former", "Kech": "official"}


def test_an_area_has_a_name_only_once_however_it_is_spelt():
    area = make_area(name="Panjgur")
    with pytest.raises(IntegrityError), transaction.atomic():
        AreaName.objects.create(area=area, name="Panjgoor")
    assert not AreaName(area=area, name="Panj gur").folded


def test_a_name_needs_letters():
    area = make_area()
    with pytest.raises(ValidationError):
        AreaName(area=area, name="--").full_clean()
    with pytest.raises(IntegrityError):
        AreaName.objects.create(area=area, name="--")


def test_the_label_is_local_in_any_language_but_english():
    area = make_area(name="Kech", name_local="کیچ")
    assert area.label == "Kech"
    with translation.override("ur"):
        assert area.label == "کیچ"
    assert make_area("YY", name="Land").label_in("ur") == "Land"


def test_coordinates_are_kept_to_five_decimals():
    area = make_area(latitude=Decimal("26.00124"), longitude=Decimal("63.04853"))
    area.refresh_from_db()
    assert (area.latitude, area.longitude) == (Decimal("26.00124"), Decimal("63.04853"))


@pytest.mark.parametrize("text", ["", "\0", "--", "٪"])
def test_text_without_letters_names_nothing(text):
    make_area()
    assert not Area.objects.named(text).exists()
    assert not Area.objects.similar_to(text).exists()
