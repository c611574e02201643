"""The terms on the screens, and what they mean."""

GLOSSARY = (
    ("bet", "a feature or model that may or may not work out"),
    ("spike", "a short piece of research that answers a question about a bet before it is made"),
    ("chance", "how likely it is that something delivers"),
    ("ships", "the chance to deliver by the end of the plan's horizon"),
    (
        "delivers",
        (
            "the chance to deliver at any time, what open spikes may say left aside; the ranking"
            " goes by it"
        ),
    ),
    (
        "runs",
        "ways the plan may turn out, drawn at random; chances and ranges are counted in them",
    ),
    (
        "range",
        "the 80% range, P10 to P90: 80% of the time the truth lies inside; P50 is the middle",
    ),
    ("P10–P90", "the truth lies below P10 one time in 10, and above P90 one time in 10"),
    ("~", "rests on a guess: a number that no one has confirmed yet"),
    ("plain RICE", "reach × impact × confidence ÷ effort, as everybody knows it"),
    (
        "weighted",
        (
            "what the whole plan would lose without it, weighted by the chance to deliver, per"
            " person-week"
        ),
    ),
    ("too close to call", "the estimates do not say which of two neighbours comes first"),
    ("worked", "the place in the queue: the order in which the teams take things up"),
    (
        "value by a date",
        "reach × impact × confidence for each period that things are live before it",
    ),
    ("plan B", "is taken up only if what it stands in for doesn't deliver"),
    ("critical", "how often it lies on the chain that sets when something finishes"),
    ("what if", "something tried beside the plan; both keep the same queue until it is re-planned"),
    ("scenario", "a what-if that is stored in the file, of which only what differs is written"),
    ("worth", "the work that a spike's answer is expected to save, in person-weeks"),
    ("net", "what is left of a spike's worth after its cost"),
    (
        "do it, leave it",
        "whether the plan delivers more by its horizon with the spike, the others chosen likewise",
    ),
    (
        "bar",
        (
            "a level that a measured quality must reach; proven where the measurement leaves little"
            " doubt"
        ),
    ),
    (
        "proven, likely",
        "all of the 95% interval clears the launch level, or only the value itself does",
    ),
    (
        "breach",
        "all of the 95% interval of a measured quality lies beyond its guardrail: fall back now",
    ),
    ("segment", "a part of the cases that is measured by itself, such as a language"),
    (
        "override",
        "the share of decided answers that people did not go along with; too many is an alarm",
    ),
    (
        "error budget",
        "the share of answers that may come too late; burnt is how much of it is used up",
    ),
    ("oversight", "how much a feature may do alone, from 0 off to 5 autonomous"),
    ("failure mode", "a way of being wrong: how often, whom it hurts, what it costs"),
    ("takes", "what people and compute of an item still cost, where it is worked on"),
    (
        "NPV",
        (
            "net present value: what is left of all months, later ones discounted, unlikely"
            " launches counted"
        ),
    ),
    ("peak cash outlay", "the most that is spent on an item before its benefits pay it back"),
    ("margin at 3x", "what a user leaves over of the price at three times the tasks"),
    ("TAM, SAM, SOM", "the market in all, what of it can be served, and what can be won; a year"),
    ("AI", "a feature that rests on a model"),
    ("RICE", "reach, impact, confidence, effort: a common way to put bets in order"),
    ("reach", "how many people or cases a bet touches in a period"),
    (
        "impact",
        "how much it does for each of them: 3 massive, 2 high, 1 medium, 0.5 low, 0.25 minimal",
    ),
    ("confidence", "how sure it is that people want it; whether it will work is the chance"),
    ("effort", "person-weeks, as a range"),
    ("horizon", "how far ahead the plan looks; what ships later counts as not shipped"),
    ("pin", "a column chosen by hand; the forecast says so where it disagrees"),
    (
        "stage",
        "a step of a model's work, such as collecting data or evaluating, with a chance of its own",
    ),
    ("upkeep", "the people that a live model keeps busy"),
    ("deadline", "a date by which something has to be done, and why"),
    ("refuted, confirmed", "what a spike found out: the bet does not work, or it does"),
    ("training", "making a model from examples; done once, and again when the world has changed"),
    ("inference", "using a trained model; it costs a little for each answer"),
    ("fine-tuning", "training a model that is there already on examples of one's own"),
    ("prompt", "the text that a language model is asked with"),
    ("token", "a piece of a word; language models are paid for by tokens in and out"),
    ("hallucination", "an answer that sounds right and is made up"),
    (
        "precision",
        "of all that the model flagged, the share that was right; low means false alarms",
    ),
    ("recall", "of all that it should have flagged, the share that it did; low means misses"),
    (
        "accuracy",
        "the share of all answers that were right; it says little where one answer is rare",
    ),
    (
        "overfitting",
        "a model that learned its examples by heart, and does worse on what it has not seen",
    ),
    ("bias", "answers that are worse for some people or cases than for others; segments show it"),
    (
        "drift",
        (
            "the world moves away from what the model learned, and its quality sinks without"
            " anybody changing it"
        ),
    ),
    ("baseline", "how well it goes today, or with simple rules; a model has to beat it"),
    ("guardrail", "the level below which a feature is switched off or falls back"),
    ("golden set", "examples with answers that people have checked, kept for measuring only"),
    ("95% interval", "where the true value lies, 19 times out of 20; few cases make it wide"),
    ("latency, p95", "how long an answer takes; 95 of 100 answers are faster than the p95"),
)
