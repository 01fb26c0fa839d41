from datetime import date

import pytest
from django.utils.timezone import now

from signoff.audit.models import Event
from signoff.core.csvfile import UnreadableSheet
from signoff.core.errors import NotAllowed
from signoff.deliverables.actions import add_deliverable, change_deliverable, change_stage
from signoff.deliverables.models import Deliverable, Stage
from signoff.deliverables.start import DeliverableDraft
from signoff.projects.models import CustomField, Project
from signoff.sheets.actions import (
    apply_good_rows,
    apply_import,
    export_tracker,
    map_import,
    preview_import,
    undo_import,
)
from signoff.sheets.errors import (
    ImportHasChanged,
    ImportHasErrors,
    ImportNeedsAnswers,
    ImportWasTouched,
)
from signoff.sheets.models import ImportBatch, SheetMapping
from signoff.sheets.work import preview_of
from tests import factories
from tests.sheets.books import csv, jobs, rows_of, xlsx


@pytest.fixture
def bring(cast, campaign):
    """A function: this file, brought by pat; the preview is made."""

    def bring(content, name="jobs.xlsx", who="pat", **mapping):
        return preview_import(
            actor=cast.actor(who), organization=cast.organization, file_name=name, content=content, mapping=mapping
        )

    return bring


def shown(batch):
    return [(row["row"], row["kind"]) for row in preview_of(batch)["rows"]]


def errors(batch):
    return [
        (row["row"], error["column"], error["value"], error["reason"])
        for row in preview_of(batch)["rows"]
        for error in row["errors"]
    ]


def everything():
    return (
        list(Project.objects.order_by("id").values()),
        list(Deliverable.objects.order_by("id").values()),
        list(Stage.objects.order_by("id").values()),
        Event.objects.count(),
    )


# --- permission ----------------------------------------------------------------------------------
@pytest.mark.parametrize(("who", "may"), [("ada", 1), ("pat", 1), ("art", 0), ("rev", 0), ("mia", 0), ("stranger", 0)])
def test_who_may_import(bring, who, may):
    try:
        bring(jobs(["1", "A", "b"]), who=who)
    except NotAllowed:
        assert not may
    assert ImportBatch.objects.count() == may


@pytest.mark.parametrize(("who", "may"), [("ada", 1), ("pat", 1), ("art", 0), ("rev", 0), ("mia", 0), ("stranger", 0)])
def test_who_may_export(cast, first_light, who, may):
    try:
        export_tracker(actor=cast.actor(who), organization=cast.organization)
    except NotAllowed:
        assert not may
    assert Event.objects.filter(verb="export.made").count() == may


# --- preview ---------------------------------------------------------------------------------------
def test_a_preview_writes_nothing_but_the_batch(bring, key_visual):
    before = everything()
    batch = bring(jobs(["20418", "First light", "Key visual"], ["30001", "Night oil", "Packshot"]))
    assert shown(batch) == [(2, "unchanged"), (3, "created")]
    assert everything() == before


def test_a_foreign_file_needs_only_a_job_and_a_deliverable(bring, cast):
    batch = apply_import(actor=cast.actor("pat"), batch=bring(jobs(["30001", "Night oil", "Packshot"])))
    project = Project.objects.get(job_number="30001")
    row = project.deliverables.get()
    assert (project.name, project.slug, project.source, project.pipeline.name) == (
        "Night oil", "night-oil", "xlsx", "Campaign",
    )  # fmt: skip
    assert (row.name, row.slug, row.status, row.position) == ("Packshot", "packshot", "not_started", 1)
    assert list(row.stages.values_list("definition__name", "status")) == [
        ("Design", "not_started"),
        ("Internal review", "not_started"),
        ("Client approval", "not_started"),
    ]
    assert batch.state == "applied"
    assert sorted(Event.objects.values_list("verb", flat=True)) == [
        "deliverable.added", "import.applied", "project.opened",
    ]  # fmt: skip
    assert set(Event.objects.values_list("act", flat=True)) == {batch.act}


