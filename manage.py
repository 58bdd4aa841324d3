#!/usr/bin/env python
"""Run Django's management commands, with the embedded database up if that is the one in use."""

import sys

from django.core.management import execute_from_command_line

from config.startup import prepare_environment, use_database

# These change tables or empty them; everything else works with the rights of the application.
OF_THE_OWNER = {
    "flush",
    "grant_roles",
    "makemigrations",
    "migrate",
    "optimizemigration",
    "pgtrigger",
    "showmigrations",
    "sqlflush",
    "sqlmigrate",
    "squashmigrations",
    "test",
}
WITHOUT_DATABASE = {
    "collectstatic",
    "compilemessages",
    "diffsettings",
    "findstatic",
    "help",
    "makemessages",
    "version",
}


def main(arguments: list[str]) -> None:
    """Run the command that ``arguments`` (as in ``sys.argv``) name."""
    command = next((each for each in arguments[1:] if not each.startswith("-")), "help")
    prepare_environment("owner" if command in OF_THE_OWNER else "app")
    if command not in WITHOUT_DATABASE and "--help" not in arguments:
        use_database()
    execute_from_command_line(arguments)


if __name__ == "__main__":
    main(sys.argv)
