"""What people wrote: frozen models of a roadmap, without files and without arrays."""
