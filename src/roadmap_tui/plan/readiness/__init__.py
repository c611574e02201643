"""Tables of the file on readiness: quality bars, oversight and the others."""
