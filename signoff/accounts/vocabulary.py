"""Which words of Signoff an organisation may replace by its own. Their defaults are `web.words.VOCABULARY`. Pure."""

from collections.abc import Mapping

from signoff.accounts.errors import NoSuchWord
from signoff.core.text import clean_name

KEYS = (
    "job_number",
    "client_team",
    "client_teams",
    "deliverable",
    "deliverables",
    "round",
    "rounds",
)
MOST = 40


def clean_words(now: Mapping[str, str], given: Mapping[str, str]) -> dict[str, str]:
    """`now` with the given words put over it; an empty one takes the house's own word away.

    Raises NoSuchWord or BadText, naming the word as the field.
    """
    for key in given:
        if key not in KEYS:
            raise NoSuchWord(field=key)
    clean = {key: clean_name(word, field=key, most=MOST, required=False) for key, word in given.items()}
    return {key: word for key, word in {**now, **clean}.items() if word}
