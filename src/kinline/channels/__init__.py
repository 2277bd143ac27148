"""Channels: how words come in and go out, by web, Telegram, telephone, e-mail and SMS. One folder a channel.

Refuses to know what the words mean: the conversation does.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

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


# What the bureau set of each channel, by the channel's name: whoever reads in a process of its own is told as well.
settings_of: dict[str, dict[str, Any]] = {}


def set_up(name: str, **attributes: Any) -> None:
    """Set attributes of a channel, such as whose word on senders is believed. They must be such as JSON can carry."""
    settings_of[name] = attributes
    equip(CHANNELS[name], attributes)


def equip(channel: Channel, attributes: Mapping[str, Any]) -> None:
    """Set ``attributes`` of ``channel``, each of which it must have.

    Raises:
        AttributeError: it has none of that name.
    """
    for attribute, value in attributes.items():
        getattr(channel, attribute)
        setattr(channel, attribute, value)


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
