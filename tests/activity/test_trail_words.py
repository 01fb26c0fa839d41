import pytest

from signoff.activity.trail_words import SAID, changes_of, said_of
from signoff.audit.models import Event
from signoff.audit.verbs import ALL_AUDITED, Verb


def event(verb: Verb, label: str = "Sync", kind: str = "apikey", **values: dict[str, object]) -> Event:
    return Event(verb=verb, subject_label=label, subject_kind=kind, **values)


def test_every_audited_verb_has_its_sentence() -> None:
    assert set(SAID) == set(ALL_AUDITED)
    assert [verb for verb in ALL_AUDITED if "{" in said_of(event(verb))] == []


@pytest.mark.parametrize(
    ("verb", "data", "words"),
    [
        (Verb.SIGNED_IN, {"means": ["password", "totp"]}, "signed in with a password and an app's code"),
        (Verb.SIGN_IN_FAILED, {"means": ["code"], "is_known": True}, "could not sign in with a code"),
        (Verb.SIGN_IN_FAILED, {"is_known": False}, "tried to sign in; nobody here has this address"),
        (Verb.PASSWORD_CHANGED, {}, "chose a new password"),
        (Verb.PASSWORD_CHANGED, {"one_time": True}, "made a one-time password for Sync"),
        (Verb.PASSWORD_FORGOTTEN, {}, "asked at the sign-in page for a link to choose a new password for Sync"),
        (Verb.API_KEY_ISSUED, {"scopes": ["read", "write"]}, "issued the key “Sync” for read, write"),
        (Verb.INVITATION_SENT, {"role": "client_viewer"}, "invited Sync as client viewer"),
        (Verb.EXPORT_MADE, {}, "exported the tracker as a spreadsheet"),
        (Verb.EXPORT_MADE, {"what": "audit"}, "exported this list"),
        (
            Verb.EXPORT_MADE,
            {"what": "round", "round": 2, "format": "pdf", "audience": "client"},
            "exported the notes of round 2 of “Sync” (pdf), as the client reads them",
        ),
        (
            Verb.EXPORT_MADE,
            {"what": "round", "round": 2, "format": "edl", "audience": "all"},
            "exported the notes of round 2 of “Sync” (edl)",
        ),
        (Verb.FILE_DOWNLOADED, {"what": "approved"}, "downloaded all approved files of Sync"),
    ],
)
def test_what_an_event_says(verb: Verb, data: dict[str, object], words: str) -> None:
    assert said_of(event(verb, data=data)) == words


def test_a_membership_is_called_by_its_person() -> None:
    said = said_of(event(Verb.MEMBER_CHANGED, "Art in Paris in Fieldhouse", "membership"))
    assert said == "changed the access of Art in Paris"


def test_words_of_people_are_no_patterns() -> None:
    assert said_of(event(Verb.API_KEY_REVOKED, "{subject} {0}")) == "revoked the key “{subject} {0}”"


def test_changes_are_old_and_new_in_words() -> None:
    changes: dict[str, object] = {
        "is_active": [True, False],
        "teams": [[], ["Kolibri", "Norra"]],
        "only_sso": [False, True],
        "role": ["client_viewer", "maker"],
        "branding": [{}, {"accent": "#112233"}],
        "time_zone": ["", "UTC"],
    }
    assert [tuple(one) for one in changes_of(event(Verb.MEMBER_CHANGED, changes=changes))] == [
        ("access", "open", "closed"),
        ("client teams", "none", "Kolibri, Norra"),
        ("only single sign-on", "no", "yes"),
        ("role", "client viewer", "maker"),
        ("branding", "nothing", "accent: #112233"),
        ("time zone", "nothing", "UTC"),
    ]


def test_what_has_a_name_is_called_by_it() -> None:
    named = event(Verb.PIPELINE_CHANGED, changes={"owner": ["1", "2"]}, data={"labels": {"owner": ["Pat", "Art"]}})
    assert [tuple(one) for one in changes_of(named)] == [("owner", "Pat", "Art")]
