"""Officers, their appointments, duty sessions and the accounts they sign in with.

An officer is one human, however many accounts there are. Refuses to know any case or record.
"""
