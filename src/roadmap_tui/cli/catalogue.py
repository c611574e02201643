"""The commands there are, in the order of the help."""

COMMANDS = {
    "check": "Look for the known mistakes of AI product work.",
    "rank": "Show what is most worth doing, and how sure that order is.",
    "forecast": "Show when each item may land, and whether it will.",
    "spikes": "Show what was found out, and what finding out next is worth.",
    "fitness": "Show whether AI features and models are fit to ship.",
    "money": "Show what the plan costs, and whether it pays.",
    "show": "Show all about one item.",
    "new": "Begin a roadmap from a template.",
    "templates": "List the templates.",
    "import": "Take items over from a RICE spreadsheet, Jira, Linear or GitHub.",
    "set": "Change one field of the file, and nothing else in it.",
    "unset": "Take one field out of the file; its default holds again.",
    "answer": "Record what a spike found out.",
    "measure": "Record a measurement of a model's bar.",
    "add": "Add an item.",
    "remove": "Remove an item.",
    "rename": "Give an item another id, everywhere, or another track.",
    "fmt": "Write the file in its canonical form, with all comments.",
    "diff": "Say what changed since a revision, and what moved because of it.",
    "log": "Follow one item's forecast along the commits.",
    "calibrate": "Say how good estimates have been, by what is finished.",
    "export": "Write the roadmap as a document, a picture or a table.",
    "portfolio": "Show the roadmaps of a folder side by side, and whom they share.",
    "serve": "Open the planner in a browser, for whoever has its address.",
    "schema": "Print a JSON Schema: of the file, or of a command's answer.",
    "mcp": "Serve commands to assistants, by the Model Context Protocol.",
    "completions": "Print what bash, zsh or fish needs to complete commands.",
    "git": "Let git merge roadmaps by key, in this clone.",
    "merge-driver": "Merge three versions of a roadmap; git calls this.",
}

INTRODUCTION = """\
Plan AI and ML products in the terminal: what is most worth doing, when it
might land, and what to find out first. With a FILE, or with nothing, the
planner opens."""
_HELP = """\
Usage: roadmap [FILE]
       roadmap COMMAND FILE …

{introduction}

Commands answer at once:

{commands}

Options:
  --version   Show the version.
  -h, --help  Show this; after a command, its own help.
"""


def help_text() -> str:
    """The help of the program as a whole."""
    return _HELP.format(
        introduction=INTRODUCTION,
        commands="\n".join(f"  {name:<14}{text}" for name, text in COMMANDS.items()),
    )
