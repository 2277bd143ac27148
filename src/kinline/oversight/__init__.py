"""Oversight: officers with their appointments and accounts, and the ledger as the auditor reads it.

Refuses to know what any entry is about: the auditor sees references, never names.
"""
