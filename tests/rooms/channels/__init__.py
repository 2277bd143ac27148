"""Channels: what they make of bytes, and the cell in which they do."""
