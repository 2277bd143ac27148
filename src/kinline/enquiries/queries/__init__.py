"""Every read of this room: ``desk`` for officers, ``families`` for those who ask.

What other rooms call is re-exported here; a page imports the module of its own side.
"""
