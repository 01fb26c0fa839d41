"""Which proxies stand before us, as `SIGNOFF_TRUSTED_PROXIES` says it. Pure; settings are read with it."""

from ipaddress import ip_network

Proxies = int | tuple[str, ...]
MOST = 10


def proxies_of(text: str) -> Proxies:
    """`2`: so many stand one behind the other. `10.0.0.0/8, 127.0.0.1`: they have these addresses.

    Raises ValueError.
    """
    words = [word.strip() for word in text.split(",") if word.strip()]
    if len(words) == 1 and words[0].isdecimal():
        if int(words[0]) > MOST:
            raise ValueError(text)
        return int(words[0])
    return tuple(str(ip_network(word)) for word in words)
