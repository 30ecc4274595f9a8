"""What a submission says of its system: `system.yaml`, read and checked, with everything wrong with it at once."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from difflib import get_close_matches
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from standfirst.record import TASKS
from standfirst.scoring.predictions import Defect

CARD = "system.yaml"
KINDS = ("floor", "extractive", "abstractive", "LLM", "ceiling")
"""A ceiling reads the references: it is no system, and is not ranked."""
OPTIONAL = frozenset({"predictions_sha256"})
"""Fields that need not be given."""
_SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class System:
    """A system as its authors describe it; every field stands in `system.yaml` by the same name."""

    name: str
    authors: list[str]
    url: str
    licence: str
    kind: str
    """One of `KINDS`."""
    parameters: int | None
    """How many; null where it is not known."""
    training_data: str
    saw_test: bool
    """Whether any test article, or its story, was seen in training or in making the system."""
    knowledge_cutoff: date | None
    """The last day from which training text may be; null for a system that was trained on nothing else."""
    dataset: dict[str, str]
    """`fingerprint`, and a `version` where there is one."""
    predictions_sha256: dict[str, str] = field(default_factory=dict)
    """Task -> SHA-256 of its file of predictions, where that is kept elsewhere; need not be given."""

    def to_dict(self) -> dict[str, Any]:
        """The fields as JSON holds them: the date is text, and hashes stand there where there are any."""
        cutoff = self.knowledge_cutoff
        found = {**asdict(self), "knowledge_cutoff": cutoff and cutoff.isoformat()}
        return {name: value for name, value in found.items() if name not in OPTIONAL or value}


def read_system(path: Path, fingerprint: str) -> tuple[System | None, list[Defect]]:
    """The system, or None and everything wrong with the file; `fingerprint` is that of the release it is scored on."""
    import yaml

    try:
        values, repeated = _parsed(path)
    except FileNotFoundError:
        return None, [Defect(None, "missing", "there is no such file; docs/submitting.md has one to copy")]
    except (OSError, RecursionError, ValueError, yaml.YAMLError) as error:
        return None, [_not_yaml(error)]
    if not isinstance(values, dict):
        return None, [Defect(None, "not YAML", f"found {_shown(values)}, wanted a mapping of {', '.join(_FIELDS)}")]
    defects = [Defect(line, "repeated field", f"{name} stands twice; keep one") for line, name in repeated]
    defects += _unknown(values, _FIELDS, "")
    for name, (good, wanted) in _FIELDS.items():
        if name not in values and name in OPTIONAL:
            continue
        if name not in values:
            defects.append(Defect(None, "missing field", f"{name} is not given, wanted {wanted}"))
        elif not good(values[name]):
            defects.append(Defect(None, name, f"found {_shown(values[name])}, wanted {wanted}"))
    if values.get("kind") == "LLM" and values.get("knowledge_cutoff", "") is None:
        defects.append(Defect(None, "knowledge_cutoff", "found null, wanted a date: a language model has a last day"))
    if isinstance(dataset := values.get("dataset"), dict):
        defects += _unknown(dataset, ("version", "fingerprint"), "dataset.")
        if _is_dataset(dataset) and dataset["fingerprint"] != fingerprint:
            found = f"found {_shown(dataset['fingerprint'])}, wanted this release's, {fingerprint}; predict for it anew"
            defects.append(Defect(None, "other dataset", found))
    if defects:
        return None, defects
    authors = [values["authors"]] if isinstance(values["authors"], str) else values["authors"]
    return System(**{**values, "authors": authors}), []


def _parsed(path: Path) -> tuple[Any, list[tuple[int, str]]]:
    """What the file holds, and the line and name of each field that stands twice, of which YAML keeps the last."""
    import yaml

    text = path.read_bytes().decode("utf-8-sig")
    node = yaml.compose(text, Loader=yaml.SafeLoader)
    values = yaml.safe_load(text)
    names: set[str] = set()
    repeated = []
    for key, _ in node.value if isinstance(node, yaml.MappingNode) else ():
        if key.value in names:
            repeated.append((key.start_mark.line + 1, key.value))
        names.add(str(key.value))
    return values, repeated


def _not_yaml(error: Exception) -> Defect:
    """What is wrong with a file that cannot be read as YAML, on which line where that is known."""
    import yaml

    if isinstance(error, UnicodeDecodeError):
        line = error.object.count(b"\n", 0, error.start) + 1
        return Defect(line, "not YAML", f"byte 0x{error.object[error.start]:02x} is no UTF-8; save the file in UTF-8")
    if isinstance(error, yaml.MarkedYAMLError) and (mark := error.problem_mark or error.context_mark):
        begun = error.context_mark
        since = f" from line {begun.line + 1} on" if begun and begun.line != mark.line else ""
        context = f" ({error.context}{since})" if error.context else ""
        detail = f"column {mark.column + 1}: {error.problem}{context}; mend the line, or put its text in quotes"
        return Defect(mark.line + 1, "not YAML", detail)
    if isinstance(error, yaml.reader.ReaderError):
        found = f"character {error.position + 1} of the file is U+{error.character:04X}, which YAML may not hold"
        return Defect(None, "not YAML", f"{found}; remove it")
    return Defect(None, "not YAML", f"{' '.join(str(error).split())}; docs/submitting.md has a file to copy")


def _unknown(values: Mapping[Any, Any], known: Mapping[str, Any] | tuple[str, ...], where: str) -> list[Defect]:
    defects = []
    for name in values:
        if name not in known:
            near = get_close_matches(str(name), known, 1)
            advice = f"did you mean {near[0]}?" if near else f"known are {', '.join(known)}"
            defects.append(Defect(None, "unknown field", f"{where}{_shown(name)}; {advice}"))
    return defects


def _shown(value: object) -> str:
    """The value for a message; what could be long, or hold itself, is named by its kind."""
    if isinstance(value, dict | list | set | tuple):
        return "a mapping" if isinstance(value, dict) else "a list"
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "yes" if value else "no"
    text = str(value) if isinstance(value, date) else repr(value)
    return text if len(text) <= 80 else text[:77] + "..."


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip()) and value.isprintable()


def _is_prose(value: object) -> bool:
    return isinstance(value, str) and _is_text(" ".join(value.split()))


def _are_authors(value: object) -> bool:
    return _is_text(value) or (isinstance(value, list) and bool(value) and all(_is_text(v) for v in value))


def _is_url(value: object) -> bool:
    try:
        parts = urlsplit(value) if isinstance(value, str) and _is_text(value) else None
    except ValueError:
        return False
    # A page shows it as a link, so what runs in a browser (javascript:, data:) is none.
    return parts is not None and parts.scheme in ("http", "https") and bool(parts.netloc)


def _is_count(value: object) -> bool:
    return value is None or (isinstance(value, int) and not isinstance(value, bool) and value >= 0)


def _is_cutoff(value: object) -> bool:
    return value is None or (isinstance(value, date) and not isinstance(value, datetime))


def _is_dataset(value: object) -> bool:
    return isinstance(value, dict) and _is_text(value.get("fingerprint")) and _is_text(value.get("version", "none"))


def _are_hashes(value: object) -> bool:
    """Whether each key is a task, and each value a SHA-256 as `sha256sum` prints it."""
    if not isinstance(value, dict) or not value:
        return False
    return all(key in TASKS and isinstance(v, str) and _SHA256.fullmatch(v) for key, v in value.items())


_FIELDS: dict[str, tuple[Callable[[object], bool], str]] = {
    "name": (_is_text, "a name on one line (in quotes where it looks like a number)"),
    "authors": (_are_authors, "a name or a list of names"),
    "url": (_is_url, "an address that begins with https://"),
    "licence": (_is_text, "an SPDX identifier, as Apache-2.0, or the licence's name"),
    "kind": (lambda value: value in KINDS if isinstance(value, str) else False, f"one of {', '.join(KINDS)}"),
    "parameters": (_is_count, "a whole number without separators, as 140000000, or null where it is not known"),
    "training_data": (_is_prose, "a text: what the system learnt from, or: none"),
    "saw_test": (lambda value: isinstance(value, bool), "yes or no"),
    "knowledge_cutoff": (_is_cutoff, "a day, as 2024-06-30, or null where nothing but this dataset was learnt from"),
    "dataset": (_is_dataset, "a mapping with a text for fingerprint (and for version, if it is given)"),
    "predictions_sha256": (
        _are_hashes,
        f"a mapping of {' and '.join(TASKS)}, or one of them, to 64 lower-case hex digits",
    ),
}
"""Field -> whether a value will do, and what is wanted in words."""
