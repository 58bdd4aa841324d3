"""Do by hand what commands do by themselves, and what they never do.

python -m config.embedded status | stop | backup FILE [KEY] | restore FILE [KEY] | key FILE | drill

KEY is a file that ``key`` made: with it a backup is sealed, and a sealed one is opened.
"""

import sys
from pathlib import Path

from config.database import uses_embedded_server
from config.embedded.drill import drill
from config.embedded.dumps import back_up, restore
from config.embedded.errors import EmbeddedServerError
from config.embedded.places import Cluster, cluster
from config.embedded.sealed_files import make_key, read_key
from config.embedded.server import State, state
from config.embedded.use import stop

CLUSTERS = (cluster(), cluster("postgres-test", durable=False))


def main(arguments: list[str]) -> str | None:
    """Do what ``arguments`` say; returns the complaint, None when all went well."""
    if not uses_embedded_server():
        return "DATABASE_URL is set: the embedded PostgreSQL is not in use."
    match arguments:
        case ["status"]:
            for each in CLUSTERS:
                _say(f"{each.home.name}: {_status(each)}")
        case ["stop"]:
            for each in CLUSTERS:
                _say(f"{each.home.name}: {'stopped' if stop(each) else 'was not running'}")
        case ["key", target]:
            make_key(Path(target))
            _say(f"Key written to {target}. Keep it away from this machine and from its backups.")
        case ["drill"]:
            return _drill()
        case ["backup", target, *key] if len(key) < 2:
            back_up(CLUSTERS[0], Path(target), _key(key))
            _say(f"Backup written to {target} ({Path(target).stat().st_size:,} bytes).")
        case ["restore", backup, *key] if len(key) < 2:
            restore(Path(backup), CLUSTERS[0], _key(key))
            _say(f"Restored from {backup}.")
        case _:
            return __doc__
    return None


def _key(named: list[str]) -> bytes | None:
    return read_key(Path(named[0])) if named else None


def _drill() -> str | None:
    there, back = drill(CLUSTERS[0])
    if lost := there.differences(back):
        return f"NOT the same after the restore: {', '.join(lost)}."
    _say(f"Sealed, restored and compared: {len(there.tables)} tables, {there.rows:,} rows.")
    return None


def _status(of: Cluster) -> str:
    running = of.home.exists() and state(of) is State.READY
    return f"runs, socket in {of.socket}" if running else "does not run"


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except (EmbeddedServerError, OSError) as error:
        sys.exit(str(error))
