"""Where the embedded server keeps its things. Pure rules: settings and supervisor both read them here."""

import hashlib
import os
import tempfile
from pathlib import Path
from urllib.parse import quote

from platformdirs import user_data_path

MAJOR = 18
OWNER = "signoff"
DATABASE = "signoff"
LONGEST_SOCKET_DIR = 90  # the path of a socket ends at 108 bytes, its name included


def default_data_dir() -> Path:
    """The system's place for root (a server's own user could not reach /root), else the person's."""
    return Path("/var/lib/signoff") if os.geteuid() == 0 else user_data_path("signoff")


def cluster_dir(data_dir: Path) -> Path:
    """The cluster; its major version is in the name so that the next one has somewhere to go."""
    return data_dir / f"pg{MAJOR}"


def socket_dir(data_dir: Path) -> Path:
    """`run` in the data directory, or a short directory in /tmp when that would be too long for a socket."""
    near = data_dir / "run"
    if len(os.fsencode(near)) <= LONGEST_SOCKET_DIR:
        return near
    digest = hashlib.sha256(os.fsencode(cluster_dir(data_dir))).hexdigest()[:12]
    return Path(tempfile.gettempdir()) / f"signoff-{os.geteuid()}-{digest}"


def database_url(data_dir: Path, database: str = DATABASE) -> str:
    """The address of a database on the embedded server of this data directory."""
    return f"postgresql://{OWNER}@/{database}?host={quote(str(socket_dir(data_dir)))}"