def test_a_project_without_a_job_number_gets_one_of_its_name(bring, cast):
    batch = bring(jobs(["Night oil", "Packshot"], ["Night oil", "Film"], header=["Project", "Deliverable"]))
    apply_import(actor=cast.actor("pat"), batch=batch)
    project = Project.objects.get()
    assert (project.job_number, project.name) == ("night-oil", "Night oil")
    assert list(project.deliverables.values_list("name", flat=True)) == ["Packshot", "Film"]


def test_changes_are_told_cell_by_cell(bring, cast, key_visual):
    header = ["OMG #", "Deliverable", "Deadline", "Status", "Owner"]
    content = jobs(["20418", "key VISUAL", date(2026, 12, 24), "WIP", "ada@fieldhouse.example"], header=header)
    cast.organization.vocabulary = {"job_number": "OMG #"}
    cast.organization.save()
    batch = bring(content)
    assert preview_of(batch)["rows"][0]["changes"] == {
        "Owner": ["Pat Producer", "Ada Admin"],
        "Deliverable": ["Key visual", "key VISUAL"],
        "Due": [None, "2026-12-24"],
        "Status": ["Not started", "In progress"],
        "Design status": ["Not started", "In progress"],
    }
    apply_import(actor=cast.actor("pat"), batch=batch)
    key_visual.refresh_from_db()
    assert (key_visual.name, key_visual.due_on, key_visual.status, key_visual.version) == (
        "key VISUAL", date(2026, 12, 24), "in_progress", 2,
    )  # fmt: skip
    assert key_visual.project.owner == cast.ada
    assert factories.stage(key_visual, "Design").status == "in_progress"
    again = bring(content)
    assert again.counts == {
        "created": 0, "changed": 0, "unchanged": 1, "error": 0, "cells": 0,
        "projects_created": 0, "deliverables_created": 0, "stages_created": 0,
    }  # fmt: skip


def test_an_empty_cell_of_a_foreign_file_leaves_the_value_alone(bring, key_visual):
    Deliverable.objects.update(due_on=date(2026, 12, 24))
    batch = bring(jobs(["20418", "Key visual", None], header=["Job", "Deliverable", "Due"]))
    assert shown(batch) == [(2, "unchanged")]


def test_each_error_says_row_column_value_and_reason(bring, cast, key_visual):
    header = ["Job", "Project", "Client", "Asset", "Due", "Status", "Prio"]
    batch = bring(
        jobs(
            ["20418", "First light", "Kolibri Drinsk", "Key visual", None, None, None],
            ["20418", "First light", None, "Film", "31.11.26", None, None],
            ["20418", "First light", None, "Banner", None, "sent to Mars", "soonish"],
            ["20418", "First light", None, "key visual", None, None, None],
            ["20999", "First light", None, "Cutdown", None, None, None],
            [None, None, None, "Orphan", None, None, None],
            ["20418", "Second light", None, "Loop", None, None, None],
            header=header,
        )
    )
    assert [one[:3] for one in errors(batch)] == [
        (2, "Client team", "Kolibri Drinsk"),
        (3, "Due", "31.11.26"),
        (4, "Status", "sent to Mars"),
        (4, "Priority", "soonish"),
        (5, "Deliverable", "key visual"),
        (6, "Job number", "20999"),
        (7, "Job number", ""),
    ]
    reasons = [one[3] for one in errors(batch)]
    assert reasons[0] == "“Kolibri Drinsk” does not exist."
    assert reasons[1] == "This is not a date: November 2026 has 30 days."
    assert reasons[4] == "The same deliverable is in row 2 of this file already."
    assert reasons[5] == "“First light” is here already as 20418; a new job needs another name."
    first = preview_of(batch)["rows"][0]["errors"][0]
    assert (first["guess"], first["asks"]) == ("Kolibri Drinks", "client_team")


