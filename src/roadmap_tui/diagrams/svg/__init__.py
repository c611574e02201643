"""Pictures of a roadmap as SVG."""
