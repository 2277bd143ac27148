"""Persons captured, interned, missing or dead, of either side: reports, records, facts, custody events.

States: kinrules/states/captive_record.py. Refuses to know who enquires about anybody.
"""