def test_rows_that_contradict_each_other_about_their_project(bring, cast, campaign):
    header = ["Job", "Project", "Client", "Deliverable"]
    batch = bring(
        jobs(
            ["1", "Night oil", "Kolibri Drinks", "A"],
            ["1", "Night oil", "Norra Rail", "B"],
            ["1", "Day oil", None, "C"],
            ["1", None, None, "D"],
            header=header,
        )
    )
    assert errors(batch) == [
        (3, "Client team", "Norra Rail", "For the same project row 2 says “Kolibri Drinks”."),
        (4, "Project", "Day oil", "For the same project row 2 says “Night oil”."),
    ]
    assert shown(batch) == [(2, "created"), (3, "error"), (4, "error"), (5, "created")]


def test_a_job_number_of_another_organisation_is_free(bring, cast):
    factories.project(cast.elsewhere, "Theirs", job_number="777")
    batch = bring(jobs(["777", "Ours", "A"]))
    assert shown(batch) == [(2, "created")]
    apply_import(actor=cast.actor("pat"), batch=batch)
    assert list(Project.objects.filter(job_number="777").values_list("name", flat=True).order_by("name")) == [
        "Ours", "Theirs",
    ]  # fmt: skip


def test_an_archived_project_is_not_changed(bring, key_visual):
    Project.objects.update(archived_on=date(2026, 1, 1))
    batch = bring(jobs(["20418", "First light", "Key visual"], ["20418", "First light", "New"]))
    assert shown(batch) == [(2, "unchanged"), (3, "error")]


# --- dates --------------------------------------------------------------------------------------------
def test_dates_that_could_be_two_are_asked_and_then_remembered(bring, cast, key_visual):
    header = ["Job", "Deliverable", "Due"]
    batch = bring(jobs(["20418", "Key visual", "03/04/2027"], header=header))
    question = next(q for q in preview_of(batch)["questions"] if q["kind"] == "day_first")
    assert (batch.state, question["readings"]) == ("mapping", {"true": "2027-04-03", "false": "2027-03-04"})
    with pytest.raises(ImportNeedsAnswers):
        apply_import(actor=cast.actor("pat"), batch=batch)
    batch = map_import(actor=cast.actor("pat"), batch=batch, mapping={"day_first": True})
    assert batch.state == "preview"
    apply_import(actor=cast.actor("pat"), batch=batch)
    key_visual.refresh_from_db()
    assert key_visual.due_on == date(2027, 4, 3)
    assert bring(jobs(["20418", "Key visual", "05/04/2027"], header=header)).state == "preview"


def test_dates_the_file_itself_explains_are_not_asked_but_told(bring, key_visual):
    rows = [["20418", "Key visual", "03/04/2027"], ["20418", "Film", "25/04/2027"]]
    batch = bring(jobs(*rows, header=["Job", "Deliverable", "Due"]))
    assert batch.state == "preview"
    assert preview_of(batch)["notes"] == ["Dates are read day first, since row 3 says 25/04/2027."]
    assert preview_of(batch)["rows"][0]["changes"] == {"Due": [None, "2027-04-03"]}


def test_what_is_remembered_does_not_win_over_a_file_that_shows_otherwise(bring, cast, key_visual):
    SheetMapping.objects.create(organization=cast.organization, day_first=True)
    rows = [["20418", "Key visual", "03/04/2027"], ["20418", "Film", "04/25/2027"]]
    assert bring(jobs(*rows, header=["Job", "Deliverable", "Due"])).state == "mapping"


# --- mapping --------------------------------------------------------------------------------------------
def test_words_are_mapped_once_and_remembered(bring, cast, key_visual):
    header = ["Job", "Deliverable", "Status"]
    content = jobs(["20418", "Key visual", "On the easel"], header=header)
    batch = bring(content)
    assert [(q["kind"], q["word"], q["rows"]) for q in preview_of(batch)["questions"]] == [
        ("status", "On the easel", 1)
    ]
    map_import(actor=cast.actor("pat"), batch=batch, mapping={"statuses": {"On the easel": "in_progress"}})
    assert bring(content).counts["changed"] == 1


