from tests.api.conftest import caller, keyed
from tests.doors.world import world
from tests.web.conftest import browser_of

__all__ = ["browser_of", "caller", "keyed", "world"]
