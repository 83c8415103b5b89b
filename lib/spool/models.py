"""What was counted before: batches of a spool, and single events that may be sent twice."""

from django.db import models


class DrainedBatch(models.Model):
    """A batch of the spool whose events are in the counts: one that is found again after a crash counts no more."""

    name = models.CharField(max_length=100, primary_key=True)
    at = models.DateTimeField(db_index=True)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return self.name


class CountedEvent(models.Model):
    """An event that was counted: the same one again is a repetition. Kept for as long as one could come."""

    key = models.CharField(max_length=40, primary_key=True)
    """What makes the event one of its kind; begins with the kind."""
    until = models.DateTimeField(db_index=True)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return self.key
