"""From the brief to the client's yes, by four people, through their pages and without scripts."""

from signoff.audit.models import Event
from signoff.deliverables.models import Deliverable
from signoff.notifications.models import Notification
from signoff.projects.models import Project
from tests import factories


def test_a_job_goes_from_brief_to_approved(cast, campaign, browser_of):
    pat, art, rev, mia = (browser_of(name) for name in ("pat", "art", "rev", "mia"))

    opened = pat.post(
        "/projects/new",
        {
            "job_number": "20500",
            "name": "Winter range",
            "client_team": str(cast.kolibri.pk),
            "owner": str(cast.pat.pk),
            "status": "active",
        },
    )
    project = Project.objects.get()
    assert opened.headers["Location"] == f"/projects/{project.pk}"
    row = factories.deliverable(project, "Spiced apple")
    design, internal, client = (factories.stage(row, name) for name in ("Design", "Internal review", "Client approval"))
    for stage, who in ((design, cast.art), (internal, cast.rev), (client, cast.mia)):
        pat.post(f"/stages/{stage.pk}/plan", {"assignee": str(who.pk)})

    assert "Spiced apple" in art.get("/my-work").content.decode()
    assert "nothing waits for you" in rev.get("/dashboard").content.decode()
    for wanted in ("in_progress", "approved"):
        art.post(f"/stages/{design.pk}/status", {"status": wanted})
    art.post(f"/stages/{internal.pk}/status", {"status": "in_review"})

    assert "1 thing waits for you" in rev.get("/dashboard").content.decode()
    rev.post(f"/stages/{internal.pk}/changes-requested", {"note": "More snow."})
    assert "1 thing waits for you" in art.get("/dashboard").content.decode()
    art.post(f"/stages/{internal.pk}/status", {"status": "in_review"})
    rev.post(f"/stages/{internal.pk}/approval")

    assert "nothing waits for you" in mia.get("/dashboard").content.decode()
    pat.post(f"/stages/{client.pk}/status", {"status": "in_review"})
    assert f"/stages/{client.pk}/approval" in mia.get("/dashboard").content.decode()
    mia.post(f"/stages/{client.pk}/approval")

    row = Deliverable.objects.get()
    assert row.status == "approved"
    pat.post(f"/deliverables/{row.pk}/delivery")
    assert Deliverable.objects.get().status == "delivered"

    assert list(Event.objects.order_by("id").values_list("actor_label", "verb")) == [
        ("Pat Producer", "project.opened"),
        ("Pat Producer", "stage.assigned"),
        ("Pat Producer", "stage.assigned"),
        ("Pat Producer", "stage.assigned"),
        ("Art Maker", "stage.changed"),
        ("Art Maker", "stage.approved"),
        ("Art Maker", "stage.submitted"),
        ("Rev Reviewer", "stage.changes_requested"),
        ("Art Maker", "stage.submitted"),
        ("Rev Reviewer", "stage.approved"),
        ("Pat Producer", "stage.submitted"),
        ("Mia Client", "stage.approved"),
        ("Pat Producer", "deliverable.changed"),
    ]
    assert set(Notification.objects.filter(recipient=cast.mia).values_list("event__verb", "reason")) == {
        ("stage.assigned", "assigned"),
        ("stage.approved", "waiting"),
        ("stage.submitted", "waiting"),
    }


def test_the_diary_tells_the_client_of_progress_only(cast, key_visual, browser_of):
    design = factories.stage(key_visual, "Design")
    browser_of("pat").post(f"/stages/{design.pk}/plan", {"due_on": "2026-12-05"})
    browser_of("art").post(f"/stages/{design.pk}/status", {"status": "approved"})
    address = f"/deliverables/{key_visual.pk}/diary"

    assert browser_of("pat").get(address).content.decode().count("<time ") == 2
    mias = browser_of("mia").get(address).content.decode()
    assert mias.count("<time ") == 1
    assert "finished Design" in mias
