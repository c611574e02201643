"""The colours: of the tracks and of spikes in any theme, and a theme of high contrast."""

from textual.theme import BUILTIN_THEMES, Theme

HIGH_CONTRAST = Theme(
    name="high-contrast",
    primary="#7fd4ff",
    secondary="#ffd75f",
    accent="#ffd75f",
    warning="#ffd75f",
    error="#ff8f8f",
    success="#7dff8a",
    foreground="#ffffff",
    background="#000000",
    surface="#000000",
    panel="#1c1c1c",
    text_alpha=1.0,
    variables={"block-cursor-foreground": "#000000", "block-cursor-background": "#ffffff"},
)
_ON_DARK = {"product": "#6cb6ff", "model": "#d2a8ff", "spike": "#f0b350"}
_ON_LIGHT = {"product": "#0550ae", "model": "#7a2fb5", "spike": "#8a5000"}
_ON_BLACK = {"product": "#8fd3ff", "model": "#e6c7ff", "spike": "#ffd75f"}
NAMES = tuple(sorted({HIGH_CONTRAST.name, *BUILTIN_THEMES}))
"""The themes that can be chosen."""


def tracks(theme: Theme) -> dict[str, str]:
    """The colours of the tracks and of spikes in a theme."""
    if theme.name == HIGH_CONTRAST.name:
        return _ON_BLACK
    return _ON_DARK if theme.dark else _ON_LIGHT
