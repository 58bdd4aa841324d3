"""What one address answers, asked for in earnest over a real line."""

import socket
import ssl

import pytest

from incidents.link_checking import asking
from incidents.link_checking.addresses import is_open
from incidents.models import LinkOutcome, LinkProblem
from tests.incidents.link_checking.server import Server, certified, serving

# Whom to write to stands in the database.
pytestmark = pytest.mark.django_db


def ask(address):
    return asking.ask(address, pause=lambda host: None)


def found(address):
    answer = ask(address)
    return answer.outcome, answer.problem


# --- what answers -------------------------------------------------------------------------------


def test_a_page_that_is_there_works(server):
    answer = ask(server.at("article"))
    assert (answer.outcome, answer.status, answer.problem) == (LinkOutcome.WORKS, 200, "")
    assert answer.final_address == ""


def test_the_head_of_a_page_is_enough(server):
    ask(server.at("article"))
    assert server.methods() == ["HEAD"]


@pytest.mark.parametrize("page", ["no-head", "wrong-head"])
def test_a_server_that_makes_nothing_of_head_is_asked_for_the_page(server, page):
    assert found(server.at(page)) == (LinkOutcome.WORKS, "")
    assert server.methods() == ["HEAD", "GET"]


@pytest.mark.parametrize(
    ("status", "outcome"),
    [
        (204, LinkOutcome.WORKS),
        (404, LinkOutcome.GONE),
        (410, LinkOutcome.GONE),
        (401, LinkOutcome.REFUSED),
        (403, LinkOutcome.REFUSED),
        (429, LinkOutcome.REFUSED),
        (451, LinkOutcome.REFUSED),
        (500, LinkOutcome.SERVER_ERROR),
        (503, LinkOutcome.SERVER_ERROR),
        (304, LinkOutcome.SERVER_ERROR),
    ],
)
def test_a_status_says_what_a_reader_finds(server, status, outcome):
    answer = ask(server.at(f"status/{status}"))
    assert (answer.outcome, answer.status) == (outcome, status)


def test_a_page_that_moved_leads_to_its_new_address(server):
    server.leads_to["news"] = "/article/2023"
    answer = ask(server.at("to/news"))
    assert (answer.outcome, answer.final_address) == (LinkOutcome.MOVED, server.at("article/2023"))


def test_a_page_that_moved_to_where_nothing_is_is_gone(server):
    server.leads_to["news"] = "/status/404"
    answer = ask(server.at("to/news"))
    assert (answer.outcome, answer.final_address) == (LinkOutcome.GONE, server.at("status/404"))


def test_only_another_slash_is_no_move(server):
    answer = ask(server.at("slash"))
    assert (answer.outcome, answer.final_address) == (LinkOutcome.WORKS, "")
    assert len(server.asked) == 2


@pytest.mark.parametrize("page", ["circle/a", "onward/0"])
def test_going_in_a_circle_or_on_for_ever_is_given_up(server, page):
    """A site that insists on cookies does so: a reader may get through, so it is not gone."""
    assert found(server.at(page)) == (LinkOutcome.REFUSED, LinkProblem.REDIRECTS)
    assert len(server.asked) <= asking.MOST_REDIRECTS + 1


# --- what does not ------------------------------------------------------------------------------


@pytest.fixture
def impatient(monkeypatch):
    monkeypatch.setattr(asking, "SECONDS", 0.3)


@pytest.mark.parametrize("page", ["drip", "silence"])
def test_a_server_that_takes_its_time_is_not_waited_for(server, impatient, page):
    answer = ask(server.at(page))
    assert (answer.outcome, answer.problem) == (LinkOutcome.UNREACHABLE, LinkProblem.TIME)
    assert server.methods() == ["HEAD", "GET"]


def test_no_more_of_a_huge_page_is_read_than_shows_that_it_comes(server):
    assert found(server.at("huge")) == (LinkOutcome.WORKS, "")
    # What lies in the buffers of the line went out as well.
    assert server.sent < 20_000_000


