import pytest
from django.utils.timezone import now, timedelta

from signoff.audit.models import Event
from signoff.core.errors import NotAllowed
from signoff.guests.actions import LinkDraft, make_link, renew_link, revoke_link, send_link
from signoff.guests.errors import BadChoice, BadExpiry, LinkRevoked, LinkShut, OneSubject
from signoff.guests.models import GuestLink
from tests.guests.conftest import token_of


def made(cast, row, who="pat", **values):
    return make_link(actor=cast.actor(who), draft=LinkDraft(**values), deliverable=row)


def test_a_link_is_made_and_its_address_said_once(cast, key_visual, settings):
    link, address = made(cast, key_visual, right="decide", name="Legal", most_people=3)
    assert address.startswith(f"{settings.PUBLIC_URL}/g/") and len(token_of(address)) == 43
    assert (link.right, link.name, link.most_people, link.made_by_label) == ("decide", "Legal", 3, "Pat Producer")
    event = Event.objects.latest("pk")
    assert (event.verb, event.subject_label, event.data) == ("guest_link.made", "Legal", {"right": "decide"})
    assert token_of(address) not in str(event.__dict__) + str(link.__dict__)


@pytest.mark.parametrize("who", ["art", "rev", "mia", "nils", "stranger"])
def test_others_make_none(cast, key_visual, who):
    with pytest.raises(NotAllowed):
        made(cast, key_visual, who)
    link, _ = made(cast, key_visual)
    for act in (revoke_link, renew_link):
        with pytest.raises(NotAllowed):
            act(actor=cast.actor(who), link=link)


@pytest.mark.parametrize(
    ("values", "error"),
    [
        ({"right": "own"}, BadChoice),
        ({"downloads": "sometimes"}, BadChoice),
        ({"most_people": 0}, BadChoice),
        ({"expires_at": now() - timedelta(days=1)}, BadExpiry),
    ],
)
def test_what_cannot_be_is_refused(cast, key_visual, values, error):
    with pytest.raises(error):
        made(cast, key_visual, **values)


def test_a_link_opens_one_thing(cast, key_visual):
    for subject in ({}, {"deliverable": key_visual, "project": key_visual.project}):
        with pytest.raises(OneSubject):
            make_link(actor=cast.actor("pat"), draft=LinkDraft(), **subject)


def test_renewing_ends_the_address_before_and_revoking_all(cast, key_visual, enters):
    link, first = made(cast, key_visual)
    _, second = renew_link(actor=cast.actor("ada"), link=link)
    with pytest.raises(LinkShut):
        enters(token_of(first))
    assert enters(token_of(second)).link == link
    revoke_link(actor=cast.actor("pat"), link=link)
    revoke_link(actor=cast.actor("pat"), link=link)
    with pytest.raises(LinkShut):
        enters(token_of(second))
    with pytest.raises(LinkRevoked):
        renew_link(actor=cast.actor("pat"), link=link)
    verbs = Event.objects.filter(verb__startswith="guest_link").order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["guest_link.made", "guest_link.renewed", "guest_link.revoked"]


def test_links_are_the_houses_own(cast, key_visual):
    made(cast, key_visual)
    seen = {who: GuestLink.objects.visible_to(cast.actor(who)).count() for who in ("pat", "art", "mia", "stranger")}
    assert seen == {"pat": 1, "art": 1, "mia": 0, "stranger": 0}


def test_the_house_mails_it_in_its_own_name(cast, key_visual, mail_server):
    link, address = made(cast, key_visual, right="decide", password="correct horse")
    send_link(actor=cast.actor("pat"), link=link, address=address, email="zoe@kolibri.example")
    said = mail_server.text()
    assert (
        address in said and "correct horse" not in said and "Pat Producer of Fieldhouse asks for your decision" in said
    )
