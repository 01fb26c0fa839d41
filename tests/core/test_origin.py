import pytest

from signoff.core.origin import Origin, client_address, origin_of
from signoff.core.proxies import proxies_of

PROXY, OTHER_PROXY, PERSON, LIE = "10.0.0.1", "10.0.0.2", "203.0.113.9", "198.51.100.66"
OURS = ("10.0.0.0/8",)


@pytest.mark.parametrize(
    ("remote", "forwarded", "proxies", "found"),
    [
        (PERSON, "", (), PERSON),
        (PERSON, LIE, (), PERSON),  # nobody is believed by default
        (PERSON, LIE, OURS, PERSON),  # it did not come from a proxy of ours
        (PROXY, PERSON, OURS, PERSON),
        (PROXY, f"{LIE}, {PERSON}", OURS, PERSON),  # what the person made up stands before what the proxy saw
        (PROXY, f"{LIE}, {PERSON}, {OTHER_PROXY}", OURS, PERSON),
        (PROXY, f"{OTHER_PROXY}", OURS, OTHER_PROXY),
        (PROXY, f"{LIE}, rubbish", OURS, PROXY),
        (PROXY, f"{LIE}, ", OURS, PROXY),
        (PROXY, f"{LIE}, {PERSON}", 1, PERSON),
        (PROXY, f"{LIE}, {PERSON}, {OTHER_PROXY}", 2, PERSON),
        (PROXY, PERSON, 3, PERSON),
        (PERSON, LIE, 0, PERSON),
        (PROXY, f"{PERSON}:51234", OURS, PERSON),
        (PROXY, "[2001:db8::7]:443", OURS, "2001:db8::7"),
        (f"::ffff:{PROXY}", f"::ffff:{PERSON}", OURS, PERSON),
        ("", LIE, OURS, ""),
    ],
)
def test_only_proxies_of_ours_are_believed(
    remote: str, forwarded: str, proxies: int | tuple[str, ...], found: str
) -> None:
    assert client_address(remote, forwarded, proxies) == found


def test_a_browser_says_no_more_than_fits_and_nothing_that_cannot_be_printed() -> None:
    environ = {"REMOTE_ADDR": PERSON, "HTTP_USER_AGENT": "Fire\x00fox\n" + "x" * 999, "HTTP_X_FORWARDED_FOR": LIE}
    origin = origin_of(environ)
    assert (origin.address, origin.browser) == (PERSON, "Firefox" + "x" * 293)
    assert origin_of({}).data == {}


@pytest.mark.parametrize(
    ("address", "home"),
    [
        (PERSON, PERSON),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::9", "2001:db8:1:2::/64"),
        ("", ""),
    ],
)
def test_an_ipv6_network_counts_as_one(address: str, home: str) -> None:
    assert Origin(address).home == home


@pytest.mark.parametrize(
    ("text", "proxies"),
    [
        ("", ()),
        ("2", 2),
        ("127.0.0.1, 10.0.0.0/8", ("127.0.0.1/32", "10.0.0.0/8")),
        ("::1", ("::1/128",)),
    ],
)
def test_proxies_are_a_number_or_networks(text: str, proxies: object) -> None:
    assert proxies_of(text) == proxies


@pytest.mark.parametrize("text", ["proxy.example", "10.0.0.1/8", "999", "1, two"])
def test_other_proxies_are_refused(text: str) -> None:
    with pytest.raises(ValueError):
        proxies_of(text)