@pytest.mark.parametrize("page", ["nonsense", "hang-up"])
def test_an_answer_without_sense_is_none(server, page):
    assert found(server.at(page)) == (LinkOutcome.UNREACHABLE, LinkProblem.ANSWER)


def test_a_port_at_which_nobody_listens_is_not_reachable():
    with socket.socket() as line:
        line.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{line.getsockname()[1]}/"
        assert found(address) == (LinkOutcome.UNREACHABLE, LinkProblem.CONNECTION)


def test_a_name_that_no_server_has_is_not_reachable():
    assert found("http://gawah.invalid/") == (LinkOutcome.UNREACHABLE, LinkProblem.NAME)


def test_a_certificate_that_nobody_vouches_for_is_no_secure_connection(tmp_path):
    server = Server()
    certified(server, tmp_path)
    with serving(server):
        address = server.at("article", scheme="https")
        assert found(address) == (LinkOutcome.UNREACHABLE, LinkProblem.CERTIFICATE)
    assert server.asked == []


def test_a_server_with_a_right_certificate_is_asked_under_its_name(tmp_path, settings, monkeypatch):
    settings.LINK_CHECK_ADDRESSES_OF_TESTS = ("127.0.0.1", "::1")
    server = Server()
    monkeypatch.setenv("SSL_CERT_FILE", str(certified(server, tmp_path)))
    with serving(server):
        address = server.at("article", host="localhost", scheme="https")
        assert found(address) == (LinkOutcome.WORKS, "")
    assert server.asked[0][2]["Host"] == f"localhost:{server.server_port}"


def test_plain_words_from_a_server_that_should_speak_tls_are_no_secure_connection(server):
    assert ask(server.at("article", scheme="https")).problem == LinkProblem.CERTIFICATE
    assert issubclass(ssl.SSLCertVerificationError, ssl.SSLError)


# --- what is never asked ------------------------------------------------------------------------


@pytest.mark.parametrize(
    "address",
    [
        "ftp://example.org/a",
        "javascript:alert(1)",
        "file:///etc/passwd",
        "https://",
        "not an address",
        "http://user:secret@example.org/",
        "http://example.org:99999/",
        "http://example.org:0/",
        "http://[::1/",
        f"http://{'a' * 70}.org/",
    ],
)
def test_what_is_no_address_of_the_web_is_not_asked(address):
    assert found(address) == (LinkOutcome.NOT_CHECKED, LinkProblem.ADDRESS)


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.2",
        "127.1",
        "2130706434",
        "0x7f000002",
        "0.0.0.0",  # noqa: S104 - asked, not bound
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "224.0.0.1",
        "[::1]",
        "[fe80::1]",
        "[fd00::1]",
        "[::ffff:10.0.0.1]",
        "[64:ff9b::a00:1]",
        "[2002:a00:1::]",
        "[4000::1]",
        "[5f00::1]",
        "[64:ff9b:1::1]",
    ],
)
def test_a_private_address_is_not_asked_however_it_is_written(settings, host):
    settings.LINK_CHECK_ADDRESSES_OF_TESTS = ()
    assert found(f"http://{host}/") == (LinkOutcome.NOT_CHECKED, LinkProblem.INSIDE)


def test_a_name_that_stands_for_this_machine_is_not_asked(settings):
    settings.LINK_CHECK_ADDRESSES_OF_TESTS = ()
    assert found("http://localhost/") == (LinkOutcome.NOT_CHECKED, LinkProblem.INSIDE)


@pytest.mark.parametrize(
    "address", ["8.8.8.8", "2001:4860:4860::8888", "::ffff:8.8.8.8", "64:ff9b::808:808"]
)
def test_an_address_of_the_open_web_may_be_asked(address):
    assert is_open(address)


