"""The rounds of a deliverable: the fragment that shows them, and what is done with one of them.

Every part of the fragment has a place of its own. The page asks for the parts anew when it hears of something
(`parts`), so that a video goes on playing while a thumbnail comes in.
"""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from signoff.accounts.policy import Permission, require_held
from signoff.audit.verbs import Verb
from signoff.core.actor import Actor
from signoff.core.errors import Invalid
from signoff.feedback import actions as feedback
from signoff.revisions import actions
from signoff.revisions.models import MediaFile, Revision
from signoff.web.actor import actor_of, signed_in
from signoff.web.answers import back, is_htmx, saying, toast_of
from signoff.web.deliverable import find
from signoff.web.errors import status_of
from signoff.web.render import render
from signoff.web.round_tiles import rounds_of


@require_safe
@signed_in
def rounds(request: HttpRequest, deliverable_id: UUID) -> HttpResponse:
    """All of it, or with `at` (the round on the page, empty for none) its parts, each for its own place."""
    actor = actor_of(request)
    context = rounds_of(request, actor, find(actor, deliverable_id))
    at = request.GET.get("at")
    if at is None:
        return render(request, "rounds/_rounds.html", context)
    is_same_shape = bool(at) == bool(context["chosen"])
    template = "rounds/_parts.html" if is_same_shape else "rounds/_rounds.html"
    return render(request, template, {**context, "out_of_band": True})


@require_http_methods(["POST", "DELETE"])
@signed_in
def release(request: HttpRequest, round_id: UUID) -> HttpResponse:
    """POST lets the client see the round; DELETE (or POST with `taken_back`) takes it out of their sight."""
    actor, revision = _find(request, round_id)
    if request.method == "DELETE" or "taken_back" in {**request.GET.dict(), **request.POST.dict()}:
        actions.withhold_round(actor=actor, revision=revision)
        title = _("The client no longer sees round %(n)s") % {"n": revision.round}
        undo = reverse("round-release", args=[revision.pk])
        return _done(request, revision, Verb.ROUND_WITHHELD, toast_of(title, undo=undo))
    actions.release_round(actor=actor, revision=revision)
    title = _("The client sees round %(n)s now") % {"n": revision.round}
    undo = f"{reverse('round-release', args=[revision.pk])}?taken_back=1"
    return _done(request, revision, Verb.ROUND_RELEASED, toast_of(title, text=revision.deliverable.name, undo=undo))


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def withdrawal(request: HttpRequest, round_id: UUID) -> HttpResponse:
    """GET asks whether it is meant, in a dialog or as a page; POST takes the newest round back with its files."""
    actor, revision = _find(request, round_id)
    if request.method != "POST":
        require_held(actor, Permission.UPLOAD_ROUND, revision.deliverable.project.organization_id)
        template = "rounds/_withdrawal.html" if is_htmx(request) else "rounds/withdrawal.html"
        return render(request, template, {"revision": revision, "files": list(revision.files.all())})
    feedback.withdraw_round(actor=actor, revision=revision)
    title = _("Round %(n)s is taken back") % {"n": revision.round}
    return _done(request, revision, Verb.ROUND_WITHDRAWN, toast_of(title, text=revision.deliverable.name))


@require_POST
@signed_in
def note(request: HttpRequest, round_id: UUID) -> HttpResponse:
    """Says anew what changed. What is refused comes back with its reason, and with what was typed."""
    actor, revision = _find(request, round_id)
    said = request.POST.get("note", "")
    try:
        actions.change_round(actor=actor, revision=revision, note=said)
    except Invalid as error:
        if not is_htmx(request):
            raise
        context = {"revision": revision, "note": said, "problem": error.message}
        return render(request, "rounds/_note_form.html", context, status=status_of(error))
    return _done(
        request, revision, Verb.ROUND_CHANGED, toast_of(_("Note of round %(n)s saved") % {"n": revision.round})
    )


@require_POST
@signed_in
def renditions(request: HttpRequest, file_id: UUID) -> HttpResponse:
    """Another try at the previews of a file that failed."""
    actor = actor_of(request)
    rows = MediaFile.objects.visible_to(actor).select_related("revision__deliverable__project__organization")
    file = get_object_or_404(rows, pk=file_id)
    actions.retry_file(actor=actor, file=file)
    return _done(request, file.revision, Verb.FILE_RETRIED, toast_of(_("Trying %(name)s again") % {"name": file.name}))


def _find(request: HttpRequest, round_id: UUID) -> tuple[Actor, Revision]:
    actor = actor_of(request)
    rows = Revision.objects.visible_to(actor).select_related("deliverable__project__organization", "added_by")
    return actor, get_object_or_404(rows, pk=round_id)


def _done(request: HttpRequest, revision: Revision, verb: str, toast: dict[str, str]) -> HttpResponse:
    if not is_htmx(request):
        return back(request, reverse("deliverable", args=[revision.deliverable_id]))
    return saying(HttpResponse(), verb, toast, changed=revision.deliverable_id)
