"""Quality and speed of extraction beside other tools, on the same pages in one run; writes the table of the docs.

    python scripts/bench_extract.py ../shared/data/pages [--json FILE] [--left-out DIR] [--tools standfirst parse]

Each tool runs in a process of its own, one after the other, reads all pages once to warm up and then once more against
the CPU clock; pages are unpacked one at a time, so that the most memory is the tool's. `parse` is the bare parse of the
HTML, the limit. --left-out takes the predictions of `learn_extract.py --folds`. `make bench-extract` writes the table,
and one of the mistakes by kind, to docs/extraction.md. Needs the dependency group `bench`.
"""

from __future__ import annotations

import argparse
import gzip
import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from standfirst.extract import extract
from standfirst.extract.measuring import MISTAKES, judge, means, mistakes
from standfirst.record import Page
from standfirst.release.card import fill_blocks

DOCS = Path(__file__).parent.parent / "docs"
TOOLS = ("standfirst", "trafilatura", "newspaper4k", "parse")
BLOCK, ERRORS = "bench-extract", "extract-errors"
PACKAGES = {"trafilatura": "trafilatura", "newspaper4k": "newspaper4k", "parse": "selectolax"}
NAMES = {
    "headline": "headline right",
    "precision": "standfirst precision",
    "recall": "standfirst recall",
    "false": "standfirst where there is none",
    "left": "standfirst left in the body",
    "body": "body 4-gram F1",
    "whole": "whole record right",
}
LEARNT = (
    "The weights of standfirst were learnt from these pages. What to expect of a publisher not seen stands under "
    "*publishers left out*: five folds, each page read with weights learnt without its publisher."
)
Found = dict[str, str | None]


def rows(path: Path) -> Iterator[dict[str, Any]]:
    """The pages of a gzipped file of JSON lines, one at a time."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def tool(name: str) -> Callable[[str], Found]:
    """The tool as a function from a page's HTML to what it found."""
    if name == "standfirst":

        def ours(html: str) -> Found:
            fields = extract(Page(html.encode(), name=""))
            return {"headline": fields.headline, "standfirst": fields.standfirst, "body": fields.body}

        return ours
    if name == "trafilatura":
        bare_extraction: Any = import_module("trafilatura").bare_extraction

        def theirs(html: str) -> Found:
            document = bare_extraction(html, with_metadata=True)
            if document is None:
                return {}
            return {"headline": document.title, "standfirst": document.description, "body": document.text}

        return theirs
    if name == "newspaper4k":
        make_article: Any = import_module("newspaper").Article

        def paper(html: str) -> Found:
            article = make_article("https://news.example/", fetch_images=False)
            article.download(input_html=html)
            article.parse()
            return {"headline": article.title, "standfirst": article.meta_description, "body": article.text}

        return paper
    from selectolax.lexbor import LexborHTMLParser

    def bare(html: str) -> Found:
        LexborHTMLParser(html)
        return {}

    return bare


def run(name: str, path: Path) -> dict[str, Any]:
    """What the tool found on each page, pages per CPU second, and the most memory that its process took."""
    read = tool(name)
    found: dict[str, Found] = {}
    for page in rows(path):
        try:
            found[page["id"]] = read(page["html"])
        except Exception as error:  # another tool's fault is its figure, not the end of the run
            found[page["id"]] = {}
            print(f"{name}: {page['id']}: {error}", file=sys.stderr)
    seconds = 0.0
    for page in rows(path):
        html = page["html"]
        start = time.process_time()
        try:
            read(html)
        except Exception:  # told above
            continue
        finally:
            seconds += time.process_time() - start
    return {"found": found, "speed": len(found) / seconds, "megabytes": most_megabytes()}


def most_megabytes() -> float:
    """The most memory that this process took. What `getrusage` says holds, on Linux, that of the process before it."""
    status = Path("/proc/self/status")
    if status.is_file():
        return int(status.read_text().partition("VmHWM:")[2].split()[0]) / 1024
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / (1 << 20 if sys.platform == "darwin" else 1 << 10)


