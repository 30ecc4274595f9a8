"""`standfirst build`: articles to a release folder."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from standfirst.cli import app
from standfirst.cli.progress import stages_shown
from standfirst.errors import InputError


@app.command(
    epilog="Example: standfirst build corpus/articles --out build/articles  "
    "(then: datasets.load_dataset('build/articles'))"
)
def build(
    source: Annotated[
        list[str],
        typer.Argument(
            help="A page, a folder of pages, a table, a web archive (also s3://), or the word newsarticles."
        ),
    ],
    out: Annotated[
        Path, typer.Option("--out", "-o", help="The release folder to write; an older release is replaced.")
    ],
    column: Annotated[
        list[str] | None, typer.Option(help="field=NAME: which column of a table holds a field; may be repeated.")
    ] = None,
    ratios: Annotated[str, typer.Option(help="Shares of train/validation/test.")] = "80/10/10",
    sources: Annotated[
        Path | None, typer.Option(help="A sources.toml that describes the sources and their rights.")
    ] = None,
    card: Annotated[Path | None, typer.Option(help="The card's prose, in place of the generic one.")] = None,
    takedowns: Annotated[Path | None, typer.Option(help="A takedowns.toml: articles that become tombstones.")] = None,
    mixed_licences: Annotated[
        bool, typer.Option("--mixed-licences", help="Allow sources of different licences in one release.")
    ] = False,
    hide_references: Annotated[
        str | None,
        typer.Option(metavar="SPLIT", help="Keep the texts asked for of validation or test in another file."),
    ] = None,
    references: Annotated[
        Path | None, typer.Option(help="That file; beside the release unless given.", show_default=False)
    ] = None,
    salt: Annotated[
        Path | None,
        typer.Option(help="A file with 64 hex digits, or such a file of references; a new salt unless given."),
    ] = None,
    by_date: Annotated[
        str | None, typer.Option(metavar="DAY/DAY", help="Split by date: the first days of validation and of test.")
    ] = None,
    gap: Annotated[int, typer.Option(min=0, help="Days before each of these that are left empty.")] = 0,
    continues: Annotated[
        Path | None,
        typer.Option("--continue", metavar="MANIFEST", help="A published version: its articles keep story and split."),
    ] = None,
    like: Annotated[
        str | None,
        typer.Option(help="Of web archives: patterns of hosts (*.example.org) or addresses (site.org/news/*)."),
    ] = None,
    language: Annotated[str | None, typer.Option(help="Of web archives: languages to read, such as en,fr.")] = None,
    since: Annotated[str | None, typer.Option(help="Of web archives: the first day of capture.")] = None,
    until: Annotated[str | None, typer.Option(help="Of web archives: the last day of capture.")] = None,
    workers: Annotated[int, typer.Option(min=1, help="Processes to use.")] = 2,
    engine: Annotated[str, typer.Option(help="Where stages run: local, or spark.")] = "local",
    master: Annotated[str | None, typer.Option(help="Of Spark: spark://HOST:PORT, yarn, local[2], ...")] = None,
    work: Annotated[
        str | None, typer.Option(help="Where stages keep their files (a folder, s3://...), if not beside --out.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the report as JSON.")] = False,
) -> None:
    """Turn articles into a release: a folder that `datasets.load_dataset` reads, with rejects and a leak report."""
    from standfirst.pipeline import build as build_release
    from standfirst.release.hidden import references_beside
    from standfirst.runners import runner_for
    from standfirst.splits import ByDate, Ratios

    if by_date and ratios != "80/10/10":
        raise InputError("--ratios and --by-date: each says how to split; give one of them")
    if gap and not by_date:
        raise InputError("--gap: is for splits by date; give --by-date DAY/DAY too")
    if (references or salt) and not hide_references:
        raise InputError("--references and --salt: are for hidden references; give --hide-references test too")
    filters = {"like": like, "language": language, "since": since, "until": until}
    with stages_shown() as progress:
        report = build_release(
            source,
            out,
            ratios=Ratios.parse(ratios),
            by_date=ByDate.parse(by_date, gap) if by_date else None,
            continues=continues,
            filters={k: v for k, v in filters.items() if v is not None},
            columns=columns_of(column),
            descriptions=sources,
            takedowns=takedowns,
            mixed_licences=mixed_licences,
            hide_references=hide_references,
            references=references,
            salt=salt,
            card_text=prose_of(card),
            runner=runner_for(engine, master, workers),
            work_folder=work,
            progress=progress,
        )
    if as_json:
        print(json.dumps(report, ensure_ascii=False))
        return
    refused = sum(report["refused"].values())
    print(f"{report['records']:,} records ({report['with_standfirst']:,} with a standfirst), {refused:,} refused.")
    splits = ", ".join(f"{name} {split['records']:,}" for name, split in report["splits"].items())
    print(f"{report['stories']['stories']:,} stories; {splits}. No leak above its limit.")
    if hide_references:
        where = references or references_beside(out, hide_references)
        print(f"The references of {hide_references} are hidden; keep {where} to yourself, and keep it.")
    print(f"Written to {out}: load it with datasets.load_dataset({str(out)!r}); README.md is its card.")


def prose_of(card: Path | None) -> str | None:
    """The text of the file that `--card` names."""
    try:
        return None if card is None else card.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        why = "not UTF-8" if isinstance(error, UnicodeDecodeError) else error.strerror
        raise InputError(f"{card}: {why}; --card names the card's prose, a file of Markdown in UTF-8") from None


def columns_of(given: list[str] | None) -> dict[str, str]:
    """What `--column FIELD=NAME` says: field -> column."""
    columns = {}
    for pair in given or []:
        name, equals, value = pair.partition("=")
        if not equals or not value:
            raise InputError(f"--column: found {pair!r}, wanted FIELD=NAME, such as --column headline=title")
        columns[name] = value
    return columns
