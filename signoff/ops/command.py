"""The `signoff` command: a table of words, each with the module that does it.

A module has `add_arguments(parser)` and `run(arguments) -> int`, the exit code. It is imported only
when its word is given, after Django is set up if it needs that, so that `signoff web` stays small.
"""

import os
import sys
from argparse import ArgumentParser, Namespace, RawDescriptionHelpFormatter
from importlib import import_module
from typing import NamedTuple

import django
from django.db.utils import OperationalError

from signoff.core.errors import SignoffError
from signoff.core.version import VERSION
from signoff.ops.installation import installation


class Command(NamedTuple):
    module: str
    help: str
    needs_django: bool = True


HERE = "signoff.ops.commands"
COMMANDS = {
    "up": Command(f"{HERE}.up", "start everything: database, web, worker", needs_django=False),
    "web": Command(f"{HERE}.web", "serve pages and API", needs_django=False),
    "worker": Command(f"{HERE}.worker", "do the jobs that wait"),
    "migrate": Command(f"{HERE}.migrate", "bring the database to this version"),
    "demo": Command(f"{HERE}.demo", "load the demo studio, once"),
    "import": Command(f"{HERE}.import_file", "read a spreadsheet; with --commit, apply it"),
    "export": Command(f"{HERE}.export_file", "write the whole tracker into a workbook"),
    "admin create": Command(f"{HERE}.admin_create", "make somebody an admin"),
    "admin reset-factors": Command(f"{HERE}.admin_reset_factors", "take lost second factors away"),
    "audit verify": Command(f"{HERE}.audit_verify", "prove that no decision was changed by hand"),
    "passwords open": Command(f"{HERE}.passwords_open", "take passwords again where single sign-on fails"),
    "key issue": Command(f"{HERE}.key_issue", "issue an API key and print it"),
    "doctor": Command(f"{HERE}.doctor", "say what is wrong with this installation"),
}


def main(words: list[str] | None = None) -> int:
    """Do what the words say; 0 when it worked, 1 when it was refused, 2 when the words make no sense."""
    words = sys.argv[1:] if words is None else words
    name = _name_in(words)
    if name is None:
        return _explain(words)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    try:
        return _run(name, words[len(name.split()) :])
    except SignoffError as refusal:
        print(refusal.message, file=sys.stderr)
        return 1
    except OperationalError as error:
        print(f"The database cannot be reached, or refuses: {error}".strip(), file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def _run(name: str, rest: list[str]) -> int:
    command = COMMANDS[name]
    if not command.needs_django:
        return _do(name, rest)
    with installation():
        django.setup()
        return _do(name, rest)


def _do(name: str, rest: list[str]) -> int:
    module = import_module(COMMANDS[name].module)
    parser = ArgumentParser(prog=f"signoff {name}", description=module.__doc__)
    module.add_arguments(parser)
    arguments: Namespace = parser.parse_args(rest)
    return int(module.run(arguments))


def _name_in(words: list[str]) -> str | None:
    return next((n for n in (" ".join(words[:2]), " ".join(words[:1])) if n in COMMANDS), None)


def _explain(words: list[str]) -> int:
    lines = "\n".join(f"  {name:20}{command.help}" for name, command in COMMANDS.items())
    parser = ArgumentParser(
        prog="signoff",
        usage="signoff COMMAND [options]",
        description=f"Signoff {VERSION}\n\n{lines}\n\n`signoff COMMAND --help` says more.",
        formatter_class=RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=VERSION)
    if words:
        _, unknown = parser.parse_known_args(words)
        parser.error(f"there is no command {' '.join(unknown)!r}; `signoff --help` names them all")
    parser.print_help()
    return 2


if __name__ == "__main__":
    sys.exit(main())
