"""Documents that are valid TOML and hard on an editor."""

import textwrap
from typing import Final


def _lines(text: str) -> str:
    return textwrap.dedent(text).lstrip("\n")


PLAIN: Final = _lines("""
    schema = 1

    [roadmap]
    title = "Helpdesk"            # as customers know it
    as_of = 2026-11-23

    [teams.app]
    people = 3

    [product.queue-api]
    effort = "S"

    # Asked for by three customers.
    [product.suggested-queue]
    reach = [3000, 6000, 7000]    # per quarter
    needs = [
        "triage-model",   # the bet
        # and the place to put it
        "queue-api",
    ]

    # --- the bets ---

    [model.triage-model]
    team = "ml"

    # where it stands
    [model.triage-model.stages]
    data = { effort = [2, 3, 6], chance = 0.9 }
    deploy = { effort = [0.5, 1, 2] }

    [model.triage-model.bars.recall]
    launch = 0.80
    measured = [
        { on = 2026-09-20, dataset = "golden-v2", hits = 178, of = 220 },
    ]

    [spike.finetune]
    timebox = 2
    """)

PARTS: Final = _lines(r"""
    schema = 1
    product.dotted . "key".x = 0x1F   # hex

    [product."b"]   # quoted
    reach = [1_000, +2_000.5e0,
        3_000,   # trailing comma
    ]
    job = { when = 'C:\path', want = "a, } # b", "so that" = { x = [ ] } }
    summary = '''
      [not.a.table]
      it''s'''   # literal
    title = '''"two'''

    [product.b.deeper . still]
    due = 2026-11-23

    [[product.b.failures]]
    cost = 1e3

    [[product.b.failures]]
    [product.b.failures.seen]
    on = 1979-05-27T07:32:00.999999-07:00
    """)

