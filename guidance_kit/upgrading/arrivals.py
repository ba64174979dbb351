"""What a newer national text brings: items that are new or gone, and texts that changed, with how gravely."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from guidance_kit.composing.holding import holders_of
from guidance_kit.model.changes import FACT, Merged
from guidance_kit.model.fingerprint import item_fingerprint
from guidance_kit.model.history import later, since
from guidance_kit.model.identity import fact_fingerprint
from guidance_kit.model.layers import replaced, reworded, stands
from guidance_kit.model.library import Library
from guidance_kit.model.lock import Waiting, What
from guidance_kit.model.vocabulary import ChangeKind
from guidance_kit.upgrading.artefacts import exists, print_of, title_of
from guidance_kit.upgrading.gravity import gravity, kept_over, last_safety, regraded


def arrivals(old: Library, new: Library) -> tuple[list[Waiting], list[Waiting]]:
    """Return what a person has to decide on or read after an upgrade, and everything it brought, as news."""
    kept = {one.target: one for one in (*_put_instead(old, new), *_kept_over(old, new))}
    brought = [one for one in (*_new(old, new), *_changed(old, new)) if one.target not in kept]
    brought += [*kept.values(), *_gone(old, new)]
    grave = _regraded(old, new)
    brought = [one for one in brought if one.target not in grave or one.kind is ChangeKind.SAFETY]
    brought += [one for name, one in grave.items() if all(name != other.target for other in brought)]
    waiting = [one for one in brought if one.what is What.NEW_ITEM]
    safety = [one for one in brought if one.what is What.SAFETY or one.kind is ChangeKind.SAFETY]
    waiting += [_as(one, What.SAFETY) for one in safety]
    return waiting, [_as(one, What.UPDATED) if one.what is What.SAFETY else one for one in brought]


def _as(one: Waiting, what: What) -> Waiting:
    return Waiting(
        what=what, target=one.target, kind=one.kind, version=one.version, base=one.base, title=one.title
    )


def _new(old: Library, new: Library) -> Iterator[Waiting]:
    """Give the items that were not there, under this name or another; one that must appear is no choice."""
    known = set(old.by_id) | {new.changes.follow(name) for name in old.by_id}
    followers = _followers(old.by_id, new) | _instead(old, new)
    inner = holders_of(new)
    for item in new:
        if item.id in known or item.id in inner:
            continue
        kind, version = _declared(new, item.id, "", _since(old, item.id))
        if _put_back(old, new, item.id):
            kind = ChangeKind.SAFETY
        what = What.SAFETY if item.must_appear or kind is ChangeKind.SAFETY else What.NEW_ITEM
        if item.id in followers:
            what = What.UPDATED  # of what was there: no choice, but news like any other
        yield Waiting(what=what, target=item.id, kind=kind, version=version, title=item.title)


def _put_back(old: Library, new: Library, item: str) -> bool:
    """Return whether an item that ever changed for safety stands again, in whose place there was another.

    What changed in it may have waited there for somebody to read it.
    """
    redirects = old.ancestry.redirects if old.ancestry else {}
    instead = next((one for name, one in redirects.items() if new.changes.follow(name) == item), "")
    gone = instead in old.by_id and instead not in new.by_id
    return gone and last_safety(new, new.changes.named_in((item,))) is not None


def _instead(old: Library, new: Library) -> set[str]:
    """Return the items that an earlier edition put in the place of those that were there."""
    redirects = new.ancestry.redirects if new.ancestry else {}
    return {item for name, item in redirects.items() if name in old.by_id}


def heirs(new: Library, target: str) -> tuple[str, ...]:
    """Return what a target is called now, or the items that its item became; nothing if it is gone.

    An item that an earlier edition put in its place stands for it.
    """
    now = stands(new, target)
    if exists(new, now):
        return (now,)
    return tuple(sorted(_followers((target.partition("#")[0],), new) & new.by_id.keys()))


def met(old: Iterable[str], new: Library) -> frozenset[str]:
    """Return what items that readers met are now: themselves, or what came of them."""
    names = tuple(old)
    return frozenset({new.changes.follow(name) for name in names} | _followers(names, new))


def _followers(old: Iterable[str], new: Library) -> set[str]:
    """Return what came of items that were there, by any number of moves, splits and mergers."""
    found: set[str] = set()
    waiting = set(old)
    while waiting:
        names = {name for one in waiting for name in new.changes.became(one)} - found
        fates = [new.changes.fate(name) for name in names]
        found |= names
        waiting = {fate.new for fate in fates if isinstance(fate, Merged)}
    return found


def _changed(old: Library, new: Library) -> Iterator[Waiting]:
    # pages that were taken over unread are the same values, and nothing on them changed
    same = {id(page) for page in old.pages} & {id(page) for page in new.pages}
    before = {new.changes.follow(target): print_ for target, print_ in _prints(old, same).items()}
    known = {new.changes.follow(name) for name in old.by_id}
    for target, print_ in _prints(new, same).items():
        was = before.get(target)
        item = new.by_id.get(target.partition("#")[0])
        new_target = was is None and item is None and not new.changes.about((target,))
        if was == print_ or new_target or (was is None and item is not None and item.id not in known):
            continue  # of a new page or fact only what a release says of it is news
        kind, version = _declared(new, target, was or "", _since(old, target))
        if _put_in_place(old, new, target) and not replaced(new, target):  # of which the whole is told
            kind, version = ChangeKind.SAFETY, new.version
        title = title_of(new, target)
        yield Waiting(
            what=What.UPDATED, target=target, kind=kind, version=version, base=was or "", title=title
        )


def _put_in_place(old: Library, new: Library, target: str) -> bool:
    """Return whether an earlier edition now has its own words where national ones stood for safety.

    Until it had decided, or wrote words of its own, the national text stood there; nobody here has said that
    it can go.
    """
    if not reworded(new, target):
        return False
    names = {target, target.partition("#")[0]}
    if last_safety(new, names) is None:
        return False
    waits = old.ancestry.under_review if old.ancestry else {}
    waited = {new.changes.follow(name) for name in waits}
    return bool(names & waited) or not any(reworded(old, name) for name in _before(new, target))


def _before(new: Library, target: str) -> Iterator[str]:
    """Give the names that a target has, and has had before it moved or its item did."""
    yield target
    item, _, part = target.partition("#")
    for one in new.changes.moved:
        now = new.changes.follow(one.old)
        if now == target:
            yield one.old
        elif now == item:
            yield f"{one.old}#{part}"


def _put_instead(old: Library, new: Library) -> Iterator[Waiting]:
    """Give the items that stand alone again where national ones, with something for safety, did."""
    known = {new.changes.follow(name) for name in old.by_id}
    for item in new:
        last = last_safety(new, (item.id,)) if replaced(new, item.id) & known else None
        if last and _put_in_place(old, new, item.id):
            yield Waiting(
                what=What.UPDATED,
                target=item.id,
                kind=ChangeKind.SAFETY,
                version=last.release,
                base=print_of(old, item.id),
                title=item.title,
            )


def _kept_over(old: Library, new: Library) -> Iterator[Waiting]:
    """Give the safety changes that an earlier edition kept its words over: the text here is as it was."""
    changes = new.changes
    kept = list(kept_over(new, (one.what for one in changes.changes), later(changes, old.release)))
    before = {changes.follow(name): name for name in (*old.by_id, *_prints(old, set()))} if kept else {}
    found: dict[str, Waiting] = {}  # of several changes of one text the latest
    for one in kept:
        now, target = changes.follow(one.what), stands(new, one.what)
        was = print_of(old, before.get(target, target))
        # what is changed besides tells nothing of an item that it stands in the place of
        if was == print_of(new, target) or target != now:
            title = title_of(new, target)
            found[target] = Waiting(
                what=What.UPDATED, target=target, kind=one.kind, version=one.release, base=was, title=title
            )
    yield from found.values()


def _regraded(old: Library, new: Library) -> dict[str, Waiting]:
    """Return what was declared to be about safety since it was taken, by target."""
    again = list(regraded(old, new))
    before = {new.changes.follow(name): name for name in (*old.by_id, *_prints(old, set()))} if again else {}
    found: dict[str, Waiting] = {}
    for one in again:
        target = stands(new, one.what)
        if exists(new, target):
            base, title = print_of(old, before.get(target, target)), title_of(new, target)
            found[target] = Waiting(
                what=What.UPDATED, target=target, kind=one.kind, version=one.release, base=base, title=title
            )
    return found


def _prints(library: Library, without: set[int]) -> dict[str, str]:
    found: dict[str, str] = {}
    for page in library.pages:
        if id(page) not in without:
            found |= page.prints
    return found | {f"{FACT}{fact.id}": fact_fingerprint(fact) for fact in library.facts}


def _gone(old: Library, new: Library) -> Iterator[Waiting]:
    """Give the items, and the facts, that are no longer there under any name."""
    for item in old:
        if new.changes.follow(item.id) not in new.by_id:
            yield _withdrawn(new, item.id, item.title, item_fingerprint(item))
    facts = {fact.id for fact in new.facts}
    for fact in old.facts:
        if new.changes.follow(f"{FACT}{fact.id}").removeprefix(FACT) not in facts:
            yield _withdrawn(new, f"{FACT}{fact.id}", fact.label, fact_fingerprint(fact))


def _withdrawn(new: Library, target: str, title: str, base: str) -> Waiting:
    fate = new.changes.fate(target)
    version = fate.release if fate else new.version
    return Waiting(
        what=What.WITHDRAWN,
        target=target,
        kind=ChangeKind.SUBSTANTIVE,
        version=version,
        base=base,
        title=title,
    )


def _forebears(new: Library, item: str) -> set[str]:
    """Return the items that an item came of, by any number of moves, splits and mergers."""
    changes, found = new.changes, set[str]()
    waiting = {item}
    while waiting:
        olds = {one.old for one in changes.split if waiting & set(one.into)}
        olds |= {one.old for one in changes.moved if one.new in waiting}
        olds |= {old for one in changes.merged if one.new in waiting for old in one.old}
        waiting = olds - found
        found |= olds
    return found


def _since(old: Library, target: str) -> str:
    """Return the release after which changes of a text are news; empty if all are.

    What an earlier edition had not looked at yet comes when it has, with the reason of the core.
    """
    waits = old.ancestry.under_review if old.ancestry else {}
    return "" if {target, target.partition("#")[0]} & waits.keys() else old.release


def _declared(new: Library, target: str, was: str, version: str) -> tuple[ChangeKind, str]:
    """Return how grave a change is, and the release that made it."""
    item = target.partition("#")[0]
    names = frozenset((target, item))
    if not was:
        items = {item, *_forebears(new, item)}
        names |= new.changes.named_in(items)
    after = since(new.changes, new.history, target, was, version)
    said = [one for one in new.changes.about(names) if one.release in after]
    kind = gravity(new, target, was, names, after)
    return kind, next((one.release for one in reversed(said) if one.kind is kind), new.version)
