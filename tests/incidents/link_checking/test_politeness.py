"""One request a host at a time, with a pause between."""

from urllib.parse import urlsplit

from incidents.link_checking.politeness import Pauses, in_turn


class Clock:
    """A clock that passes only while somebody waits."""

    def __init__(self):
        self.time, self.waited = 100.0, []

    def now(self):
        return self.time

    def sleep(self, seconds):
        self.waited.append(seconds)
        self.time += seconds


def waits(*hosts, passing=0.0):
    clock = Clock()
    pauses = Pauses(5.0, now=clock.now, sleep=clock.sleep)
    for host in hosts:
        pauses.wait(host)
        clock.time += passing
    return clock.waited


def test_the_same_host_is_left_in_peace_for_a_pause():
    assert waits("a", "a", "a") == [5.0, 5.0]


def test_other_hosts_need_not_wait():
    assert waits("a", "b", "c") == []


def test_what_passed_with_others_counts():
    assert waits("a", "b", "a", passing=2.0) == [1.0]
    assert waits("a", "b", "c", "a", passing=2.0) == []


def test_hosts_take_turns():
    addresses = ["http://a/1", "http://a/2", "http://a/3", "http://b/1", "http://c/1", "http://b/2"]
    assert in_turn(addresses, lambda address: urlsplit(address).hostname) == [
        "http://a/1",
        "http://b/1",
        "http://c/1",
        "http://a/2",
        "http://b/2",
        "http://a/3",
    ]
