"""How the application server treats readers who take nothing."""

import socket

import pytest

from config.gunicorn import SEND_TIMEOUT, give_up_on_stalled_readers

OPTION = getattr(socket, "TCP_USER_TIMEOUT", None)


@pytest.mark.skipif(OPTION is None, reason="this system knows no such limit")
def test_every_connection_has_a_limit_for_what_is_not_taken():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        give_up_on_stalled_readers(listener)
        with socket.create_connection(listener.getsockname()):
            accepted, _address = listener.accept()
            with accepted:
                limit = accepted.getsockopt(socket.IPPROTO_TCP, OPTION)
    assert limit == SEND_TIMEOUT * 1000


def test_a_listener_that_is_a_file_is_left_as_it_is(tmp_path):
    with socket.socket(socket.AF_UNIX) as listener:
        give_up_on_stalled_readers(listener)