def figures(pages: Sequence[dict[str, Any]], found: dict[str, Found]) -> dict[str, dict[str, float]]:
    """The figures for English and for the other languages."""
    groups: dict[str, list[dict[str, float]]] = {"English": [], "other": []}
    for page in pages:
        groups[group_of(page)].append(judge(told(page), found.get(page["id"], {})))
    return {group: means(values) for group, values in groups.items()}


def group_of(page: dict[str, Any]) -> str:
    """The group that the page is counted in."""
    return "English" if page["language"] == "en" else "other"


def told(page: dict[str, Any]) -> dict[str, Any]:
    """The page as `judge` takes it."""
    status = page["standfirst_status"]
    lead = None if status in ("none", "ambiguous") else page["standfirst"]
    return {**page, "told": status != "ambiguous", "standfirst": lead}


def errors(pages: Sequence[dict[str, Any]], found: dict[str, Found]) -> dict[str, list[int]]:
    """Kind of mistake -> on how many English pages and on how many others it is made."""
    out = {kind: [0, 0] for kind in MISTAKES}
    for page in pages:
        for kind in mistakes(told(page), found.get(page["id"], {})):
            out[kind][group_of(page) == "other"] += 1
    return out


def scored(pages: Sequence[dict[str, Any]], found: dict[str, Found]) -> dict[str, Any]:
    """The figures, the mistakes by kind, and how many pages there are, English and others."""
    sizes = [sum(group_of(page) == group for page in pages) for group in ("English", "other")]
    return {"figures": figures(pages, found), "errors": errors(pages, found), "pages": sizes}


def error_table(measured: dict[str, Any]) -> str:
    """How often each kind of mistake is made by standfirst, in Markdown: a line a kind, a column a reading."""
    ours = {name: of for name, of in measured.items() if name.startswith("standfirst") and "errors" in of}
    heads = [f"{name} ({of['pages'][0]} / {of['pages'][1]} pages)" for name, of in ours.items()]
    lines = ["| English / other languages | " + " | ".join(heads) + " |", "|---|" + "---|" * len(ours)]
    for kind, title in MISTAKES.items():
        cells = [f"{of['errors'][kind][0]} / {of['errors'][kind][1]}" for of in ours.values()]
        lines.append(f"| {title} | " + " | ".join(cells) + " |")
    return "\n".join(lines) if ours else ""


