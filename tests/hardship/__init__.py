"""A full disk, a busy database, a killed process: the person reads what happened, and nothing is lost or doubled."""
