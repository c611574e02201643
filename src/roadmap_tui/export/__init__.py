"""Documents, pictures and tables made from a roadmap."""
