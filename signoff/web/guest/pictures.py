"""What is shown in the place of a rendition to who looks: for guests of some links, with their address in it."""

from collections.abc import Callable
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_safe

from signoff.core.actor import Actor
from signoff.core.errors import Unavailable
from signoff.core.origin import origin_of
from signoff.guests.watermark import MARKED, MEDIA_TYPE, marked, words_of
from signoff.integrations.media.work import MediaError
from signoff.revisions.addresses import picture_address, rendition_address
from signoff.revisions.models import Rendition
from signoff.web.visitor import visitor_here

Address = Callable[[Rendition], str]


def shown_to(actor: Actor) -> Address:
    """Where this actor finds a rendition."""
    is_watermarked = actor.covers is not None and actor.covers.is_watermarked
    return _marked_address if is_watermarked else rendition_address


def _marked_address(rendition: Rendition) -> str:
    """Of a picture; films and sounds go out as they are."""
    if rendition.kind not in MARKED:
        return rendition_address(rendition)
    return reverse("guest-picture", args=[rendition.pk])


@require_safe
def picture(request: HttpRequest, rendition_id: UUID) -> HttpResponse:
    """On to the picture with the guest's address in it, which is made when it is first asked for."""
    visitor = visitor_here(request)
    rows = Rendition.objects.visible_to(visitor.actor).filter(kind__in=MARKED)
    row = get_object_or_404(rows, pk=rendition_id)
    try:
        key = marked(row, words_of(visitor.device, origin_of(request.META).address))
    except MediaError as error:
        raise Unavailable(error.words) from error
    return HttpResponseRedirect(picture_address(key, MEDIA_TYPE, "picture.jpg"))