@pytest.mark.parametrize(
    ("location", "problem"),
    [
        ("http://127.0.0.2/", LinkProblem.INSIDE),
        ("http://169.254.169.254/latest/meta-data/", LinkProblem.INSIDE),
        ("//10.0.0.1/", LinkProblem.INSIDE),
        ("ftp://example.org/", LinkProblem.ADDRESS),
        ("http://user:secret@127.0.0.1/", LinkProblem.ADDRESS),
        ("http://[/", LinkProblem.ADDRESS),
    ],
)
def test_a_redirect_to_where_we_may_not_ask_is_not_followed(server, location, problem):
    server.leads_to["x"] = location
    assert found(server.at("to/x")) == (LinkOutcome.NOT_CHECKED, problem)
    assert len(server.asked) == 1


# --- what we tell of ourselves ------------------------------------------------------------------


def test_a_request_names_the_program_and_whom_to_write_to(server, settings):
    settings.GAWAH_CONTACT = "desk@example.org\r\nX-Evil: 1"
    ask(server.at("article"))
    [(_method, _path, headers)] = server.asked
    assert headers["User-Agent"] == "Gawah link check (desk@example.org X-Evil: 1)"
    assert headers.keys() == {
        "Host",
        "User-Agent",
        "Accept",
        "Accept-Encoding",
        "Connection",
    }


def test_no_cookie_is_kept_between_two_pages(server):
    ask(server.at("cookie"))
    assert [path for _method, path, _headers in server.asked] == ["/cookie", "/article"]
    assert "Cookie" not in server.asked[1][2]


def test_an_address_in_another_script_is_sent_as_the_web_writes_it(server):
    assert found(server.at("article?q=کیچ ضلع#part")) == (LinkOutcome.WORKS, "")
    assert server.asked[0][1] == "/article?q=%DA%A9%DB%8C%DA%86%20%D8%B6%D9%84%D8%B9"


def test_each_request_waits_for_its_host(server):
    waited = []
    server.leads_to["x"] = "/no-head"
    asking.ask(server.at("to/x"), pause=waited.append)
    assert waited == ["127.0.0.1"] * 3
    assert server.methods() == ["HEAD", "HEAD", "GET"]


# --- through a proxy ----------------------------------------------------------------------------


def test_a_proxy_is_given_the_name_and_looks_it_up_itself(server, proxy):
    address = server.at("article", host="newspaper.example")
    assert found(address) == (LinkOutcome.WORKS, "")
    assert proxy.asked == [("newspaper.example", server.server_port)]
    assert server.asked[0][2]["Host"] == f"newspaper.example:{server.server_port}"


def test_a_proxy_that_does_not_get_through_is_no_answer(server, proxy):
    proxy.refuses = True
    address = server.at("article", host="newspaper.example")
    assert found(address) == (LinkOutcome.UNREACHABLE, LinkProblem.CONNECTION)


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.2",
        "127.0.0.2.",
        "127.2",
        "[::1]",
        "localhost",
        "localhost.",
        "a.localhost",
        "box.local",
        "box.local.",
        "box.internal",
        "box.home.arpa",
        "box.lan.",
        "box",
    ],
)
def test_a_proxy_is_not_asked_for_a_private_place(proxy, host):
    assert found(f"http://{host}/") == (LinkOutcome.NOT_CHECKED, LinkProblem.INSIDE)
    assert proxy.asked == []


def test_a_name_too_long_for_the_proxy_is_no_answer(proxy):
    host = ".".join(["a" * 60] * 5)
    assert found(f"http://{host}/")[0] == LinkOutcome.UNREACHABLE
    assert proxy.asked == []


@pytest.mark.parametrize(
    "setting", ["socks5h://127.0.0.1:1", "http://127.0.0.1:3128", "socks5h://"]
)
def test_without_the_proxy_that_is_set_nothing_is_asked(server, settings, setting):
    settings.GAWAH_LINK_PROXY = setting
    address = server.at("article")
    assert found(address) == (LinkOutcome.NOT_CHECKED, LinkProblem.LINE)
    assert server.asked == []


def test_all_that_an_address_leads_to_has_one_deadline(server, monkeypatch):
    monkeypatch.setattr(asking, "SECONDS_IN_ALL", 0.0)
    assert found(server.at("article")) == (LinkOutcome.UNREACHABLE, LinkProblem.TIME)
    assert server.asked == []
