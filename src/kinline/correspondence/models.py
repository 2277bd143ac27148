"""A letter of the bureau, signed and checkable, and what the public may see of it; what waits to be sent."""

import uuid
from typing import ClassVar

from django.db import models

from kinline.ledger.models import Exhibit
from kinrules.terms import Acknowledgement


class Letter(models.Model):
    """One letter: drafted by one officer, sealed by another over the exact bytes of its PDF.

    ``about`` is a ledger reference such as ``enquiry:<uuid>``. ``kind`` names a file of the folder ``letters``.
    ``code`` is the 16-digit letter code; it opens nothing, it only lets anyone check that the bureau wrote a letter
    on this date. ``words`` is what the officer filled in: name of the blank -> text.
    """

    machine: ClassVar[str] = "letter"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    about = models.CharField(max_length=120, db_index=True)
    kind = models.CharField(max_length=40)
    language = models.CharField(max_length=8)
    state = models.CharField(max_length=40, default="drafted")
    code = models.CharField(max_length=16, unique=True)
    words = models.JSONField()
    dated_on = models.DateField()
    valid_until = models.DateField()
    document = models.ForeignKey(Exhibit, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    signature = models.CharField(max_length=128, blank=True)
    proposed_by = models.CharField(max_length=80)
    proposed_by_human = models.CharField(max_length=40)
    sealed_by = models.CharField(max_length=80, blank=True)
    sealed_by_human = models.CharField(max_length=40, blank=True)
    sealed_at = models.DateTimeField(null=True, blank=True)
    handed_over_at = models.DateTimeField(null=True, blank=True)
    handed_over_by_way = models.CharField(max_length=20, blank=True)

    class Meta:
        """Newest first; who drafted a letter never seals it."""

        ordering: ClassVar = ["-dated_on", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~models.Q(sealed_by_human=models.F("proposed_by_human")), name="letter_sealed_by_another"
            )
        ]

    def __str__(self) -> str:
        return f"letter {self.id}"


class CheckableLetter(models.Model):
    """All that the families' site may read of a sealed letter: that there is one, its date, and until when it counts.

    It holds no kind, no addressee and no word of the letter, so the public process cannot leak them.
    """

    code = models.CharField(max_length=16, unique=True)
    dated_on = models.DateField()
    valid_until = models.DateField()
    void = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"checkable letter of {self.dated_on}"


class FailedChecks(models.Model):
    """How many well-formed letter codes fitted no letter within one minute; nobody's address is kept."""

    history: ClassVar[bool] = False

    minute = models.DateTimeField(unique=True)
    failed = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.failed} failed at {self.minute}"


class Letterhead(models.Model):
    """How the bureau names itself in one language, and where it is reached; newest wins, old ones stay."""

    language = models.CharField(max_length=8, db_index=True)
    name = models.CharField(max_length=120)
    address = models.TextField(blank=True)
    phone = models.CharField(max_length=40, blank=True)
    check_at = models.CharField(max_length=200, blank=True)
    set_by = models.CharField(max_length=80)
    set_at = models.DateTimeField()

    class Meta:
        """Newest first."""

        ordering: ClassVar = ["-set_at", "-id"]

    def __str__(self) -> str:
        return f"letterhead {self.language}"


MESSAGE = "message"
_A = Acknowledgement


def _if(kind: Acknowledgement, grounds: models.Q) -> models.Q:
    """Not of this kind, or resting on these grounds."""
    return ~models.Q(kind=kind.value) | grounds


