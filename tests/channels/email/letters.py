"""Letters for tests, put together from a few words."""

from base64 import b64encode

from kinline.channels.base import Inbound
from kinline.channels.email import Email
from tests import people

HEAD = f"From: {people.MARIA.email}\nMessage-ID: <letter@example.org>\n"


def letter(body: str | bytes = "Шукаю сина.", *, head: str = HEAD, **fields: str) -> bytes:
    """A mail of one part; ``content_type="..."`` sets such a field."""
    lines = "".join(f"{name.replace('_', '-')}: {value}\n" for name, value in fields.items())
    return f"{head}{lines}\n".encode() + (body.encode() if isinstance(body, str) else body)


def in_parts(*parts: tuple[str, str | bytes], kind: str = "mixed") -> bytes:
    """A mail of several parts: of each its fields, a line each, and its content."""
    whole = f"{HEAD}Content-Type: multipart/{kind}; boundary=b\n\n".encode()
    for fields, content in parts:
        whole += (
            b"--b\n" + fields.encode() + b"\n\n" + (content.encode() if isinstance(content, str) else content) + b"\n"
        )
    return whole + b"--b--\n"


def coded(content: bytes) -> str:
    """Base64, as files travel."""
    return b64encode(content).decode()


def read(raw: bytes, **of_the_bureau: object) -> Inbound:
    """What was said."""
    [inbound] = Email(**of_the_bureau).read(raw)
    return inbound
