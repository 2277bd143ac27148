"""How much post the bureau takes on this machine, and whether a good client gets through while it is flooded.

python -m tests.hardship.load --engines sqlite postgresql --seconds 6
"""
