"""Which area a typed text means."""

import pytest
from django.utils import translation

from reference.areas import (
    AmbiguousArea,
    UnknownArea,
    ancestors,
    at_level,
    district_of,
    resolve_area,
)
from tests.reference.area_factory import make_area, make_chain

pytestmark = pytest.mark.django_db


def test_the_widest_area_is_meant_when_it_holds_all_others_of_the_name():
    _, province, *_ = make_chain("Land", "Here", "Here", "Here")
    assert resolve_area("here") == province


def test_a_name_beside_a_nest_of_its_own_is_ambiguous():
    land, *_ = make_chain("Land", "Here", "Here")
    make_area("XX-other", "province", land, name="Here")
    with pytest.raises(AmbiguousArea):
        resolve_area("Here")


def test_codes_that_differ_only_in_case_need_the_exact_case():
    land = make_area()
    make_area("AB1", "province", land, name="Upper")
    make_area("ab1", "province", land, name="Lower")
    assert resolve_area("ab1").name == "Lower"
    with pytest.raises(UnknownArea):
        resolve_area("Ab1")


def test_messages_name_level_wider_area_and_code_in_the_active_language():
    land = make_area(name="Land", name_local="سرزمین")
    for number in (1, 2):
        make_area(f"XX{number}", "province", land, name="Here", name_local="یہاں")
    with pytest.raises(AmbiguousArea) as refusal:
        resolve_area("Here")
    assert "XX1 (Here, province, Land), XX2 (Here, province, Land)" in str(refusal.value)
    with translation.override("ur"):
        assert "یہاں" in str(refusal.value)


def test_a_town_gives_its_district():
    _, _, district, town = make_chain("Land", "Province", "Kech", "Turbat")
    assert district_of(town) == district
    assert district_of(district) == district


def test_a_province_has_no_district():
    _, province = make_chain("Land", "Province")
    assert district_of(province) is None
    assert at_level(province, "country").name == "Land"


def test_ancestors_are_listed_from_the_country_down():
    land, province, district, town = make_chain("Land", "Province", "Kech", "Turbat")
    assert ancestors(town) == [land, province, district]
    assert ancestors(land) == []
