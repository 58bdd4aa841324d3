"""The day on which the machine is taken away: backups that only a key opens, and that come back."""

import io
import stat

import pytest

from config.embedded.drill import contents, drill
from config.embedded.dumps import back_up, restore
from config.embedded.errors import EmbeddedServerError
from config.embedded.sealed_files import (
    MAGIC,
    PIECE,
    is_sealed,
    make_key,
    read_key,
    seal,
    unseal,
)
from tests.config.conftest import ask

SECRET = "گواہ told us in trust"


@pytest.fixture
def key(folder):
    make_key(folder / "key")
    return read_key(folder / "key")


@pytest.fixture
def archive(made, up):
    """A database with rows of several kinds; gone after the test."""
    up(made)
    ask(made, f"CREATE TABLE cases AS SELECT number, '{SECRET}' AS words, '\\x00ff'::bytea AS file,"
        " '{\"a\": 1}'::jsonb AS more FROM generate_series(1, 3000) AS number")  # fmt: skip
    ask(made, "CREATE TABLE empty (id bigint PRIMARY KEY)")
    yield made
    ask(made, "DROP TABLE cases, empty")


def test_a_sealed_backup_is_restored_elsewhere_with_every_row_as_it_was(archive):
    there, back = drill(archive)
    assert there.differences(back) == []
    assert there.tables["cases"][0] == 3000
    assert {"cases", "empty"} <= back.tables.keys()


def test_a_row_that_was_lost_or_changed_is_told(archive, a_cluster, folder, up, key):
    back_up(archive, folder / "sealed", key)
    restore(folder / "sealed", a_cluster, key)
    up(a_cluster)
    ask(a_cluster, "UPDATE cases SET words = 'something else' WHERE number = 7")
    assert contents(archive).differences(contents(a_cluster)) == ["cases"]


def test_nothing_of_the_database_is_readable_in_the_file(archive, folder, key):
    back_up(archive, folder / "sealed", key)
    content = (folder / "sealed").read_bytes()
    assert content.startswith(MAGIC)
    assert b"PGDMP" not in content
    assert SECRET.encode() not in content
    assert stat.S_IMODE((folder / "sealed").stat().st_mode) == 0o600


@pytest.mark.parametrize("cut", [10, 1000])
def test_a_file_that_is_not_whole_restores_nothing(archive, folder, a_cluster, key, up, cut):
    back_up(archive, folder / "sealed", key)
    content = (folder / "sealed").read_bytes()
    (folder / "sealed").write_bytes(content[:-cut])
    with pytest.raises(EmbeddedServerError, match="not what was sealed"):
        restore(folder / "sealed", a_cluster, key)
    up(a_cluster)
    assert ask(a_cluster, "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'") == 0


def test_without_the_key_nothing_is_restored(archive, folder, a_cluster, key):
    back_up(archive, folder / "sealed", key)
    assert is_sealed(folder / "sealed")
    with pytest.raises(EmbeddedServerError, match="Name the key"):
        restore(folder / "sealed", a_cluster)
    make_key(folder / "another")
    with pytest.raises(EmbeddedServerError, match="does not open"):
        restore(folder / "sealed", a_cluster, read_key(folder / "another"))


@pytest.mark.parametrize("size", [0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE])
def test_content_of_any_length_comes_back(key, size):
    content = bytes(range(256)) * (size // 256) + b"x" * (size % 256)
    sealed = io.BytesIO()
    seal(io.BytesIO(content), sealed, key)
    sealed.seek(0)
    assert b"".join(unseal(sealed, key)) == content


@pytest.mark.parametrize("at", [0, len(MAGIC) + 1, -1])
def test_a_byte_that_was_changed_is_seen(key, at):
    sealed = io.BytesIO()
    seal(io.BytesIO(b"told in trust" * 9), sealed, key)
    content = bytearray(sealed.getvalue())
    content[at] ^= 1
    with pytest.raises(EmbeddedServerError):
        b"".join(unseal(io.BytesIO(bytes(content)), key))


def test_pieces_cannot_change_places(key):
    sealed = io.BytesIO()
    seal(io.BytesIO(b"a" * PIECE + b"b" * PIECE + b"c"), sealed, key)
    content = sealed.getvalue()
    begin, size = len(MAGIC) + 7, PIECE + 16
    swapped = (
        content[:begin]
        + content[begin + size : begin + 2 * size]
        + content[begin : begin + size]
        + content[begin + 2 * size :]
    )
    with pytest.raises(EmbeddedServerError):
        b"".join(unseal(io.BytesIO(swapped), key))


def test_a_key_is_for_its_owner_and_is_never_written_over(folder, key):
    assert stat.S_IMODE((folder / "key").stat().st_mode) == 0o600
    with pytest.raises(FileExistsError):
        make_key(folder / "key")
    (folder / "no-key").write_text("correct horse battery staple")
    with pytest.raises(EmbeddedServerError, match="is no key"):
        read_key(folder / "no-key")
