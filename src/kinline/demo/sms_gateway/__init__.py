"""A stand-in for an SMS provider: messages are posted to it and brought by it, over real HTTP on this machine.

It shares no code with the channel it stands opposite to, and refuses what providers refuse. Invented people write and
read through ``phones.Phone``; addresses for each telephone do the same for whoever tries it by hand.
"""
