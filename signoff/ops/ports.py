"""Is a port free, and if not, which is?"""

import socket

from signoff.core.errors import Unavailable

LOOK_AHEAD = 100


class PortInUse(Unavailable):
    code = "port_in_use"


def refuse_busy_port(host: str, port: int) -> None:
    """Raises PortInUse, which names the next free one."""
    if is_free(host, port):
        return
    free = next((p for p in range(port + 1, min(port + LOOK_AHEAD, 65_536)) if is_free(host, p)), None)
    if free is None:
        raise PortInUse(f"Port {port} is in use, and so are those after it. Set PORT to a free one.")
    raise PortInUse(f"Port {port} is in use; the next free one is {free}: PORT={free} make run")


def is_free(host: str, port: int) -> bool:
    """Could we listen there? Somebody else who only just stopped does not count."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True
