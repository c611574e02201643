"""Colours of tracks, spikes and verdicts, and a high-contrast theme."""

from collections.abc import Mapping

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
_ON_DARK = {
    "product": "#6cb6ff",
    "model": "#d2a8ff",
    "spike": "#f0b350",
    "bad": "#f092a6",
    "selection": "12%",
    "recede": "68%",
    "faint": "55%",
}
_ON_LIGHT = {
    "product": "#0550ae",
    "model": "#6f28a8",
    "spike": "#7a4600",
    "good": "#1b5e32",
    "warn": "#7a4600",
    "bad": "#a3182f",
    "selection": "8%",
    "recede": "74%",
    "faint": "74%",
}
_ON_BLACK = {
    "product": "#8fd3ff",
    "model": "#e6c7ff",
    "spike": "#ffd75f",
    "selection": "24%",
    "recede": "82%",
    "faint": "60%",
}
THEME_NAMES = tuple(sorted({HIGH_CONTRAST.name, *BUILTIN_THEMES}))
"""The available themes."""


def theme_colours(theme: Theme, of_theme: Mapping[str, str]) -> dict[str, str]:
    """Colours beside the theme's own: tracks, spikes, verdicts, faint text, selection."""
    ours = _ON_DARK if theme.dark else _ON_LIGHT
    if theme.name == HIGH_CONTRAST.name:
        ours = _ON_BLACK
    text = of_theme["foreground"]
    verdicts = {"good": "text-success", "warn": "text-warning", "bad": "text-error"}
    return {
        **{name: of_theme[token] for name, token in verdicts.items()},
        **ours,
        **{name: f"{text} {ours[name]}" for name in ("selection", "recede", "faint")},
    }
