from signoff.core.errors import Conflict, Invalid


class JobNumberTaken(Conflict):
    code = "job_number_taken"
    message = "There is a project with this job number already."


class SlugTaken(Conflict):
    code = "slug_taken"
    message = "Something else here has this slug already."


class ProjectArchived(Conflict):
    code = "project_archived"
    message = "This project is archived. Restore it before you change it."


class DueBeforeStart(Invalid):
    code = "due_before_start"
    message = "The due date lies before the start date."


class BadCustomValue(Invalid):
    code = "bad_custom_value"


class CustomFieldTaken(Conflict):
    code = "custom_field_taken"
    message = "There is a field of this name already."
