from signoff.core.errors import Conflict, Invalid


class PipelineTaken(Conflict):
    code = "pipeline_taken"
    message = "There is a pipeline of this name already."


class StageDefinitionTaken(Conflict):
    code = "stage_definition_taken"
    message = "The library has a stage of this name already."


class BadStages(Invalid):
    """What is wrong with a list of stages; `definition` in the detail names the stage it is about."""

    code = "bad_stages"


class PipelineArchived(Conflict):
    code = "pipeline_archived"
    message = "This pipeline is archived. Restore it before you change it."


class DefaultPipelineStays(Conflict):
    code = "default_pipeline_stays"
    message = "This is the default pipeline. Make another one the default first."


class NoSuchApprovalType(Invalid):
    code = "no_such_approval_type"
    message = "The approval of a stage is none, simple or formal."