def test_unknown_columns_are_kept_only_if_somebody_says_so(bring, cast, key_visual):
    content = jobs(["20418", "Key visual", "12 k"], header=["Job", "Deliverable", "€ media"])
    batch = bring(content)
    assert (batch.counts["changed"], CustomField.objects.count()) == (0, 0)
    batch = map_import(actor=cast.actor("pat"), batch=batch, mapping={"headers": {"€ media": "keep"}})
    apply_import(actor=cast.actor("pat"), batch=batch)
    field = CustomField.objects.get()
    key_visual.refresh_from_db()
    assert (field.name, field.key, field.subject, field.kind) == ("€ media", "media", "deliverable", "text")
    assert key_visual.custom == {"media": "12 k"}
    assert bring(content).counts["unchanged"] == 1


def test_headers_of_another_language_are_mapped_by_hand(bring, cast, key_visual):
    content = jobs(["20418", "Key visual", "x"], header=["Numéro", "Œuvre", "Zut"])
    batch = bring(content)
    assert (batch.state, preview_of(batch)["questions"][0]["kind"]) == ("mapping", "columns")
    mapping = {"headers": {"Numéro": "job_number", "Œuvre": "deliverable", "Zut": "ignore"}}
    batch = map_import(actor=cast.actor("pat"), batch=batch, mapping=mapping)
    assert shown(batch) == [(2, "unchanged")]


def test_a_row_is_mended_or_skipped(bring, cast, key_visual):
    header = ["Job", "Deliverable", "Due"]
    batch = bring(jobs(["20418", "Key visual", "31/11/2026"], ["20418", "Film", "huh"], header=header))
    fixes = {"Jobs:2": {"values": {"due": "2026-11-30"}}, "Jobs:3": {"skip": True}}
    batch = map_import(actor=cast.actor("pat"), batch=batch, mapping={"fixes": fixes})
    assert shown(batch) == [(2, "changed")]


def test_a_client_team_can_be_created_on_the_way(bring, cast):
    header = ["Job", "Project", "Client", "Deliverable"]
    batch = bring(jobs(["1", "Run", "Ardent Running", "A"], ["1", "Run", "Ardent Running", "B"], header=header))
    assert batch.counts["error"] == 2
    mapping = {"client_teams": {"Ardent Running": "create"}}
    batch = map_import(actor=cast.actor("pat"), batch=batch, mapping=mapping)
    apply_import(actor=cast.actor("pat"), batch=batch)
    assert Project.objects.get().client_team.name == "Ardent Running"


# --- apply ------------------------------------------------------------------------------------------------
def test_rows_with_errors_hold_the_import_unless_they_are_left_out(bring, cast, first_light):
    batch = bring(jobs(["20418", "Good", "normal"], ["20418", "Bad", "??"], header=["Job", "Deliverable", "Priority"]))
    before = everything()
    with pytest.raises(ImportHasErrors):
        apply_import(actor=cast.actor("pat"), batch=batch)
    assert everything() == before
    apply_good_rows(actor=cast.actor("pat"), batch=batch)
    assert list(Deliverable.objects.values_list("name", flat=True)) == ["Good"]


def test_applying_twice_is_applying_once(bring, cast, first_light):
    batch = bring(jobs(["20418", "First light", "Film"]))
    twin = ImportBatch.objects.get(pk=batch.pk)
    apply_import(actor=cast.actor("pat"), batch=batch)
    after = everything()
    assert apply_import(actor=cast.actor("pat"), batch=twin).state == "applied"
    assert everything() == after


def test_what_changed_since_the_preview_is_shown_again_before_it_is_written(bring, cast, key_visual):
    batch = bring(jobs(["20418", "Key visual", "high"], header=["Job", "Deliverable", "Priority"]))
    change_deliverable(actor=cast.actor("ada"), deliverable=key_visual, changes={"priority": "urgent"})
    before = everything()
    with pytest.raises(ImportHasChanged):
        apply_import(actor=cast.actor("pat"), batch=batch)
    assert everything() == before
    batch.refresh_from_db()
    assert preview_of(batch)["rows"][0]["changes"] == {"Priority": ["Urgent", "High"]}
    apply_import(actor=cast.actor("pat"), batch=batch)
    key_visual.refresh_from_db()
    assert key_visual.priority == "high"


