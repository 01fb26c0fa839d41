import base64

import pytest

from signoff.accounts.actions import add_organization, change_branding, change_organization, change_vocabulary
from signoff.accounts.branding import logo_of
from signoff.accounts.errors import BadColour, BadDomain, BadLogo, NoSuchTimeZone, NoSuchWord
from signoff.accounts.models import Organization
from signoff.audit.models import Event
from signoff.core.actor import Actor
from signoff.core.errors import Invalid, NotAllowed
from signoff.core.text import BadText
from tests.accounts.pictures import jpeg, png
from tests.together import at_once

OPERATOR = Actor.system("cli: root")


def verbs() -> list[str]:
    return list(Event.objects.order_by("id").values_list("verb", flat=True))


@pytest.mark.django_db
def test_an_operator_founds_a_studio():
    made = add_organization(
        actor=OPERATOR, name=" Fieldhouse  Studio ", domains=["Field.House", "field.house", ""], time_zone="Europe/Oslo"
    )
    found = Organization.objects.get()
    assert (found.pk, found.name, found.slug) == (made.pk, "Fieldhouse Studio", "fieldhouse-studio")
    assert (found.domains, found.time_zone) == (["field.house"], "Europe/Oslo")
    assert list(Event.objects.values_list("verb", "organization_id")) == [("organization.added", made.pk)]


@pytest.mark.django_db
def test_two_studios_of_one_name_have_two_slugs_and_one_in_kana_has_one():
    slugs = [add_organization(actor=OPERATOR, name=name).slug for name in ("A", "A", "スタジオ", "スタジオ")]
    assert slugs == ["a", "a-2", "studio", "studio-2"]


@pytest.mark.parametrize("who", ["ada", "pat", "stranger"])
def test_members_found_no_studios(cast, who):
    with pytest.raises(NotAllowed):
        add_organization(actor=cast.actor(who), name="Mine")
    assert Organization.objects.count() == 2


@pytest.mark.parametrize(
    ("changes", "refusal", "field"),
    [
        ({"name": ""}, BadText, "name"),
        ({"name": "a\x00b"}, BadText, "name"),
        ({"name": "x" * 201}, BadText, "name"),
        ({"domains": ["a@b.example"]}, BadDomain, "domains"),
        ({"domains": ["https://x.example"]}, BadDomain, "domains"),
        ({"domains": ["localhost"]}, BadDomain, "domains"),
        ({"domains": ["-x.example"]}, BadDomain, "domains"),
        ({"domains": ["x" * 300 + ".example"]}, BadDomain, "domains"),
        ({"domains": [f"d{n}.example" for n in range(51)]}, BadDomain, "domains"),
        ({"domains": "x.example"}, Invalid, "domains"),
        ({"time_zone": "Mars/Olympus"}, NoSuchTimeZone, "time_zone"),
        ({"time_zone": "../../etc/passwd"}, NoSuchTimeZone, "time_zone"),
    ],
)
def test_what_an_organisation_cannot_be_is_refused_at_its_field(cast, changes, refusal, field):
    with pytest.raises(refusal) as refused:
        change_organization(actor=cast.actor("ada"), organization=cast.organization, changes=changes)
    assert (refused.value.detail, verbs()) == ({"field": field}, [])


def test_name_domains_and_zone_change_once(cast):
    changes = {"name": "Feld & Haus <b>", "domains": ["bücher.example"], "time_zone": "Asia/Tokyo"}
    for _ in range(2):
        changed = change_organization(actor=cast.actor("ada"), organization=cast.organization, changes=changes)
    assert (changed.name, changed.domains, changed.time_zone) == ("Feld & Haus <b>", ["bücher.example"], "Asia/Tokyo")
    event = Event.objects.get()
    assert event.changes == {
        "name": ["Fieldhouse", "Feld & Haus <b>"],
        "domains": [[], ["bücher.example"]],
        "time_zone": ["UTC", "Asia/Tokyo"],
    }


