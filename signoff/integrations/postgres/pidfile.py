"""Is the process that a cluster's pid file names really its server?"""

import subprocess
from pathlib import Path


def drop_stale_pidfile(cluster: Path) -> None:
    """Remove the pid file when its process is gone, has its number reused, or is unreadable."""
    if server_pid(cluster) is None:
        (cluster / "postmaster.pid").unlink(missing_ok=True)


def server_pid(cluster: Path) -> int | None:
    """The process id of the running server of this cluster; None when there is none."""
    pid = _pid_in(cluster / "postmaster.pid")
    return pid if pid is not None and is_server_of(cluster, pid) else None


def is_server_of(cluster: Path, pid: int) -> bool:
    """Does this process run PostgreSQL on that cluster?"""
    words = _command_of(pid)
    return bool(words) and Path(words[0]).name == "postgres" and str(cluster) in words


def _pid_in(file: Path) -> int | None:
    try:
        return int(file.read_text().split("\n", 1)[0])
    except (FileNotFoundError, ValueError):
        return None


def _command_of(pid: int) -> list[str]:
    proc = Path(f"/proc/{pid}/cmdline")
    try:
        if Path("/proc/self").exists():
            return proc.read_bytes().decode(errors="replace").split("\0")
    except OSError:
        return []
    asked = subprocess.run(["ps", "-o", "command=", "-p", str(pid)], capture_output=True, text=True, check=False)
    return asked.stdout.split()
