"""Tests talk to this machine only: anything else is a test that nobody can repeat."""

import ipaddress
import sys

HERE = frozenset({"", "localhost"})


def only_this_machine() -> None:
    """From now on a connection from this process to another machine raises. It cannot be taken back."""
    sys.addaudithook(_refuse_elsewhere)


def _refuse_elsewhere(event: str, arguments: tuple[object, ...]) -> None:
    if event != "socket.connect":
        return
    address = arguments[1]
    if isinstance(address, tuple) and not _is_here(str(address[0])):
        raise RuntimeError(f"A test tried to reach {address[0]}; only this machine is allowed.")


def _is_here(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host in HERE
