"""What can be shown of one document, and the pictures made of it."""

from typing import ClassVar

from django.db import models


class Rendering(models.Model):
    """What came of making one document fit to be shown; known by the digest of its bytes.

    ``stored_as`` is where the sealed original lies. ``sort`` is what it is by its content, "" where that is nothing
    that we show. ``trouble`` is a code: why nothing is shown, or what is not shown of it. ``attempts`` counts what was
    begun, so that a document that takes its maker down with it is laid aside. ``pages`` is how many it has in all.
    """

    class Status(models.TextChoices):
        WAITING = "waiting"
        SHOWN = "shown"
        KEPT = "kept"

    digest = models.CharField(max_length=64, unique=True)
    stored_as = models.CharField(max_length=120)
    sort = models.CharField(max_length=8, blank=True)
    status = models.CharField(max_length=8, default=Status.WAITING)
    trouble = models.CharField(max_length=40, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    pages = models.PositiveIntegerField(default=0)
    asked_at = models.DateTimeField()
    made_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """The oldest first."""

        ordering: ClassVar = ["id"]

    def __str__(self) -> str:
        return f"rendering:{self.pk} {self.status}"


class Picture(models.Model):
    """One page as pixels: large to be read, small to be found. Both are sealed as well."""

    rendering = models.ForeignKey(Rendering, on_delete=models.PROTECT, related_name="+")
    page = models.PositiveSmallIntegerField()
    large_as = models.CharField(max_length=120)
    small_as = models.CharField(max_length=120)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()

    class Meta:
        """In the order of the pages."""

        ordering: ClassVar = ["rendering_id", "page"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["rendering", "page"], name="one_picture_a_page")]

    def __str__(self) -> str:
        return f"page {self.page} of rendering:{self.rendering_id}"
