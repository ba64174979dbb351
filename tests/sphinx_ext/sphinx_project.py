"""A small but whole project of guidance, as a mapping of path to text, for tests to change and build."""

from __future__ import annotations

import json

CONF = """\
project = "Northshire guidance"
author = "The authors"
copyright = "The authors"
language = "en_GB"
version = "1"
extensions = ["myst_parser", "guidance_kit"]
myst_enable_extensions = ["colon_fence"]
html_theme = "basic"
html_copy_source = False
nitpicky = True
"""

CHALLENGES = {
    "two-homes": "Students have *two homes*",
    "unclear-roles": "Roles are unclear",
    "threshold-gap": "There is a gap between thresholds",
    "small-providers": "Small providers have few staff",
}
SOLUTIONS = {
    "agree-roles": ("Agree roles in writing", "unclear-roles, threshold-gap"),
    "place-of-study": ("Care by place of study", "two-homes"),
    "liaison-forum": ("A liaison forum", "unclear-roles"),
}
STUDIES = {
    "liverpool": ("Liverpool: one team", "agree-roles, liaison-forum", "shown", "claimed"),
    "exeter": ("Exeter: a clinic on campus", "place-of-study", "not seen", "not met"),
}


def challenge(name: str, title: str, more: str = "") -> str:
    """Return a challenge as a block."""
    return f"""\
:::{{challenge}} {title}
:id: {name}
:themes: transitions, registration
:felt-by: nhs, he
:strength: {"strong" if name < "t" else "thin"}
:sources: ofs, york

The summary of {name} {{cite}}`york`.

## What it looks like

It looks like {name}.

## Questions to put to each other

- A question about {name}?
{more}:::
"""


def solution(name: str, title: str, addresses: str) -> str:
    """Return a solution as a block."""
    return f"""\
:::{{solution}} {title}
:id: {name}
:addresses: {addresses}
:status: in-use
:sources: ofs

The summary of {name}.

## How it works

It works.

## First steps

- Begin with {name}.
:::
"""


def case_study(name: str, title: str, shows: str, one: str, other: str) -> str:
    """Return a case study as a block."""
    return f"""\
:::{{case-study}} {title}
:id: {name}
:place: The city of {name}
:partners: A trust; A university
:resembles: cmht
:setting: campus
:began: 2019-02
:as-of: 2024
:shows: {shows}
:sources: york

The summary of {name}.

## The model in NHS terms

A team.

## Outcomes

None were found.

## What is not known

Much.

## Against the criteria

- {{criterion}}`benefit`: {one}. A reason.
- {{criterion}}`recurring`: {other}. Another
  reason {{cite}}`ofs`.
:::
"""


CRITERIA = """\
# Criteria

:::{criterion} Benefit
:id: benefit
:sources: ofs

It helps.

## What would show it

Numbers.
:::

:::{criterion} Recurring
:id: recurring
:sources: ofs

It recurs.

## What would show it

Years.
:::
"""

TERMS = """\
# Terms

```{terms} One word, two meanings
```

:::{term} Liaison
:id: liaison

## In the NHS

A *team* in a hospital {cite}`york`.

## In higher education

Talking, as in {challenge}`two-homes`.
:::

:::{term} Crisis
:id: crisis

## In the NHS

An emergency.

## In higher education

A bad day. Call {fact}`crisis-line`.
:::
"""

RECOMMENDATIONS = """\
# Recommendations

:::{recommendation} Write down who does what
:id: write-it-down
:source: ofs
:to: nhs, he
:about-challenges: unclear-roles
:supports: agree-roles

Write it down.
:::
"""

GLANCE = """\
# At a glance

```{matrix} Solutions for challenges
:rows: challenge
:columns: solution
```

```{matrix}
:rows: case-study
:columns: criterion
```

```{solutions}
:as: cards
:columns: status, addresses
```

```{case-studies} Where
:as: table
:columns: place, shows, outcomes, sources
```

```{challenges}
:strength: strong
```
"""

