"""score(): predictions and what they are compared with in, signed scores with their per-pair values out."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from standfirst.errors import InputError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from standfirst.scoring.interval import Interval
    from standfirst.scoring.predictions import Pair
    from standfirst.scoring.references import Against
    from standfirst.scoring.signature import Signature

SEED = 3009
SAMPLES = 1000
LEVEL = 0.95
ALIKE = 0.7
"""The correlation of the F1 values of two systems of one kind; see `Scores.detectable`."""
CHOICES = {
    "tokenizer": ("ascii", "unicode", "character"),
    "sentences": ("nupunkt", "lines"),
    "references": ("best", "mean"),
    "engine": ("fast", "reference"),
}
"""Setting -> what it may be; the tokenizer may also be None, for the language's own."""


@dataclass(frozen=True, slots=True)
class Settings:
    """How to score; `score` says what each means. InputError where a value is none of the `CHOICES`."""

    tokenizer: str | None = None
    stemmer: bool = True
    sentences: str = "nupunkt"
    references: str = "best"
    engine: str = "fast"
    samples: int = SAMPLES
    seed: int = SEED

    def __post_init__(self) -> None:
        for name, known in CHOICES.items():
            value = getattr(self, name)
            if value not in known and not (name == "tokenizer" and value is None):
                raise InputError(f"{name} {value!r} is unknown; choose one of {', '.join(known)}")
        for name in ("samples", "seed"):
            if getattr(self, name) < 0:
                raise InputError(f"{name} is {getattr(self, name)}, wanted 0 or more")


@dataclass(frozen=True, slots=True)
class Scores:
    """A corpus score, its signature, and every pair's values.

    `per_pair` is an array pairs by types (`rouge1`, `rouge2`, `rougeL`, `rougeLsum`) by precision, recall and F1, in
    the order of `pairs`, which are sorted by id. All figures are 0 to 1.
    """

    settings: Settings
    signature: Signature
    scores: dict[str, dict[str, Interval]]
    pairs: Sequence[Pair]
    per_pair: NDArray[np.float64]
    warnings: list[str] = field(default_factory=list)
    against: Against | None = None
    """The release that the pairs were joined with; None for pairs that hold their references."""

    @property
    def n(self) -> int:
        """The number of pairs."""
        return len(self.pairs)

    @property
    def ids(self) -> list[str]:
        """The id of each pair, in order."""
        return [pair.id for pair in self.pairs]

    def values(self, name: str, part: str = "f1") -> NDArray[np.float64]:
        """One value a pair: `values("rougeL")` are the F1 values of ROUGE-L, in the order of `ids`."""
        from standfirst.scoring.rouge import PARTS, TYPES

        if name not in TYPES or part not in PARTS:
            raise InputError(f"{name} {part} is no score; take one of {', '.join(TYPES)} and of {', '.join(PARTS)}")
        column: NDArray[np.float64] = self.per_pair[:, TYPES.index(name), PARTS.index(part)]
        return column

    def detectable(self, name: str, correlation: float = 0.0) -> float | None:
        """The smallest difference of mean F1 from another system that these pairs show in 4 of 5 draws, at 0.05.

        It depends on how alike the two score the pairs: two models of one kind correlate by 0.7 (BARThez and mBARThez
        on OrangeSum's titles), two unlike ones by 0.06 to 0.3 (XSum, OrangeSum's abstracts). None for one pair.
        """
        from standfirst.scoring.paired import detectable

        if self.n < 2:
            return None
        deviation = float(self.values(name).std(ddof=1)) * (2 * (1 - correlation)) ** 0.5
        return detectable(deviation, self.n)

    def to_dict(self) -> dict[str, Any]:
        """The scores as `--json` prints them: n, signature, scores with mean, low and high, 0 to 1, and more.

        `detectable` holds, for each type, what another system must differ by if it is unlike, or `ALIKE`.
        """
        return {
            "n": self.n,
            "signature": str(self.signature),
            "scores": {name: {part: i._asdict() for part, i in parts.items()} for name, parts in self.scores.items()},
            "detectable": {
                name: {"unlike": self.detectable(name), "alike": self.detectable(name, ALIKE)} for name in self.scores
            },
            "warnings": self.warnings,
        }

    def write_per_pair(self, path: str | Path) -> None:
        """Write JSON lines `{"id", "rouge1": [precision, recall, f1], ...}`, sorted by id, whole or not at all."""
        from standfirst.scoring.rouge import TYPES
        from standfirst.storage import written

        with written(path) as file:
            for key, row in zip(self.ids, self.per_pair.tolist(), strict=True):
                file.write(json.dumps({"id": key, **dict(zip(TYPES, row, strict=True))}) + "\n")


