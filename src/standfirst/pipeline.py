"""`build`: articles in, a release folder out; the stages in their order."""

from __future__ import annotations

import json
import shutil
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, replace
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from standfirst import __version__, leaks, sources, stages
from standfirst.errors import GateError, InputError
from standfirst.record import SPLITS
from standfirst.release import benchmark, card, folder
from standfirst.release.croissant import describe
from standfirst.release.hidden import hiding_of, references_beside, write_commitments, write_references
from standfirst.release.manifest import Manifest, read_either
from standfirst.release.reading import REPORT, TOMBSTONES, read_report
from standfirst.release.report import as_json, make_report
from standfirst.release.rights import read_takedowns, refuse_mixture
from standfirst.runners import InProcess, Pool, Runner
from standfirst.splits import DEFAULT_RATIOS, ByDate, Ratios
from standfirst.storage import Folder, is_remote, size_and_time

if TYPE_CHECKING:
    import pyarrow as pa

MARKER = "build.json"
"""In a work folder: says which build's it is."""
TURNS = 5
"""How often splits are made and searched for leaks that join stories; the first found none on all that was measured."""
Progress = Callable[[str, int, int], None]
"""Called with a stage's name, how many of its tasks are done, and how many it has."""


def build(
    given: Sequence[str],
    out: str | Path,
    *,
    ratios: Ratios = DEFAULT_RATIOS,
    by_date: ByDate | None = None,
    continues: str | Path | None = None,
    filters: Mapping[str, str] | None = None,
    columns: Mapping[str, str] | None = None,
    descriptions: str | Path | None = None,
    takedowns: str | Path | None = None,
    mixed_licences: bool = False,
    hide_references: str | None = None,
    references: str | Path | None = None,
    salt: str | Path | None = None,
    card_text: str | None = None,
    runner: Runner | None = None,
    workers: int = 1,
    work_folder: str | None = None,
    progress: Progress = lambda stage, done, total: None,
) -> dict[str, Any]:
    """Build a release folder of all the sources and return its report (the object in `report.json`).

    The folder appears under `out` when it is complete and has passed the leak gate; an older release there is
    replaced in one step. A killed build goes on where it was when it is started again with the same input. Splits are
    by `ratios`, or `by_date`; every article of the version that the build `continues` (its manifest, or its release
    folder) keeps its story and split. `filters` say what of a web archive is read (see `sources.warc`). Articles that
    `takedowns` (a takedowns.toml) names become tombstones. Stages run in `runner` (or `workers` processes) and keep
    their files under `work_folder`, beside `out` unless given: for a cluster, a place that all its machines see.

    `hide_references` names a split whose headlines and standfirsts go to the file `references` (OUT-SPLIT-references.
    jsonl unless given), outside the release, which holds a salted hash of each (see `release.hidden`). The salts come
    from `salt`, or from a file of references that is there, so that the same build gives the same bytes, or are new.

    Raises InputError for input that cannot be used, and for sources of different licences unless `mixed_licences`;
    GateError where articles leak between splits.
    """
    units = sources.plan(given, columns=columns, descriptions=descriptions, filters=filters)
    # Tasks may run in other processes and on other machines, whose current folder is another one.
    units = [replace(unit, paths=tuple(map(_everywhere, unit.paths))) for unit in units]
    if not mixed_licences:
        refuse_mixture(units)
    before = read_either(continues) if continues else None
    taken_down = {*read_takedowns(takedowns)} if takedowns else set()
    taken_down |= {entry.id for entry in before.entries.values() if entry.taken_down} if before else set()
    shards = shards_of(units)
    kept_back, hiding = Path(references) if references else None, None
    if hide_references is not None:
        kept_back = kept_back or references_beside(out, hide_references)
        if kept_back.resolve().is_relative_to(Path(out).resolve()):
            raise InputError(f"{kept_back}: lies in the release, which would publish it; name another --references")
        hiding = hiding_of(hide_references, kept_back, salt)
    settings = stages.Settings(tuple(units), ratios, shards, tuple(sorted(taken_down)), by_date, hiding)
    runner = runner or (Pool(workers) if workers > 1 else InProcess())
    key = before.fingerprint if before else ""
    with Work(Path(out), settings, runner, progress, key=key, where=work_folder) as work:
        if before:
            work.publish(before)
        work.run("read", stages.read, len(units))
        work.run("collect", stages.collect, shards)
        work.run("pair", stages.pair, shards)
        work.run("attach", stages.attach, shards)
        work.run("verify", stages.verify, shards)
        for work.turn in range(TURNS):
            work.run("join", stages.join, 1, turn=work.turn)
            if not stages.new_edges(work.root, work.search_leaks()):
                break
        return work.finish(card_text, kept_back)


