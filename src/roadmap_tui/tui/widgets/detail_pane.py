"""Pane beside a screen with the details of what is selected."""

from roadmap_tui.tui.views.lines import Line
from roadmap_tui.tui.views.view_model import build_view
from roadmap_tui.tui.widgets.canvas import Canvas

PANE_FROM = 110
"""Columns from which a screen has room for the pane."""
_NARROWEST, _WIDEST, _SHARE = 36, 60, 0.32


def pane_width(cells: int) -> int:
    """Columns of the pane on a screen of this width; 0 if there is no room for one."""
    if cells < PANE_FROM:
        return 0
    return min(_WIDEST, max(_NARROWEST, round(cells * _SHARE)))


class DetailPane(Canvas):
    """The pane; it takes the focus to be scrolled."""

    DEFAULT_CSS = """
    DetailPane {
        height: 1fr;
        display: none;
        border-left: solid $panel-lighten-2;
        &:focus { border-left: solid $accent; }
    }
    """

    def fit(self, cells: int) -> None:
        """Take the width that a screen of so many columns has for it, or hide."""
        own = pane_width(cells)
        self.display = bool(own)
        if own and self.outer_size.width != own:
            self.styles.width = own

    def show_detail(self, lines: tuple[Line, ...]) -> None:
        """Show lines, from the first one on if they are about something else."""
        self.show(build_view(lines, (), self.draw_width), None)
