"""A picture for a stage, found by the words of its name."""

from signoff.pipelines.models import StageDefinition

# icons: sparkles pen-tool paintbrush eye building-2 package-check file-text type languages film volume-2 shield-check
# icons: camera printer box layers
ICONS = (
    (("concept", "idea", "pitch"), "sparkles"),
    (("brief", "script"), "file-text"),
    (("design", "layout", "artwork", "adapt"), "pen-tool"),
    (("retouch", "grade", "colour", "color", "comp"), "paintbrush"),
    (("copy", "text", "writing"), "type"),
    (("transla", "language", "locali"), "languages"),
    (("edit", "cut", "animat", "motion", "film"), "film"),
    (("sound", "music", "voice", "audio", "mix"), "volume-2"),
    (("shoot", "photo", "packshot"), "camera"),
    (("legal", "check", "qa", "quality"), "shield-check"),
    (("client",), "building-2"),
    (("review", "approv"), "eye"),
    (("proof", "print"), "printer"),
    (("deliver", "final", "dispatch", "hand"), "package-check"),
    (("3d", "model", "render"), "box"),
)
OTHER = "layers"


def icon_of(definition: StageDefinition) -> str:
    """The icon's name."""
    if definition.is_with_client:
        return "building-2"
    name = definition.name.casefold()
    return next((icon for words, icon in ICONS if any(word in name for word in words)), OTHER)
