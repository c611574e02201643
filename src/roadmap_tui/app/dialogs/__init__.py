"""What the app asks."""
