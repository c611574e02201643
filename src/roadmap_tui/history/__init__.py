"""Git: revisions, differences between two versions with their causes, forecast log, merge driver."""
