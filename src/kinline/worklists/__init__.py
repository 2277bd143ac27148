"""An officer's day: the start page, the inbox of all desks, the search box, the hand-over at the end of duty.

It keeps no rows of its own: what waits is found in the rooms below. It refuses to know what is to be told to anybody.
"""
