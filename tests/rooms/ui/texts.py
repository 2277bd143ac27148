"""Labels of the gallery."""

NAME = "Who are you looking for?"
NAME_HINT = "Write the full name. If you know the father's name, add it. Any alphabet is fine."
DAY, MONTH, YEAR = "Day", "Month", "Year"
RELATION = "Who is this person to you?"
