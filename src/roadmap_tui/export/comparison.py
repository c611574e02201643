"""The comparison of two versions as a Markdown document."""

from roadmap_tui.export.template_engine import render_template
from roadmap_tui.history.compare import Comparison
from roadmap_tui.narrative.comparison import VersionNames, comparison_text
from roadmap_tui.narrative.item_figures import ASSUMPTION_MARK
from roadmap_tui.text.dates import format_date


def comparison_markdown(comparison: Comparison, title: str, sides: VersionNames) -> str:
    """The comparison as a Markdown document for a pull request.

    Args:
        comparison: the two versions.
        title: the roadmap's title.
        sides: the names of the versions.
    """
    words = comparison_text(comparison)
    return render_template(
        "changes.md.j2",
        title=title,
        before=sides.before,
        after=sides.after,
        as_of=format_date(comparison.after.as_of),
        until=format_date(comparison.after.horizon_end),
        guess=ASSUMPTION_MARK if words.guesses else "",
        changes=[each.text for each in words.changes],
        moves=words.moves,
        notes=words.notes,
    )
