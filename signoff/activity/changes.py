"""What the packages from here up say about a change; it stands in `core`, since accounts need it too."""

from signoff.core.changes import Change, ChangedMeanwhile, plain, set_fields

__all__ = ["Change", "ChangedMeanwhile", "plain", "set_fields"]
