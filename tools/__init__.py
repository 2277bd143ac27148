"""What developers run: sentences for translators, generated pages of the documentation."""
