"""What a button carries to Telegram and back: the number of our message, a colon, and the key of the choice.

With the number a button of last week is known for what it is, and does not answer today's question.

Source: Telegram Bot API, InlineKeyboardButton.callback_data: 1-64 bytes.
"""

MOST_BYTES = 64


def packed(key: str, *, number: str) -> str:
    """What the button of ``key`` carries; "" if it does not fit even without the number: then the choice is typed.

    >>> packed("son", number="4711"), packed("x" * 60, number="4711"), packed("x" * 64, number="")
    ('4711:son', ':xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx', '')
    """
    numbered, bare = f"{number}:{key}", f":{key}"
    if ":" not in number and _fits(numbered):
        return numbered
    return bare if _fits(bare) else ""


def unpacked(carried: str) -> tuple[str, str]:
    """Number and key; whatever has no colon is a key.

    >>> unpacked("4711:son"), unpacked(":a:b"), unpacked("son")
    (('4711', 'son'), ('', 'a:b'), ('', 'son'))
    """
    number, colon, key = carried.partition(":")
    return (number, key) if colon else ("", carried)


def _fits(carried: str) -> bool:
    return len(carried.encode("utf-8", "surrogatepass")) <= MOST_BYTES
