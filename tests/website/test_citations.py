"""Numbered notes, and what rests on each source."""

from tests.website.contents import cite, cited
from website.presentation.citations import CitedFact, Notes, rests_on

PAPER, STATEMENT = {"reference": "SRC-2026-0001"}, {"reference": "SRC-2026-0002"}


def by_paper(**changes):
    return cite("SRC-2026-0001", **changes)


def by_statement(**changes):
    return cite("SRC-2026-0002", **changes)


def test_notes_are_numbered_in_the_order_in_which_facts_cite_them():
    facts = [cited(by_statement()), cited(by_paper(), by_statement())]
    notes = Notes(facts, [PAPER, STATEMENT])
    assert [note.source for note in notes.notes] == [STATEMENT, PAPER]
    assert notes.marks(facts[1]) == [1, 2]


def test_the_same_passage_shares_a_note_and_another_passage_gets_its_own():
    facts = [
        cited(by_paper(locator="line 15")),
        cited(by_paper(locator="line 21")),
        cited(by_paper(locator="line 15")),
    ]
    notes = Notes(facts, [PAPER])
    assert [notes.marks(fact) for fact in facts] == [[1], [2], [1]]


def test_a_source_that_disputes_a_fact_is_another_note_than_one_that_supports_it():
    facts = [cited(by_paper()), cited(by_paper(stance="disputes"))]
    assert len(Notes(facts, [PAPER])) == 2


def test_all_unnamed_sources_share_one_note_so_that_not_even_their_number_shows():
    facts = [cited(confidential=True), cited(by_paper(), confidential=True)]
    notes = Notes(facts, [PAPER])
    assert [notes.marks(fact) for fact in facts] == [[1], [1, 2]]
    assert [note.citation for note in notes.notes if note.citation is None] == [None]


def test_several_facts_that_say_the_same_show_each_note_once():
    facts = [cited(by_paper()), cited(by_paper(), by_statement())]
    assert Notes(facts, [PAPER, STATEMENT]).marks(*facts) == [1, 2]


def test_a_fact_without_sources_has_no_marks():
    assert Notes([], []).marks(cited()) == []
    assert Notes([], []).marks(None) == []


def test_a_note_on_a_source_that_is_gone_keeps_its_reference():
    note = next(iter(Notes([cited(by_paper())], [])))
    assert (note.source, note.citation["source"]) == (None, "SRC-2026-0001")


def test_each_source_lists_what_rests_on_it_and_what_it_disputes_once():
    facts = [
        CitedFact("the taking", cited(by_paper(), by_statement(stance="disputes")), "a"),
        CitedFact("the taking", cited(by_paper(locator="line 9")), "a"),
        CitedFact("the killing", cited(by_paper()), "b"),
    ]
    paper, statement = rests_on(facts, [PAPER, STATEMENT])
    assert [cited_fact.label for cited_fact in paper.supports] == ["the taking", "the killing"]
    assert [cited_fact.label for cited_fact in statement.disputes] == ["the taking"]
    assert statement.supports == []
