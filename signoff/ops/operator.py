"""Who acts at the command line."""

import getpass

from signoff.core.actor import Actor


def operator() -> Actor:
    """The person at the keyboard, who may do everything; their login is written into the events."""
    try:
        login = getpass.getuser()
    except (KeyError, OSError):  # a container's user may have no name
        login = "operator"
    return Actor.system(f"cli: {login}")
