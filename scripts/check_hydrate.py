"""Rebuild the built benchmark's NewsArticles release from its manifest: from the same input, then from a damaged one.

    python scripts/check_hydrate.py [--build build] [--share 0.01]

First every byte must be that of the release. Then of each hundred rows one is changed or missing, and every one of them
that the release holds, and no other, must be named. Exit 1 where it is not so.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from unittest import mock

from standfirst.errors import InputError
from standfirst.record import Fields, article_id
from standfirst.release.hydrate import Hydration, hydrate
from standfirst.release.manifest import read_manifest, write_manifest
from standfirst.sources import newsarticles

ROOT = Path(__file__).resolve().parent.parent


def main(argv: list[str] | None = None) -> int:
    """Rebuild twice, say what was found; 0 as it must be, 1 not."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", type=Path, default=ROOT / "build", help="where build_benchmark.py wrote")
    parser.add_argument("--share", type=float, default=0.01, help="of the rows, to change or to drop")
    args = parser.parse_args(argv)
    release = args.build / "newsarticles"
    with tempfile.TemporaryDirectory() as scratch:
        manifest, out = Path(scratch) / "manifest.jsonl", Path(scratch) / "out"
        try:
            write_manifest(release, manifest, "1.0.0")
        except InputError as error:
            parser.error(f"{error}; build it with: make benchmark")
        found = rebuilt(manifest, out, release)
        same = (out / "SHA256SUMS").read_bytes() == (release / "SHA256SUMS").read_bytes()
        print(f"same input: {found.matched:,} articles match; {'the same bytes' if same else 'NOT the same bytes'}")
        damage = Damage(args.share, set(read_manifest(manifest).entries))
        with mock.patch.object(newsarticles, "read_newsarticles", damage.rows):
            found = rebuilt(manifest, out, release)
    named = found.differ.keys() == damage.changed and set(found.missing) == damage.dropped
    print(
        f"{args.share:.0%} damaged: {len(damage.changed)} articles were changed, {len(damage.dropped)} dropped; "
        f"{len(found.differ)} are named as different, {len(found.missing)} as missing: "
        f"{'every one of them and no other' if named else 'NOT the same ones'}; comparable: {found.comparable()}"
    )
    return 0 if same and named else 1


def rebuilt(manifest: Path, out: Path, release: Path) -> Hydration:
    """The release of the manifest, with the card that the original has."""
    card = (release / "README.md").read_text(encoding="utf-8")
    return hydrate(
        manifest, ["newsarticles"], out, descriptions=ROOT / "corpus" / "sources.toml", card_text=card, workers=1
    )


class Damage:
    """NewsArticles with a share of its rows changed or dropped, by turns; which of those are in the release."""

    def __init__(self, share: float, ids: set[str]) -> None:
        self.share, self.ids = share, ids
        self.changed: set[str] = set()
        self.dropped: set[str] = set()
        self._whole = newsarticles.read_newsarticles

    def rows(self, cache: Path | None = None) -> Iterator[Fields]:
        """The rows; which are damaged follows from their names alone, so that both readers of the table agree."""
        for fields in self._whole(cache):
            point = int.from_bytes(sha256(fields.name.encode()).digest()[:8], "big")
            if point >= self.share * 2**64 or not fields.body or not fields.headline:
                yield fields
                continue
            known = {article_id(fields.url, fields.headline, fields.body)} & self.ids
            if point % 2:
                self.dropped |= known
            else:
                self.changed |= known
                yield replace(fields, headline=f"{fields.headline} Again")


if __name__ == "__main__":
    sys.exit(main())
