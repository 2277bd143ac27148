"""Invented people who write to the bot, and read what it writes.

Source: Telegram Bot API, objects Message, CallbackQuery, ChatMemberUpdated.
"""

import itertools
from typing import Any

from kinline.demo.bot_api.servers import Chat, Document, Servers

_PRESSES = itertools.count(1)


class Person:
    """Somebody with Telegram on a telephone. What is returned is the number of the message, to edit or answer it."""

    def __init__(self, servers: Servers, number: int, *, name: str = "Олена", language: str = "uk") -> None:
        self.servers, self.number = servers, number
        self.stated = {"id": number, "is_bot": False, "first_name": name, "language_code": language}
        private = {"id": number, "type": "private", "first_name": name}
        self.chat = servers.chats.setdefault(number, Chat(private))

    def writes(self, text: str, *, answering: int | None = None) -> int:
        """Write a message."""
        answered = {} if answering is None else {"reply_to_message": self.chat.messages[answering]}
        return self._says({"text": text} | answered)

    def edits(self, message: int, text: str) -> None:
        """Change what was written."""
        self.chat.messages[message] |= {"text": text, "edit_date": int(self.servers.clock())}
        self.servers.tell("edited_message", self.chat.messages[message])

    def sends_photo(self, content: bytes, *, caption: str = "", album: str = "") -> int:
        """Send a photograph, of which Telegram makes a small one too."""
        small = self.servers.keep(content[:100], ending=".jpg") | {"width": 90, "height": 67}
        large = self.servers.keep(content, ending=".jpg") | {"width": 1280, "height": 960}
        return self._says({"photo": [small, large]} | _given(caption=caption, media_group_id=album))

    def sends_document(self, content: bytes, *, name: str, mime: str, caption: str = "") -> int:
        """Send a file as it is."""
        file = self.servers.keep(content, ending="") | {"file_name": name, "mime_type": mime}
        return self._says({"document": file} | _given(caption=caption))

    def sends_voice(self, content: bytes) -> int:
        """Speak instead of writing."""
        return self._says(
            {"voice": self.servers.keep(content, ending=".oga") | {"duration": 3, "mime_type": "audio/ogg"}}
        )

    def shares_contact(self, phone: str, *, of: int | None = None, name: str = "") -> int:
        """Share one's own number, or with ``of`` somebody else's."""
        user = self.number if of is None else of
        shown = name or self.stated["first_name"]
        return self._says({"contact": {"phone_number": phone, "first_name": shown, "user_id": user}})

    def presses(self, words: str) -> None:
        """Press the button with these words under the newest message that has one, or in place of the keys."""
        for message, button, is_inline in self._buttons():
            if words in button["text"]:
                return self._press(message, button) if is_inline else self._type(button)
        raise LookupError(f"no button says {words!r}")

    def blocks(self) -> None:
        """Block the bot."""
        self._stands("member", "kicked")

    def unblocks(self) -> None:
        """Let the bot write again."""
        self._stands("kicked", "member")

    def writes_among(self, group: int, text: str, *, kind: str = "supergroup") -> None:
        """Write in a group of which the bot is a member."""
        stated = {"id": group, "type": kind, "title": "Relatives"}
        chat = self.servers.chats.setdefault(group, Chat(stated))
        self.servers.tell("message", self.servers.write(chat, {"from": self.stated, "text": text}))

    def heard(self) -> list[str]:
        """What the bot wrote and did not delete, oldest first."""
        return [said["text"] for said in self.chat.messages.values() if said["from"]["is_bot"]]

    def sees(self) -> list[Document]:
        """All messages of the chat, oldest first."""
        with self.servers.changed:
            return list(self.chat.messages.values())

    def _says(self, said: Document) -> int:
        with self.servers.changed:
            message = self.servers.write(self.chat, {"from": self.stated} | said)
            self.servers.tell("message", message)
        return int(message["message_id"])

    def _buttons(self) -> list[tuple[Document, Document, bool]]:
        return [
            (message, button, name == "inline_keyboard")
            for message in reversed(self.sees())
            for name in ("inline_keyboard", "keyboard")
            for row in message.get("reply_markup", {}).get(name, [])
            for button in row
        ]

    def _press(self, message: Document, button: Document) -> None:
        number = f"press-{next(_PRESSES)}"
        self.servers.open_presses.add(number)
        pressed: dict[str, Any] = {"id": number, "from": self.stated, "chat_instance": "1", "message": message}
        self.servers.tell("callback_query", pressed | {"data": button["callback_data"]})

    def _type(self, button: Document) -> None:
        """A button in place of the keys types its words, or shares the number of the telephone."""
        if button.get("request_contact"):
            self.shares_contact(f"+38050{self.number % 10_000_000:07d}")
        else:
            self.writes(button["text"])

    def _stands(self, before: str, after: str) -> None:
        self.chat.is_blocked = after == "kicked"
        change = {"chat": self.chat.stated, "from": self.stated, "date": int(self.servers.clock())}
        bot = self.servers.bot
        change |= {
            "old_chat_member": {"user": bot, "status": before},
            "new_chat_member": {"user": bot, "status": after, "until_date": 0},
        }
        self.servers.tell("my_chat_member", change)


def _given(**fields: str) -> dict[str, str]:
    return {name: value for name, value in fields.items() if value}
