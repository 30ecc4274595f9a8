"""References kept back: a split whose headlines and standfirsts stand in a file of their own, and a release can prove.

The release holds, in `hidden/SPLIT.jsonl`, a row an article: `id`, `sha256`, and whether it has a `standfirst`. The
hash is salted, each article's with a salt of its own, so that no guess can be tried against it. The file of references
holds the texts, addresses and salts, by which anyone can check later that they are those that were hashed.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import re
import secrets
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from standfirst.errors import InputError
from standfirst.record import SPLITS, TASKS, article_id
from standfirst.storage import written

if TYPE_CHECKING:
    import pyarrow as pa

FORMAT = 1
"""Of a file of references."""
MAY_BE_HIDDEN = SPLITS[1:]
FOLDER = "hidden"
NULLED = ("headline", "standfirst", "url", "coverage", "density", "compression", "novel_bigrams")
"""What a hidden record does not show: its texts, the address at which anyone reads them, what measures a standfirst."""
_SECRET = re.compile(r"[0-9a-f]{64}")
COLUMNS = ("of", "id", "url", "headline", "standfirst", "salt")
"""Of the table that a build keeps of hidden articles: `of` is the id that the article has where it is not hidden."""


@dataclass(frozen=True, slots=True)
class Hiding:
    """Which split a build hides, and the secret that all salts come from: 64 hex digits."""

    split: str
    secret: str


class Commitment(NamedTuple):
    """What a release says of one hidden article."""

    id: str
    sha256: str
    standfirst: bool

    def asked(self, task: str) -> bool:
        """Whether the article has the task's target."""
        return task == TASKS[0] or self.standfirst


