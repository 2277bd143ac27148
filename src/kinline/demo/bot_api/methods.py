"""The methods of the Bot API that the bureau uses, and those by which one looks whether a bot works.

Source: Telegram Bot API, section "Available methods".
"""

from typing import Any

from kinline.demo.bot_api import checks
from kinline.demo.bot_api.checks import ApiError, bad
from kinline.demo.bot_api.servers import DELETABLE_SECONDS, LARGEST_FILE, Document, Servers


def call(servers: Servers, method: str, fields: Document) -> Any:
    """Carry out ``method``, written with any letters large or small, and return its result."""
    known = _METHODS.get(method.lower())
    if known is None:
        raise ApiError(404, "Not Found")
    return known(servers, fields)


def _get_me(servers: Servers, _fields: Document) -> Document:
    return servers.bot | {"can_join_groups": True, "can_read_all_group_messages": False}


def _get_updates(servers: Servers, fields: Document) -> list[Document]:
    servers.want(fields.get("allowed_updates"))
    return servers.wait_for_updates(
        offset=_whole(fields, "offset", 0), most=_whole(fields, "limit", 100), seconds=_whole(fields, "timeout", 0)
    )


def _send_message(servers: Servers, fields: Document) -> Document:
    chat = servers.chat(fields.get("chat_id"))
    said = {"from": servers.bot, "text": checks.text(fields)}
    markup = checks.markup(fields.get("reply_markup"))
    with servers.changed:
        return servers.write(chat, said | ({"reply_markup": markup} if markup else {}))


def _delete_message(servers: Servers, fields: Document) -> bool:
    chat = servers.chat(fields.get("chat_id"))
    with servers.changed:
        number = _whole(fields, "message_id", 0)
        message = chat.messages.get(number)
        if message is None:
            raise bad("message to delete not found")
        if servers.clock() - message["date"] > DELETABLE_SECONDS:
            raise bad("message can't be deleted for everyone")
        del chat.messages[number]
    return True


def _answer_callback_query(servers: Servers, fields: Document) -> bool:
    with servers.changed:
        if fields.get("callback_query_id") not in servers.open_presses:
            raise bad("query is too old and response timeout expired or query ID is invalid")
        servers.open_presses.discard(str(fields["callback_query_id"]))
    return True


def _get_file(servers: Servers, fields: Document) -> Document:
    path = str(fields.get("file_id", ""))
    content = servers.files.get(path)
    if content is None:
        raise bad("wrong file_id or the file is temporarily unavailable")
    if len(content) > LARGEST_FILE:
        raise bad("file is too big")
    return {"file_id": path, "file_unique_id": path, "file_size": len(content), "file_path": path}


def _set_webhook(servers: Servers, fields: Document) -> bool:
    url, secret = str(fields.get("url", "")), checks.secret(fields.get("secret_token"))
    if url and not url.startswith(("https://", "http://")):
        raise bad("bad webhook: An HTTPS URL must be provided for webhook")
    servers.want(fields.get("allowed_updates"))
    with servers.changed:
        servers.hook = (url, secret) if url else None
        servers.changed.notify_all()
    return True


def _delete_webhook(servers: Servers, fields: Document) -> bool:
    with servers.changed:
        servers.hook = None
        if fields.get("drop_pending_updates"):
            servers.updates.clear()
        servers.changed.notify_all()
    return True


def _look_at_webhook(servers: Servers, _fields: Document) -> Document:
    url = servers.hook[0] if servers.hook else ""
    return {"url": url, "has_custom_certificate": False, "pending_update_count": len(servers.updates)}


def _whole(fields: Document, name: str, otherwise: int) -> int:
    try:
        return int(fields.get(name, otherwise))
    except (TypeError, ValueError):
        raise bad(f"{name} must be a whole number") from None


_METHODS = {
    "getme": _get_me,
    "getupdates": _get_updates,
    "sendmessage": _send_message,
    "deletemessage": _delete_message,
    "answercallbackquery": _answer_callback_query,
    "getfile": _get_file,
    "setwebhook": _set_webhook,
    "deletewebhook": _delete_webhook,
    "getwebhookinfo": _look_at_webhook,
}
