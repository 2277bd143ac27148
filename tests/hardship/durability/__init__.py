"""The proof that nothing acknowledged is lost: kills, cuts of power, and planted faults that must be caught.

python -m tests.hardship.durability --engine sqlite --rounds 1000 --cuts 200
"""
