"""Line with the what-if, its effect on the plan's value and cost, and the keys that end it."""

from roadmap_tui.text.currency import Currency
from roadmap_tui.tui.state import Session
from roadmap_tui.tui.views.bars import render_what_if
from roadmap_tui.tui.widgets.canvas import Canvas


class WhatIfBar(Canvas):
    """The line; hidden without a what-if."""

    DEFAULT_CSS = "WhatIfBar { height: 1; display: none; background: $warning 20%; }"

    def show_session(self, session: Session, cells: int) -> None:
        """Show the what-if of a session, if it has one."""
        what_if = session.what_if
        self.display = what_if is not None
        if what_if is None:
            return
        forecast = session.forecast if session.is_current else None
        is_known = session.insights.document is session.document
        costs = session.insights.plan_costs if is_known else None
        currency = Currency.from_code(session.plan.roadmap.currency)
        self.show(render_what_if(what_if, forecast, costs, currency, cells), None)
