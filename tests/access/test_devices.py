import pytest

from signoff.access.devices import device_of, in_words

MAC = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit"
WINDOWS = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/131.0.0.0 Safari/537.36"


@pytest.mark.parametrize(
    ("said", "browser", "system"),
    [
        (WINDOWS, "Chrome", "Windows"),
        (f"{WINDOWS} Edg/131.0.0.0", "Edge", "Windows"),
        (f"{WINDOWS} OPR/116.0.0.0", "Opera", "Windows"),
        (f"{MAC}/605.1.15 (KHTML, like Gecko) Version/17.0 Safari/605.1.15", "Safari", "macOS"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:133.0) Gecko/20100101 Firefox/133.0", "Firefox", "Linux"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) CriOS/131 Mobile Safari/604.1", "Chrome", "iPhone"),
        (
            "Mozilla/5.0 (Linux; Android 14; SM-S918B) SamsungBrowser/26.0 Chrome/122 Safari/537",
            "Samsung Internet",
            "Android",
        ),
        ("curl/8.5.0", "curl", ""),
        ("", "", ""),
    ],
)
def test_a_browser_in_words(said: str, browser: str, system: str) -> None:
    assert device_of(said) == (browser, system)


def test_phones_and_tablets_are_held_in_the_hand() -> None:
    said = {
        system: device_of(system).is_in_the_hand for system in ("iPhone", "iPad", "Android", "Windows", "Macintosh")
    }
    assert said == {"iPhone": True, "iPad": True, "Android": True, "Windows": False, "Macintosh": False}


def test_whose_name_nobody_knows_is_called_as_it_calls_itself() -> None:
    assert [in_words(said) for said in (WINDOWS, "curl/8.5.0", "SignoffSync/2.1 (nightly)", "")] == [
        "Chrome on Windows",
        "curl",
        "SignoffSync/2.1",
        "",
    ]
