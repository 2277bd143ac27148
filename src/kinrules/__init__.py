"""The law library: what a National Information Bureau may do, must do and may never do.

Pure: no database, no framework, no clock. The rooms of the application ask; these rules answer.
Sources are named beside every rule, term and number.
"""
