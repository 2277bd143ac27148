"""Intake: what people say to the bureau, kept before anything else is done with it, and the one conversation.

Refuses to know what became of anybody, and how a channel carries words.
"""
