"""A roadmap made into documents, pictures and tables for others."""
