"""Letters to people: languages, letter codes, signatures that anyone can check.

States: kinrules/states/letter.py. Refuses to know what a letter is about: it keeps a reference and the words.
"""
