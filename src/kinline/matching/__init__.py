"""Proposals that a record and a person sought are one; two humans read each, the second blind to the first.

States: kinrules/states/match.py. The only room that sees both the registry and the enquiries. Tells nobody anything.
"""
