"""What reached the bureau: each piece of post as it came, and what was said in it."""

from typing import ClassVar

from django.db import models

from kinline.enquiries.models import Enquiry


class Item(models.Model):
    """One piece of post: a delivery of a channel, known by what the channel calls it, kept before it is read.

    Its key is its number, by which the sender is told that it was received. ``account`` is which of the bureau's own
    mailboxes, bots or lines it came to. ``conflicts_with`` is the item that came before under the same name with other
    bytes; both are kept. ``attempts`` counts the readings that were begun, ``leased_until`` how long the newest may
    last, ``trouble`` is why it failed. ``sender`` is a digest of who said it where that was too much at once: the item
    waits in the slow lane; it is empty for all others.
    """

    machine: ClassVar[str] = "intake_item"

    channel = models.CharField(max_length=20)
    account = models.CharField(max_length=120, blank=True)
    external_id = models.CharField(max_length=255)
    digest = models.CharField(max_length=64)
    size = models.BigIntegerField()
    received_at = models.DateTimeField()
    state = models.CharField(max_length=40, default="waiting")
    conflicts_with = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    attempts = models.PositiveSmallIntegerField(default=0)
    leased_until = models.DateTimeField(null=True, blank=True)
    trouble = models.CharField(max_length=40, blank=True)
    sender = models.CharField(max_length=64, blank=True)

    class Meta:
        """In the order in which they came; one row a delivery, never a comparison with the newest one."""

        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["channel", "account", "external_id"],
                condition=models.Q(conflicts_with__isnull=True),
                name="one_item_a_delivery",
            ),
            models.UniqueConstraint(
                fields=["conflicts_with", "digest"],
                condition=models.Q(conflicts_with__isnull=False),
                name="one_item_a_conflict",
            ),
        ]
        indexes: ClassVar = [
            # The state is the same in all of it, but SQLite prefers the index that has more in common with a search.
            models.Index(
                fields=["state", "sender", "channel", "id"], name="item_waiting", condition=models.Q(state="waiting")
            ),
            models.Index(fields=["state", "id"], name="item_state"),
        ]

    def __str__(self) -> str:
        return f"{self.machine}:{self.pk} {self.state}"


class Raw(models.Model):
    """The bytes of one item, exactly as they came. They never change: the ledger holds their digest."""

    history: ClassVar[bool] = False  # Written once; a second copy of every photograph would tell nothing.

    item = models.OneToOneField(Item, on_delete=models.PROTECT, primary_key=True, related_name="+")
    content = models.BinaryField()

    def __str__(self) -> str:
        return f"bytes of {self.item_id}"


class Heard(models.Model):
    """One thing that was said, as its channel understands it; an item holds none, one or several.

    ``about`` is what the channel calls the earlier message that this one edits, answers or says was not delivered.
    ``repeats`` is the same thing heard before, where a channel delivered it twice under two names. ``mark`` is what the
    channel calls the message itself, ``album`` what all messages share that were sent as one, ``phone`` a number that
    the channel says is the sender's own, ``notice`` why something without words still asks for something.
    """

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField(default=0)
    kind = models.CharField(max_length=12)
    wire_id = models.CharField(max_length=255, db_index=True)
    address = models.CharField(max_length=320, blank=True)
    language = models.CharField(max_length=8, blank=True)
    authenticated = models.BooleanField(default=False)
    subject = models.CharField(max_length=300, blank=True)
    text = models.TextField(blank=True)
    quoted = models.TextField(blank=True)
    about = models.CharField(max_length=255, blank=True)
    answer = models.CharField(max_length=120, blank=True)
    mark = models.CharField(max_length=255, blank=True)
    album = models.CharField(max_length=120, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    notice = models.CharField(max_length=20, blank=True)
    heard_at = models.DateTimeField()
    repeats = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        """In the order in which they came."""

        ordering: ClassVar = ["item_id", "position"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["item", "position"], name="heard_once_a_position"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["address", "heard_at"], name="heard_of"),
            models.Index(fields=["address", "album"], name="heard_album", condition=~models.Q(album="")),
        ]

    def __str__(self) -> str:
        return f"heard:{self.pk} of {self.item_id}"

    @property
    def is_edit(self) -> bool:
        """Whether this is a later wording of a message that was heard before."""
        return bool(self.mark) and self.about == self.mark


class Conversation(models.Model):
    """Where the conversation with one address of one channel stands, and the enquiry it led to.

    ``standing`` is ``kinline.intake.standing.State`` as JSON; it holds neither case code nor safe word. ``person`` says
    why a person was called in (``standing.Why``), and ``person_due_at`` by when; both are empty when nobody was.
    """

    channel = models.CharField(max_length=20)
    account = models.CharField(max_length=120, blank=True)
    address = models.CharField(max_length=320)
    standing = models.JSONField()
    enquiry = models.ForeignKey(Enquiry, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    begun_at = models.DateTimeField()
    said_at = models.DateTimeField()
    person = models.CharField(max_length=20, blank=True)
    person_due_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """One conversation with an address."""

        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["channel", "account", "address"], name="one_conversation_an_address"),
        ]

    def __str__(self) -> str:
        return f"conversation:{self.pk} on {self.channel}"


class Ear(models.Model):
    """Whether one channel is heard: since when it is not, and a code of why; ``tried_at`` is when it was noted last."""

    history: ClassVar[bool] = False  # Minutes of a network tell nobody anything afterwards.

    channel = models.CharField(max_length=20)
    account = models.CharField(max_length=120, blank=True)
    trouble = models.CharField(max_length=40, blank=True)
    failing_since = models.DateTimeField(null=True, blank=True)
    tried_at = models.DateTimeField()

    class Meta:
        """One row a channel and account."""

        ordering: ClassVar = ["channel", "account"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["channel", "account"], name="one_ear_an_account")]

    def __str__(self) -> str:
        return f"ear of {self.channel}"


class Attachment(models.Model):
    """A file that came with what was said, in evidence storage under its digest; or still to be fetched.

    ``trouble`` is a code: why it cannot be fetched at all.
    """

    heard = models.ForeignKey(Heard, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=255, blank=True)
    media_type = models.CharField(max_length=120, blank=True)
    size = models.BigIntegerField(default=0)
    digest = models.CharField(max_length=64, blank=True)
    stored_as = models.CharField(max_length=120, blank=True)
    remote_id = models.CharField(max_length=300, blank=True)
    trouble = models.CharField(max_length=40, blank=True)

    class Meta:
        """In the order in which they came."""

        ordering: ClassVar = ["heard_id", "position"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["heard", "position"], name="attached_once_a_position"),
        ]

    def __str__(self) -> str:
        return f"attachment {self.position} of {self.heard_id}"


class Transcript(models.Model):
    """What an officer heard in a recording. Written once; the recording stays whole beside it."""

    history: ClassVar[bool] = False

    attachment = models.OneToOneField(Attachment, on_delete=models.PROTECT, primary_key=True, related_name="+")
    words = models.TextField()
    written_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"words of attachment {self.attachment_id}"
