"""Tables: reading and writing any spreadsheet a registrar may send.

This room knows files, letters, cells and headers. It refuses to know what a person, a record or a batch is:
it says "column 4 looks like dates of birth" and never writes a row anywhere but into a file. It has no models.
"""
