"""One step of a call as bytes, as it is kept before anybody asks what it says."""

import json
from dataclasses import dataclass

NAME = "telephone"


@dataclass(frozen=True, kw_only=True)
class Step:
    """What happened in a call: keys, a code's hash, a recording, or nothing where something was waited for.

    Attributes:
        call: the call's own number, which no other call has.
        number: the caller's, as the network says it; "" where it says none.
        keys: what was pressed. Never a case code: that is ``code_hash``.
        silence: nothing was pressed or said.
        recording: a WAV file; b"" for none.
        remote: what a provider calls the recording that lies with it; "" where none does.
    """

    call: str
    step: int
    line: str
    number: str
    keys: str = ""
    code_hash: str = ""
    silence: bool = False
    recording: bytes = b""
    remote: str = ""

    @property
    def name(self) -> str:
        """By what this delivery is known."""
        return f"{self.call}:{self.step}"

    @property
    def address(self) -> str:
        """Where the caller is answered: in this call."""
        return f"{self.number};{self.call}"

    def written(self) -> bytes:
        """The bytes that are kept."""
        head = {"call": self.call, "step": self.step, "line": self.line, "from": self.number}
        head |= {name: value for name in ("keys", "code_hash", "silence", "remote") if (value := getattr(self, name))}
        return json.dumps(head, ensure_ascii=False).encode() + b"\n" + self.recording
