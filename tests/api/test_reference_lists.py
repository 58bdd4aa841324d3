"""Areas and vocabularies: what the codes in questions and documents mean."""

import pytest

from record.kinds import Kind
from record.public_vocabularies import PUBLIC_VOCABULARIES
from reference.models import Area, Term
from reference.vocabularies import vocabularies
from tests.api.case import publish_case
from tests.api.shapes import assert_open, assert_problem, assert_refused
from tests.record.factories import publish_incident

pytestmark = pytest.mark.django_db

NO_DATE = {
    "text": "",
    "earliest": None,
    "latest": None,
    "precision": "unknown",
    "approximate": False,
    "uncertain": False,
}


def codes(client, query):
    answer = client.get(f"/api/v1/areas/?{query}")
    assert answer.status_code == 200, answer.content
    return [area["code"] for area in answer.json()["results"]]


def test_an_area_is_given_whole(client):
    Area.objects.filter(code="PK2").update(note="Staff note")
    answer = client.get("/api/v1/areas/?level=division&q=Makran")
    envelope = answer.json()
    meta = envelope.pop("meta")
    assert set(meta) == {"unit", "generated_at", "languages"}
    assert meta["unit"] == "areas"
    area = envelope["results"][0]
    assert area.pop("names")[0] == {"name": "Makran", "kind": "official"}
    assert type(area.pop("population")) in (int, type(None))
    assert type(area.pop("source")) is str
    assert envelope == {
        "count": 1,
        "next": None,
        "previous": None,
        "results": [
            {
                "code": "PK2-makran",
                "level": "division",
                "name": "Makran",
                "name_local": "مکران",
                "within": [
                    {
                        "code": "PK",
                        "level": "country",
                        "name": "Pakistan",
                        "name_local": "پاکستان",
                    },
                    {
                        "code": "PK2",
                        "level": "province",
                        "name": "Balochistan",
                        "name_local": "بلوچستان",
                    },
                ],
                "point": None,
                "boundary": None,
                "established": NO_DATE,
                "abolished": NO_DATE,
                "formed_out_of": [],
                "succeeded_by": [],
            }
        ],
    }
    assert "Staff note" not in answer.content.decode()
    assert_open(answer)


@pytest.mark.parametrize("name", ["Kech", "kech", "Ketch", "کیچ", "Khuzdar", "Khuzdaar", "خضدار"])
def test_a_place_is_found_in_any_spelling(client, name):
    code = "PK211" if name in {"Kech", "kech", "Ketch", "کیچ"} else "PK213"
    assert codes(client, f"level=district&q={name}")[0] == code


def test_a_district_knows_its_point_and_every_name_official_ones_first(client):
    (area,) = client.get("/api/v1/areas/?q=Kech&level=district").json()["results"]
    assert set(area["point"]) == {"lat", "lon"}
    assert {each["name"] for each in area["names"]} >= {"Kech", "کیچ", "Ketch"}
    kinds = [each["kind"] for each in area["names"]]
    assert kinds == sorted(kinds, key=["official", "former", "alias", "misspelling"].index)


def test_areas_are_chosen_by_level_and_by_what_they_lie_in(client):
    assert codes(client, "level=country") == ["PK"]
    makran = codes(client, "within=PK2-makran&level=district")
    assert "PK211" in makran
    assert 1 < len(makran) < len(codes(client, "within=Balochistan&level=district&page_size=200"))
    two = codes(client, "within=PK2-makran,PK1&level=district&page_size=200")
    assert set(makran) < set(two)


def test_following_next_gives_every_area_once(client):
    seen, url = [], "/api/v1/areas/?level=district&page_size=37"
    while url:
        envelope = client.get(url).json()
        seen += [area["code"] for area in envelope["results"]]
        url = envelope["next"]
    assert len(seen) == envelope["count"] == Area.objects.at_level("district").count()
    assert seen == sorted(set(seen))


@pytest.mark.parametrize(
    ("query", "parameter", "suggestion"),
    [
        ("level=distrct", "level", "district"),
        ("within=xyzzy", "within", None),
        ("q=", "q", None),
        ("q=%00", "q", None),
        ("q=!!!", "q", None),
        ("page=0", "page", None),
        ("page_size=201", "page_size", "200"),
        ("page=9999", "page", "1"),
        ("name=Kech", "name", None),
        ("ordering=name", "ordering", None),
    ],
)
def test_what_is_not_understood_is_refused_by_name(client, query, parameter, suggestion):
    narrowed = query if "level" in query else f"{query}&level=country"
    assert_refused(client.get(f"/api/v1/areas/?{narrowed}"), parameter, suggestion)


