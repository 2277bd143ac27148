"""A stand-in for Telegram: the part of the Bot API that the bureau uses, over real HTTP on this machine.

It shares no code with the channel it stands opposite to, and refuses what Telegram refuses in Telegram's words.
Invented people speak to the bot through ``people.Person``; a web page does the same for whoever tries it by hand.

Source: Telegram Bot API, https://core.telegram.org/bots/api
"""
