"""Channels that exist only in tests."""
