"""A roadmap with the same hostile text in every text field and name."""

import datetime as dt
from functools import lru_cache

import tomli_w

from roadmap_tui.narrative.context import ReportContext
from tests.export.samples import NASTY, subject

DAY = dt.date(2026, 11, 1)
LONG = "long" * 2560
HOSTILE = [
    *NASTY,
    "=cmd|'/c calc'!A1",
    "@SUM(1+9)*cmd|' /C calc'!A0",
    "+1-1",
    "\u200c=1",
    "%%{init: {'theme':'x'}}%%",
    "</script><script>alert(1)</script>",
    "]]></style></svg><script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)> ' onload='x",
    "javascript:alert(1)",
    "<!-- comment --> <?xml ?> <![CDATA[x]]>",
    "{{ 7 * 7 }}{% for x in y %}",
    "a\ufffeb\uffffc",
    "\u2066left\u2069 \u200bzero\u00adsoft\ufeff",
    "a\x00b\x07c\x7f\x85d",
    "|---|---|",
    "piled e" + "\u0301" * 40,
    "<details><summary>x</summary>",
    LONG,
]


@lru_cache(maxsize=4)
def hostile_subject(text: str) -> ReportContext:
    """That roadmap, to be exported."""
    return subject(hostile(text), 100, text)


def hostile(text: str) -> str:
    """The TOML of that roadmap."""
    words = {
        "title": text,
        "summary": text,
        "public": text,
        "owner": text,
        "tags": [text],
        "links": [text],
        "team": "ml",
    }
    promise = {"by": "2027-Q2", "why": text}
    failures = {
        f"{text} {at}": {
            "example": text,
            "hurts": text,
            "severity": severity,
            "mitigation": text,
            "fallback": text,
            "hits": 3,
            "of": 90,
            "cost": 5,
        }
        for at, severity in enumerate(("high", "low"))
    }
    measured = {"on": DAY, "dataset": text, "hits": 9, "of": 10}
    spike = {"question": text, "success_if": text, "stop_if": text, "informs": "sure"}
    ended = {"status": "done", "answer": text, "learned": text, "spent": 1}
    plan = {
        "roadmap": {"title": text, "as_of": dt.date(2026, 11, 23), "users": 100},
        "teams": {"ml": {"people": 2, "week_cost": 4000, "title": text}},
        "market": {
            "accounts": 100,
            "price_year": 10,
            "filters": [{"name": text, "share": 0.5}],
            "som_share": 0.1,
            "top_down": {"industry": 1e6, "share": 0.1, "source": text, "year": 2026},
        },
        "product": {
            "wish": {
                **words,
                "job": {"when": text, "want": text, "so_that": text},
                "needs": [["sure", "other"]],
                "deadline": promise,
                "fallback": text,
                "explanation": text,
                "failures": failures,
                "trust": {"cohorts": {text: {"weeks": []}}, "weeks": []},
                "latency": {"p95_ms": 500, "steps": [{"name": text, "ms": 60}]},
                "cost": {
                    "per_prediction": 0.01,
                    "price_user_month": 10,
                    "segments": [{"name": text, "share": 1, "tasks_month": [1, 2, 4]}],
                },
                "oversight": {"level": 2, "stakes": "low"},
                "roi": {"build": 1000, "run_month": 10, "benefit_month": 200, "months": 24},
            },
            "there": {**words, "status": "live", "learned": text},
            "gone": {**words, "status": "dropped", "learned": text},
            "thought": {**words, "status": "idea"},
        },
        "model": {
            "sure": {
                **words,
                "effort": 3,
                "chance": 0.5,
                "rule": text,
                "monitor": {"signal": text},
                "bars": {
                    text: {
                        "metric": "recall",
                        "launch": 0.8,
                        "measured": [measured],
                    }
                },
                "segments": {
                    text: {"kind": "language", "share": 0.5, "hits": 9, "of": 10, "floor": 0.5}
                },
                "data": {"dataset": text, "owner": text, "licence": text},
                "failures": failures,
                "options": {
                    f"{text} {kind}": {"kind": kind, "unit": 0.01, "month": 5}
                    for kind in ("api", "rules")
                },
                "volume_month": 1000,
                "chosen": f"{text} api",
                "decided": DAY,
                "revisit": dt.date(2027, 5, 1),
            },
            "other": {**words, "fallback_for": "sure", "deadline": promise},
            "was": {**words, "status": "dropped"},
        },
        "spike": {
            "ask": {**words, **spike},
            "asked": {**words, **spike, **ended, "verdict": "confirmed"},
            "no": {**words, **spike, **ended, "informs": "was", "verdict": "refuted"},
        },
    }
    return tomli_w.dumps(plan)
