"""Check values against the part of JSON Schema that the export's schema uses."""

from typing import Any

_TYPES: dict[str, tuple[type, ...]] = {
    "object": (dict,), "array": (list,), "string": (str,), "number": (int, float), "null": (type(None),),
}  # fmt: skip
_KNOWN = {
    "$schema", "title", "description", "type", "required", "additionalProperties", "properties", "items", "const",
    "enum",
}  # fmt: skip


def faults(schema: dict[str, Any], value: Any, place: str = "$") -> list[str]:
    """Return what is wrong with a value, with its place; raise KeyError for a schema that isn't understood."""
    if unknown := schema.keys() - _KNOWN:
        raise KeyError(f"{place}: {unknown}")
    if "const" in schema and value != schema["const"]:
        return [f"{place} is {value!r}"]
    if "enum" in schema and value not in schema["enum"]:
        return [f"{place} is {value!r}"]
    kinds = schema.get("type", [])
    kinds = [kinds] if isinstance(kinds, str) else kinds
    if kinds and not isinstance(value, tuple(one for kind in kinds for one in _TYPES[kind])):
        return [f"{place} is {type(value).__name__}"]
    found = []
    if isinstance(value, dict):
        properties = schema["properties"]
        found += [f"{place} lacks {key}" for key in schema["required"] if key not in value]
        assert schema["additionalProperties"] is False
        found += [f"{place} has {key}" for key in value if key not in properties]
        for key, one in value.items():
            found += faults(properties.get(key, {}), one, f"{place}.{key}")
    if isinstance(value, list):
        for number, one in enumerate(value):
            found += faults(schema["items"], one, f"{place}[{number}]")
    return found
