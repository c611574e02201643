"""The app in a browser: a server for whoever has its token, and nobody else."""
