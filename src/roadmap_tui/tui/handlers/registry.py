"""Which function does what: the handler of each action that works on every screen."""

from collections.abc import Mapping
from functools import partial

from roadmap_tui.tui.handlers import files, forms, items, measurements, review, search, what_if
from roadmap_tui.tui.screens.plan_screen import Handler

HANDLERS: Mapping[str, Handler] = {
    "open": items.open_selected,
    "edit": forms.edit_selected,
    "compare": files.ask_comparison,
    "toml": items.edit_source,
    "plan": forms.choose_part,
    "add": items.ask_new_item,
    "earlier": partial(items.move_selected, by=-1),
    "later": partial(items.move_selected, by=1),
    "answer": items.ask_answer,
    "measure": measurements.ask_measurement,
    "step": items.ask_step,
    "tables": forms.choose_table,
    "explain": what_if.explain_figures,
    "say": items.copy_sentence,
    "what-if": what_if.ask_what_if,
    "re-plan": what_if.replan_what_if,
    "next-guess": what_if.edit_next_assumption,
    "review": review.start_review,
    "drop": items.ask_drop,
    "remove": items.ask_removal,
    "jump": search.start_jump,
    "find": search.open_find,
    "menu": search.open_item_menu,
    "undo": items.undo_change,
    "redo": items.redo_change,
    "save": files.save_file,
    "save-as": files.save_file_as,
    "export": files.ask_export,
    "commit": files.ask_commit,
    "suspend": search.suspend_to_shell,
    "help": search.show_help,
    "quit": files.quit_app,
}
