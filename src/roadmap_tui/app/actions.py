"""Everything that can be done, in one table: keys, footer, palette and help are made from it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Action:
    """Something a person can do.

    Attributes:
        name: the app's method is ``action_NAME``.
        keys: keys that do it, as Textual names them, separated by commas.
        shown: the key as people see it.
        label: a word or two for the footer.
        help: a sentence for the help and the palette.
        footer: whether the footer tells it, room permitting.
    """

    name: str
    keys: str
    shown: str
    label: str
    help: str
    footer: bool = True


ACTIONS = (
    Action("view('board')", "1", "1", "Board", "Show the board: what is on and what is next", footer=False),
    Action("view('ranking')", "2", "2", "Ranking", "Show the ranking: what is most worth doing", footer=False),
    Action("view('timeline')", "3", "3", "Timeline", "Show the timeline: when, and whether", footer=False),
    Action("view('map')", "4", "4", "Map", "Show the map: what hangs on what, and what if it fails", footer=False),
    Action("view('fitness')", "5", "5", "Fitness", "Show how fit AI items are to ship, the worst first", footer=False),
    Action("view('money')", "6", "6", "Money", "Show what the plan costs, and whether it pays", footer=False),
    Action("view('findings')", "7", "7", "Findings", "Show what was found out, and what to ask next", footer=False),
    Action("view('changes')", "9", "9", "Changes", "Show what changed and what moved because of it", footer=False),
    Action("open", "enter", "Enter", "open", "Open the selected item: all its figures"),
    Action("edit", "e", "e", "edit", "Edit the selected item, and see what that changes"),
    Action("table", "t", "t", "tables", "Edit a table of the item: bars, trust, latency, cost, …", footer=False),
    Action("add", "a", "a", "add", "Add a feature, a model or a spike"),
    Action("move(-1)", "less_than_sign,comma", "<", "earlier", "Move the card one column earlier", footer=False),
    Action("move(1)", "greater_than_sign,full_stop", ">", "later", "Move the card one column later", footer=False),
    Action("answer", "v", "v", "answer", "Record what a spike found out"),
    Action("measure", "m", "m", "measure", "Record a measurement of a model's bar"),
    Action("drop", "d", "d", "drop", "Drop the selected item, and keep the reason", footer=False),
    Action("remove", "delete", "Del", "remove", "Remove the selected item from the file", footer=False),
    Action("undo", "u,ctrl+z", "u", "undo", "Undo the last change"),
    Action("redo", "ctrl+y", "^Y", "redo", "Redo what was undone", footer=False),
    Action("what_if", "w", "w", "what if", "Try something beside the plan; again: keep, store or discard it"),
    Action("replan", "r", "r", "re-plan", "While something is tried: give it a queue of its own", footer=False),
    Action("explain", "equals_sign", "=", "why", "How this screen's figure is made, and what would change it"),
    Action("next_guess", "i", "i", "next guess", "Type the number that is most worth replacing", footer=False),
    Action("filter", "slash", "/", "filter", "Filter by text, track:, team:, status: or tag:"),
    Action("say", "y", "y", "say", "Copy the answer about the selected item as a sentence"),
    Action("save", "ctrl+s", "^S", "save", "Save the file"),
    Action("save_as", "S", "S", "save as", "Save under another name, and go on with that file", footer=False),
    Action("app.command_palette", "ctrl+p", "^P", "commands", "All commands", footer=False),
    Action("against", "c", "c", "compare", "Choose what to compare the plan with: any revision", footer=False),
    Action("help", "question_mark,f1", "?", "help", "Keys and words"),
    Action("leave", "q", "q", "quit", "Quit; asks if something is not saved"),
)
MOVES = (
    ("up,k", "step(-1, 0)"),
    ("down,j", "step(1, 0)"),
    ("left,h", "step(0, -1)"),
    ("right,l", "step(0, 1)"),
    ("pageup", "step(-10, 0)"),
    ("pagedown", "step(10, 0)"),
    ("home", "step(-100000, 0)"),
    ("end", "step(100000, 0)"),
)


GLOSSARY = (
    ("bet", "a feature or model that may or may not work out"),
    ("spike", "a short piece of research that answers a question about a bet before it is made"),
    ("chance", "how likely it is that something delivers"),
    ("ships", "the chance to deliver by the end of the plan's horizon"),
    ("futures", "ways the plan may turn out, drawn at random; chances and ranges are counted in them"),
    ("range", "8 times out of 10 the truth lies inside: P10 to P90; P50 is the middle"),
    ("P10–P90", "the truth lies below P10 one time in 10, and above P90 one time in 10"),
    ("~", "rests on a guess: a number nobody has typed yet"),
    ("plain RICE", "reach × impact × confidence ÷ effort, as everybody knows it"),
    ("weighted", "what the whole plan would lose without it, weighted by the chance to deliver, per person-week"),
    ("too close to call", "the estimates do not say which of two neighbours comes first"),
    ("worked", "the place in the queue: the order in which the teams take things up"),
    ("value by a date", "reach × impact × confidence for each period that things are live before it"),
    ("plan B", "is taken up only if what it stands in for doesn't deliver"),
    ("critical", "how often it lies on the chain that sets when something finishes"),
    ("what if", "something tried beside the plan; both keep the same queue until it is re-planned"),
    ("scenario", "a what-if that is stored in the file, of which only what differs is written"),
    ("worth", "the work that a spike's answer is expected to save, in person-weeks"),
    ("net", "what is left of a spike's worth after its cost"),
    ("do it, leave it", "whether the plan delivers more by its horizon with the spike, the others chosen likewise"),
    ("bar", "a level that a measured quality must reach; proven where the measurement leaves little doubt"),
    ("proven, likely", "all of the 95 % interval clears the launch level, or only the value itself does"),
    ("breach", "all of the 95 % interval of a measured quality lies beyond its guardrail: fall back now"),
    ("segment", "a part of the cases that is measured by itself, such as a language"),
    ("override", "the share of decided answers that people did not go along with; too many is an alarm"),
    ("error budget", "the share of answers that may come too late; burnt is how much of it is used up"),
    ("oversight", "how much a feature may do alone, from 0 off to 5 autonomous"),
    ("failure mode", "a way of being wrong: how often, whom it hurts, what it costs"),
    ("takes", "what people and compute of an item still cost, where it is attempted"),
    ("NPV", "net present value: what is left of all months, later ones discounted, unlikely launches counted"),
    ("trough", "the deepest that an item is in debt before it pays back"),
    ("margin at 3x", "what a user leaves over of the price at three times the tasks"),
    ("TAM, SAM, SOM", "the market in all, what of it can be served, and what can be won; a year"),
    ("AI", "a feature that rests on a model"),
)
