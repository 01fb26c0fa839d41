from django.db import models


class Mark(models.Model):
    """Something an operator's command did once for this database, and what it has to say about it."""

    name = models.CharField(max_length=60, primary_key=True)
    at = models.DateTimeField(auto_now_add=True)
    words = models.JSONField(default=dict, blank=True)

    def __str__(self) -> str:
        return self.name
