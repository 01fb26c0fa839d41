"""Work to do for the cast: a default pipeline, a project of Kolibri's, a deliverable in it."""

import pytest

from signoff.deliverables.models import Deliverable
from signoff.pipelines.models import PipelineTemplate
from signoff.projects.models import Project
from tests import factories
from tests.cast import Cast


@pytest.fixture
def campaign(cast: Cast) -> PipelineTemplate:
    """The default pipeline: Design (no approval), Internal review and Client approval (simple)."""
    return factories.pipeline(cast.organization, is_default=True)


@pytest.fixture
def first_light(cast: Cast, campaign: PipelineTemplate) -> Project:
    """A project for Kolibri, owned by pat."""
    return factories.project(
        cast.organization, "First light", job_number="20418", client_team=cast.kolibri, owner=cast.pat
    )


@pytest.fixture
def key_visual(first_light: Project) -> Deliverable:
    return factories.deliverable(first_light, "Key visual")
