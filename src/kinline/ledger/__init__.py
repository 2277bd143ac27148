"""The register in the cellar: append-only entries, exhibits, history, and the only function that changes a state.

Refuses to know any room above it. Entries hold references and codes, never names, addresses or words.
"""