class Work:
    """A build under way: its stages' tables in a hidden folder beside `out`, and the release that they become."""

    def __init__(
        self,
        out: Path,
        settings: stages.Settings,
        runner: Runner,
        progress: Progress,
        *,
        key: str = "",
        where: str | None = None,
    ) -> None:
        given, out = out, out.resolve()  # a link stays, and the release that it leads to is replaced
        folder.recover(out)
        folder.check_replaceable(given, (p for u in settings.units for p in u.paths if not is_remote(p)))
        self.out, self.settings, self.turn = out, settings, 0
        self._runner, self._progress = runner, progress
        self.root = f"{where or out.parent}/.{out.name}.work"
        try:
            self.store = Folder(self.root)
            self._claim(key)
        except (OSError, ValueError, ImportError) as error:
            raise InputError(
                f"{self.root}: this work folder cannot be used ({error}); give another --work, or --out"
            ) from None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: object, trace: object) -> None:
        """Of input that cannot be used nothing is kept: it would fail again, and a mended one starts anew."""
        if kind is not None and issubclass(kind, InputError):
            self.store.remove()

    def _claim(self, of: str) -> None:
        """Mark the work folder as this very build's; what another input or setting left there is removed."""
        settings = self.settings
        seen = [(p, *size_and_time(p)) for u in settings.units for p in u.paths]
        key = sha256(json.dumps([__version__, of, asdict(settings), seen], sort_keys=True).encode()).hexdigest()[:16]
        found = self.store.get(MARKER)
        if found is None or json.loads(found).get("key") != key:
            self.store.remove()
        self.store.put(MARKER, lambda file: file.write(json.dumps({"key": key}).encode()))

    def publish(self, before: Manifest) -> None:
        """Lay down the stories and splits of the version that the build continues."""
        rows = [(entry.id, entry.story, entry.split) for _, entry in sorted(before.entries.items())]
        self.store.write(stages.PUBLISHED, stages.table_of(rows, "id", "story", "split"))

    def run(self, name: str, stage: Callable[..., None], n: int, **more: Any) -> None:
        """Run the n tasks of a stage; those that a killed build had finished do nothing."""
        done = 0

        def finished() -> None:
            nonlocal done
            done += 1
            self._progress(name, done, n)

        self._progress(name, 0, n)
        self._runner.run(partial(_call, stage, self.root, self.settings, more), n, finished)

    def search_leaks(self) -> dict[str, leaks.Leaks]:
        """What of the held-out articles stands in other splits, by comparison, as they are placed in this turn."""
        self.run("meet", stages.meet, self.settings.shards, turn=self.turn)
        of = stages.leak_tasks(self.root, self.settings, self.turn)
        self.run("leaks", stages.leak, of, turn=self.turn, of=of)
        return stages.gather_leaks(self.root, self.turn, of)

    def finish(self, card_text: str | None, references: Path | None = None) -> dict[str, Any]:
        """From every article's story and split to the release under its name; the report comes back.

        `references` is the file for those that the settings hide.
        """
        files = self._data_files()
        found = self.search_leaks()
        published = stages.published(self.store)
        _gate(found, published)
        # The release is made where its name can be put on it in one step: on the disk that `out` is on.
        staged = Path(self.root if self.store.local else f"{self.out.parent}/.{self.out.name}.new") / "release"
        self.run("write", stages.write, len(files), files=files, out=f"{self.root}/release")
        if not self.store.local:
            Folder(f"{self.root}/release").fetch(staged)
        self._describe(staged, found, card_text, published)
        if self.settings.hiding and references:
            fingerprint = read_report(staged)["content_sha256"]
            write_references(references, self.settings.hiding, fingerprint, self._hidden())
        folder.remove_partial(staged)
        folder.write_sums(staged)
        # Without its marker the work folder is never gone on with: after the swap the old release stands in it.
        self.store.drop(MARKER)
        folder.put_in_place(staged, self.out)
        if not self.store.local:
            shutil.rmtree(staged.parent)
        self.store.remove()
        return read_report(self.out)

    def _describe(
        self, release: Path, found: Mapping[str, leaks.Leaks], card_text: str | None, published: Mapping[str, Any]
    ) -> None:
        """Write all files of the release but its data: rejections, tombstones, nearest articles, report and card."""
        refused = self._write_rejections(release)
        self._write_tombstones(release)
        licences = {u.source: u.text for u in self.settings.units}
        if self.settings.hiding:
            write_commitments(release, self.settings.hiding.split, self._hidden())
        report = make_report(release, refused, _settings_of(self.settings), licences)
        if passed := self._passed_over():
            report["passed_over"] = passed
        report["leaks"] = {name: part.summary() for name, part in found.items()}
        # A count of a few hidden articles could tell what one of them holds.
        hidden = self.settings.hiding.split if self.settings.hiding else None
        report["repeats"] = {split: n for split, n in stages.repeats(self.store).items() if split != hidden}
        if published:
            report["continues"] = stages.continued(self.store, published)
        import pyarrow as pa

        nearest = found["test_in_train"].nearest_table()
        if renamed := self._renamed():
            ids = pa.array([renamed.get(i, i) for i in nearest["id"].to_pylist()], pa.string())
            nearest = nearest.set_column(0, "id", ids).sort_by("id")
        Folder(str(release)).write("leaks/nearest.parquet", nearest)
        (release / REPORT).write_text(as_json(report), encoding="utf-8")
        (release / "README.md").write_text(card.fill(report, card_text), encoding="utf-8")
        (release / "croissant.json").write_text(as_json(describe(report, release)), encoding="utf-8")
        (release / benchmark.NAME).write_text(benchmark.describe(report), encoding="utf-8")

    def _hidden(self) -> pa.Table:
        """What was taken out of the hidden split, sorted by id."""
        return self.store.read(self.store.names("hidden")).sort_by("id")

    def _renamed(self) -> dict[str, str]:
        """The id of each hidden article -> the one that the release has for it; {} where nothing is hidden."""
        if not self.settings.hiding:
            return {}
        return dict(zip(*(self._hidden()[name].to_pylist() for name in ("of", "id")), strict=True))

    def _data_files(self) -> tuple[stages.DataFile, ...]:
        """The release's files: as many a split as its articles need; every split has one, also where it is empty."""
        count = Counter(self.store.read([stages.placement(self.store)], ["split"])["split"].to_pylist())
        if not count:
            refused = Counter(self._rejections()["reason"].to_pylist()) + sum(
                (Counter(passed) for passed in self._passed_over().values()), Counter()
            )
            why = ", ".join(f"{n} {reason}" for reason, n in refused.most_common()) or "no input"
            raise InputError(
                f"no article was kept ({why}); nothing was written; `standfirst extract` shows what a page gives"
            )
        files = []
        for split in SPLITS:
            of = 1 + (count[split] - 1) // stages.ROWS_A_FILE if count[split] else 1
            files += [stages.DataFile(split, k, of) for k in range(of)]
        return tuple(files)

    def _passed_over(self) -> dict[str, dict[str, int]]:
        """How many records of archives are no page, or none that was asked for: by source and reason."""
        counts: dict[str, dict[str, int]] = {}
        for row in self.store.read(self.store.names("passed")).to_pylist():
            of = counts.setdefault(row["source"], {})
            of[row["reason"]] = of.get(row["reason"], 0) + int(row["count"])
        return {source: dict(sorted(of.items())) for source, of in sorted(counts.items())}

    def _rejections(self) -> Any:
        return self.store.read(self.store.names("rejects"))

    def _write_rejections(self, release: Path) -> dict[str, dict[str, int]]:
        """Write `rejects/rejections.jsonl`, a line an input that is no record; counts by source and reason come back.

        Of an article that was taken down, or is hidden, no line says more than its id.
        """
        gone, renamed = set(self.settings.taken_down), self._renamed()
        rows = sorted(self._rejections().to_pylist(), key=lambda row: tuple(row[k] or "" for k in row))
        rows = [row if row["id"] not in {*gone, *renamed} else {**row, "url": None, "detail": ""} for row in rows]
        # What a file is called may be the address's last part, and that the headline.
        rows = [row if row["id"] not in renamed else {**row, "id": renamed[row["id"]], "name": ""} for row in rows]
        (release / "rejects").mkdir(exist_ok=True)
        with (release / "rejects" / "rejections.jsonl").open("w", encoding="utf-8") as file:
            for row in rows:
                file.write(json.dumps(row, ensure_ascii=False) + "\n")
        counts: dict[str, dict[str, int]] = {}
        for row in rows:
            by_reason = counts.setdefault(row["source"], {})
            by_reason[row["reason"]] = by_reason.get(row["reason"], 0) + 1
        return counts

    def _write_tombstones(self, release: Path) -> None:
        """Write `tombstones.jsonl`, the id, story and split of each article that was taken down, if there are any."""
        names = self.store.names("tombstones")
        rows = self.store.read(names).to_pylist() if names else []
        renamed = self._renamed()
        if rows:
            lines = [json.dumps({**row, "story": renamed.get(row["story"], row["story"])}) + "\n" for row in rows]
            (release / TOMBSTONES).write_text("".join(lines), encoding="utf-8")