def table(measured: dict[str, Any]) -> str:
    """The table in Markdown: a line a figure, English / other languages, and a column a tool."""
    lines = [
        "| English / other languages | " + " | ".join(map(titled, measured)) + " |",
        "|---|" + "---|" * len(measured),
    ]
    for figure, name in NAMES.items():
        cells = [
            " / ".join(f"{group[figure]:.3f}" if figure in group else "-" for group in values["figures"].values())
            for values in measured.values()
        ]
        lines.append(f"| {name} | " + " | ".join("" if c == "- / -" else c for c in cells) + " |")
    for key, name in (("speed", "pages per CPU second"), ("megabytes", "most memory, MB")):
        cells = [f"{values[key]:.0f}" if key in values else "" for values in measured.values()]
        lines.append(f"| {name} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def titled(name: str) -> str:
    """The tool with the version that ran."""
    package = PACKAGES.get(name)
    if package is None:
        return name
    try:
        found = version(package)
    except PackageNotFoundError:
        return name
    return f"bare parse (lexbor, selectolax {found})" if name == "parse" else f"{name} {found}"


def speeds(measured: dict[str, Any]) -> str:
    """Our speed beside trafilatura's and the bare parse's, in one sentence; empty where not both ran."""
    if not {"standfirst", "trafilatura", "parse"} <= measured.keys():
        return ""
    ours, other, bare = (measured[name]["speed"] for name in ("standfirst", "trafilatura", "parse"))
    return (
        f"Pages per CPU second: {ours / other:.1f} times trafilatura's (wanted: 6), {ours / bare:.2f} of the bare "
        "parse's (wanted: 0.4)."
    )


def of_labels(pages: Sequence[dict[str, Any]]) -> str:
    """What the true records themselves get, in one sentence: the limit of what can be asked of a tool."""
    found = {page["id"]: {name: page[name] for name in ("headline", "standfirst", "body")} for page in pages}
    left = " / ".join(f"{group['left']:.3f}" if "left" in group else "-" for group in figures(pages, found).values())
    return (
        f"The true records, scored as a tool's are, hold the standfirst in the body on {left} of the pages: "
        "their bodies say it again, and a tool that is right everywhere gets no less."
    )


def left_out(folder: Path, data: Path) -> dict[str, Any]:
    """The figures of predictions by weights that did not see the page's publisher."""
    out: dict[str, Any] = {}
    for kind, file in (("html", "pages.jsonl.gz"), ("text", "page_texts.jsonl.gz")):
        if (folder / f"{kind}.jsonl").is_file():
            lines = (folder / f"{kind}.jsonl").read_text(encoding="utf-8").splitlines()
            found = {row["id"]: row for row in map(json.loads, lines)}
            name = "standfirst, publishers left out" + (", page text" if kind == "text" else "")
            out[name] = scored(list(rows(data / file)), found)
    return out


def text_figures(data: Path) -> dict[str, Any]:
    """The figures on page text, from the headline on and of whole pages."""
    out: dict[str, Any] = {}
    pages = list(rows(data / "page_texts.jsonl.gz"))
    for field, title in (("text_dump", "page text"), ("text_full", "page text, whole page")):
        found: dict[str, Found] = {}
        for page in pages:
            fields = extract(Page(page[field].encode(), name="", media="text"))
            found[page["id"]] = {"headline": fields.headline, "standfirst": fields.standfirst, "body": fields.body}
        out[f"standfirst, {title}"] = scored(pages, found)
    return out


def main(argv: Sequence[str] | None = None) -> int:
    """Measure, print, and write if asked; 0 done."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path, help="the folder with pages.jsonl.gz and page_texts.jsonl.gz")
    parser.add_argument("--tools", nargs="+", choices=TOOLS, default=list(TOOLS))
    parser.add_argument("--left-out", type=Path)
    parser.add_argument("--json", type=Path, help="write the figures here")
    parser.add_argument("--write", action="store_true", help="write the table to docs/extraction.md")
    parser.add_argument("--one", choices=TOOLS, help=argparse.SUPPRESS)
    args = parser.parse_args(argv)
    if args.one:
        print(json.dumps(run(args.one, args.data / "pages.jsonl.gz")))
        return 0
    pages = list(rows(args.data / "pages.jsonl.gz"))
    measured: dict[str, Any] = {}
    for name in args.tools:
        command = [sys.executable, __file__, str(args.data), "--one", name]
        done = subprocess.run(command, check=False, stdout=subprocess.PIPE, text=True)
        if done.returncode:
            raise SystemExit(f"{name} did not run, for the reason above; pip install --group bench brings the peers")
        result = json.loads(done.stdout)
        judged = scored(pages, result["found"]) if name != "parse" else {"figures": {"English": {}, "other": {}}}
        measured[name] = {**judged, "speed": result["speed"], "megabytes": result["megabytes"]}
    if "standfirst" in args.tools and (args.data / "page_texts.jsonl.gz").is_file():
        measured.update(text_figures(args.data))
    if args.left_out:
        measured.update(left_out(args.left_out, args.data))
    shown = "\n\n".join(part for part in (table(measured), speeds(measured), of_labels(pages), LEARNT) if part)
    counted = error_table(measured)
    print(shown, counted, sep="\n\n")
    if args.json:
        args.json.write_text(json.dumps(measured, indent=1) + "\n", encoding="utf-8")
    if args.write:
        page = DOCS / "extraction.md"
        text = fill_blocks(page.read_text(encoding="utf-8"), {BLOCK: shown, ERRORS: counted}, page.name)
        page.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
