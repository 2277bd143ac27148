"""Updates as Telegram writes them, of invented people."""

import json

MARIA = {"id": 17, "is_bot": False, "first_name": "Марія", "language_code": "uk"}
PRIVATE = {"id": 17, "type": "private", "first_name": "Марія"}
GROUP = {"id": -100200, "type": "supergroup", "title": "Рідні"}


def raw(**parts: object) -> bytes:
    """An update as bytes."""
    return json.dumps({"update_id": 500} | parts).encode()


def message(*, kind: str = "message", **parts: object) -> bytes:
    """A message of Maria's."""
    return raw(**{kind: {"message_id": 7, "date": 1, "from": MARIA, "chat": PRIVATE} | parts})


def press(data: str, **parts: object) -> bytes:
    """Maria presses a button under a message of ours."""
    under = {"message_id": 6, "date": 1, "chat": PRIVATE, "text": "?"}
    return raw(callback_query={"id": "p1", "from": MARIA, "message": under, "data": data} | parts)


def standing(chat: dict[str, object], *, status: str) -> bytes:
    """The bot's standing in a chat has changed."""
    bot = {"id": 4242, "is_bot": True, "first_name": "Bureau"}
    return raw(my_chat_member={"chat": chat, "from": MARIA, "new_chat_member": {"user": bot, "status": status}})
