"""Channels: how words come in and go out, by web, Telegram, telephone, e-mail and SMS. One folder a channel.

Refuses to know what the words mean: the conversation does.
"""
