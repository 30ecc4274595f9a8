"""A release rebuilt from its manifest and one's own copy of the articles, every field checked by its hash."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from standfirst.errors import InputError
from standfirst.record import SPLITS
from standfirst.release.folder import sha256_of
from standfirst.release.manifest import TEXTS, Entry, Manifest, entry_of, read_manifest


@dataclass(frozen=True, slots=True)
class Hydration:
    """What became of each article of a manifest."""

    manifest: Manifest
    report: dict[str, Any]
    differ: dict[str, list[str]] = field(default_factory=dict)
    """Id -> the fields whose hashes are not the manifest's. Left out of the release where one of them is a text."""
    missing: list[str] = field(default_factory=list)
    unknown: int = 0
    """Articles of the input that the manifest does not name; they are left out."""
    same_files: bool = False
    """Whether the data files have the bytes of the original's."""

    @property
    def whole(self) -> bool:
        """Whether the release is the manifest's to the last field: the fingerprints are equal."""
        return bool(self.report["content_sha256"] == self.manifest.fingerprint)

    @property
    def matched(self) -> int:
        """How many articles are in the release and the same in every field."""
        return int(self.report["records"]) - sum(not set(names) & set(TEXTS) for names in self.differ.values())

    def comparable(self) -> dict[str, bool]:
        """For each split, whether scores on it stay comparable: every text that a task reads is the manifest's."""
        lost = [i for i, names in self.differ.items() if set(names) & set(TEXTS)] + self.missing
        splits = {self.manifest.entries[i].split for i in lost}
        return {split: split not in splits for split in SPLITS}

    def to_dict(self) -> dict[str, Any]:
        """As `--json` prints it."""
        return {
            "whole": self.whole,
            "same_files": self.same_files,
            "matched": self.matched,
            "differ": self.differ,
            "missing": self.missing,
            "unknown": self.unknown,
            "comparable": self.comparable(),
        }


def hydrate(
    manifest: str | Path,
    given: Sequence[str],
    out: str | Path,
    *,
    columns: Mapping[str, str] | None = None,
    descriptions: str | Path | None = None,
    card_text: str | None = None,
    workers: int = 1,
    progress: Callable[[str, int, int], None] = lambda stage, done, total: None,
) -> Hydration:
    """Rebuild the release of a manifest under `out` from sources that hold its articles, and say what matches.

    The articles are read, cleaned and judged as `standfirst build` does; stories and splits are the manifest's. A row
    whose headline, standfirst or body differs is left out and named. Where all match, the release has the bytes of the
    original. Raises InputError where no article of the manifest is in the input.
    """
    from standfirst import sources, stages
    from standfirst.pipeline import Work, shards_of
    from standfirst.runners import InProcess, Pool
    from standfirst.splits import Ratios

    wanted = read_manifest(manifest)
    units = sources.plan(given, columns=columns, descriptions=descriptions)
    gone = [entry for entry in wanted.entries.values() if entry.taken_down]
    settings = stages.Settings(
        units=tuple(units),
        ratios=_ratios(manifest, wanted, Ratios),
        shards=shards_of(units),
        taken_down=tuple(sorted(entry.id for entry in gone)),
    )
    runner = Pool(workers) if workers > 1 else InProcess()
    with Work(Path(out), settings, runner, progress, key=sha256_of(Path(manifest))) as work:
        work.run("read", stages.read, len(units))
        work.run("collect", stages.collect, settings.shards)
        found, differ, unknown = _compare(work.store, wanted)
        if not found:
            raise InputError(
                f"{manifest}: none of its {len(wanted.entries):,} articles is in the input; "
                "give the sources that the manifest's card names"
            )
        stages.place(work.store, [e[:3] for e in found], [e[:3] for e in gone])
        report = work.finish(card_text)
    kept = {entry.id for entry in found}
    missing = sorted(wanted.entries.keys() - kept - differ.keys() - set(settings.taken_down))
    files = {Path(out) / name: sha for name, sha in wanted.about["files"].items()}
    same = all(path.is_file() and sha256_of(path) == sha for path, sha in files.items())
    return Hydration(wanted, report, dict(sorted(differ.items())), missing, unknown, same)


def _ratios(path: str | Path, manifest: Manifest, kind: Any) -> Any:
    try:
        return kind(**{name: int(part) for name, part in manifest.about["settings"]["ratios"].items()})
    except (KeyError, TypeError, ValueError, AttributeError):
        raise InputError(f"{path}, line 1: settings hold no ratios; take the manifest again from its release") from None


def _compare(folder: Any, wanted: Manifest) -> tuple[list[Entry], dict[str, list[str]], int]:
    """The entries whose texts are in the input; which fields of which differ; how many articles are not in it."""
    from standfirst.record import FIELDS

    found: list[Entry] = []
    differ: dict[str, list[str]] = {}
    unknown = 0
    for name in folder.names("articles"):
        for batch in folder.read([name], list(FIELDS)).to_batches(max_chunksize=1000):
            for row in batch.to_pylist():
                entry = wanted.entries.get(row["id"])
                if entry is None or entry.taken_down:
                    unknown += entry is None
                    continue
                if names := entry.differs(entry_of(row)):
                    differ[entry.id] = names
                if not set(names) & set(TEXTS):
                    found.append(entry)
    return sorted(found), differ, unknown
