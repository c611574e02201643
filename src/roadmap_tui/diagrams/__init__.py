"""Pictures of a plan: graph layout, Mermaid, SVG."""
