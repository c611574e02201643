"""Pictures in documents."""

from roadmap_tui.export.blocks import PictureBlock
from roadmap_tui.export.formats import PICTURES, PictureName
from roadmap_tui.narrative.context import ReportContext


def picture_blocks(name: PictureName, context: ReportContext) -> tuple[PictureBlock, ...]:
    """One of the pictures; none for a plan without items."""
    label = next(each.label for each in PICTURES if each.name == name)
    return (PictureBlock(name, f"{label} of {context.title}"),) if context.forecast.items else ()
