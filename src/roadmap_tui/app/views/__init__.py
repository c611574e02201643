"""The screens as functions from a scene to lines."""
