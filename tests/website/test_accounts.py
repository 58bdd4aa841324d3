"""The contradiction table: question against claimant."""

from hypothesis import given
from hypothesis import strategies as st

from tests.website.contents import account, party
from website.presentation.accounts import contradiction_table

FAMILY = party("Family")
POLICE = party("Police", agency="AGY-2026-0001")


def layout(table):
    return [
        [[s.account["id"] for s in cell.statements] for cell in row.cells] for row in table.rows
    ]


def test_each_answer_stands_under_its_question_and_its_claimant():
    table = contradiction_table(
        [
            account(1, "when-taken", FAMILY, "29 October"),
            account(2, "when-taken", POLICE, "20 November"),
            account(3, "how-died", POLICE, "In a gun battle"),
        ]
    )
    assert [column.claimant["name"] for column in table.columns] == ["Family", "Police"]
    assert [row.question["code"] for row in table.rows] == ["when-taken", "how-died"]
    assert layout(table) == [[[1], [2]], [[], [3]]]


def test_a_replaced_answer_stays_beside_the_one_that_replaced_it():
    table = contradiction_table(
        [
            account(1, "how-died", POLICE, "In a raid", replaced_by=2),
            account(2, "how-died", POLICE, "By the others' fire", replaces=1),
        ]
    )
    first, second = table.rows[0].cells[0].statements
    assert (first.replaced_by, second.replaces) == (2, 1)


def test_a_replacement_that_is_not_published_is_no_link():
    table = contradiction_table([account(2, "how-died", POLICE, "By their fire", replaces=1)])
    statement = table.rows[0].cells[0].statements[0]
    assert statement.replaces is None
    assert statement.account["replaces"] == 1


def test_an_agency_is_one_claimant_whoever_speaks_for_it():
    spokesman = party("Police", agency="AGY-2026-0001", post="Spokesman")
    table = contradiction_table(
        [account(1, "when-taken", POLICE, "a"), account(2, "how-died", spokesman, "b")]
    )
    assert len(table.columns) == 1


def test_two_people_of_the_same_name_and_other_posts_are_two_claimants():
    table = contradiction_table(
        [
            account(1, "when-taken", party("Aslam", post="Lawyer"), "a"),
            account(2, "when-taken", party("Aslam", post="Minister"), "b"),
        ]
    )
    assert len(table.columns) == 2


def test_no_accounts_make_no_table():
    assert not contradiction_table([])


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["when-taken", "how-died", "was-combatant"]),
            st.sampled_from([FAMILY, POLICE, party("A witness")]),
        )
    )
)
def test_every_account_stands_in_exactly_one_cell(pairs):
    accounts = [account(n, question, who, "…") for n, (question, who) in enumerate(pairs)]
    table = contradiction_table(accounts)
    placed = [number for row in layout(table) for cell in row for number in cell]
    assert sorted(placed) == list(range(len(pairs)))
    assert all(len(row.cells) == len(table.columns) for row in table.rows)


def test_many_claimants_share_a_column_and_each_answer_keeps_its_speaker():
    papers = [party(f"Paper {n}") for n in range(4)]
    accounts = [
        account(1, "when-taken", papers[0], "a"),
        account(2, "when-taken", FAMILY, "b"),
        account(3, "how-died", FAMILY, "c"),
        account(4, "how-died", POLICE, "d"),
        account(5, "when-taken", POLICE, "e"),
        *(account(6 + n, "when-killed", paper, "f") for n, paper in enumerate(papers[1:])),
    ]
    table = contradiction_table(accounts)
    names = [column.claimant and column.claimant["name"] for column in table.columns]
    assert names == ["Paper 0", "Family", "Police", None]
    assert layout(table)[2] == [[], [], [], [6, 7, 8]]
    speakers = [said.account["claimant"]["name"] for said in table.rows[2].cells[3].statements]
    assert speakers == ["Paper 1", "Paper 2", "Paper 3"]
