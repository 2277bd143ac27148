"""Work that a page must not wait for: one row a job, done at least once, never lost with a process.

Refuses to know what the work is about: a job holds the path of a function and references, never names or words.
A job joins the transaction that asks for it, so it exists exactly if what it is about exists.
"""
