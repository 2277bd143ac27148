"""What may be told, to whom, by whom: the gate, the read-aloud view, told or not told, and taking back a mistake.

States: kinrules/states/disclosure.py. A machine tells nobody's fate; this room helps a person to do it.
"""
