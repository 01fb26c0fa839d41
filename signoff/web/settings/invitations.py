"""Settings: inviting people, one by one or from a list, and what became of invitations."""

from base64 import b64decode, b64encode
from binascii import Error as NotBase64
from uuid import UUID

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_POST

from signoff import mails
from signoff.access import actions
from signoff.access.models import Invitation
from signoff.access.rows import MOST_BYTES
from signoff.accounts.policy import Permission
from signoff.core.errors import Conflict, Invalid
from signoff.web.actor import actor_of, member_of
from signoff.web.render import render
from signoff.web.settings.page import done, open_to, page, refusals_in, refused
from signoff.web.settings.people import InviteForm, invitations_of, people_page


@open_to(Permission.MANAGE_PEOPLE)
def invitations(request: HttpRequest) -> HttpResponseBase:
    """POST invites somebody; GET is the list of those who have not answered, as a piece of the page."""
    if request.method != "POST":
        return render(request, "settings/_invitations.html", invitations_of(request))
    form = InviteForm(actor_of(request), request.POST)
    if form.is_valid():
        with refusals_in(form):
            row = actions.invite(
                actor=actor_of(request), organization=member_of(request).organization, **form.cleaned_data
            )
            return _sent(request, row, _("%(who)s is invited: the letter is on its way.") % {"who": row})
    return people_page(request, invite_form=form, status=422)


@require_POST
@open_to(Permission.MANAGE_PEOPLE)
def resending(request: HttpRequest, invitation_id: UUID) -> HttpResponseBase:
    row = _find(request, invitation_id)
    try:
        row = actions.resend_invitation(actor=actor_of(request), invitation=row)
    except (Conflict, Invalid) as refusal:
        return refused(request, refusal, "settings-people")
    return _sent(request, row, _("A new letter to %(who)s is on its way; the old link has ended.") % {"who": row})


@require_POST
@open_to(Permission.MANAGE_PEOPLE)
def revocation(request: HttpRequest, invitation_id: UUID) -> HttpResponseBase:
    row = _find(request, invitation_id)
    try:
        actions.revoke_invitation(actor=actor_of(request), invitation=row)
    except Conflict as refusal:
        return refused(request, refusal, "settings-people")
    undo = reverse("settings-invitation-restoration", args=[row.pk])
    return done(request, _("The invitation of %(who)s is revoked.") % {"who": row}, "settings-people", undo=undo)


@require_POST
@open_to(Permission.MANAGE_PEOPLE)
def restoration(request: HttpRequest, invitation_id: UUID) -> HttpResponseBase:
    row = _find(request, invitation_id)
    try:
        actions.restore_invitation(actor=actor_of(request), invitation=row)
    except Conflict as refusal:
        return refused(request, refusal, "settings-people")
    return done(request, _("The invitation of %(who)s holds again.") % {"who": row}, "settings-people")


@require_POST
@open_to(Permission.MANAGE_PEOPLE)
@sensitive_variables("address")
def link(request: HttpRequest, invitation_id: UUID) -> HttpResponseBase:
    """The link itself, in the answer to who may copy it."""
    row = _find(request, invitation_id)
    try:
        address = actions.copy_link(actor=actor_of(request), invitation=row)
    except Conflict as refusal:
        return refused(request, refusal, "settings-people")
    return people_page(request, link=(row, address))


@open_to(Permission.MANAGE_PEOPLE)
def many(request: HttpRequest) -> HttpResponseBase:
    """A list of people: its preview, then inviting them. The file travels with the preview; nothing of it is kept."""
    if request.method != "POST":
        return _many_page(request)
    actor, house, content = actor_of(request), member_of(request).organization, _content(request)
    try:
        if which := request.POST.get("which", ""):
            rows = actions.invite_many(actor=actor, organization=house, content=content, only_good=which == "good")
            said = ngettext("%(n)s person is invited.", "%(n)s people are invited.", len(rows))
            return done(request, said % {"n": len(rows)}, "settings-people")
        plan = actions.read_many(actor=actor, organization=house, content=content)
    except (Conflict, Invalid) as refusal:
        return _many_page(request, problem=refusal.message, status=422)
    return _many_page(request, plan=plan, kept=b64encode(content).decode())


def _sent(request: HttpRequest, row: Invitation, said: str) -> HttpResponseBase:
    """On to the list; without a mail server with the link, to be handed over."""
    if not mails.is_configured():
        return people_page(request, link=(row, actions.copy_link(actor=actor_of(request), invitation=row)))
    undo = reverse("settings-invitation-revocation", args=[row.pk])
    return done(request, said, "settings-people", undo=undo)


def _content(request: HttpRequest) -> bytes:
    """The file that was sent, or the one that came back with its preview."""
    file = request.FILES.get("file")
    if file is not None:
        return bytes(file.read(MOST_BYTES + 1))
    try:
        return b64decode(request.POST.get("kept", ""), validate=True)
    except (NotBase64, ValueError):
        return b""


def _many_page(
    request: HttpRequest, plan: actions.Plan | None = None, kept: str = "", problem: str = "", status: int = 200
) -> HttpResponseBase:
    context = {"plan": plan, "kept": kept, "problem": problem, "has_mail": mails.is_configured()}
    return page(request, "invite_many", "settings-people", context, status=status)


def _find(request: HttpRequest, invitation_id: UUID) -> Invitation:
    return get_object_or_404(Invitation.objects.visible_to(actor_of(request)), pk=invitation_id)