# --- status and stages ---------------------------------------------------------------------------------------
STAGES = ["Job", "Deliverable", "Status", "Design status", "Internal review status", "Client approval status"]


@pytest.mark.parametrize(
    ("cells", "status", "stages"),
    [
        (["Approved by client", "", "", ""], "approved", ["approved"] * 3),
        (["", "done", "", ""], "in_progress", ["approved", "not_started", "not_started"]),
        (["In QA", "", "", ""], "in_review", ["approved", "in_review", "not_started"]),
        (["In QA", "approved", "", ""], "in_review", ["approved", "in_review", "not_started"]),
        (["on hold", "wip", "", ""], "on_hold", ["in_progress", "not_started", "not_started"]),
        (["delivered", "", "", ""], "delivered", ["approved"] * 3),
        (["", "n/a", "", ""], "not_started", ["skipped", "not_started", "not_started"]),
    ],
)
@pytest.mark.parametrize("is_new", [True, False])
def test_a_status_moves_stages_and_stages_make_a_status(bring, cast, key_visual, cells, status, stages, is_new):
    name = "Film" if is_new else "Key visual"
    batch = apply_import(actor=cast.actor("pat"), batch=bring(jobs(["20418", name, *cells], header=STAGES)))
    row = Deliverable.objects.get(name=name)
    assert batch.state == "applied"
    assert (row.status, list(row.stages.values_list("status", flat=True))) == (status, stages)
    approved = row.stages.filter(status="approved")
    assert set(approved.values_list("approved_by", flat=True)) <= {cast.pat.pk}
    assert not approved.filter(approved_at=None).exists()
    assert (row.delivered_at is not None) is (status == "delivered")


@pytest.mark.parametrize(
    ("before", "cells"),
    [
        ("in_review", ["Approved", "", "", ""]),
        ("in_review", ["", "", "approved", ""]),
        ("approved", ["", "", "wip", ""]),
        ("approved", ["not started", "", "", ""]),
    ],
)
def test_what_approvers_decide_is_neither_approved_nor_opened_by_a_sheet(bring, cast, key_visual, before, cells):
    stages = Stage.objects.filter(definition__name="Internal review")
    stages.update(approval_type="formal", status=before, approved_at=now() if before == "approved" else None)
    Deliverable.objects.update(status="in_progress")
    why = "One of its stages is decided by approvers: a sheet neither approves it nor opens it again."
    batch = bring(jobs(["20418", "Key visual", *cells], header=STAGES))
    assert [reason for *_, reason in errors(batch)] == [why]
    assert factories.stage(key_visual, "Internal review").status == before


@pytest.mark.parametrize("name", ["Film", "Key visual"])
def test_a_status_that_contradicts_its_stages(bring, key_visual, name):
    batch = bring(jobs(["20418", name, "Approved", "wip", "", ""], header=STAGES))
    assert errors(batch) == [
        (2, "Status", "Approved", "This contradicts the stages of the row, which make it “in progress”.")
    ]


@pytest.mark.parametrize(("is_here", "number"), [(False, 7), (True, 1)])
def test_rounds_that_are_here_are_not_counted_by_a_sheet(bring, cast, key_visual, is_here, number):
    if is_here:
        factories.revision(key_visual)
    batch = bring(jobs(["20418", "Key visual", 7], header=["Job", "Deliverable", "Round"]))
    assert [reason for *_, reason in errors(batch)] == ["Its rounds are here, so they are counted here."] * is_here
    apply_good_rows(actor=cast.actor("pat"), batch=batch)
    key_visual.refresh_from_db()
    assert key_visual.round == number


def test_a_stage_the_deliverable_does_not_have(bring, cast, key_visual):
    factories.pipeline(cast.organization, "Film", [("Edit", "none"), ("Grade", "none")])
    header = ["Job", "Deliverable", "Edit status"]
    batch = bring(jobs(["20418", "Key visual", "wip"], ["20418", "Spot", "wip"], header=header))
    assert errors(batch) == [(2, "Edit status", "wip", "This deliverable has no such stage.")]
    apply_good_rows(actor=cast.actor("pat"), batch=batch)
    spot = Deliverable.objects.get(name="Spot")
    assert (spot.pipeline.name, list(spot.stages.values_list("status", flat=True))) == (
        "Film", ["in_progress", "not_started"],
    )  # fmt: skip