class Outgoing(models.Model):
    """One message to one address, from the moment it is promised until it is sent or laid before a person.

    ``number`` is in the text or beside it, and the same whenever the message is sent again: a repeat is recognisable.
    ``kind`` is what it promises (``terms.Acknowledgement``), or ``message`` for anything that promises nothing. On what
    the promise rests is kept beside it, and the database refuses one that rests on nothing: ``item`` is the number of
    the piece of post, ``entry`` that of the ledger's entry on the act (triggers of the intake see that they are there),
    ``approval`` the disclosure that two humans approved over ``approved_digest``.

    ``forgets`` are marks of messages that are deleted from the chat before this one is sent, and ``otherwise`` what is
    said in its place where the channel did not delete all of them.

    ``status`` is not a state of a case but of work: claimed with a lease, tried again, dead after the last try. What
    matters of it (sent, dead, withdrawn) is in the ledger too. ``once`` keeps one act from writing two messages.
    """

    # A copy of each row before and after would keep a case code that the row itself loses once it is sent.
    history: ClassVar[bool] = False

    class Status(models.TextChoices):
        UNADDRESSED = "unaddressed"  # promised; the address is known when the post is read
        NEW = "new"
        CLAIMED = "claimed"
        SENT = "sent"
        DEAD = "dead"  # waits for a person
        WITHDRAWN = "withdrawn"

    kind = models.CharField(max_length=8, default=MESSAGE)
    item = models.BigIntegerField(null=True, blank=True)
    entry = models.BigIntegerField(null=True, blank=True)
    signed_off_by = models.CharField(max_length=40, blank=True)
    approval = models.CharField(max_length=120, blank=True)
    approved_by_first = models.CharField(max_length=40, blank=True)
    approved_by_second = models.CharField(max_length=40, blank=True)
    approved_digest = models.CharField(max_length=64, blank=True)
    once = models.CharField(max_length=120, unique=True, null=True, blank=True)
    channel = models.CharField(max_length=20)
    account = models.CharField(max_length=120, blank=True)
    address = models.CharField(max_length=320, blank=True)
    language = models.CharField(max_length=8, blank=True)
    subject = models.CharField(max_length=300, blank=True)
    text = models.TextField(blank=True)
    text_digest = models.CharField(max_length=64, blank=True)
    choices = models.JSONField(default=list)
    answers = models.CharField(max_length=300, blank=True)
    forgets = models.JSONField(default=list, blank=True)
    otherwise = models.TextField(blank=True)
    status = models.CharField(max_length=12, default=Status.NEW)
    attempts = models.PositiveSmallIntegerField(default=0)
    worker = models.CharField(max_length=80, blank=True)
    written_at = models.DateTimeField()
    due_at = models.DateTimeField()
    attempted_at = models.DateTimeField(null=True, blank=True)
    leased_until = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    failure = models.CharField(max_length=80, blank=True)
    sent_as = models.CharField(max_length=300, blank=True)

    class Meta:
        """In the order in which they were written; no promise without its grounds, nothing sent to nowhere."""

        ordering: ClassVar = ["id"]
        indexes: ClassVar = [
            models.Index(
                fields=["due_at", "id"], name="outgoing_open", condition=models.Q(status__in=["new", "claimed"])
            ),
            models.Index(fields=["channel", "account", "attempted_at"], name="outgoing_pace"),
            models.Index(fields=["channel", "account", "address", "id"], name="outgoing_to"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(kind__in=[MESSAGE, *(kind.value for kind in _A if kind is not _A.TRANSPORT)]),
                name="outgoing_kind",
            ),
            models.CheckConstraint(condition=_if(_A.RECEIVED, models.Q(item__isnull=False)), name="a1_has_its_item"),
            models.CheckConstraint(
                condition=_if(_A.READ_BY_A_PERSON, models.Q(entry__isnull=False)), name="a2_was_opened"
            ),
            models.CheckConstraint(
                condition=_if(_A.SEARCHED, models.Q(entry__isnull=False) & ~models.Q(signed_off_by="")),
                name="a3_was_signed_off",
            ),
            models.CheckConstraint(
                condition=_if(
                    _A.DISCLOSED,
                    ~models.Q(approval="")
                    & ~models.Q(approved_by_first="")
                    & ~models.Q(approved_by_second="")
                    & ~models.Q(approved_by_first=models.F("approved_by_second"))
                    & ~models.Q(approved_digest="")
                    & models.Q(approved_digest=models.F("text_digest")),
                ),
                name="a4_was_approved_by_two",
            ),
            models.CheckConstraint(condition=_if(_A.DELETED, models.Q(entry__isnull=False)), name="a5_was_deleted"),
            models.CheckConstraint(condition=_if(_A.NOT_TAKEN, models.Q(item__isnull=True)), name="e1_has_no_item"),
            models.CheckConstraint(
                condition=models.Q(status__in=["unaddressed", "withdrawn"])
                | (~models.Q(address="") & ~models.Q(text="")),
                name="outgoing_goes_somewhere",
            ),
            models.UniqueConstraint(fields=["item"], condition=models.Q(kind=_A.RECEIVED.value), name="one_a1_an_item"),
        ]

    def __str__(self) -> str:
        return f"outgoing {self.pk} {self.kind} {self.status}"

    @property
    def number(self) -> str:
        """By which a repeat is known: of the post it acknowledges, else its own."""
        return f"{self.item}" if self.kind == _A.RECEIVED else f"{self.pk}"


class Pause(models.Model):
    """Until when a wire asked us to send nothing from one account (``retry_after``)."""

    history: ClassVar[bool] = False

    channel = models.CharField(max_length=20)
    account = models.CharField(max_length=120, blank=True)
    until = models.DateTimeField()

    class Meta:
        """One row a channel and account."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["channel", "account"], name="one_pause_an_account")]

    def __str__(self) -> str:
        return f"pause of {self.channel} until {self.until}"