def test_a_vocabulary_is_given_whole_in_both_languages(client):
    Term.objects.filter(vocabulary="grade", code="alleged").update(note="Staff note", hidden=True)
    answer = client.get("/api/v1/vocabularies/grade/")
    envelope = answer.json()
    assert envelope["vocabulary"] == "grade"
    assert envelope["meta"]["unit"] == "terms"
    assert envelope["count"] == len(envelope["results"]) == Term.objects.of("grade").count()
    (term,) = [each for each in envelope["results"] if each["code"] == "corroborated"]
    assert set(term["labels"]) == set(term["definitions"]) == {"en", "ur"}
    assert {name: term[name] for name in ("code", "parent", "huridocs", "offered")} == {
        "code": "corroborated",
        "parent": None,
        "huridocs": "",
        "offered": True,
    }
    assert set(term) == {"code", "parent", "labels", "definitions", "huridocs", "offered"}
    assert "Staff note" not in answer.content.decode()
    assert_open(answer)


def test_terms_name_their_parent(client):
    terms = client.get("/api/v1/vocabularies/violation-type/").json()["results"]
    parents = {term["code"]: term["parent"] for term in terms}
    assert parents["liberty"] is None
    assert parents["enforced-disappearance"] == "liberty"
    assert parents["short-term-disappearance"] == "enforced-disappearance"


def test_a_term_out_of_use_stays_readable(client):
    Term.objects.get(vocabulary="grade", code="alleged").delete()
    term = Term(vocabulary="grade", code="rumoured", labels={"en": "Rumoured"}, hidden=True)
    term.save()
    terms = client.get("/api/v1/vocabularies/grade/").json()["results"]
    assert [term["offered"] for term in terms if term["code"] == "rumoured"] == [False]


def test_the_index_lists_the_vocabularies_of_public_documents_and_leads_to_each(client):
    envelope = client.get("/api/v1/vocabularies/").json()
    assert {each["code"] for each in envelope["results"]} == set(PUBLIC_VOCABULARIES)
    assert envelope["count"] == len(PUBLIC_VOCABULARIES)
    for each in envelope["results"]:
        assert set(each["labels"]) == {"en", "ur"}
        assert client.get(each["url"]).json()["vocabulary"] == each["code"]


def test_only_vocabularies_that_exist_are_called_public(db):
    assert {each.code for each in vocabularies()} >= set(PUBLIC_VOCABULARIES)


@pytest.mark.parametrize("slug", ["consent-use", "monitoring", "contact", "vocabulary", "none"])
def test_vocabularies_of_the_case_file_are_answered_like_unknown_ones(client, slug):
    answer = client.get(f"/api/v1/vocabularies/{slug}/")
    problem = assert_problem(answer, 404, "not-found")
    assert slug not in problem["detail"].replace("vocabularies", "").replace("vocabulary", "")


def test_a_vocabulary_is_sent_again_only_when_a_term_has_changed(client):
    address = "/api/v1/vocabularies/grade/"
    same = {"If-None-Match": client.get(address)["ETag"]}
    assert client.get(address, headers=same).status_code == 304
    term = Term.objects.get(vocabulary="grade", code="alleged")
    term.labels = {**term.labels, "en": "Said by one source"}
    term.save()
    assert client.get(address, headers=same).status_code == 200


def test_an_area_tells_what_it_was_formed_out_of_and_what_followed_it(client):
    (lehri,) = (
        area
        for area in client.get("/api/v1/areas/?level=district&q=Lehri").json()["results"]
        if area["code"] == "PK218"
    )
    assert lehri["established"]["text"] == "2013-05"
    assert (lehri["abolished"]["earliest"], lehri["abolished"]["latest"]) == (
        "2018-01-01",
        "2018-12-31",
    )
    assert lehri["formed_out_of"] == lehri["succeeded_by"] == ["PK209", "PK228"]
    (lasbela,) = client.get("/api/v1/areas/?level=district&q=Lasbela").json()["results"][:1]
    assert lasbela["succeeded_by"] == ["PK2-hub"]


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("district=Lehri", "Lehri (abolished: 2018; now in Kachhi, Sibi)"),
        ("district__not=Lehri", "Lehri (abolished: 2018; now in Kachhi, Sibi)"),
        ("district=Lasbela", "Incidents in Lasbela"),
    ],
)
def test_the_sentence_tells_of_an_abolished_area_what_holds_its_ground_now(client, question, told):
    meta = client.get(f"/api/v1/incidents/?{question}").json()["meta"]
    assert told in meta["question"]