PROSE = """\
# Prose

A role {challenge}`two-homes`, with words {challenge}`two places <two-homes>`, by its long name
{guidance:term}`liaison`, any {any}`unclear-roles`, ref {ref}`threshold-gap`, words {ref}`a gap <threshold-gap>`,
Markdown [words](#small-providers) and [](#small-providers).

Two sources {cite}`york, ofs`. A fact: {fact}`crisis-line`. A value: {local-fact}`01612 345670`.

:::{local-note} In Northshire
:id: northshire:isa
:by: Northshire ICB

We have an **agreement**.
:::
"""

KITCHEN = """\
# Kitchen sink

:::::{challenge} A challenge with everything
:id: kitchen
:themes: crisis
:felt-by: he
:strength: thin
:sources: ofs

A summary with a [link](https://example.org) and a footnote.[^one]

## What it looks like

| What | How |
| ---- | --- |
| One  | Two |

![A grey square](square.png)

:::{note}
An admonition.
:::

### A heading inside a part

Text under it.

## Why it persists

::::{solution} A solution inside a challenge
:id: inside
:addresses: kitchen
:status: proposed
:sources: york

Nested.

## How it works

Inside: {challenge}`kitchen`.

:::{local-note} Deep
:by: Somebody

Deep inside.
:::

## First steps

1. One.
::::

## Questions to put to each other

- Why?

  :::{term} A term in a list
  :id: in-a-list

  ## In the NHS

  One thing.

  ## In higher education

  Another.
  :::
:::::

[^one]: The footnote.

```{list-table}
* - :::{term} A term in a cell
    :id: in-a-cell

    ## In the NHS

    This.

    ## In higher education

    That.
    :::
  - ```{criteria}
    ```
```

````{admonition} Blocks in an admonition
```{challenges}
:as: table
```

```{references}
```
````
"""

REFERENCES = json.dumps(
    [
        {
            "id": "ofs",
            "type": "report",
            "title": "Meeting the needs",
            "author": [{"literal": "Office for Students"}],
            "issued": {"date-parts": [[2023]]},
            "URL": "https://example.org/ofs",
            "note": "Opening of the\n  page <only>.",
        },
        {
            "id": "york",
            "type": "article-journal",
            "title": "Two homes",
            "container-title": "A Journal",
            "author": [{"family": "York", "given": "Ann"}, {"family": "Lee", "given": "Bo"}],
            "issued": {"date-parts": [[2019, 2]]},
            "volume": "3",
        },
        {"id": "never", "type": "book", "title": "Never cited", "issued": {"date-parts": [[2001]]}},
    ]
)
FACTS = '[[fact]]\nid = "crisis-line"\ntype = "phone"\nlabel = "24-hour crisis line"\n'
SQUARE = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010800000000"
    "3a7e9b550000000a49444154789c6360000000020001e221bc330000000049454e44ae426082"
)


def files() -> dict[str, str]:
    """Return the whole project: 18 pages."""
    pages = {
        "conf.py": CONF,
        "references.json": REFERENCES,
        "facts.toml": FACTS,
        "criteria.md": CRITERIA,
        "terms.md": TERMS,
        "recommendations.md": RECOMMENDATIONS,
        "glance.md": GLANCE,
        "prose.md": PROSE,
        "references.md": "# References\n\n```{references}\n```\n",
        "plain.md": "# A plain page\n\nWith nothing of ours.\n",
    }
    pages |= {f"challenges/{name}.md": challenge(name, title) for name, title in CHALLENGES.items()}
    pages |= {f"solutions/{name}.md": solution(name, *rest) for name, rest in SOLUTIONS.items()}
    pages |= {f"studies/{name}.md": case_study(name, *rest) for name, rest in STUDIES.items()}
    pages["index.md"] = index(pages)
    return pages


def index(pages: dict[str, str]) -> str:
    """Return a first page that names all others."""
    names = sorted(path.removesuffix(".md") for path in pages if path.endswith(".md") and path != "index.md")
    return "# Guidance\n\n```{toctree}\n" + "\n".join(names) + "\n```\n"
