"""Registers that arrive as tables: received, checked row by row, mended in one step a problem, added, taken back.

States: kinrules/states/import_batch.py. Refuses to know who enquires about anybody, and never writes a record itself:
``registry.actions`` does.
"""
