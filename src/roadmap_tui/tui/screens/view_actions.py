"""Looking at the ranking and the timeline another way: sorted, put together, closer, by other columns."""

from functools import partial

from roadmap_tui.tui.dialogs.select import PickDialog, SelectOptions
from roadmap_tui.tui.screens.ranking import RANKING_COLUMNS
from roadmap_tui.tui.screens.review_actions import Reviewing
from roadmap_tui.tui.view_options import ViewOptions
from roadmap_tui.tui.views.ranking_row import is_column_shown

_GROUPED = ("ranking", "timeline")
_WORDS = {"none": "by track", "team": "by team", "tag": "by tag"}


class Viewing(Reviewing):
    """Other ways to look."""

    def _look(self, look: ViewOptions) -> None:
        self.session.view_options = look
        self.redraw()

    def _is_on(self, *views: str) -> bool:
        if self.view not in views:
            ways = " and ".join(f"the {view} ({self.key_label(view)})" for view in views)
            self.warn(f"that is for {ways}")
        return self.view in views

    def action_sort(self) -> None:
        """Choose the column to sort the ranking by."""
        if self._is_on("ranking"):
            look = self.session.view_options
            ways = {
                each.name: (
                    each.label + ("   again: the other way round" if each.name == look.sort else "")
                )
                for each in RANKING_COLUMNS
            }
            self.app.push_screen(
                PickDialog(SelectOptions("Sort by", "sort", ways, "Column", "words to look for")),
                self._sorted,
            )

    def _sorted(self, column: str | None) -> None:
        if column is not None:
            self._look(self.session.view_options.sort_by(column))

    def action_columns(self) -> None:
        """Choose the columns of the ranking."""
        if self._is_on("ranking"):
            shown = {
                each.name: is_column_shown(self.session.view_options, each.name)
                for each in RANKING_COLUMNS
                if each.can_be_hidden
            }
            ways = {
                each.name: f"{'✓' if shown[each.name] else '·'} {each.label}"
                for each in RANKING_COLUMNS
                if each.name in shown
            }
            note = "✓ is shown where there is room. Esc when they are as you want them."
            pick = SelectOptions(
                "Columns", "show or hide", ways, "Column", "words to look for", note=note
            )
            self.app.push_screen(PickDialog(pick), self._toggled)

    def _toggled(self, column: str | None) -> None:
        if column is not None:
            self._look(self.session.view_options.toggle_column(column))
            self.action_columns()

    def action_group(self) -> None:
        """Put what the screen shows together another way."""
        if self.view in _GROUPED:
            self._look(self.session.view_options.next_grouping())
            self.notify_done(f"put together {_WORDS[self.session.view_options.group]}")
        else:
            super().action_group()

    def action_zoom(self, by: int) -> None:
        """Look closer at the timeline, or from farther away."""
        forecast = self.session.forecast
        if forecast is None:
            self.defer(partial(self.action_zoom, by))
        elif self._is_on("timeline"):
            look = self.session.view_options.zoom_by(by, forecast.horizon)
            self._look(look.showing_item(forecast, self.session.selected) if by > 0 else look)

    def pan(self, across: int) -> bool:
        """Move the timeline, if it does not show the whole horizon; whether it does not."""
        forecast, look = self.session.forecast, self.session.view_options
        if self.view != "timeline" or look.zoom == 1 or forecast is None:
            return False
        self._look(look.pan_by(across, forecast.horizon))
        return True

    def point(self, name: str) -> None:
        """Put something forward on the screen; the timeline follows it."""
        super().point(name)
        forecast = self.session.forecast
        if self.view == "timeline" and forecast is not None:
            self.session.view_options = self.session.view_options.showing_item(forecast, name)
