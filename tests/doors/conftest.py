from tests.api.conftest import caller, keyed

__all__ = ["caller", "keyed"]
