"""A backup that can be restored, and accidents on the way."""

import stat

import pytest

from config.embedded.dumps import back_up, restore
from config.embedded.errors import EmbeddedServerError
from tests.config.conftest import ask


@pytest.fixture
def backup(made, up, folder):
    """A dump of a database with one table."""
    use = up(made)
    ask(made, "CREATE TABLE dumped AS SELECT 'گواہ' AS word")
    ask(made, "GRANT SELECT ON dumped TO gawah_reader")
    back_up(made, folder / "dumps" / "gawah.dump")
    ask(made, "DROP TABLE dumped")
    use.leave()
    return folder / "dumps" / "gawah.dump"


def test_a_backup_comes_back_with_its_rights(backup, a_cluster, up):
    restore(backup, a_cluster)
    up(a_cluster)
    assert ask(a_cluster, "SELECT word FROM dumped", user="gawah_reader") == "گواہ"
    assert ask(a_cluster, "SELECT tableowner FROM pg_tables WHERE tablename = 'dumped'") == (
        "gawah_owner"
    )


def test_only_its_owner_reads_a_backup(backup):
    assert stat.S_IMODE(backup.stat().st_mode) == 0o600


def test_a_database_with_tables_is_not_overwritten(backup, made, up):
    up(made)
    ask(made, "CREATE TABLE ours AS SELECT 1")
    with pytest.raises(EmbeddedServerError, match="not empty"):
        restore(backup, made)
    ask(made, "DROP TABLE ours")


def test_a_file_that_is_no_backup_changes_nothing(made, folder, up):
    (folder / "gawah.dump").write_text("no backup")
    with pytest.raises(EmbeddedServerError, match="Nothing was restored"):
        restore(folder / "gawah.dump", made)


def test_what_is_not_logged_is_in_no_backup(made, up, folder, a_cluster):
    up(made)
    ask(made, "CREATE UNLOGGED TABLE passing AS SELECT 'who asked' AS word")
    back_up(made, folder / "passing.dump")
    ask(made, "DROP TABLE passing")
    restore(folder / "passing.dump", a_cluster)
    up(a_cluster)
    assert ask(a_cluster, "SELECT count(*) FROM passing") == 0
