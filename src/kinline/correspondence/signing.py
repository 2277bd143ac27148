"""Signing the exact bytes of a letter, and checking them.

Source: Geneva Convention III, Art. 122, paragraph 8 (signature or seal); RFC 8032 (Ed25519).
"""

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from kinline import keys


def sign(content: bytes) -> str:
    """The bureau's signature over ``content``: 128 hexadecimal digits."""
    return keys.letters().sign(content).hex()


def holds(content: bytes, signature: str) -> bool:
    """Whether ``signature`` was made by the bureau over exactly these bytes."""
    return holds_by(_public(), content, signature)


def holds_by(key: Ed25519PublicKey, content: bytes, signature: str) -> bool:
    """Whether ``signature`` was made with the private half of ``key`` over exactly these bytes."""
    try:
        key.verify(bytes.fromhex(signature), content)
    except (InvalidSignature, ValueError):
        return False
    return True


def public_key() -> str:
    """The key with which anyone can check a letter: 64 hexadecimal digits."""
    return _public().public_bytes(Encoding.Raw, PublicFormat.Raw).hex()


def public_key_pem() -> str:
    """The same key as a PEM file, as other programs read it."""
    return _public().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode("ascii")


def _public() -> Ed25519PublicKey:
    return keys.letters().public_key()
