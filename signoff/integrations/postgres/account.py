"""Whose server it is. PostgreSQL refuses to run as root, so root starts it as a system user of its own."""

import os
import pwd
import shutil
import subprocess

from signoff.core.errors import Unavailable

SYSTEM_USER = "signoff-pg"


class ServerUserMissing(Unavailable):
    code = "server_user_missing"
    message = (
        f"PostgreSQL does not run as root, and the system user {SYSTEM_USER} could not be made. "
        "Start Signoff as an ordinary user, or set DATABASE_URL to a server of your own."
    )


def server_account() -> pwd.struct_passwd | None:
    """The account to run the server as; None means the current one.

    As root: makes the system user `signoff-pg` (no login, no home) when it is missing, or raises
    ServerUserMissing.
    """
    if os.geteuid() != 0:
        return None
    try:
        return pwd.getpwnam(SYSTEM_USER)
    except KeyError:
        _make_system_user()
    return pwd.getpwnam(SYSTEM_USER)


def _make_system_user() -> None:
    useradd = shutil.which("useradd", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin")
    if useradd is None:
        raise ServerUserMissing
    made = subprocess.run(
        [useradd, "--system", "--no-create-home", "--shell", "/usr/sbin/nologin", SYSTEM_USER],
        capture_output=True,
        check=False,
    )
    if made.returncode not in (0, 9):  # 9: somebody else made it a moment ago
        raise ServerUserMissing
