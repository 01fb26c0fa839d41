"""The demo's last working week at the door: who came in when and from where, and who could not.

In the shape that `access` writes. Addresses are those that are kept for examples (RFC 5737).
"""

from datetime import timedelta
from random import Random

from signoff.access.failures import failure_of
from signoff.accounts.models import Organization
from signoff.audit.record import Happening
from signoff.audit.verbs import Verb
from signoff.core.actor import Actor, ActorKind
from signoff.core.origin import Origin
from signoff.ops.demo.clock import A_DAY, Clock
from signoff.ops.demo.diary import Diary
from signoff.ops.demo.people import HousePlan, PersonPlan
from signoff.ops.demo.story import Crew

SEED, DAYS, COMES = 20419, 5, 0.8
OFFICE, STRANGER = "203.0.113.{}", "198.51.100.66"
KIT = "AppleWebKit/537.36 (KHTML, like Gecko)"
BROWSERS = (
    f"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) {KIT} Chrome/140.0.0.0 Safari/537.36",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0",
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/18.0 Safari/605.1.15",
)


def come_and_go(plan: HousePlan, organization: Organization, crew: Crew, now: Clock) -> None:
    """Write the week. It has a clock and chances of its own, so that nothing else of the demo changes by it."""
    clock = Clock(now.now, Random(SEED))
    diary = Diary(clock, organization.pk)
    for person in plan.people:
        if not (person.is_new or person.is_service):
            _come_in(person, crew, clock, diary)
    _try_in_vain(plan, organization, crew, clock, diary)
    diary.write()


def _come_in(person: PersonPlan, crew: Crew, clock: Clock, diary: Diary) -> None:
    """On most days, in the first hour; from the same desk."""
    origin = Origin(OFFICE.format(clock.random.randint(10, 60)), clock.random.choice(BROWSERS))
    user, actor = crew.users[person.key], crew.actors[person.key]
    today = clock.end // A_DAY
    for day in range(max(int(today) - DAYS, 0), int(today) + 1):
        minute = day * A_DAY + clock.random.uniform(2, 55)
        if clock.random.random() < COMES and minute < clock.end:
            data = {"means": ["password"], **origin.data}
            diary.note(clock.moment(minute), actor, Happening(Verb.SIGNED_IN, user, data=data), {})


def _try_in_vain(plan: HousePlan, organization: Organization, crew: Crew, clock: Clock, diary: Diary) -> None:
    """Somebody mistypes; and a stranger guesses, three times, an address that nobody has."""
    person = plan.people[0]
    user, begins = crew.users[person.key], clock.ago(2.3)
    own = Origin(OFFICE.format(12), BROWSERS[0])
    stranger = (None, f"info@{plan.domain}", Origin(STRANGER, "curl/8.5.0"))
    for number, (who, email, origin) in enumerate([(user, person.email, own), stranger, stranger, stranger]):
        actor = Actor(ActorKind.USER, str(who or email), organization.pk)
        at = clock.moment(begins) + timedelta(seconds=9 * number)
        diary.note(at, actor, failure_of(who, organization, email, origin, "password"), {})
