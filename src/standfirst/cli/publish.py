"""`standfirst publish`: a release put on the Hugging Face Hub, or in a store."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from standfirst.cli import app


@app.command(epilog="Example: standfirst publish build/articles someone/standfirst-articles --tag v1.0.0 --dry-run")
def publish(
    data: Annotated[Path, typer.Argument(metavar="DIR", help="A release folder.")],
    repo: Annotated[str, typer.Argument(metavar="ORG/NAME", help="On the Hub; or a store's folder, s3://bucket/name.")],
    tag: Annotated[str | None, typer.Option(help="The version, such as v1.0.0; never used for other content.")] = None,
    private: Annotated[bool, typer.Option("--private", help="Make the repository private, if it is made now.")] = False,
    revision: Annotated[str, typer.Option(help="The branch to commit to.")] = "main",
    manifest: Annotated[
        bool, typer.Option("--manifest", help="Publish what holds no text: card, report and manifest.")
    ] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would be sent, and send nothing.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print what was done as JSON.")] = False,
) -> None:
    """Verify a release and publish it: one commit, then the tag. Repeat the command if it is interrupted.

    The token is the one of `hf auth login`, or HF_TOKEN.
    """
    from standfirst.errors import InputError

    if "://" in repo:
        if tag or private or manifest or revision != "main":
            raise InputError(
                "a store has no tags, branches, private repositories or manifests; name a folder a version"
            )
        from standfirst.release.store import copy_to

        done = copy_to(data, repo, dry_run=dry_run)
    else:
        from standfirst.release.hub import publish as published

        done = published(data, repo, tag=tag, private=private, revision=revision, manifest=manifest, dry_run=dry_run)
    if as_json:
        print(json.dumps(done.to_dict(), ensure_ascii=False))
        return
    verb = "would be" if dry_run else "was"
    for name in done.sent:
        print(f"{name} {verb} sent")
    for name in done.removed:
        print(f"{name} {verb} removed")
    at = f", commit {done.commit[:12]}" if done.commit else ""
    sent = f"{len(done.sent)} files {'would be' if dry_run else 'were'} sent"
    print(f"{sent}, {len(done.unchanged)} were there: {done.url}{at}" + (f", {tag}" if tag else ""))
