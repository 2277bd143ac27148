"""Updates brought to the bot's webhook one by one, each again until it is answered with 200.

Source: Telegram Bot API, setWebhook; "Making requests when getting updates".
"""

import http.client
import json
import threading
from urllib.parse import urlsplit

from kinline.demo.bot_api import methods
from kinline.demo.bot_api.checks import ApiError
from kinline.demo.bot_api.servers import Document, Servers


class Bringer(threading.Thread):
    """Brings while there is a webhook and something to bring; waits ``pause`` seconds after each failure."""

    def __init__(self, servers: Servers, *, pause: float = 0.2, patience: float = 10.0) -> None:
        super().__init__(daemon=True)
        self._servers, self._pause, self._patience = servers, pause, patience

    def run(self) -> None:
        """Go on until the servers are closed."""
        servers = self._servers
        while not servers.is_closed:
            with servers.changed:
                hook, update = servers.hook, servers.updates[0] if servers.updates else None
                if hook is None or update is None:
                    servers.changed.wait(1.0)
                    continue
            is_brought = self._bring(update, url=hook[0], secret=hook[1])
            with servers.changed:
                if is_brought:
                    servers.updates = [other for other in servers.updates if other is not update]
                    servers.changed.notify_all()
                else:
                    servers.changed.wait(self._pause)

    def _bring(self, update: Document, *, url: str, secret: str) -> bool:
        """Bring one update. What stands in the answer is carried out like any method."""
        where = urlsplit(url)
        kind = http.client.HTTPSConnection if where.scheme == "https" else http.client.HTTPConnection
        wire = kind(where.netloc, timeout=self._patience)
        shown = {"Content-Type": "application/json"} | ({"X-Telegram-Bot-Api-Secret-Token": secret} if secret else {})
        try:
            wire.request("POST", where.path or "/", json.dumps(update).encode(), shown)
            response = wire.getresponse()
            body = response.read()
        except (OSError, http.client.HTTPException):
            return False
        finally:
            wire.close()
        if not 200 <= response.status < 300:
            return False
        self._carry_out(body)
        return True

    def _carry_out(self, body: bytes) -> None:
        try:
            fields = json.loads(body)
            methods.call(self._servers, str(fields.pop("method")), fields)
        except (ValueError, KeyError, AttributeError, ApiError):
            return  # as Telegram does: nobody is told
