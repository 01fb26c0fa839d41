"""Settings: what imports have learnt: headers, words, names, the order of dates. Each can be forgotten."""

from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _

from signoff.accounts.policy import Permission
from signoff.deliverables.models import DeliverableStatus, StageStatus
from signoff.projects.models import ProjectStatus
from signoff.sheets.actions import forget_words
from signoff.sheets.columns import IGNORE, KEEP
from signoff.sheets.house import House, load_house
from signoff.web.actor import actor_of, member_of
from signoff.web.settings.page import done, open_to, page
from signoff.web.words import vocabulary_of

Group = tuple[str, str, list[tuple[str, str]]]
LABELS: dict[str, Any] = {
    **dict(ProjectStatus.choices),
    **dict(DeliverableStatus.choices),
    StageStatus.SKIPPED: StageStatus.SKIPPED.label,
}


@open_to(Permission.IMPORT_SHEET)
def import_mapping(request: HttpRequest) -> HttpResponseBase:
    actor, organization = actor_of(request), member_of(request).organization
    if request.method == "POST":
        kind, word = request.POST.get("kind", ""), request.POST.get("word", "")
        forget_words(actor=actor, organization=organization, kind=kind, words=[word])
        return done(request, _("Forgotten. The next import asks again."), "settings-import-mapping")
    house = load_house(actor, organization)
    context = {"groups": _groups(house, vocabulary_of(organization.vocabulary)), "mapping": house.mapping}
    return page(request, "import_mapping", "settings-import-mapping", context)


def _groups(house: House, words: dict[str, str]) -> list[Group]:
    """Kind, its name, and what each remembered word means."""
    mapping = house.mapping
    titles = {column.key: column.title for column in house.shape.columns}
    titles |= {key: words[key] for key in ("job_number", "client_team")}
    titles |= {IGNORE: _("not imported"), KEEP: _("kept as a field")}
    names = {str(pk): name for pk, name in (house.people | house.teams).items()}
    return [
        ("headers", _("Columns"), _meanings(mapping.headers, titles)),
        ("statuses", _("Statuses"), _meanings(mapping.statuses, LABELS)),
        ("people", _("People"), _meanings(mapping.people, names)),
        ("client_teams", words["client_teams"], _meanings(mapping.client_teams, names)),
    ]


def _meanings(words: dict[str, str], names: dict[str, Any]) -> list[tuple[str, str]]:
    return [(word, str(names.get(key, _("gone by now")))) for word, key in sorted(words.items())]
