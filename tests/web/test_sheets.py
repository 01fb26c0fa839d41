import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from signoff.sheets.actions import preview_import
from signoff.sheets.models import ImportBatch, SheetMapping
from tests.sheets.books import jobs, rows_of


@pytest.fixture
def batch(cast, first_light):
    content = jobs(
        ["20418", "Film", "03/04/2027", "=1+1", "x"],
        ["20418", "Loop", None, None, None],
        header=["Job", "Asset", "Due", "Status", "Zut"],
    )
    return preview_import(actor=cast.actor("pat"), organization=cast.organization, file_name="a.xlsx", content=content)


PAGES = ["/imports", "/imports/{0}", "/imports/{0}/columns", "/imports/{0}/errors.csv", "/settings/import-mapping"]


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize(("who", "status"), [("pat", 200), ("ada", 200), ("art", 403), ("rev", 403), ("mia", 403)])
def test_who_sees_which_page(browser_of, batch, address, who, status):
    assert browser_of(who).get(address.format(batch.pk)).status_code == status


@pytest.mark.parametrize("address", [page for page in PAGES if "{0}" in page])
def test_imports_of_another_house_are_not_there(browser_of, batch, address):
    assert browser_of("stranger").get(address.format(batch.pk)).status_code == 404


@pytest.mark.parametrize("address", ["mending", "application", "reversal", "removal"])
def test_nobody_else_acts_on_an_import(browser_of, batch, address):
    assert browser_of("stranger").post(f"/imports/{batch.pk}/{address}").status_code == 404
    assert browser_of("art").post(f"/imports/{batch.pk}/{address}").status_code == 403
    assert browser_of("pat").get(f"/imports/{batch.pk}/{address}").status_code == 405


def test_the_order_of_dates_is_asked_and_answered_in_place(browser_of, batch):
    pat = browser_of("pat")
    assert "could be two days" in pat.get(f"/imports/{batch.pk}?stay=1").content.decode()
    answer = pat.post(f"/imports/{batch.pk}/mending", {"day_first": "1"}, headers={"HX-Request": "true"})
    assert (answer.status_code, "could be two days" in answer.content.decode()) == (200, False)
    batch.refresh_from_db()
    assert (batch.state, SheetMapping.objects.get().day_first) == ("preview", True)


def test_error_rows_come_as_csv_that_no_program_takes_for_formulas(browser_of, batch):
    browser_of("pat").post(f"/imports/{batch.pk}/mending", {"day_first": "1"})
    lines = browser_of("pat").get(f"/imports/{batch.pk}/errors.csv").content.decode("utf-8-sig").splitlines()
    assert lines[0] == "Sheet,Row,Column,Value,Reason"
    assert lines[1].startswith("Jobs,2,Status,'=1+1,")


def test_a_foreign_word_of_markup_stays_text(browser_of, cast, first_light):
    content = jobs(["20418", "<script>alert(1)</script>"], header=["Job", "Asset"])
    batch = preview_import(
        actor=cast.actor("pat"), organization=cast.organization, file_name="<b>.xlsx", content=content
    )
    page = browser_of("pat").get(f"/imports/{batch.pk}").content.decode()
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_a_page_without_a_file_says_so(browser_of, campaign):
    answer = browser_of("pat").post("/imports")
    assert (answer.status_code, "Choose a file first." in answer.content.decode()) == (422, True)


def test_an_upload_by_htmx_goes_to_its_page(browser_of, campaign):
    file = SimpleUploadedFile("a.xlsx", jobs(["1", "A", "b"]))
    answer = browser_of("pat").post("/imports", {"file": file}, headers={"HX-Request": "true"})
    assert (answer.status_code, answer["HX-Redirect"]) == (204, f"/imports/{ImportBatch.objects.get().pk}")


def test_progress_ends_by_loading_the_page_anew(browser_of, batch):
    ImportBatch.objects.update(state="applying", progress=40)
    pat = browser_of("pat")
    at_work = pat.get(f"/imports/{batch.pk}/progress")
    assert ('aria-valuenow="40"' in at_work.content.decode(), "HX-Refresh" in at_work) == (True, False)
    ImportBatch.objects.update(state="applied")
    assert pat.get(f"/imports/{batch.pk}/progress")["HX-Refresh"] == "true"


def test_what_was_learnt_is_listed_and_forgotten(browser_of, cast, campaign):
    SheetMapping.objects.create(
        organization=cast.organization, headers={"wann": "due"}, statuses={"wip": "in_progress"}, day_first=True,
        people={"p": str(cast.pat.pk)}, client_teams={"k": str(cast.kolibri.pk)},
    )  # fmt: skip
    pat = browser_of("pat")
    page = pat.get("/settings/import-mapping").content.decode()
    for word in ("wann", "Due", "In progress", "Pat Producer", "Kolibri Drinks", "3 April"):
        assert word in page
    pat.post("/settings/import-mapping", {"kind": "headers", "word": "wann"})
    pat.post("/settings/import-mapping", {"kind": "day_first"})
    mapping = SheetMapping.objects.get()
    assert (mapping.headers, mapping.statuses, mapping.day_first) == ({}, {"wip": "in_progress"}, None)


def test_what_imports_have_learnt_is_said_in_the_words_of_the_house(browser_of, cast):
    cast.organization.vocabulary = {"job_number": "OMG #", "client_teams": "Brands"}
    cast.organization.save(update_fields=["vocabulary"])
    SheetMapping.objects.create(
        organization=cast.organization, headers={"nr": "job_number"}, client_teams={"k": str(cast.kolibri.pk)}
    )
    page = browser_of("pat").get("/settings/import-mapping").content.decode()
    assert [word in page for word in ("OMG #", "Brands", "Job number")] == [True, True, False]


def test_the_export_is_a_workbook(browser_of, key_visual):
    answer = browser_of("ada").get("/export.xlsx")
    assert [row["Deliverable"] for row in rows_of(answer.content)] == ["Key visual"]
    assert browser_of("art").get("/export.xlsx").status_code == 403


@pytest.mark.parametrize("rows", [1, 3])
def test_a_preview_costs_the_same_for_few_rows_and_many(
    browser_of, cast, campaign, rows, django_assert_max_num_queries
):
    content = jobs(*[["1", "A", f"D{number}"] for number in range(rows)])
    batch = preview_import(actor=cast.actor("pat"), organization=cast.organization, file_name="a.xlsx", content=content)
    pat = browser_of("pat")
    with django_assert_max_num_queries(24):
        assert pat.get(f"/imports/{batch.pk}").status_code == 200
