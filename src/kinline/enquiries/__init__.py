"""Families' enquiries, the tracing case they belong to, kinship, and what the family was answered.

States: kinrules/states/enquiry.py and tracing_case.py. Refuses to know the registry.
"""