@pytest.mark.parametrize(
    ("question", "codes"),
    [
        ("district=Lehri", ("PK218", "PK209", "PK228")),
        ("area=PK218", ("PK218", "PK209", "PK228")),
        ("district=Sibi", ("PK228", "PK218")),
        ("district=Lasbela", ("PK217", "PK2-hub")),
        ("district=Hub", ("PK2-hub", "PK217")),
        ("district__not=Hub", ("PK2-hub", "PK217")),
    ],
)
@pytest.mark.parametrize("resource", ["incidents", "legal-actions"])
def test_an_answer_about_ground_that_changed_hands_names_the_others(
    client, resource, question, codes
):
    (note,) = client.get(f"/api/v1/{resource}/?{question}").json()["meta"]["notes"]
    assert all(code in note for code in codes)


def test_an_answer_about_any_other_place_has_no_notes(client):
    for question in ("district=Kech", "area=unknown", "", "province=PK2"):
        assert client.get(f"/api/v1/incidents/?{question}").json()["meta"]["notes"] == []
    found = client.get("/api/v1/statistics/?group_by=year&district=Lehri").json()["meta"]["notes"]
    assert len(found) == 1


def test_an_abolished_area_of_an_ambiguous_name_is_told_by_its_end(client):
    answer = client.get("/api/v1/incidents/?area=Lehri")
    (error,) = assert_problem(answer, 400, "parameters")["errors"]
    labels = {each["code"]: each["label"] for each in error["candidates"]}
    assert "abolished: 2018" in labels["PK218"]
    assert "abolished" not in labels["PK21802"]


def test_a_successor_that_is_entered_is_told_at_once(client):
    assert client.get("/api/v1/incidents/?district=Kech").json()["meta"]["notes"] == []
    kech = Area.objects.get(code="PK211")
    new = Area(code="XX-new", level="district", parent=kech.parent, name="Newdistrict")
    new.save()
    new.predecessors.add(kech)
    new.save()
    (note,) = client.get("/api/v1/incidents/?district=Kech").json()["meta"]["notes"]
    assert "XX-new" in note


def test_facts_of_an_abolished_district_stay_under_its_name(client):
    here = publish_incident(area="PK218").reference
    publish_incident(area="PK228")
    answer = client.get("/api/v1/incidents/?district=Lehri").json()
    assert [each["reference"] for each in answer["results"]] == [here]


# --- coverage -------------------------------------------------------------------------------------


def test_coverage_counts_every_kind_and_leads_to_each(client):
    publish_case()
    envelope = client.get("/api/v1/coverage/").json()
    assert [held["resource"] for held in envelope["held"]] == [kind.plural for kind in Kind]
    for held in envelope["held"]:
        assert client.get(held["url"]).json()["count"] == held["count"] > 0


def test_coverage_says_how_much_there_is_of_each_district_and_year(client):
    publish_incident(area="PK211", date="2023-10-29")
    publish_incident(area="PK211", date="2023")
    publish_incident(area=None, date="")
    envelope = client.get("/api/v1/coverage/").json()
    assert envelope["count"] == 3
    found = {
        (bucket["district"]["code"], bucket["year"]["code"]): bucket
        for bucket in envelope["buckets"]
    }
    assert found["PK211", "2023"]["count"] == 2
    assert found["unknown", "unknown"]["count"] == 1
    assert envelope["meta"]["adds_up"] is True
    for bucket in found.values():
        if bucket["url"]:
            assert client.get(bucket["url"]).json()["count"] == bucket["count"]


def test_coverage_tells_where_there_is_nothing_and_that_this_says_little(client):
    publish_incident(area="PK211")
    envelope = client.get("/api/v1/coverage/").json()
    silent = {
        district["code"]
        for province in envelope["without_records"]
        for district in province["districts"]
    }
    assert "PK211" not in silent
    assert "PK226" in silent
    assert "PK218" not in silent  # abolished
    assert "never that nothing happened" in envelope["meta"]["caveat"]
    (balochistan,) = (
        each for each in envelope["without_records"] if each["province"]["code"] == "PK2"
    )
    assert balochistan["of"] == len(balochistan["districts"]) + 1


def test_coverage_takes_no_parameters_and_is_sent_again_only_when_something_changed(client):
    assert_refused(client.get("/api/v1/coverage/?district=Kech"), "district")
    same = {"If-None-Match": client.get("/api/v1/coverage/")["ETag"]}
    assert client.get("/api/v1/coverage/", headers=same).status_code == 304
    publish_incident()
    assert client.get("/api/v1/coverage/", headers=same).status_code == 200
