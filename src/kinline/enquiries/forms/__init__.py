"""What a page may send: ``desk`` for officers, ``families`` for those who ask."""
