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


class NoSuchKind(Invalid):
    code = "no_such_kind"
    message = "A field is one of: text, number, date, choice, checkbox, person; of projects or of deliverables."


class BadChoices(Invalid):
    code = "bad_choices"


class TooManyFields(Conflict):
    code = "too_many_fields"


class NothingToRestore(Conflict):
    code = "nothing_to_restore"
    message = "There is nothing left to bring back here."
