from tests.doors.world import world
from tests.web.conftest import browser_of

__all__ = ["browser_of", "world"]
