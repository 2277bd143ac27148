"""Evidence: what is shown of the papers, pictures and voices that families send.

The original is sealed and stays as it came. Officers see pixels that were made anew in a cell, without the place and
the telephone that a photograph tells of. What cannot be shown is kept, and why is said.

Refuses to know whose paper it is and what it proves.
"""
