"""The JSON Schema of what :func:`as_json` writes, from the kinds' declarations alone."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from guidance_kit.model.fields import FieldSpec, PartialDate, options_of, parts_of
from guidance_kit.model.item import SLUG, Item
from guidance_kit.model.kinds import KINDS

_ID = f"^({SLUG.pattern}:)?{SLUG.pattern}$"
_DATE = r"^\d{4}(-\d{2}(-\d{2})?)?$"


def as_schema(kinds: Mapping[str, type[Item]] = KINDS) -> str:
    """Return a JSON Schema (draft 2020-12) with a definition a kind."""
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A library or edition of guidance, as guidance-kit exports it",
        "type": "object",
        "required": ["format", "id", "title", "items", "facts", "references"],
        "properties": {
            "format": {"const": 1},
            "id": {"type": "string", "pattern": f"^{SLUG.pattern}$"},
            "title": {"type": "string"},
            "items": {"type": "array", "items": {"anyOf": [{"$ref": f"#/$defs/{kind}"} for kind in kinds]}},
            "facts": {"type": "array", "items": {"type": "object", "required": ["id", "type", "label"]}},
            "references": {"type": "array", "items": {"type": "object", "required": ["id", "title"]}},
        },
        "$defs": {name: _kind(kind) for name, kind in kinds.items()},
    }
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


def _kind(kind: type[Item]) -> dict[str, Any]:
    options = [spec for spec in options_of(kind) if spec.name != "id"]
    fields = {spec.key: _field(spec) for spec in options}
    parts = {spec.key: {"type": "string", "description": spec.about.help} for spec in parts_of(kind)}
    rated = next((spec.about.rates for spec in parts_of(kind) if spec.about.rates), None)
    words = {"enum": [word.value for word in rated[1]]} if rated else {}
    rating = {
        "type": "object",
        "required": ["target", "value", "reason"],
        "properties": {"target": {"type": "string"}, "value": words, "reason": {"type": "string"}},
    }
    return {
        "type": "object",
        "title": kind.label,
        "description": (kind.__doc__ or "").strip(),
        "required": ["id", "kind", "title", "fields", "parts"],
        "properties": {
            "id": {"type": "string", "pattern": _ID},
            "kind": {"const": kind.kind},
            "title": {"type": "string", "minLength": 1},
            "fields": _closed(fields, [spec.key for spec in options if spec.required]),
            "parts": _closed(parts, [spec.key for spec in parts_of(kind) if spec.required]),
            "notes": {"type": "array", "items": _note(kind)},
            "ratings": {"type": "array", "items": rating} if rated else {"type": "array", "maxItems": 0},
        },
    }


def _note(kind: type[Item]) -> dict[str, Any]:
    """Return what a local note is: beside which part of an item, or all of it, and who says what."""
    words = {key: {"type": "string"} for key in ("id", "by", "title", "text")}
    part = {"enum": ["", "title", *(spec.key for spec in parts_of(kind))]}
    properties = {**words, "part": part, "before": {"type": "boolean"}}
    return _closed(properties, list(properties))


def _field(spec: FieldSpec) -> dict[str, Any]:
    one: dict[str, Any] = {"type": "string"}
    if spec.words:
        one = {"enum": [word.value for word in spec.words]}
    elif spec.about.links_to or spec.name == "instead_of":
        one["pattern"] = _ID
    elif issubclass(spec.type, PartialDate):
        one["pattern"] = _DATE
    value = {"type": "array", "items": one, "minItems": 1} if spec.many else one
    return {**value, "description": spec.about.help}


def _closed(properties: dict[str, Any], required: list[str]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": required,
        "additionalProperties": False,
    }
