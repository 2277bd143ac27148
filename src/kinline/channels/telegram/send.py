"""Sends one parcel and says what became of it. Whether, when and how often is for the outbox to decide."""

from kinline.channels.base import Parcel
from kinline.channels.outcomes import Outcome, Refused, Sent
from kinline.channels.telegram.client import Answered, Bot
from kinline.channels.telegram.fields import document, whole

METHODS = frozenset({"sendMessage", "deleteMessage"})
"""All that a parcel may have done; no parcel reaches the rest of the Bot API."""


def send(bot: Bot, parcel: Parcel) -> Outcome:
    """Send ``parcel``. A message that is not there any more has been deleted, whoever did it."""
    fields = dict(parcel.body)
    method = str(fields.pop("method", ""))
    if method not in METHODS:
        return Refused("unknown-method")
    answer = bot.ask(method, fields)
    if isinstance(answer, Answered):
        return Sent(_mark(answer.result))
    if method == "deleteMessage" and answer == Refused("gone"):
        return Sent()
    return answer


def _mark(result: object) -> str:
    """What Telegram calls the message, as the reader of updates writes it."""
    message = result if isinstance(result, dict) else {}
    chat, number = whole(document(message, "chat"), "id"), whole(message, "message_id")
    return "" if chat is None or number is None else f"{chat}/{number}"
