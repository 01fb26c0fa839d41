"""Where files of comments lie, and where they are fetched."""

from uuid import UUID

from signoff.feedback.models import Attachment
from signoff.revisions.addresses import download_address

PREFIX = "attachments/"


def key_of_attachment(attachment_id: UUID) -> str:
    return f"{PREFIX}{attachment_id.hex[-2:]}/{attachment_id}"


def attachment_address(attachment: Attachment) -> str:
    """To download it under its own name; it is never shown in a page."""
    return download_address(attachment.key, attachment.media_type, attachment.name)
