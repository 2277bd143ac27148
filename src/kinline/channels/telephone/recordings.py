"""What callers said and a provider recorded: fetched from it, and deleted there once it is kept here.

The address is made of the recording's own name; the one that comes with a request is never asked.

Source: Twilio REST API, "Recordings" (GET and DELETE .../Accounts/{account}/Recordings/{name}).
"""

from base64 import b64encode

from kinline.channels.outcomes import Fetched, Outcome, Refused, RetryAfter, Sent, Unreachable
from kinline.channels.wires import PLACEHOLDER, Http, Reply, WireError

SECONDS = 5.0
LARGEST = 4 * 2**20
PAUSE_SECONDS = 30.0
_NOT_THE_FILES_FAULT = frozenset({401, 403, 408, 409, 425})


class Recordings:
    """The recordings of one account of a provider."""

    def __init__(self, api: str, *, account: str, secret: str) -> None:
        known_by = b64encode(f"{account}:{secret}".encode()).decode("ascii")
        self._http = Http(api, secret=known_by, headers={"Authorization": f"Basic {PLACEHOLDER}"})
        self._folder = f"/2010-04-01/Accounts/{account}/Recordings"

    def __repr__(self) -> str:
        return "Recordings()"

    def fetch(self, name: str) -> Fetched | Refused | RetryAfter | Unreachable:
        """The recording as a WAV file, if it is whole in time and not too large. Never raises."""
        try:
            reply = self._http.get(f"{self._folder}/{name}.wav", seconds=SECONDS, most=LARGEST)
        except WireError as error:
            return Refused("too-large") if error.code == "too-long" else Unreachable(error.code)
        if reply.status == 200 and reply.body.startswith(b"RIFF"):
            return Fetched(reply.body)
        return _why(reply, gone="no-such-file")

    def delete(self, name: str) -> Outcome:
        """Have it deleted; that it is not there is as good. Never raises."""
        try:
            reply = self._http.delete(f"{self._folder}/{name}.json", seconds=SECONDS, most=LARGEST)
        except WireError as error:
            return Unreachable(error.code)
        if 200 <= reply.status < 300 or reply.status == 404:
            return Sent()
        return _why(reply, gone="not-accepted")

    def close(self) -> None:
        """Let go of the connections."""
        self._http.close()


def _why(reply: Reply, *, gone: str) -> Refused | RetryAfter | Unreachable:
    if reply.status == 429:
        return RetryAfter(PAUSE_SECONDS)
    if reply.status >= 500 or reply.status in _NOT_THE_FILES_FAULT:
        return Unreachable("token" if reply.status in {401, 403} else "server")
    if 400 <= reply.status < 500:
        return Refused(gone)
    return Unreachable("not-understood")
