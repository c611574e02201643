"""Files: load, save, locks, recovery journal, snapshots, watching."""