def _everywhere(path: str) -> str:
    return path if is_remote(path) else str(Path(path).absolute())


def _call(stage: Callable[..., None], root: str, settings: stages.Settings, more: dict[str, Any], index: int) -> None:
    stage(root, settings, index=index, **more)


def shards_of(units: Sequence[sources.Unit]) -> int:
    """Shards of about 8,000 articles: a page is one, and so are some kilobytes of a table or archive as it lies."""
    files = {path: 8 if u.kind == "warc" else 1 if _packed(path) else 3 for u in units for path in u.paths}
    pages = {path for u in units if u.kind == "pages" for path in u.paths}
    articles = len(pages) + sum(size_and_time(p)[0] // (1024 * files[p]) for p in files.keys() - pages)
    return min(4096, 1 + articles // 8000)


def _packed(path: str) -> bool:
    return path.lower().endswith((".gz", ".parquet"))


def _settings_of(settings: stages.Settings) -> dict[str, Any]:
    """What of the settings decides the result; paths and the number of shards do not, and are left out."""
    from standfirst import stories

    return {
        "standfirst": __version__,
        **({"by_date": asdict(settings.by_date)} if settings.by_date else {}),
        "ratios": asdict(settings.ratios),
        "stories": {
            "same_text": [stories.SAME_TEXT, stories.WHOLE, stories.AGREE, stories.COPY, stories.FORM_DAYS],
            "told_again": [stories.TOLD_AGAIN, stories.AGREE, stories.TOLD_AGAIN_DAYS],
            "kept_together": [stories.RETOLD, stories.RETOLD_EVIDENCE, stories.RETOLD_DAYS],
        },
        "leak_limits": leaks.LIMITS,
    }


def _gate(found: Mapping[str, leaks.Leaks], published: Mapping[str, Any]) -> None:
    """Raise GateError for leaks above their limits, those between articles that were published so before left out."""
    for name, part in found.items():
        for kind, pairs in part.over().items():
            new = [f"{a} in {b}" for a, (b, _) in sorted(pairs.items()) if a not in published or b not in published]
            if len(new) > leaks.LIMITS[kind]:
                raise GateError(
                    f"{name}: {len(new)} articles leak by their {kind} (at most {leaks.LIMITS[kind]} may): "
                    f"{', '.join(new[:10])}{', ...' if len(new) > 10 else ''}; "
                    "nothing was written; the work folder holds the build"
                )
