"""Quality and speed on invented people, and the frozen run the weights come from."""
