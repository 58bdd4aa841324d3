"""A new data directory, and the version check of an existing one."""

import sys
from pathlib import Path

from config.embedded.binaries import major_version, run
from config.embedded.errors import EmbeddedServerError
from config.embedded.folders import remove_tree, write_private
from config.embedded.places import Cluster

SUPERUSER = "postgres"
"""Role of initdb, for setting the cluster up. Gawah itself never connects with it."""

OUR_CONFIGURATION = "gawah.conf"

# macOS may have no C.UTF-8 in its C library. Trigram search then rests on this locale instead,
# and the system check gawah.E001 says whether it works. Not tried yet.
_C_LIBRARY_LOCALE = "en_US.UTF-8" if sys.platform == "darwin" else "C.UTF-8"


def create(cluster: Cluster, programs: Path) -> None:
    """Make the data directory. An attempt that breaks off leaves nothing that looks finished."""
    draft = cluster.data.with_name("data.new")
    remove_tree(draft)
    answer = run(
        cluster,
        programs / "initdb",
        f"--pgdata={draft}",
        f"--username={SUPERUSER}",
        "--encoding=UTF8",
        # The locale decides whether trigram search sees Urdu at all, so it is never inherited.
        "--locale-provider=builtin",
        "--builtin-locale=C.UTF-8",
        f"--locale={_C_LIBRARY_LOCALE}",
        "--auth-local=trust",
        "--auth-host=reject",
        "--data-checksums",
        "--no-instructions",
        *([] if cluster.durable else ["--no-sync", "--wal-segsize=1"]),
    )
    if answer.returncode:
        raise EmbeddedServerError(f"The database could not be created: {answer.stderr.strip()}")
    standard = draft / "postgresql.conf"
    text = standard.read_text(encoding="utf-8")
    write_private(standard, f"{text}\ninclude = '{OUR_CONFIGURATION}'\n", cluster.account)
    draft.replace(cluster.data)


def configure(cluster: Cluster) -> None:
    """Write our part of the configuration, anew at each start: the socket may have moved."""
    settings = {
        "listen_addresses": "",
        "unix_socket_directories": _quoted_element(str(cluster.socket)),
        "unix_socket_permissions": "0700",
        # A failing statement holds names; the log must not.
        "log_min_error_statement": "panic",
        "log_error_verbosity": "terse",
        "log_checkpoints": "off",
        **({} if cluster.durable else dict.fromkeys(_DURABILITY, "off")),
    }
    lines = [f"{name} = {_quoted(value)}\n" for name, value in settings.items()]
    write_private(cluster.data / OUR_CONFIGURATION, "".join(lines), cluster.account)


_DURABILITY = ("fsync", "synchronous_commit", "full_page_writes")


def require_same_version(cluster: Cluster, programs: Path) -> None:
    """Refuse programs of another major version than the data's."""
    of_data = (cluster.data / "PG_VERSION").read_text(encoding="utf-8").strip()
    of_programs = major_version(cluster, programs)
    if of_data == of_programs:
        return
    raise EmbeddedServerError(
        f"The database in {cluster.data} was made by PostgreSQL {of_data}; the installed programs "
        f"are PostgreSQL {of_programs} and cannot open it. Nothing was changed. To move it:\n"
        f"  1. point APP_PG_BIN at the programs of PostgreSQL {of_data} and run `make backup`;\n"
        f"  2. move {cluster.home} out of the way and unset APP_PG_BIN;\n"
        "  3. restore the backup (docs/operations.md, Restore)."
    )


def _quoted(value: str) -> str:
    return "'" + value.replace("\\", "\\\\").replace("'", "''") + "'"


def _quoted_element(value: str) -> str:
    """One element of a comma-separated setting: a path may hold a comma or a space."""
    return '"' + value.replace('"', '""') + '"'
