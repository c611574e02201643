"""Git: revisions, differences between versions and their causes, forecast log, merge driver."""
