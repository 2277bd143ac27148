"""One step of a call, from its bytes to what was said."""

import json
import logging
import re
from hashlib import sha256
from typing import Any

from kinline.channels import text
from kinline.channels.base import Attachment, Inbound, Kind

log = logging.getLogger(__name__)

_CALL = re.compile(r"[0-9a-f]{8,64}")
_NUMBER = re.compile(r"\+?[0-9]{3,15}")
_KEYS = re.compile(r"[0-9*#]{1,40}")
_HASH = re.compile(r"[0-9a-f]{64}")
_REMOTE = re.compile(r"[0-9A-Za-z]{8,64}")
_MOST_STEPS = 100_000
_ENDS = "#"


def read(raw: bytes) -> Inbound:
    """Return what was pressed or said. Never raises: what is no step is kept to be shown to a person."""
    try:
        head, _end, recording = raw.partition(b"\n")
        return _inbound(json.loads(head.decode("utf-8")), recording)
    except Exception as error:  # noqa: BLE001 - whatever it is, the next step is still read
        # What the error says may hold somebody's number; its kind does not.
        log.warning("step %s was not read: %s", _digest(raw), type(error).__name__)
        return Inbound(
            wire_id=_digest(raw), kind=Kind.UNREADABLE, text=text.readable(raw[:2_000].decode("utf-8", "replace"))
        )


def _inbound(head: dict[str, Any], recording: bytes) -> Inbound:
    call, step = _whole(_CALL, head["call"]), int(head["step"])
    if not 0 <= step < _MOST_STEPS:
        raise ValueError("there is no such step")
    number = _whole(_NUMBER, head["from"]) if head["from"] else ""
    keys = _whole(_KEYS, head["keys"]) if "keys" in head else ""
    code = _whole(_HASH, head["code_hash"]) if "code_hash" in head else ""
    remote = _whole(_REMOTE, head["remote"]) if "remote" in head else ""
    if recording and not recording.startswith(b"RIFF"):
        raise ValueError("the recording is no WAV file")
    name = f"{call[:8]}-{step}.wav"
    voice = Attachment(name=name, type="audio/wav", size=len(recording), content=recording, remote_id=remote)
    return Inbound(
        wire_id=f"{call}:{step}",
        address=f"{number};{call}",
        answer=f"code:{code}" if code else keys.rstrip(_ENDS) or keys,
        attachments=(voice,) if recording or remote else (),
        # The line itself says who is on it: whatever is answered is heard in this call and nowhere else.
        authenticated=True,
    )


def _whole(form: re.Pattern[str], value: object) -> str:
    if not isinstance(value, str) or not form.fullmatch(value):
        raise ValueError("a field has no form that we know")
    return value


def _digest(raw: bytes) -> str:
    return f"sha256:{sha256(raw).hexdigest()}"