def score(
    predictions: str | Path | Mapping[str, str] | Iterable[Mapping[str, Any]],
    *,
    data: str | Path | None = None,
    task: str | None = None,
    split: str = "test",
    pairs: bool = False,
    hidden: str | Path | None = None,
    tokenizer: str | None = None,
    stemmer: bool = True,
    sentences: str = "nupunkt",
    references: str = "best",
    engine: str = "fast",
    samples: int = SAMPLES,
    seed: int = SEED,
) -> Scores:
    """Signed ROUGE scores of predictions, with a seeded 95% bootstrap interval for each mean.

    Either `data`, `task` and `split` name a release, and predictions are a file of `{"id", "prediction"}` rows or a
    mapping of id to text; or `pairs` is true, and predictions are a file, or rows, of `{"id", "prediction",
    "reference" | "references"}`. They are joined by id. Where the release hides the references of the split, `hidden`
    is the file that holds them; each must be the one whose hash the release holds.

    `tokenizer` is ascii (rouge-score's), unicode or character, by the language of most texts if None; `stemmer` is
    Porter's, with the ascii tokenizer alone; `sentences` says what ROUGE-Lsum takes for sentences: what nupunkt finds
    (line breaks too), or lines alone, as rouge-score; of several `references` the best F1 counts, or the mean;
    `engine` is fast, or reference: rouge-score itself, with the same values; `samples` 0 draws no intervals.

    Raises PredictionsError (an InputError, a ValueError) that names every missing, unknown and repeated id and every
    other defect.

    >>> rows = [{"id": "a", "prediction": "Tea is hot", "reference": "Tea is cold"}]
    >>> s = score(rows, pairs=True)
    >>> round(s.scores["rouge1"]["f1"].mean, 4), s.n
    (0.6667, 1)
    """
    from standfirst.scoring.predictions import join, read_pairs

    settings = Settings(tokenizer, stemmer, sentences, references, engine, samples, seed)
    if pairs:
        if data is not None or task is not None or hidden is not None:
            raise InputError(
                "pairs hold their references: leave out the data and the task (--data, --task, --references FILE), or "
                "leave out pairs (--pairs)"
            )
        return score_pairs(read_pairs(predictions), settings)
    if data is None or task is None:
        lacking = " and ".join(name for name, value in (("data", data), ("task", task)) if value is None)
        name = predictions if isinstance(predictions, str | Path) else "predictions"
        raise InputError(
            f"{name}: nothing says what to compare with, {lacking} being left out; name a release folder (--data) and "
            "headline or standfirst (--task), or give pairs (--pairs), rows that hold their references"
        )
    if not isinstance(predictions, str | Path | Mapping):
        raise InputError("predictions for a release are a file, or a mapping of id to text")
    from standfirst.scoring.references import Against, targets

    against = Against.of(data, task, split)
    return score_pairs(join(predictions, targets(against, hidden)), settings, against)


def score_pairs(pairs: Sequence[Pair], settings: Settings, against: Against | None = None) -> Scores:
    """The scores of pairs sorted by id; `against` names their release in the signature, or else a hash of them does."""
    import standfirst
    from standfirst.scoring.rouge import PARTS, TYPES, engine, values
    from standfirst.scoring.signature import Signature
    from standfirst.scoring.tokens import tokenizer_for, what_ascii_loses

    tokenizer = settings.tokenizer or tokenizer_for(p.language for p in pairs)
    stemmer = settings.stemmer and tokenizer == "ascii"
    used = engine(settings.engine, tokenizer, stemmer)
    split, split_by = _sentences(settings.sentences)
    per_pair = values(pairs, used.batch, split=split, references=settings.references)
    from standfirst.scoring.interval import intervals  # numpy with it, which `values` imports while the engine works

    found = iter(intervals(per_pair.reshape(len(pairs), -1), samples=settings.samples, seed=settings.seed, level=LEVEL))
    many = max(len(p.references) for p in pairs)
    signature = Signature(
        engine=used.named(tokenizer),
        stemmer="porter" if stemmer else "no",
        tokenizer=tokenizer,
        sentences=split_by,
        references=str(many) if many == 1 else f"{many}-{settings.references}",
        interval=f"{LEVEL * 100:g}x{settings.samples}",
        seed=settings.seed,
        task=against.task if against else None,
        split=against.split if against else None,
        n=len(pairs),
        data=(against.fingerprint if against else _fingerprint(pairs))[:12],
        version=standfirst.__version__,
    )
    scores = {name: {part: next(found) for part in PARTS} for name in TYPES}
    warnings = [used.warning] if used.warning else []
    warnings += what_ascii_loses(pairs, tokenizer, settings.references)
    return Scores(settings, signature, scores, pairs, per_pair, warnings, against)


def _sentences(how: str) -> tuple[Callable[[str], str], str]:
    """What puts a line break between sentences, and its name for the signature."""
    if how == "lines":
        return str, "lines"
    from standfirst.sentences import sentences, splitter

    return lambda text: "\n".join(sentences(text)), splitter()


def _fingerprint(pairs: Iterable[Pair]) -> str:
    """SHA-256 of ids and references: pairs with the same can be compared."""
    digest = hashlib.sha256()
    for pair in pairs:
        for text in (pair.id, *pair.references, ""):
            digest.update(b"%d:" % len(text) + text.encode("utf-8", "surrogatepass"))
    return digest.hexdigest()
