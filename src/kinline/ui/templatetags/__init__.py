"""Template tags and filters of the room: how codes, names, bars and the style sheet are written into a page."""
