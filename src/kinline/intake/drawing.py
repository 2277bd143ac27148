"""What stands on the pages of the channels, in words: the rows of the lists, the pieces of a thread."""

import re
from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any

from django.forms import Form
from django.utils.functional import Promise

from kinline.correspondence.masking import without_codes
from kinline.correspondence.models import Outgoing
from kinline.enquiries import queries as enquiries
from kinline.enquiries.messages import desk as words
from kinline.enquiries.models import Enquiry
from kinline.evidence import messages as showing
from kinline.intake import making, messages, threads, waiting
from kinline.intake.models import Attachment, Conversation, Item
from kinline.staff.queries import Acting
from kinline.ui import messages as times
from kinline.ui.desk import DeskRequest
from kinrules import permissions
from kinrules.permissions import Permission
from kinrules.states import intake_item as states

Sentence = str | Promise


def slow(*, at: datetime) -> list[dict[str, Any]]:
    """What the banner says of each slow channel."""
    return [{"says": _says(each), "slow": each} for each in waiting.slow(at=at)]


def _says(each: waiting.Slow) -> Sentence:
    if each.is_down:
        return messages.DOWN.get(each.channel, messages.DOWN_OTHERWISE)
    return messages.SLOW.get(each.channel, messages.SLOW_OTHERWISE)


def queues(officer: Acting, *, at: datetime) -> dict[str, waiting.Queue]:
    """The lists that this officer may act on, by the names of their pages."""
    made: dict[str, tuple[Permission, Callable[[], waiting.Queue]]] = {
        "people": (Permission.CONVERSATION_ANSWER, partial(waiting.people_queue, at=at)),
        "recordings": (Permission.RECORDING_WRITE, waiting.recordings_queue),
        "post": (Permission.INTAKE_RELEASE, waiting.post_queue),
        "unsent": (Permission.OUTBOX_RETRY, waiting.unsent_queue),
    }
    return {name: count() for name, (needs, count) in made.items() if permissions.allowed(needs, officer)}


def lists(request: DeskRequest, shown: str) -> dict[str, Any]:
    """The three lists with their counts, and the banner."""
    return {"queues": queues(request.officer, at=request.at), "shown": shown, "slow": slow(at=request.at)}


def called(row: Conversation, *, at: datetime) -> dict[str, Any]:
    """One line of the list of conversations that need a person."""
    due = row.person_due_at
    return {
        "row": row,
        "channel": messages.CHANNELS.get(row.channel, row.channel),
        "why": messages.WHY.get(row.person, row.person),
        "due": times.due(due, at=at) if due else "",
        "late": due is not None and due < at,
        "urgent": due is not None or row.person in ("danger", "surrender"),
    }


def about(held: Conversation, *, at: datetime) -> dict[str, Any]:
    """The head of every page on one conversation."""
    return called(held, at=at) | {
        "held": held,
        "language": words.LANGUAGES.get(threads.language(held), threads.language(held)),
        "was_stopped": threads.was_stopped(held),
    }


def piece(each: threads.Piece) -> dict[str, Any]:
    """One piece of the thread with its channel, its heading, its files, and what became of it."""
    drawn = {"piece": each, "channel": messages.CHANNELS.get(each.channel, each.channel), "status": ""}
    if not each.ours:
        heading = messages.HEARD.get(each.kind, messages.HEARD["message"])
        return drawn | {"heading": heading, "files": [_file(file) for file in each.files]}
    heading = messages.WRITTEN.get(each.kind, messages.WRITTEN["message"])
    return drawn | {"heading": heading, "status": messages.STATUSES.get(each.status, each.status)}


def recording(row: Attachment, form: Form) -> dict[str, Any]:
    """One recording that waits to be written down, with its form."""
    held = threads.conversation_in(row)
    is_name = held.enquiry is None or held.enquiry.case.sought_name == making.NAME_BY_VOICE
    what = messages.RECORDED["name" if is_name else "more"]
    spoken = words.LANGUAGES.get(threads.language(held), threads.language(held))
    return {"row": row, "held": held, "what": what, "form": form, "language": spoken}


def _file(each: threads.File) -> dict[str, Any]:
    """A file, and what is said of what is not shown."""
    says: Sentence = "" if each.is_here else messages.NOT_FETCHED
    if each.shown is not None:
        troubles = showing.TROUBLES.get(each.shown.trouble, showing.TROUBLE_OTHERWISE) if each.shown.trouble else ""
        says = showing.WAITING if each.shown.status == "waiting" else troubles
    return {"file": each, "says": says, "pages": each.shown.pages if each.shown else ()}


def ways(enquiry: Enquiry) -> list[tuple[Sentence, str]]:
    """By which ways a family can be reached, to compare with the address of a conversation."""
    return [(messages.CHANNELS.get(way.channel, way.channel), way.value) for way in enquiries.desk.contacts(enquiry)]


def apart(item: Item) -> dict[str, Any]:
    """One line of the list of post that no machine could read."""
    trouble: Sentence = messages.TROUBLES.get(item.trouble, messages.TROUBLE_OTHERWISE)
    return {
        "item": item,
        "channel": messages.CHANNELS.get(item.channel, item.channel),
        "trouble": messages.CONFLICT if item.state == states.CONFLICT else trouble,
    }


def dead(message: Outgoing) -> dict[str, Any]:
    """One line of the list of messages that no channel took."""
    return {
        "message": message,
        "channel": messages.CHANNELS.get(message.channel, message.channel),
        "why": messages.FAILURES.get(message.failure, messages.FAILURE_OTHERWISE),
    }


def message(row: Outgoing) -> dict[str, Any]:
    """One message of ours: a case code in it is not shown."""
    return dead(row) | {
        "words": without_codes(row.text)[: threads.PIECE],
        "status": messages.STATUSES.get(row.status, row.status),
        "is_dead": row.status == Outgoing.Status.DEAD,
    }


def file_name(found: Attachment) -> str:
    """The sender's name for the file, without anything that means something to a computer."""
    return re.sub(r"[^\w.\- ]", "_", found.name).strip(". ") or found.digest[:12]