# --- undo ------------------------------------------------------------------------------------------------------
def test_an_import_is_undone_whole(bring, cast, key_visual):
    before = everything()[:3]
    header = ["Job", "Project", "Deliverable", "Due", "Status", "Fee"]
    content = jobs(
        ["20418", "First light", "Key visual", date(2027, 1, 1), "Approved", "1"],
        ["20418", "First light", "Film", None, None, "2"],
        ["30001", "Night oil", "Packshot", None, None, None],
        header=header,
    )
    batch = apply_import(actor=cast.actor("pat"), batch=bring(content, headers={"Fee": "keep"}))
    assert (Project.objects.count(), Deliverable.objects.count()) == (2, 3)
    undo_import(actor=cast.actor("ada"), batch=batch)
    after = everything()[:3]

    def bare(rows):
        return [{k: v for k, v in row.items() if k not in ("updated_at", "version")} for row in rows]

    assert [bare(rows) for rows in after] == [bare(rows) for rows in before]
    assert CustomField.objects.count() == 0
    assert undo_import(actor=cast.actor("ada"), batch=batch).state == "undone"


@pytest.mark.parametrize("touched", ["deliverable", "stage", "removed", "added"])
def test_an_import_that_was_worked_on_is_not_undone(bring, cast, campaign, touched):
    batch = apply_import(
        actor=cast.actor("pat"), batch=bring(jobs(["1", "Night oil", "Film"], ["1", "Night oil", "B"]))
    )
    film = Deliverable.objects.get(name="Film")
    if touched == "deliverable":
        change_deliverable(actor=cast.actor("pat"), deliverable=film, changes={"priority": "high"})
    elif touched == "stage":
        change_stage(actor=cast.actor("art"), stage=factories.stage(film, "Design"), changes={"status": "in_progress"})
    elif touched == "removed":
        film.delete()
    else:
        add_deliverable(actor=cast.actor("pat"), project=film.project, draft=DeliverableDraft(name="More"))
    before = everything()
    with pytest.raises(ImportWasTouched) as refusal:
        undo_import(actor=cast.actor("pat"), batch=batch)
    assert refusal.value.detail["count"] >= 1
    assert everything() == before


# --- there and back ----------------------------------------------------------------------------------------------
NASTY = [
    "=1+1", "+49 30", "-5", "@SUM(A1)", "  spaced  out ", "two\nlines", 'quotes "\'', "<script>alert(1)</script>",
    "😀 日本語 עברית العربية",
    "TRUE", "12", "2026-01-02", "_x0041_", "#REF!", "a,b;c", "e\u0301",
]  # fmt: skip