class Reference(NamedTuple):
    """The hidden texts and address of one article, and its salt."""

    id: str
    url: str | None
    headline: str
    standfirst: str | None
    salt: str

    def sha256(self) -> str:
        """The salted hash: of the JSON list of salt, id, address, headline, standfirst, in UTF-8 without spaces.

        >>> told = b'["00","0f",null,"Tea",null]'
        >>> Reference("0f", None, "Tea", None, "00").sha256() == hashlib.sha256(told).hexdigest()
        True
        """
        told = [self.salt, self.id, self.url, self.headline, self.standfirst]
        return hashlib.sha256(json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()


def split_off(rows: pa.Table, secret: str, addressless: Iterable[str]) -> tuple[pa.Table, pa.Table]:
    """The rows without what is hidden, sorted by id; and the table (`COLUMNS`) of what was taken out.

    The id of an article without address is a hash of its texts, by which a guess of the headline could be tried. So
    each of the `addressless` ids is salted too, where it names an article and where it names a story.
    """
    import pyarrow as pa

    renamed = {i: _salted(i, _salt(secret, i)) for i in addressless}
    shown, kept = [], []
    for row in rows.to_pylist():
        of = row["id"]
        row["id"], row["story"] = renamed.get(of, of), renamed.get(row["story"], row["story"])
        kept.append((of, row["id"], row["url"], row["headline"], row["standfirst"], _salt(secret, of)))
        shown.append({**row, **dict.fromkeys(NULLED)})
    nullable = pa.schema([field.with_nullable(True) for field in rows.schema])
    columns = {name: pa.array([row[k] for row in kept], pa.string()) for k, name in enumerate(COLUMNS)}
    return pa.Table.from_pylist(shown, nullable).sort_by("id"), pa.table(columns).sort_by("id")


def _salt(secret: str, of: str) -> str:
    return hmac.digest(bytes.fromhex(secret), of.encode(), "sha256").hex()


def _salted(of: str, salt: str) -> str:
    return hashlib.sha256(f"{salt} {of}".encode()).hexdigest()[:16]


def write_commitments(release: Path, split: str, kept: pa.Table) -> None:
    """Write `hidden/SPLIT.jsonl` of the table that `split_off` gives, sorted by id."""
    lines = [
        json.dumps({"id": r.id, "sha256": r.sha256(), "standfirst": r.standfirst is not None}) + "\n"
        for r in _references(kept)
    ]
    path = release / FOLDER / f"{split}.jsonl"
    path.parent.mkdir(exist_ok=True)
    path.write_text("".join(lines), encoding="utf-8")


def write_references(path: Path, hiding: Hiding, fingerprint: str, kept: pa.Table) -> None:
    """Write the file of references, whole or not at all, for its owner alone to read; the first line is about it."""
    about = {"references": FORMAT, "split": hiding.split, "data": fingerprint, "secret": hiding.secret}
    with written(path, 0o600) as file:
        for row in (about, *(r._asdict() for r in _references(kept))):
            file.write(json.dumps(row, ensure_ascii=False) + "\n")


def _references(kept: pa.Table) -> Iterator[Reference]:
    for row in kept.select(list(Reference._fields)).to_pylist():
        yield Reference(**row)


def references_beside(out: str | Path, split: str) -> Path:
    """Where the references of a release's hidden split go unless one says otherwise.

    >>> references_beside("build/news/", "test").as_posix()
    'build/news-test-references.jsonl'
    """
    return Path(out).with_name(f"{Path(out).name}-{split}-references.jsonl")


def hiding_of(split: str, references: Path, salt: str | Path | None = None) -> Hiding:
    """What a build hides: the secret is that of the file `salt`, else of references that are there, else a new one.

    `salt` holds 64 hex digits, or is itself a file of references. Raises InputError where it is none, where the split
    cannot be hidden, and where `references` has another secret, since what it proves would be lost.
    """
    if split not in MAY_BE_HIDDEN:
        raise InputError(f"--hide-references: found {split!r}, wanted {' or '.join(MAY_BE_HIDDEN)}")
    there = _secret(references) if references.is_file() else None
    secret = _secret(Path(salt)) if salt is not None else there or secrets.token_hex(32)
    if there not in (None, secret):
        raise InputError(
            f"{references}: holds references with another salt, and no release made with that could be proved without "
            "them; name another file with --references, or move it away"
        )
    return Hiding(split, secret)


def _secret(path: Path) -> str:
    try:
        with path.open(encoding="utf-8") as file:
            line = file.readline(1 << 16).strip()
        secret = json.loads(line).get("secret") if line.startswith("{") else line
    except (OSError, ValueError, RecursionError) as error:
        raise InputError(f"{path}: no salt can be read from it ({error})") from None
    if not isinstance(secret, str) or not _SECRET.fullmatch(secret):
        raise InputError(f"{path}: holds no salt; wanted 64 hex digits, or a file of references")
    return secret


def hidden_split(data: str | Path) -> str | None:
    """The split whose references the release hides; None where it hides none."""
    return next((split for split in MAY_BE_HIDDEN if (Path(data) / FOLDER / f"{split}.jsonl").is_file()), None)


def commitments(data: str | Path, split: str) -> dict[str, Commitment]:
    """What the release says of each hidden article of the split, by id; none where its references are not hidden."""
    path = Path(data) / FOLDER / f"{split}.jsonl"
    found = {}
    for number, row in enumerate(_rows(path) if path.is_file() else (), 1):
        fields: dict[str, Any] = {name: row.get(name) for name in Commitment._fields}
        commitment = Commitment(**fields)
        hashes = (commitment.id, commitment.sha256)
        if not all(isinstance(h, str) for h in hashes) or not isinstance(commitment.standfirst, bool):
            raise InputError(f"{path}, line {number}: wanted id, sha256 and standfirst; take the release anew")
        found[commitment.id] = commitment
    return found


def read_references(path: str | Path) -> tuple[str, dict[str, Reference]]:
    """The split of a file of references, and its references by id. Raises InputError where it is none."""
    path = Path(path)
    if not path.is_file():
        raise InputError(f"{path}: no such file; wanted the references that standfirst build --hide-references wrote")
    rows = _rows(path)
    about = next(rows, {})
    if about.get("references") != FORMAT or about.get("split") not in MAY_BE_HIDDEN:
        raise InputError(f"{path}: no references of format {FORMAT}: its first line must say so, and name the split")
    found = {}
    for number, row in enumerate(rows, 2):
        fields: dict[str, Any] = {name: row.get(name) for name in Reference._fields}
        reference = Reference(**fields)
        texts = [reference.id, reference.headline, reference.salt]
        others = [text for text in (reference.url, reference.standfirst) if text is not None]
        if not all(isinstance(text, str) and text for text in (*texts, *others)):
            raise InputError(f"{path}, line {number}: wanted id, headline and salt, and text or null for the others")
        found[reference.id] = reference
    return about["split"], found


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with path.open("rb") as file:
        for number, line in enumerate(file, 1):
            try:
                row = json.loads(line)
            except (ValueError, RecursionError) as error:
                raise InputError(f"{path}, line {number}: not JSON ({error})") from None
            if not isinstance(row, dict):
                raise InputError(f"{path}, line {number}: wanted a JSON object")
            yield row


def differing(data: str | Path, references: str | Path) -> dict[str, str]:
    """Id -> what is wrong with its line in a file of references, held against what the release published; {} if none.

    Raises InputError where the file is none, and where the release hides no references of its split.
    """
    split, found = read_references(references)
    published = commitments(data, split)
    if not published:
        raise InputError(f"{data}: hides no references of its {split} split, and {references} holds such")
    wrong = {}
    for i in sorted(published.keys() | found.keys()):
        if i not in found:
            wrong[i] = f"is missing in {references}"
        elif i not in published:
            wrong[i] = f"stands in {references}, and the release hides no such article"
        elif found[i].sha256() != published[i].sha256:
            wrong[i] = f"is not in {references} as it was when the release was made"
    return wrong


def checked_references(data: str | Path, split: str, references: str | Path) -> dict[str, Reference]:
    """The references of a hidden split, after checking every one against the release. Raises InputError otherwise."""
    of, found = read_references(references)
    if of != split or hidden_split(data) != split:
        hides = hidden_split(data) or "no split"
        raise InputError(f"{references}: holds references of {of}; {data} hides those of {hides}, asked for: {split}")
    if wrong := differing(data, references):
        first = "; ".join(f"{i} {fault}" for i, fault in list(wrong.items())[:5])
        raise InputError(f"{references}: {len(wrong)} of its references are not those that {data} published: {first}")
    return found


def wrongly_named(bodies: Mapping[str, str], found: Mapping[str, Reference]) -> list[str]:
    """The ids, of articles whose bodies are given, that do not follow from address or text as an id must."""
    wrong = []
    for i, body in bodies.items():
        reference = found[i]
        of = article_id(reference.url, reference.headline, body)
        if i != (of if reference.url else _salted(of, reference.salt)):
            wrong.append(i)
    return wrong
