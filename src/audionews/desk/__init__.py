"""Running the day: the order of the stages, run folders, ledger, plugins."""
