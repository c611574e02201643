"""The screens of the app, with their actions."""
