"""Make the virtual environment and install pinned requirements; nothing when nothing changed.

``python3 config/install.py requirements.txt``, run by the Makefile before anything is installed:
standard library only, and plain enough for an old Python to say that it is too old.
"""

import fcntl
import hashlib
import os
import subprocess
import sys
import venv

PROJECT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
ENVIRONMENT = os.path.join(PROJECT, ".venv")
PYTHON = os.path.join(ENVIRONMENT, "bin", "python")
STAMP = os.path.join(ENVIRONMENT, "installed")
OLDEST = (3, 11)


def main(requirements: str) -> None:
    """Install the file ``requirements`` (a name in the project) unless its content already is."""
    if sys.version_info < OLDEST:
        sys.exit("Gawah needs Python 3.11 or newer. Name one: make run PYTHON=python3.12")
    folder = os.path.join(PROJECT, "var")
    if not os.path.isdir(folder):
        os.makedirs(folder, exist_ok=True)
        # Whatever the umask: the account of the database server passes through.
        os.chmod(folder, 0o755)  # noqa: S103
    try:
        lock = open(os.path.join(folder, "install.lock"), "w")  # noqa: SIM115
    except PermissionError as error:
        sys.exit(f"{error.filename} belongs to another account. Run as that account.")
    with lock:
        # Two at once would write into one environment.
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not works():
            make_environment()
        if requirements not in installed() or installed()[requirements] != digest(requirements):
            install(requirements)


def works() -> bool:
    """Whether the environment's Python runs; not after the project or the system's Python moved."""
    try:
        return subprocess.call([PYTHON, "-c", "import pip"], stderr=subprocess.DEVNULL) == 0  # noqa: S603
    except OSError:
        return False


def make_environment() -> None:
    """Make an empty virtual environment, over a broken one if there is one."""
    try:
        venv.create(ENVIRONMENT, clear=True, with_pip=True)
    except subprocess.CalledProcessError:
        sys.exit("Python cannot make a virtual environment. On Debian: apt install python3-venv")


def install(requirements: str) -> None:
    """Install with hashes checked, and note what was installed."""
    sys.stdout.write(f"Installing {requirements}. The first time this takes a minute.\n")
    sys.stdout.flush()
    command = [PYTHON, "-m", "pip", "install", "--quiet", "--no-input"]
    command += ["--disable-pip-version-check", "--require-hashes", "--requirement", requirements]
    if subprocess.call(command, cwd=PROJECT):  # noqa: S603
        sys.exit("The requirements could not be installed; pip's message stands above.")
    known = installed()
    known[requirements] = digest(requirements)
    # The development file holds the other one.
    if requirements == "requirements-dev.txt":
        known["requirements.txt"] = digest("requirements.txt")
    with open(STAMP, "w") as stamp:
        stamp.writelines(f"{name} {value}\n" for name, value in sorted(known.items()))


def installed() -> "dict[str, str]":
    """The digest of each requirements file, as it was when it was installed."""
    if not os.path.exists(STAMP):
        return {}
    with open(STAMP) as stamp:
        return dict(line.split() for line in stamp)


def digest(requirements: str) -> str:
    """SHA-256 of a file of the project."""
    with open(os.path.join(PROJECT, requirements), "rb") as file:
        return hashlib.sha256(file.read()).hexdigest()


if __name__ == "__main__":
    main(sys.argv[1])
