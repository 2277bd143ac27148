"""Quality and speed on invented people, beside other engines; and where the default weights are learnt."""
