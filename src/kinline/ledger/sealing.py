"""Sealing bytes: each document under a key of its own, and that key under the bureau's.

Whoever takes the disk or a copy of it takes nothing that can be read. The bureau's key can be changed without touching
the documents: only the small keys before them are sealed anew.

Form: sign, mark of the bureau's key, nonce and sealed key of the document, nonce and sealed document.

Source: NIST SP 800-38D (AES-GCM), SP 800-57 part 1, 5.3.5 (keys that wrap keys).
"""

import secrets
from hashlib import sha256

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

SIGN = b"KLS1"
KEY, NONCE, TAG, MARK = 32, 12, 16, 8
HEAD = len(SIGN) + MARK
OVERHEAD = HEAD + NONCE + KEY + TAG + NONCE + TAG
"""How many bytes a sealed document is longer than the document."""


class SealBroken(Exception):  # noqa: N818 - read at every ``raise`` as what it is
    """The bytes cannot be opened; ``code`` says why, without a word of theirs."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def seal(content: bytes, *, key: bytes, about: str) -> bytes:
    """``content`` sealed; it opens only as what it is ``about``, so that no document can be put in another's place."""
    own, bound = secrets.token_bytes(KEY), SIGN + about.encode()
    first, second = secrets.token_bytes(NONCE), secrets.token_bytes(NONCE)
    wrapped = first + AESGCM(key).encrypt(first, own, bound)
    return head(key) + wrapped + second + AESGCM(own).encrypt(second, content, bound)


def unseal(sealed: bytes, *, key: bytes, about: str) -> bytes:
    """What was sealed.

    Raises:
        SealBroken: "not-sealed", "another-key", or "changed" since it was sealed.
    """
    if len(sealed) < OVERHEAD or not sealed.startswith(SIGN):
        raise SealBroken("not-sealed")
    if not sealed.startswith(head(key)):
        raise SealBroken("another-key")
    bound, at = SIGN + about.encode(), HEAD + NONCE
    until = at + KEY + TAG
    try:
        own = AESGCM(key).decrypt(sealed[HEAD:at], sealed[at:until], bound)
        return AESGCM(own).decrypt(sealed[until : until + NONCE], sealed[until + NONCE :], bound)
    except InvalidTag:
        raise SealBroken("changed") from None


def head(key: bytes) -> bytes:
    """How everything begins that was sealed under ``key``. It tells keys apart, and nothing about them."""
    return SIGN + sha256(b"kinline evidence" + key).digest()[:MARK]
