"""The history for the audit administrator: read, verify, take along (decision 0016)."""
