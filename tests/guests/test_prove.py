import pytest
from django.utils.timezone import now, timedelta

from signoff.access.limits import TooManyTries
from signoff.accounts.models import Membership, User
from signoff.guests import enter
from signoff.guests.actions import ask_code, prove_address
from signoff.guests.errors import AccountInstead, AddressShut, NoMailServer, WrongCode
from signoff.guests.models import Guest, GuestCode, GuestDevice, GuestVisit
from tests.guests.conftest import HERE, code_in

ZOE = "zoe@kolibri.example"


def asks(device, email=ZOE, name="Zoe Guest"):
    return ask_code(device=device, email=email, name=name, origin=HERE)


def proves(device, code):
    return prove_address(device=device, code=code, origin=HERE)


def wrong(code):
    return f"{(int(code) + 1) % 1_000_000:06}"


@pytest.fixture
def device(link, enters):
    return enters(link(right="comment"))


def test_a_code_makes_somebody_of_nobody(device, mail_server):
    old = device.digest
    assert asks(device, " Zoe@Kolibri.example ") == ZOE
    guest, secret = proves(device, code_in(mail_server))
    assert (guest.email, guest.name, guest.user.email) == (ZOE, "Zoe Guest", ZOE)
    assert not guest.user.has_usable_password() and not Membership.objects.filter(user=guest.user).exists()
    found = enter.device_of(device.link_id, secret)
    assert found and found.guest == guest and found.digest != old
    assert list(GuestVisit.objects.values_list("what", "about")) == [("proved", ZOE), ("opened", "")]


def test_the_letter_says_nothing_that_was_typed(device, mail_server):
    asks(device, name="Click evil.example now")
    assert "evil" not in mail_server.text() and mail_server.envelopes[-1][1] == [ZOE]


def test_a_code_is_kept_as_a_digest_and_works_once(device, mail_server):
    asks(device)
    code = code_in(mail_server)
    assert code not in str(GuestCode.objects.get().__dict__)
    proves(device, f" {code[:3]} {code[3:]} ")
    with pytest.raises(WrongCode):
        proves(device, code)


def test_a_new_code_ends_the_one_before(device, mail_server):
    asks(device)
    first = code_in(mail_server)
    asks(device)
    with pytest.raises(WrongCode):
        proves(device, first if first != code_in(mail_server) else wrong(first))


def test_a_code_is_good_for_ten_minutes(device, mail_server):
    asks(device)
    left = GuestCode.objects.get().expires_at - now()
    assert timedelta(minutes=9, seconds=50) < left <= timedelta(minutes=10)
    GuestCode.objects.update(expires_at=now())
    with pytest.raises(WrongCode):
        proves(device, code_in(mail_server))


def test_five_wrong_tries_end_a_code(device, mail_server):
    asks(device)
    code = code_in(mail_server)
    for _ in range(5):
        with pytest.raises(WrongCode):
            proves(device, wrong(code))
    with pytest.raises(WrongCode):
        proves(device, code)


def test_a_code_works_in_no_other_browser(device, mail_server, link, enters):
    asks(device)
    other = enters(link(right="comment"))
    with pytest.raises(WrongCode):
        proves(other, code_in(mail_server))
    asks(other, "max@kolibri.example")
    with pytest.raises(WrongCode):
        proves(other, wrong(code_in(mail_server)))


def test_letters_to_one_address_are_few_whatever_the_browser(mail_server, link, enters):
    token = link()
    for _ in range(5):
        asks(enters(token))
    with pytest.raises(TooManyTries):
        asks(enters(token))
    assert len(mail_server.letters) == 5


def test_the_same_address_is_the_same_person_on_another_device(mail_server, link, known):
    token = link(right="comment")
    one, two = known(token), known(token)
    assert one.pk != two.pk and one.guest == two.guest
    assert (Guest.objects.count(), User.objects.filter(email=ZOE).count()) == (1, 1)


def test_who_has_an_account_in_the_house_signs_in(cast, device, mail_server):
    asks(device, cast.pat.email)
    with pytest.raises(AccountInstead):
        proves(device, code_in(mail_server))
    assert not Guest.objects.exists()
    assert GuestDevice.objects.get(pk=device.pk).guest is None


def test_an_account_of_another_house_keeps_its_name(cast, device, mail_server):
    asks(device, cast.stranger.email, "Somebody Else")
    guest, _ = proves(device, code_in(mail_server))
    assert (guest.user, guest.user.name, cast.people["stranger"].name) == (
        cast.stranger,
        "Sam Stranger",
        "Sam Stranger",
    )


def test_service_users_and_the_closed_out_cannot_speak(cast, device, mail_server):
    for values in ({"is_service": True}, {"is_active": False}):
        User.objects.filter(pk=cast.stranger.pk).update(is_service=False, is_active=True)
        User.objects.filter(pk=cast.stranger.pk).update(**values)
        asks(device, cast.stranger.email)
        with pytest.raises(AddressShut):
            proves(device, code_in(mail_server))


def test_without_a_mail_server_nobody_can_be_proved(device, no_mail):
    with pytest.raises(NoMailServer):
        asks(device)
