"""Every write of this room, a group of verbs a file. What other rooms and commands call is re-exported here."""
