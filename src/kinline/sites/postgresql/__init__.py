"""PostgreSQL, refused unless a commit means that the row is on disk."""