def test_export_then_import_changes_nothing(bring, cast, first_light, campaign):
    pat = cast.actor("pat")
    kinds = {"text": "x", "number": 0.1 + 0.2, "date": "2026-02-03", "choice": "=a", "checkbox": False}
    for subject in ("project", "deliverable"):
        for kind in (*kinds, "person"):
            CustomField.objects.create(
                organization=cast.organization, subject=subject, key=f"f-{kind}", kind=kind,
                name="Status" if kind == "text" else kind, choices=["=a", "b, c"],
            )  # fmt: skip
    custom = {f"f-{kind}": value for kind, value in kinds.items()} | {"f-person": str(cast.art.pk)}
    film = factories.pipeline(cast.organization, "Film", [("Edit", "none"), ("Grade", "formal")])
    Project.objects.update(custom=custom, tags=["a, b", "c", "=d", 'e"f', "g;h"], starts_on=date(1900, 1, 1))
    for index, text in enumerate(NASTY):
        factories.deliverable(
            first_light, text.strip().replace("\n", " "), slug=f"n{index}", notes=text, kind=text[:80],
            market=text[:80], rounds_included=index,
            custom=custom | {"f-number": index * 10**14 + 1, "f-checkbox": True},
            due_on=date(9999, 12, 31) if index else date(1066, 10, 14), assignee=cast.art, priority="urgent",
        )  # fmt: skip
    empty = factories.project(cast.organization, "Nothing in it", archived_on=date(2026, 1, 1), status="draft")
    reel = factories.project(cast.organization, "Reel", pipeline=film)
    spot = factories.deliverable(reel, "Spot", held="on_hold", status="on_hold")
    factories.deliverable(reel, "Spot", slug="spot-two")
    Stage.objects.filter(deliverable=spot).update(assignee=cast.rev, due_on=date(2027, 1, 1), status="skipped")
    done = factories.deliverable(reel, "Done", status="delivered", delivered_at=now())
    Stage.objects.filter(deliverable=done).update(status="approved", approved_at=now(), approved_by=cast.ada)

    content = export_tracker(actor=pat, organization=cast.organization)
    batch = bring(content, "tracker.xlsx")
    assert errors(batch) == []
    assert [row for row in preview_of(batch)["rows"] if row["kind"] != "unchanged"] == []
    assert batch.counts["unchanged"] == len(NASTY) + 4
    assert empty.deliverables.count() == 0


def test_an_export_brings_an_empty_house_back(cast, bring, key_visual, campaign):
    """The worst case: what was lost comes back from the sheet, stages and all."""
    stage = factories.stage(key_visual, "Design")
    change_stage(actor=cast.actor("pat"), stage=stage, changes={"status": "in_progress", "due_on": date(2027, 1, 2)})
    content = export_tracker(actor=cast.actor("ada"), organization=cast.organization)
    Project.objects.all().delete()
    apply_import(actor=cast.actor("ada"), batch=bring(content))
    assert export_rows(cast) == rows_of(content)


def export_rows(cast):
    return rows_of(export_tracker(actor=cast.actor("ada"), organization=cast.organization))


def test_an_empty_cell_of_our_own_export_empties_the_value(bring, cast, key_visual):
    Deliverable.objects.update(due_on=date(2026, 12, 24), notes="x", rounds_included=3)
    rows = export_rows(cast)
    header = list(rows[0])
    row = {**rows[0], "Due": None, "Notes": None, "Rounds included": None, "Owner": None}
    batch = bring(xlsx(("Tracker", [header, [row[title] for title in header]])))
    assert preview_of(batch)["rows"][0]["changes"] == {
        "Owner": ["Pat Producer", None], "Due": ["2026-12-24", None], "Notes": ["x", None],
        "Rounds included": [3, None],
    }  # fmt: skip
    apply_import(actor=cast.actor("pat"), batch=batch)
    key_visual.refresh_from_db()
    assert (key_visual.due_on, key_visual.notes, key_visual.rounds_included, key_visual.project.owner) == (
        None, "", None, None,
    )  # fmt: skip


# --- queries ---------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("rows", [1, 30])
def test_previews_and_exports_cost_the_same_for_few_rows_and_many(
    bring, cast, first_light, rows, django_assert_num_queries
):
    for number in range(rows):
        factories.deliverable(first_light, f"D{number}")
    content = jobs(*[["20418", f"D{number}"] for number in range(rows)], header=["Job", "Deliverable"])
    pat = cast.actor("pat")
    with django_assert_num_queries(17):
        preview_import(actor=pat, organization=cast.organization, file_name="a.xlsx", content=content)
    with django_assert_num_queries(17):
        export_tracker(actor=pat, organization=cast.organization)


def test_csv_is_read_as_well(bring, key_visual):
    batch = bring(csv("Job;Deliverable;Notes\r\n20418;Key visual;naïve, “quoted”\r\n", "cp1252"), "jobs.csv")
    assert preview_of(batch)["rows"][0]["changes"] == {"Notes": [None, "naïve, “quoted”"]}


def test_a_refused_file_keeps_nothing(bring):
    with pytest.raises(UnreadableSheet):
        bring(b"not a sheet at all")
    assert ImportBatch.objects.count() == 0
