"""Channels: how words come in and go out, by web, Telegram, telephone, e-mail and SMS. One folder a channel.

Refuses to know what the words mean: the conversation does.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from kinline.channels.base import Channel


class _Folders(Mapping[str, Channel]):
    """The folders beside this file by their names; each is loaded when it is first asked for."""

    def __getitem__(self, name: str) -> Channel:
        if name not in _names():
            raise KeyError(name)
        return _load(name)

    def __iter__(self) -> Iterator[str]:
        return iter(_names())

    def __len__(self) -> int:
        return len(_names())


CHANNELS: Mapping[str, Channel] = _Folders()


@cache
def _names() -> tuple[str, ...]:
    """A folder is a channel; the one the framework makes for its own use is none."""
    return tuple(sorted(found.name for found in iter_modules(__path__) if found.ispkg and found.name != "migrations"))


@cache
def _load(name: str) -> Channel:
    folder = import_module(f"{__name__}.{name}")
    if not hasattr(folder, "CHANNEL"):
        raise LookupError(f"the folder channels/{name} offers no CHANNEL; see docs/how-to/add-a-channel.md")
    channel: Channel = folder.CHANNEL
    return channel
