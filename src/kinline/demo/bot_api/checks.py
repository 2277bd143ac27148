"""What Telegram refuses, and how it says so.

Source: Telegram Bot API, sendMessage, InlineKeyboardButton, KeyboardButton, setWebhook.
"""

import re
from typing import Any

MOST_UNITS = 4096
MOST_DATA_BYTES = 64
MOST_BUTTONS = 100
MOST_IN_A_ROW = 8
_INLINE_ACTIONS = {"callback_data", "url", "switch_inline_query", "web_app", "login_url", "pay", "copy_text"}
_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")


class ApiError(Exception):
    """A refusal, as it goes over the wire."""

    def __init__(self, code: int, description: str, **parameters: object) -> None:
        super().__init__(description)
        self.code, self.description, self.parameters = code, description, parameters


def bad(description: str) -> ApiError:
    """A request that cannot be carried out."""
    return ApiError(400, f"Bad Request: {description}")


def text(fields: dict[str, Any]) -> str:
    """The text of a message as it will be shown, if it may be sent."""
    given = fields.get("text")
    if not isinstance(given, str) or not given.strip():
        raise bad("message text is empty")
    try:
        units = len(given.strip().encode("utf-16-le")) // 2
    except UnicodeEncodeError:
        raise bad("strings must be encoded in UTF-8") from None
    if units > MOST_UNITS:
        raise bad("message is too long")
    return given.strip()


def markup(given: object) -> dict[str, Any]:
    """The buttons of a message, if they may be sent."""
    if given is None:
        return {}
    if not isinstance(given, dict):
        raise bad("object expected as reply markup")
    rows = given.get("inline_keyboard", given.get("keyboard", []))
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad("can't parse reply keyboard markup JSON object")
    if any(len(row) > MOST_IN_A_ROW for row in rows) or sum(len(row) for row in rows) > MOST_BUTTONS:
        raise bad("reply markup is too long")
    for button in (button for row in rows for button in row):
        _button(button, is_inline="inline_keyboard" in given)
    return given


def secret(given: object) -> str:
    """The secret of a webhook."""
    if given is None:
        return ""
    if not isinstance(given, str) or not _SECRET.fullmatch(given):
        raise bad("secret token contains unallowed characters")
    return given


def _button(button: object, *, is_inline: bool) -> None:
    if not isinstance(button, dict) or not isinstance(button.get("text"), str) or not button["text"].strip():
        raise bad("can't parse keyboard button: text buttons must be non-empty")
    if not is_inline:
        return
    if len(_INLINE_ACTIONS & button.keys()) != 1:
        raise bad("can't parse inline keyboard button: exactly one optional field must be used")
    carried = button.get("callback_data")
    if carried is not None and not 1 <= len(str(carried).encode("utf-8", "surrogatepass")) <= MOST_DATA_BYTES:
        raise bad("BUTTON_DATA_INVALID")
