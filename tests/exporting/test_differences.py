from __future__ import annotations

from guidance_kit.exporting.differences import differences

LOCAL = """\
```{adapt} core:two-homes#summary
:kind: meaning
:reason: We *differ*
:approved-by: Clinical lead
:approved-on: 2026-05-12
:review-by: 2027-05-01

Other words.
```

```{local-note} core:agree#summary Signed
:id: ours

Signed in 2026.
```

:::{challenge} Rural buses
:id: buses
:instead-of: core:waits
:reason: Ours are worse.
:themes: transitions
:felt-by: nhs
:strength: thin
:sources: src-one

Buses.

## What it looks like

Rare.

## Questions to put to each other

1. When?
:::
"""


TOLD = (
    (
        "- {guidance:challenge}`core:two-homes`, summary: changed in meaning. We \\*differ\\*. "
        "Approved by Clinical lead on 12 May 2026. To be reviewed by 1 May 2027."
    ),
    (
        "- {guidance:challenge}`northtown:buses`: Local item (NHS Northtown); "
        'replaces national item "Canary waits". Ours are worse.'
    ),
    "- Agree. No \\<b\\>roles\\</b\\> here.",
    "- Canary waits. Ours are worse. In its place: {guidance:challenge}`northtown:buses`.",
    "- **24-hour crisis line**: 0808 157 0100",
    "There are no local notes.",
)


def test_the_page_tells_each_kind_of_local_work_once(folders):
    left = '[[leave_out]]\nitem = "core:agree"\nreason = "No <b>roles</b> here."\n'
    folders.manifest(f'{left}[facts]\ncrisis-line = "0808 157 0100"\n')
    folders.local(LOCAL)
    lines = differences(folders.compose()).split("\n")
    assert {line: lines.count(line) for line in TOLD} == dict.fromkeys(TOLD, 1)


def test_the_numbers_are_counted(folders):
    folders.local(LOCAL)
    page = differences(folders.compose())
    assert "- **Items in this edition**: 3" in page
    assert "- **Changed in meaning**: 1" in page
    assert "- **In national wording, with a local note**: 1" in page
    assert "- **National items left out**: 1" in page
    assert "- **Required local facts still missing**: 1" in page
