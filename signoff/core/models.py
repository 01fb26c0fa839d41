from django.db import models

from signoff.core.ids import new_id


class SignoffModel(models.Model):
    """What every row has: one id, used in URLs, API and logs, and its two times."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        abstract = True