@pytest.mark.parametrize("who", ["pat", "art", "rev", "mia", "stranger"])
def test_only_its_admin_changes_an_organisation(cast, who):
    actor, house = cast.actor(who), cast.organization
    for act in (
        lambda: change_organization(actor=actor, organization=house, changes={"name": "X"}),
        lambda: change_branding(actor=actor, organization=house, changes={"accent": "#000000"}),
        lambda: change_vocabulary(actor=actor, organization=house, words={"round": "V"}),
    ):
        with pytest.raises(NotAllowed):
            act()
    assert verbs() == []


@pytest.mark.parametrize(("picture", "media_type"), [(png(), "image/png"), (jpeg(), "image/jpeg")])
def test_branding_keeps_what_is_not_said_and_the_record_has_no_picture(cast, picture, media_type):
    ada, house = cast.actor("ada"), cast.organization
    change_branding(actor=ada, organization=house, changes={"product": "Ardent Desk", "accent": "#C6F32B"})
    change_branding(actor=ada, organization=house, changes={"logo": picture})
    branding = Organization.objects.get(pk=house.pk).branding
    stored = f"data:{media_type};base64,{base64.b64encode(picture).decode()}"
    assert branding == {"product": "Ardent Desk", "accent": "#c6f32b", "logo": stored}
    assert logo_of(branding) == (media_type, picture)
    assert Event.objects.order_by("-id").first().changes["branding"][1] == {
        "product": "Ardent Desk",
        "accent": "#c6f32b",
        "logo": f"{media_type}, {len(picture)} bytes",
    }
    change_branding(actor=ada, organization=house, changes={"logo": None, "accent": "", "product": ""})
    assert Organization.objects.get(pk=house.pk).branding == {}


@pytest.mark.parametrize(
    ("changes", "refusal", "field"),
    [
        ({"accent": "red"}, BadColour, "accent"),
        ({"sidebar": "#12345"}, BadColour, "sidebar"),
        ({"sidebar": "#123456;}*{color:red"}, BadColour, "sidebar"),
        ({"product": "x" * 41}, BadText, "product"),
        ({"product": "\x00"}, BadText, "product"),
        ({"logo": b"<svg onload='alert(1)'/>"}, BadLogo, "logo"),
        ({"logo": png()[:-4]}, BadLogo, "logo"),
        ({"logo": png() + b"\0" * 200_001}, BadLogo, "logo"),
        ({"logo": "data:image/png;base64,x"}, BadLogo, "logo"),
    ],
)
def test_bad_branding_is_refused_at_its_field_and_nothing_changes(cast, changes, refusal, field):
    with pytest.raises(refusal) as refused:
        change_branding(actor=cast.actor("ada"), organization=cast.organization, changes={"product": "Desk", **changes})
    assert refused.value.detail == {"field": field}
    assert (Organization.objects.get(pk=cast.organization.pk).branding, verbs()) == ({}, [])


def test_the_vocabulary_is_the_houses_until_a_word_is_emptied(cast):
    ada = cast.actor("ada")
    change_vocabulary(actor=ada, organization=cast.organization, words={"job_number": "OMG #", "round": "Version"})
    changed = change_vocabulary(actor=ada, organization=cast.organization, words={"round": " "})
    assert changed.vocabulary == {"job_number": "OMG #"}


@pytest.mark.parametrize(
    ("words", "refusal", "field"),
    [
        ({"colour": "x"}, NoSuchWord, "colour"),
        ({"round": "x" * 41}, BadText, "round"),
        ({"round": "\x07"}, BadText, "round"),
    ],
)
def test_bad_words_are_refused(cast, words, refusal, field):
    with pytest.raises(refusal) as refused:
        change_vocabulary(actor=cast.actor("ada"), organization=cast.organization, words=words)
    assert refused.value.detail == {"field": field}


@pytest.mark.django_db(transaction=True)
def test_two_who_change_two_colours_at_once_both_see_theirs_kept(cast):
    ada, house = cast.actor("ada"), cast.organization
    outcomes = at_once(
        lambda: change_branding(actor=ada, organization=house, changes={"accent": "#111111"}),
        lambda: change_branding(actor=ada, organization=house, changes={"sidebar": "#222222"}),
    )
    house.refresh_from_db()
    assert (outcomes, house.branding) == (["done", "done"], {"accent": "#111111", "sidebar": "#222222"})
