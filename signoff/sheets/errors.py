from signoff.core.errors import Conflict, Invalid


class ImportNeedsAnswers(Conflict):
    code = "import_needs_answers"
    message = "Some columns or dates are not clear yet; answer the questions first."


class ImportHasErrors(Invalid):
    code = "import_has_errors"
    message = "Some rows have errors. Mend them, or say that they are to be skipped."


class ImportIsNotReady(Conflict):
    code = "import_not_ready"
    message = "This import cannot be applied now."


class ImportHasChanged(Conflict):
    """What the import would do is not what was shown. Nothing was written; there is a new preview."""

    code = "import_has_changed"
    message = "Rows of this import were changed by somebody meanwhile. Nothing was written; look at it again."


class ImportWasTouched(Conflict):
    code = "import_was_touched"
    message = "Somebody has worked on what this import made, so it cannot be undone as a whole."


class ImportIsNotApplied(Conflict):
    code = "import_not_applied"
    message = "Only an applied import can be undone."
