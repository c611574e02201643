"""The app in a browser, for those who have its token."""
