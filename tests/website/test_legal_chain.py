"""Legal actions in order, with their relations."""

from tests.website.contents import code, date, in_chain, legal_action, mention
from website.presentation.legal_chain import course_words, legal_chain, relations_of


def action(reference, filed, *relations):
    return in_chain(reference, legal_action(filed=date(filed), relations=list(relations)))


def relation(word, reference):
    return {"relation": code(word, word), **mention(reference, reference)}


def test_actions_stand_in_order_of_filing_and_undated_ones_last():
    chain = legal_chain(
        [
            action("LEG-2026-0001", ""),
            action("LEG-2026-0002", "2023-11-25/2023-12-09"),
            action("LEG-2026-0003", "2023-11-21"),
        ]
    )
    references = [link.action["reference"] for link in chain]
    assert references == ["LEG-2026-0003", "LEG-2026-0002", "LEG-2026-0001"]


def test_a_relation_to_an_action_of_the_chain_leads_down_the_page():
    chain = legal_chain(
        [
            action(
                "LEG-2026-0001",
                "2023-12-09",
                relation("implements", "LEG-2026-0002"),
                relation("follows", "LEG-2026-0009"),
            ),
            action("LEG-2026-0002", "2023-11-25"),
        ]
    )
    assert [(str(r.words), r.on_page) for r in chain[1].relations] == [
        ("carries out", True),
        ("follows", False),
    ]


def test_a_relation_told_twice_is_shown_once():
    twice = action(
        "LEG-2026-0001",
        "2023-12-09",
        relation("challenges", "LEG-2026-0002"),
        relation("challenges", "LEG-2026-0002"),
    )
    assert len(relations_of(twice)) == 1


def test_what_is_not_known_of_the_course_is_not_said_and_nothing_twice(db):
    known = legal_action(stage=code("registered"), outcome=code("registered"))
    assert course_words(known) == ["Registered"]
    unknown = legal_action(stage=code("filed"), outcome=code("unknown"))
    assert course_words(unknown) == ["Filed"]
    assert course_words(legal_action()) == []
