"""A batch is one register as it arrived; its rows keep every cell for ever, whatever becomes of them."""

import uuid
from typing import ClassVar

from django.db import models


class Batch(models.Model):
    """One register. ``digest`` is the SHA-256 of the file, whose bytes are kept as the exhibit ``register``.

    ``mapping`` says which column is what (see ``tables.mapping``), ``about`` what the officer said of the whole
    register (see ``drafting.About``), ``headings`` the columns of the sheet, ``notes`` what the reader noticed,
    ``requested_by`` is the officer's reference who asked for the work at hand.
    """

    machine: ClassVar[str] = "import_batch"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    state = models.CharField(max_length=40, default="received")
    file_name = models.CharField(max_length=255)
    digest = models.CharField(max_length=64, db_index=True)
    size = models.BigIntegerField()
    register = models.UUIDField()
    sheet = models.CharField(max_length=255, blank=True)
    mapping = models.JSONField(default=dict)
    about = models.JSONField(default=dict)
    headings = models.JSONField(default=list)
    notes = models.JSONField(default=list)
    expected_rows = models.PositiveIntegerField(default=0)
    checked_rows = models.PositiveIntegerField(default=0)
    last_number = models.PositiveIntegerField(default=0)
    compared_number = models.PositiveIntegerField(default=0)
    checked_on = models.DateField(null=True, blank=True)
    refusal = models.JSONField(default=dict)
    requested_by = models.CharField(max_length=80, blank=True)
    received_by = models.CharField(max_length=80)
    received_at = models.DateTimeField(db_index=True)
    added_by = models.CharField(max_length=80, blank=True)
    added_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """Newest first."""

        ordering: ClassVar = ["-received_at", "id"]

    def __str__(self) -> str:
        return f"register {self.digest[:12]}"


class Row(models.Model):
    """One row as it stood in the sheet, and what became of it.

    ``cells`` is written once (see ``tables.cells.keep``); ``mended`` is the row as a returned error sheet gives it,
    read in place of ``cells``. ``outcome`` is ``ready``, ``parked``, ``duplicate``, ``left_out``, ``added`` or
    ``undone``. ``readings`` says how a cell was understood where that is not plainly what is written. The history of
    rows is in the ledger entries of their batch and of the records made from them.
    """

    history: ClassVar[bool] = False

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    cells = models.JSONField()
    mended = models.JSONField(null=True, blank=True)
    notes = models.JSONField(default=list)
    readings = models.JSONField(default=dict)
    outcome = models.CharField(max_length=12)
    record = models.UUIDField(null=True, blank=True, db_index=True)

    class Meta:
        """In the order of the sheet."""

        ordering: ClassVar = ["number"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["batch", "number"], name="import_row_once_a_batch")]
        indexes: ClassVar = [models.Index(fields=["batch", "outcome", "number"], name="import_row_outcome")]

    def __str__(self) -> str:
        return f"row {self.number}"


class Doubt(models.Model):
    """One thing about one row that a person must decide. ``kind`` is a key of ``messages.DOUBTS``.

    ``field`` is a key of tables/headers.toml, ``suggestion`` what may be accepted, ``twins`` the records or rows that
    may be the same person. ``settled`` is empty while the doubt is open, else one of ``messages.FIXES``; ``typed`` is
    what an officer wrote instead.
    """

    history: ClassVar[bool] = False

    row = models.ForeignKey(Row, on_delete=models.PROTECT, related_name="+")
    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=40)
    field = models.CharField(max_length=30, blank=True)
    column = models.IntegerField(null=True, blank=True)
    written = models.TextField(blank=True)
    suggestion = models.CharField(max_length=120, blank=True)
    twins = models.JSONField(default=list)
    settled = models.CharField(max_length=20, blank=True)
    typed = models.CharField(max_length=300, blank=True)
    settled_by = models.CharField(max_length=80, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """In the order of the sheet."""

        ordering: ClassVar = ["row__number", "id"]
        indexes: ClassVar = [models.Index(fields=["batch", "settled", "kind", "field"], name="import_doubt_group")]

    def __str__(self) -> str:
        return f"{self.kind} in {self.row_id}"


class RememberedMapping(models.Model):
    """How the columns of tables with these headings were matched the last time."""

    history: ClassVar[bool] = False

    signature = models.CharField(max_length=64, unique=True)
    mapping = models.JSONField()
    used_at = models.DateTimeField()
    used_by = models.CharField(max_length=80)

    def __str__(self) -> str:
        return f"mapping {self.signature[:12]}"
