"""Settings: the audit list. The filter is the address's; dates are days in the time zone of who looks."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta, tzinfo
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils.dates import MONTHS, WEEKDAYS
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_safe

from signoff.access.devices import in_words
from signoff.accounts.models import Membership
from signoff.accounts.policy import Permission
from signoff.activity import actions
from signoff.activity.trail import MOST, Entry, Wanted, trail
from signoff.audit.verbs import AUDITED, Verb
from signoff.core.cells import lines_of
from signoff.core.origin import origin_of
from signoff.web.actor import actor_of, member_of
from signoff.web.settings.page import open_to, page
from signoff.web.shown import zone_of

KINDS = {
    "sign_ins": gettext_lazy("Sign-ins"),
    "failures": gettext_lazy("Failed sign-ins"),
    "passwords": gettext_lazy("Passwords and factors"),
    "people": gettext_lazy("People and teams"),
    "keys": gettext_lazy("Keys and links"),
    "files": gettext_lazy("Imports, exports, downloads"),
    "settings": gettext_lazy("Settings"),
}
ICONS = {  # icons: log-in shield-alert key-round users plug arrow-down-to-line settings
    "sign_ins": "log-in",
    "failures": "shield-alert",
    "passwords": "key-round",
    "people": "users",
    "keys": "plug",
    "files": "arrow-down-to-line",
    "settings": "settings",
}
KIND_OF = {verb: kind for kind, verbs in AUDITED.items() for verb in verbs}
HEAD = ["Time", "Who", "What", "Changes", "IP", "Browser", "Event"]
MOST_WORDS = 100
DAYS = [MinValueValidator(date(2000, 1, 1)), MaxValueValidator(date(2999, 12, 31))]


class AuditFilter(forms.Form):
    """What of the address is meant; what makes no sense is as if it were not there."""

    q = forms.CharField(max_length=MOST_WORDS, required=False)
    who = forms.UUIDField(required=False)
    kind = forms.ChoiceField(choices=[("", ""), *KINDS.items()], required=False)
    since = forms.DateField(required=False, validators=DAYS)
    until = forms.DateField(required=False, validators=DAYS)
    before = forms.UUIDField(required=False)

    def asked(self) -> dict[str, Any]:
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}

    def wanted(self, zone: tzinfo) -> Wanted:
        asked = self.asked()
        since, until = asked.get("since"), asked.get("until")
        return Wanted(
            who=asked.get("who"),
            kind=asked.get("kind", ""),
            since=datetime.combine(since, time.min, zone) if since else None,
            until=datetime.combine(until + timedelta(days=1), time.min, zone) if until else None,
            words=asked.get("q", ""),
        )


@require_safe
@open_to(Permission.READ_AUDIT)
def audit(request: HttpRequest) -> HttpResponse:
    form, zone = AuditFilter(request.GET), zone_of(member_of(request))
    asked = form.asked()
    entries = trail(actor_of(request), form.wanted(zone), before=asked.pop("before", None), most=MOST + 1)
    rest = urlencode(asked)
    context = {
        "asked": {name: str(asked.get(name, "")) for name in ("q", "who", "kind", "since", "until")},
        "is_first": "before" not in request.GET,
        "days": list(_days(entries[:MOST], zone)),
        "older": f"?{urlencode({**asked, 'before': entries[MOST - 1].id})}" if len(entries) > MOST else "",
        "newest": f"?{rest}" if rest else "",
        "query": f"?{rest}" if rest else "",
        "kinds": KINDS,
        "people": _people(request),
        "zone": str(zone),
    }
    return page(request, "audit", "settings-audit", context)


@require_GET
@open_to(Permission.READ_AUDIT)
def audit_csv(request: HttpRequest) -> StreamingHttpResponse:
    """All that the filter finds, made while it is sent."""
    member = member_of(request)
    form, zone = AuditFilter(request.GET), zone_of(member)
    asked = {name: str(value) for name, value in form.asked().items() if name != "before"}
    entries = actions.export_audit(
        actor=actor_of(request),
        organization=member.organization,
        wanted=form.wanted(zone),
        asked=asked,
        origin=origin_of(request.META),
    )
    rows = (_cells(entry, zone) for entry in entries)
    response = StreamingHttpResponse(lines_of(HEAD, rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="signoff-audit-{localdate().isoformat()}.csv"'
    response["Cache-Control"] = "private, no-store"
    return response


def _days(entries: list[Entry], zone: tzinfo) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """The rows by the day they were on, as the person who looks counts days."""
    rows: list[dict[str, Any]] = []
    for entry in entries:
        at = entry.at.astimezone(zone)
        if rows and rows[0]["at"].date() != at.date():
            yield day_in_words(rows[0]["at"]), rows
            rows = []
        kind = KIND_OF[Verb(entry.verb)]
        shown = {"entry": entry, "at": at, "clock": f"{at:%H:%M:%S}", "kind": kind, "icon": ICONS[kind]}
        rows.append({**shown, "browser": in_words(entry.browser)})
    if rows:
        yield day_in_words(rows[0]["at"]), rows


def day_in_words(at: datetime) -> str:
    return f"{WEEKDAYS[at.weekday()]}, {at.day} {MONTHS[at.month]} {at.year}"


def _cells(entry: Entry, zone: tzinfo) -> list[str]:
    at = entry.at.astimezone(zone)
    changes = "; ".join(f"{one.field}: {one.old} → {one.new}" for one in entry.changes)
    return [
        at.isoformat(" ", "seconds"),
        entry.who,
        entry.text,
        changes,
        entry.address,
        entry.browser,
        str(entry.id),
    ]


def _people(request: HttpRequest) -> list[tuple[UUID, str]]:
    """Everybody who is or was here, to choose from."""
    rows = Membership.objects.visible_to(actor_of(request)).order_by("user__name", "pk")
    return [(pk, str(name)) for pk, name in rows.values_list("pk", "user__name")]
