from django.db import models


class Pulse(models.Model):
    """How often something below a topic (a project, an organisation) has changed.

    The beat goes up in the transaction of the change, as its last statement, and the row is
    locked until the commit; so beats come in the order of commits, and a reader who saw
    beat n saw everything up to n. That makes it an honest ETag, where a clock would lie.
    """

    topic = models.UUIDField(primary_key=True)
    beat = models.BigIntegerField(default=1)

    def __str__(self) -> str:
        return f"{self.topic} at {self.beat}"
