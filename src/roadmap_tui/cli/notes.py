"""What the help of a command adds to what its options say."""

NOTES = {
    "portfolio": (
        "Every file below FOLDER that looks like a roadmap is summed up, in parallel over the"
        " cores. A team that stands in several under one name is taken for the same people."
    ),
    "serve": (
        "The address that is printed holds a token; nobody is let in without it. A page can read"
        " and write in the folder of FILE only. What a closed page leaves unsaved is offered when"
        " FILE is opened next."
    ),
    "new": (
        "No file that is there is written over. The template is copied as it is, but for its dates,"
        " which are moved so that they lie as far from today as from the day they were written for."
    ),
    "templates": "",
    "schema": "For editors, too: docs/editors.md tells how they use the file's.",
    "mcp": (
        "Over standard input and output, for the roadmaps of FOLDER, or of where it is started, and"
        " for no others. A change needs the sha256 that came with the answer it was decided on. The"
        " packages it needs are not installed with the rest; without them, it answers how to"
        " install them."
    ),
    "completions": (
        'For bash: eval "$(roadmap completions bash)" in ~/.bashrc; for zsh the same in ~/.zshrc;'
        " for fish: roadmap completions fish > ~/.config/fish/completions/roadmap.fish"
    ),
    "import": (
        "A CSV of - is standard input; a FILE that is not there is begun. Exports of issues from"
        " Jira, Linear and GitHub, and RICE spreadsheets, are known by their headers. Items of an"
        " earlier import are found again by their link or id and changed, not doubled; a range that"
        " holds the table's number stays. MEANING is title, key, link, track, status, summary,"
        " owner, team, tags, needs, reach, impact, confidence, chance, effort or points."
    ),
    "money": (
        "With an ID, all of one item: unit economics, return, and its ways to be had, each in the"
        " forecast."
    ),
    "check": (
        "CHECKS are ids or the two letters of a family, with commas between; docs/checks.md tells"
        " of each. A FILE of - is standard input. Exit code 1 tells of an error, with --fail-on W"
        " of a warning too; 3 that no plan could be read."
    ),
    "rename": (
        "NEW is an id, or TRACK.ID to move it to product, model or spike. All that names it"
        " follows."
    ),
    "remove": "An item that others name is not removed, unless with --mentions.",
    "fmt": (
        "Items by track and id, fields in the order of the documentation, one blank line between"
        " tables. No value and no comment is changed."
    ),
    "git": (
        "In each clone once: git learns to merge roadmaps key by key. Without a FILE, that holds"
        " for all roadmaps of the repository, which are found by what is in them."
    ),
    "merge-driver": (
        "The merged file is written to OURS. Exit code 64 reports a conflict; marks stand only"
        " round the keys that both sides changed. The labels are what git calls the sides. With any"
        " other code than 0 and 64, OURS is unchanged."
    ),
    "unset": (
        "PATH is ID.FIELD, such as auto-route.effort, or a path from the top, such as"
        " roadmap.horizon."
    ),
    "diff": (
        "A REV is a branch, a tag or a commit of git. With none, HEAD is compared with the file on"
        " disk; with one, that revision. Both sides are forecast as of one day: the newer one's."
    ),
    "log": "Each row is as of the file's own day then, or else of the day of the commit.",
    "calibrate": (
        "Counted are items that are live, done or failed, whose effort is a range and whose spent"
        " is given."
    ),
    "add": "",
    "export": (
        "Customers see only what has a public name, without chances and money. A FILE of - is"
        " standard input."
    ),
    "answer": (
        "Its bet follows: a yes or a no gives it the chance that the odds said, or drops it if"
        " on_refuted is drop. yes, no and unclear are confirmed, refuted and inconclusive."
    ),
    "measure": "ID alone will do where the model has one bar. Nothing else in the file is changed.",
    "set": (
        "PATH is ID.FIELD, such as auto-route.effort, or a path from the top, such as"
        " roadmap.horizon. VALUE is written as in the file: 4, [3, 5, 9], true, 2027-03-31;"
        " anything else is text."
    ),
}
