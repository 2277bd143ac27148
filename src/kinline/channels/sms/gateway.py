"""The bureau's side of an SMS provider: posts one part and says what became of it; asks for what came in.

The secret stands in a header, so the wire puts it there; nothing here holds, shows or raises it.
"""

import json
from typing import Any

from kinline.channels.base import Parcel
from kinline.channels.outcomes import Outcome, Refused, RetryAfter, Sent, Unreachable
from kinline.channels.sms.provider import SAYS, Provider, found
from kinline.channels.wires import PLACEHOLDER, Http, Reply, WireError

_SECONDS = 15.0
_LONGEST_ANSWER = 2**20
_PAUSE = 30.0  # seconds, where we are asked to wait
_NOT_THE_PARCELS_FAULT = {401, 402, 403, 404, 405, 407, 408, 409, 425}


class Gateway:
    """One provider at ``address``, who knows the bureau by ``secret``."""

    def __init__(self, provider: Provider, *, address: str, secret: str) -> None:
        self.provider = provider
        headers = {provider.sending.header: f"{provider.sending.before}{PLACEHOLDER}"}
        self._http = Http(address, secret=secret, headers=headers)

    def __repr__(self) -> str:
        return "Gateway()"

    def send(self, parcel: Parcel) -> Outcome:
        """Post one part. Never raises for what the other side does."""
        stated = self.provider.sending
        fields = dict(stated.fixed) | {stated.fields.get(name, name): str(parcel.body[name]) for name in SAYS}
        post = self._http.post_form if stated.is_form else self._http.post
        try:
            reply = post(stated.path, fields=fields, seconds=_SECONDS, most=_LONGEST_ANSWER)
        except WireError as error:
            return Unreachable(error.code)
        return self._understood(reply)

    def waiting(self) -> list[bytes] | Unreachable:
        """What came in and was not said to be kept, each as bytes that are the same whenever it is asked for."""
        stated = self.provider.receiving
        try:
            reply = self._http.get(stated.path, seconds=_SECONDS, most=_LONGEST_ANSWER)
        except WireError as error:
            return Unreachable(error.code)
        said = _json(reply)
        listed = said.get(stated.listed) if isinstance(said, dict) else said
        if reply.status != 200 or not isinstance(listed, list):
            return Unreachable("token" if reply.status in {401, 403} else "not-understood")
        return [json.dumps(each, sort_keys=True, ensure_ascii=False).encode("utf-8", "replace") for each in listed]

    def kept(self, name: str) -> bool:
        """Say that what the provider calls ``name`` is kept, and need not come again. False where nobody heard it."""
        stated = self.provider.receiving
        if not stated.done:
            return True
        fields = {stated.names.get("id", "id"): name}
        try:
            reply = self._http.post(stated.done, fields=fields, seconds=_SECONDS, most=_LONGEST_ANSWER)
        except WireError:
            return False
        return 200 <= reply.status < 300

    def close(self) -> None:
        """Let go of the connections."""
        self._http.close()

    def _understood(self, reply: Reply) -> Outcome:
        """What an answer means. The provider's words are looked at for known codes, and dropped."""
        stated, said = self.provider.sending, _json(reply)
        known = stated.refusals.get(found(said, stated.trouble))
        if known is not None:
            return Refused(known)
        if 200 <= reply.status < 300:
            return Sent(found(said, stated.mark))
        if reply.status == 429:
            return RetryAfter(_PAUSE)
        if reply.status in _NOT_THE_PARCELS_FAULT:
            return Unreachable("token" if reply.status in {401, 402, 403} else "not-understood")
        return Refused("not-accepted") if 400 <= reply.status < 500 else Unreachable("server")


def _json(reply: Reply) -> Any:
    try:
        return json.loads(reply.body)
    except (ValueError, RecursionError):
        return None
