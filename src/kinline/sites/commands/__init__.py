"""One noun a file: its verbs as a typer application named ``app``. They are doors: here the clock may be read."""