DOCUMENTS: Final[dict[str, str]] = {
    "plain": PLAIN,
    "crlf": PLAIN.replace("\n", "\r\n"),
    "bom": "\ufeff" + PLAIN,
    "bom and crlf": "\ufeff" + PLAIN.replace("\n", "\r\n"),
    "no final newline": PLAIN.rstrip("\n"),
    "many final newlines": PLAIN + "\n\n  \n\t\n",
    "no final newline but spaces": PLAIN + "   ",
    "tight": (
        '[roadmap]\nusers = 4000\n[product.b]\neffort = "M"\n[product.d]\neffort ='
        ' "L"\n[model.m]\neffort = "L"\n'
    ),
    "root keys only": 'schema = 1\nproduct.b.effort = "M"\n',
    "comments only": "# nothing yet\n\n# really\n",
    "empty": "",
    "blank": "\n \n\t\n",
    "only a bom": "\ufeff",
    "dotted keys": '[product]\nb.effort = "M"\nb.reach = [1, 2, 3]\nd . title\t=\t"D"\n',
    "dotted values deep": (
        "[model.b]\nbars.recall.launch = 0.8\nbars.recall.target = 0.9\nstages.data.effort = 3\n"
    ),
    "quoted keys": (
        '[product."b"]\n"title" = "T"\n\'effort\' = "S"\n"a.b" = 1\n"q\\"uo\\u0074e" = 3\n"" = 4\n'
    ),
    "quoted and dotted": "[x]\n'c.d'.e = 2\n'c.d' . \"f g\" = 3\n",
    "quoted key with bracket": (
        '[product."b]x"]\n"]" = 1\n"#" = 2\n"=" = 3\n[product."c\\"d"]\na=1\n'
    ),
    "literal strings": "[product.b]\ntitle = 'C:\\temp\\new'\nsummary = '[x] # no'\n",
    "multi-line basic": _lines('''
        [product.b]
        summary = """
        [product.fake]   # not a comment
        title = "still text"
        ends with quotes: \\""" and ""x""\\
            joined\\n"""
        effort = "M"
        '''),
    "multi-line literal": (
        "[product.b]\nsummary = '''\n[[fake]]\nx = ''y''' # c\nlearned = '''it''s'''''\na=1\n"
    ),
    "five quotes": (
        '[product.b]\ntitle = """""hi"""""\nsummary = """"""\nlearned = \'\'\'\'\'\'\nowner ='
        ' """a\\\\"""\n'
    ),
    "numbers": _lines("""
        [x]
        hex = 0xDEAD_beef
        oct = 0o7_7
        bin = 0b1_01
        big = 1_000_000
        plus = +99
        zero = -0.0
        exponent = 5e+2_2
        both = 6.626e-34
        infinite = -inf
        none = nan
        yes = true
        """),
    "dates": _lines("""
        [x]
        day = 2026-11-23
        spaced = 2026-11-23 07:32:00
        zoned = 2026-11-23T07:32:00.999-07:00   # comment
        zulu = 2026-11-23t07:32:00z
        clock = 07:32:00
        many = [ 2026-11-23 07:32:00Z,2026-11-24, 07:32:00 ]
        """),
    "inline tables": (
        "[product.b]\njob={when=\"a, }\",want = '# ]' , deep . er={x=[{},{y=[]}]}}\nempty = { }\n"
    ),
    "inline track": 'product = { b = { effort = "M" }, d = { effort = "S" } }\nschema = 1\n',
    "toml 1.1": (
        '[product.b]\njob = {\n  when = "w", # why\n  want = "x",\n}\ntitle = "\\x41\\e[0m"\nat ='
        " 07:32\n"
    ),
    "arrays with comments": _lines("""
        [product.b]
        needs = [ # first
          # none
          "a" # one
          , # comma
          ["b", # two ]
           'c'],

          { bar = "m.r" } , # last
          # end ]
        ] # after
        empty = [ # nothing
        ]
        reach=[1,2 ,3,]
        """),
    "nested arrays": "[x]\na = [[[]],[[1,[2,[3]]],[ ]],[{b=[[4]]}]]\n",
    "arrays of tables": _lines("""
        [[product.b.failures]]
        name = "one"
        [product.b.failures.cost]
        usd = 3
        [[product.b.failures]]
        [[product.b.failures.seen]]
        on = 2026-01-01
        [[product.b.failures.seen]]
        on = 2026-01-02

        [product.d]
        effort = 2
        """),
    "out of order": (
        "[product.d]\na=1\n[model.m]\na=1\n[product.b]\n\n[product.d.x]\nb=2\n[model.m.stages]\n"
    ),
    "super-table after sub-table": (
        "[model.b.bars.recall]\nlaunch = 0.8\n\n[model.b]\nteam = 'ml'\n\n[model]\n"
    ),
    "tabs": '\t[product.b]\t# t\n\ttitle\t=\t"T"\t# x\n\treach = [\t1,\t2\t]\n',
    "beyond ascii": (
        '[product."日本-🚀"]\n"タイトル" = "問い合わせ 👩\u200d💻"  # 説明\n[x]\n"é" = 1\n'
    ),
    "empty tables": "[product.b]\n[product.c]\n\n[product.d] # d\n[model]\n[spike]\n",
    "spaced headers": (
        '[ model . "x" ]\na=1\n[\tmodel.x . stages ]#c\n data . effort = 1\n[[ x.y ]]\n[[x .'
        ' "y"]]\n'
    ),
    "comment at header": (
        "[product.b]# one\n# two\na = 1# three\n# four\n\n# five\n[product.d]\n#six\n"
    ),
    "comments at both ends": (
        "# top\n\n#attached\n[product.b]\n# under\n\n# alone\n\n[product.d]\na = 1\n\n# the end"
    ),
    "mixed line ends": (
        "[product.b]\r\na = 1\n\r\n \n[product.d]\nb = 2\r\n\r\n[model.m]\nc = '''x\r\ny\n'''\n"
    ),
    "indented": (
        "  [product.b]\n    a = 1\n\n  [product.b.x]\n      b = 1\n\n   # c\n  [product.d]\n    a"
        " = 1\n"
    ),
    "long line": f'[product.b]\nsummary = "{"word " * 900}"\ntags = ["{"x" * 400}"]\n',
    "control characters": '[product.b]\ntitle = "\\u0000\\u001b[31m\\u202e\\r\\n\\t\\b"\n',
    "keys like words": "[x]\ntrue = 1\n2026-11-23 = 2\n3.14 = 3\ninf = 4\n-1 = 5\n",
    "bom and no final newline": "\ufeff[product.b]\ntitle = 'T'",
    "ends in a header": "[product.b]\na = 1\n[product.d]",
    "ends in a comment": "[product.b]\na = 1 # the end",
    "ends in a list": "[product.b]\nneeds = [\n  1,\n  2\n]",
    "ends in lines of text": '[product.b]\ntitle = """\nT\n"""',
    "ends in a time": "[product.b]\nstarted = 2026-11-23 07:32:00",
    "all in crlf": PARTS.replace("\n", "\r\n"),
    "all with a bom": "\ufeff" + PARTS,
    "all in crlf with a bom and no final newline": "\ufeff" + PARTS.replace("\n", "\r\n").rstrip(),
    "toml 1.1 everywhere": _lines(r"""
        [product.b]
        job = { # why
            when = "\e\x41", # no comma follows the next

            want = { deep = [ { a = 1, }, ], }
            , so_that = 07:32
        }
        started = 2026-11-23T07:32
        zoned = 2026-11-23 07:32Z
        needs = [ { bar = "m.r", }, # one
          {
            bar = "m.s" # two
          },
        ]
        """),
    "the same value many times": (
        "[x]\na = 1\nb = 1\nc = [1, 1, 1]\nd = { a = 1, b = [1, 1] }\ne.a = 1\n"
    ),
    "text that looks like places": (
        "[x]\na = 'x.a = 1'\nb = '''[x]\na = 1'''\n\"a = 'x'\" = \"a = 'x'\" # a = 'x'\n"
    ),
    "no space at all": "[x]#c\na=1#c\nb=[1,2]#c\nc={d=1,e=[{f=2}]}#c\n'd'='e'#c\n",
    "sub-tables of listed tables": _lines("""
        [[x]]
        a = 1
        [x.y.z]
        b = 2
        [[x.y.w]]
        c.d = [3]
        [[x]] # second
        y = { z = { b = 4 } }
        """),
    "deep": f"[x]\na = {'[' * 36}1{']' * 36}\nb{'.b' * 30} = 2\n",
}
