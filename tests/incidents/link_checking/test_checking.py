"""From asking to the public record: the log, the state, the worker, the command."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from incidents import publishing
from incidents.jobs import work_off
from incidents.link_checking import RegularRound, check_sources
from incidents.link_checking.checking import LinksNotChecked
from incidents.link_checking.jobs import ask_for_check
from incidents.link_checking.politeness import Pauses
from incidents.link_checking.telling import tell
from incidents.models import JobState, LinkCheck, Source
from record.models import Revision, SourceEntry, SourceLink
from record.writing import merge_entry
from tests.incidents import factories as make
from tests.incidents.link_checking.sources import checked, link, outcomes, published

pytestmark = pytest.mark.django_db

TODAY = timezone.now().date()


def check(*sources):
    return check_sources(sources)


# --- the log ------------------------------------------------------------------------------------


def test_a_check_says_what_was_asked_and_what_came_of_it(server):
    server.leads_to["a"] = "/article"
    source = published(server.at("to/a"))
    [row] = check(source)
    assert (row.source, row.address, row.outcome, row.status, row.final_address) == (
        source,
        source.url,
        "moved",
        200,
        server.at("article"),
    )
    assert timezone.now() - row.checked_at < timedelta(minutes=5)


@pytest.mark.parametrize("statement", ["UPDATE {} SET outcome = 'works'", "DELETE FROM {}"])
def test_nobody_changes_the_log(statement):
    checked(published("https://a.example/"), "gone")
    with (
        connection.cursor() as cursor,
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
    ):
        cursor.execute(statement.format(LinkCheck._meta.db_table))
    assert LinkCheck.objects.get().outcome == "gone"


def test_nothing_is_asked_unless_the_settings_allow_it(server, settings):
    settings.GAWAH_CHECK_LINKS = False
    source = published(server.at("article"))
    with pytest.raises(LinksNotChecked):
        check(source)
    assert RegularRound().step() is False
    assert server.asked == []


def test_links_are_not_checked_by_default():
    from config.settings import base

    assert base.GAWAH_CHECK_LINKS is False
    assert base.LINK_CHECK_ADDRESSES_OF_TESTS == ()


def test_a_source_marked_confidential_meanwhile_is_not_asked(server):
    source = published(server.at("article"))
    Source.objects.filter(pk=source.pk).make_confidential()
    assert check(source) == []
    assert server.asked == []


def test_the_log_keeps_no_address_of_a_source_that_became_confidential_while_it_was_asked(server):
    class Meanwhile(Pauses):
        def wait(self, *arguments):
            Source.objects.filter(pk=source.pk).make_confidential()

    source = published(server.at("article"))
    [row] = check_sources([source], pauses=Meanwhile())
    assert server.asked
    assert (row.address, row.final_address) == ("", "")


def test_hosts_are_asked_in_turn(server, settings):
    settings.LINK_CHECK_ADDRESSES_OF_TESTS = ("127.0.0.1", "::1")
    there = [server.at(f"article/{n}", host="127.0.0.1") for n in (1, 2)]
    here = [server.at(f"article/{n}", host="localhost") for n in (3, 4)]
    check(*published(*there, *here))
    asked = [path for _method, path, _headers in server.asked]
    assert asked == ["/article/1", "/article/3", "/article/2", "/article/4"]


# --- our own line -------------------------------------------------------------------------------


def test_that_nothing_answers_is_no_proof_while_nothing_answered_at_all():
    source = published("http://gawah.invalid/")
    [row] = check(source)
    assert (row.outcome, row.problem) == ("not-checked", "line")


def test_a_server_that_answered_lately_proves_that_our_line_works(server):
    answers, fails = published(server.at("status/500"), "http://gawah.invalid/")
    check(answers, fails)
    assert outcomes(fails) == ["unreachable"]


def test_an_answer_of_long_ago_proves_nothing():
    source, other = published("http://gawah.invalid/", "https://a.example/")
    checked(other, at=timezone.now(), days_ago=2)
    check(source)
    assert outcomes(source) == ["not-checked"]


# --- what the record says -----------------------------------------------------------------------


def test_an_address_that_answers_is_told_at_once(server):
    source = published(server.at("article"))
    check(source)
    assert link(source) == ("answers", TODAY, TODAY)


def test_a_failure_is_told_on_the_third_day(server):
    source = published(server.at("status/404"))
    for days_ago in (6, 3):
        checked(source, "gone", at=timezone.now(), days_ago=days_ago)
    tell([source])
    assert link(source) is None
    check(source)
    assert link(source) == ("gone", TODAY - timedelta(days=6), TODAY)


def test_checking_makes_no_revision(server):
    source = published(server.at("article"))
    before = Revision.objects.count()
    check(source)
    assert Revision.objects.count() == before


def test_a_withdrawal_removes_the_state_with_the_source(server):
    source = published(server.at("article"))
    check(source)
    with transaction.atomic():
        publishing.withdraw(source, by=make.publisher(), reason="safety")
        assert not SourceLink.objects.exists()


def test_the_withdrawal_of_a_case_removes_the_states_of_its_sources(server):
    source = published(server.at("article"))
    check(source)
    case = source.citations.first().incident
    publishing.withdraw(case, by=make.publisher(), reason="safety")
    assert not SourceLink.objects.exists()


def test_a_check_that_ends_after_a_withdrawal_tells_nothing():
    source = published("https://a.example/")
    checked(source)
    publishing.withdraw(source, by=make.publisher(), reason="safety")
    # As if somebody had taken the mark back as well.
    Source.objects.filter(pk=source.pk).update(confidential=False)
    tell([source])
    assert not SourceLink.objects.exists()


def test_a_merged_source_keeps_no_state_of_its_own(server):
    loser, survivor = published(server.at("article/1"), server.at("article/2"))
    check(loser, survivor)
    entries = [SourceEntry.objects.get(reference=row.reference) for row in (loser, survivor)]
    merge_entry(*entries, at=timezone.now())
    assert link(survivor) == ("answers", TODAY, TODAY)
    assert SourceLink.objects.count() == 1


def test_nothing_is_said_of_a_source_marked_confidential_before_it_is_withdrawn(server):
    source = published(server.at("article"))
    check(source)
    Source.objects.filter(pk=source.pk).make_confidential()
    RegularRound().step()
    assert link(source) is None


def test_telling_of_many_takes_no_more_queries_than_of_one():
    sources = published(*(f"https://a.example/{n}" for n in range(12)))
    for source in sources:
        checked(source)

    def queries(some):
        with CaptureQueriesContext(connection) as found:
            tell(some)
        return len(found)

    assert queries(sources[:1]) == queries(sources)
    assert SourceLink.objects.count() == 12


# --- the regular round --------------------------------------------------------------------------


def test_the_round_asks_one_address_at_a_time_and_none_twice(server):
    one, other = published(server.at("article/1"), server.at("article/2"))
    links = RegularRound()
    assert [links.step() for _turn in range(4)] == [True, True, False, False]
    assert (outcomes(one), outcomes(other)) == (["works"], ["works"])


def test_the_round_passes_over_what_was_asked_meanwhile(server):
    _one, other = published(server.at("article/1"), server.at("article/2"))
    links = RegularRound()
    links.step()
    check(other)
    assert links.step() is False
    assert outcomes(other) == ["works"]


def test_a_fault_does_not_end_the_worker(server, monkeypatch, caplog):
    published(server.at("article"))

    def broken(*args, **options):
        raise RuntimeError("https://news.example/secret")

    monkeypatch.setattr("incidents.link_checking.checking.ask", broken)
    assert RegularRound().step() is False
    assert "RuntimeError" in caplog.text
    assert "secret" not in caplog.text


# --- the command --------------------------------------------------------------------------------


def test_the_command_asks_what_is_due_and_says_what_came_of_it(server, capsys):
    _source, asked = published(server.at("status/404"), server.at("article"))
    checked(asked, at=timezone.now(), days_ago=8)
    call_command("check_links")
    assert capsys.readouterr().out == "1 address was asked. Page gone: 1\n"
    call_command("check_links", older_than=7)
    assert outcomes(asked) == ["works", "works"]


def test_the_command_asks_everything_again(server, capsys):
    source = published(server.at("article"))
    checked(source, at=timezone.now())
    call_command("check_links")
    assert capsys.readouterr().out == "0 addresses were asked.\n"
    call_command("check_links", again=True)
    assert outcomes(source) == ["works", "works"]


@pytest.mark.parametrize(
    ("allowed", "options", "said"),
    [(False, {}, "GAWAH_CHECK_LINKS=1"), (True, {"older_than": -1}, "below 0")],
)
def test_the_command_says_why_it_asks_nothing(settings, allowed, options, said):
    settings.GAWAH_CHECK_LINKS = allowed
    with pytest.raises(CommandError, match=said):
        call_command("check_links", **options)


# --- the job ------------------------------------------------------------------------------------


def worked(sources, by=None):
    job = ask_for_check([source.pk for source in sources], by=by or make.staff())
    assert work_off(once=True) == 1
    job.refresh_from_db()
    return job


@pytest.mark.django_db(transaction=True)
def test_a_job_asks_the_addresses_and_tells_the_record(server, settings):
    settings.LINK_CHECK_ADDRESSES_OF_TESTS = ("127.0.0.1", "::1")
    sources = published(server.at("article"), server.at("status/410", host="localhost"))
    job = worked(sources)
    assert (job.state, job.done, job.total) == (JobState.DONE, 2, 2)
    assert job.message == "2 addresses were asked. Works: 1, Page gone: 1"
    assert link(sources[0]) == ("answers", TODAY, TODAY)


@pytest.mark.django_db(transaction=True)
def test_a_job_begun_again_asks_only_the_rest(server):
    first, second = published(server.at("article/1"), server.at("article/2"))
    job = ask_for_check([first.pk, second.pk], by=make.staff())
    checked(first, at=timezone.now())
    work_off(once=True)
    job.refresh_from_db()
    assert [path for _method, path, _headers in server.asked] == ["/article/2"]
    assert job.message == "2 addresses were asked. Works: 2"


@pytest.mark.django_db(transaction=True)
def test_a_job_never_asks_what_may_not_be_asked(server):
    source = published(server.at("article"))
    hidden = make.source(url=server.at("secret"), confidential=True)
    draft = make.source(url=server.at("draft"))
    worked([source, hidden, draft])
    assert [path for _method, path, _headers in server.asked] == ["/article"]


@pytest.mark.django_db(transaction=True)
def test_a_job_says_why_it_asked_nothing(settings):
    settings.GAWAH_CHECK_LINKS = False
    job = worked([published("https://a.example/")])
    assert (job.state, "GAWAH_CHECK_LINKS=1" in job.message) == (JobState.FAILED, True)
