"""The stages of a build: each a function `stage(root, settings, index)` from tables in a work folder to tables in it.

A stage writes each file atomically and does nothing where its file is there, so a killed build goes on where it was,
and any runner may run any stage twice. An id is a hash, so a range of ids is a fair share of the work: shard k of n
holds the ids in the k-th n-th of all ids. Nothing depends on the order of files, rows or tasks.

    read -> raw            an input unit: pages extracted, rows cleaned, all judged
    collect -> articles    a shard of ids: one row an id; and its traces, the keys that stories are found by, all
                           its hashes
    pair -> pairs          a range of keys: articles that share one
    attach -> attached     a shard: each pair with its first article's traces, on the way to the second
    verify -> edges        a shard: pairs that tell one story, or are kept in one split
    join -> stories        one task: connected components, and their splits
    meet -> meetings       a range of hashes: what articles of different splits share of it
    leak -> leaks          some held-out articles: what of them stands in other splits
    write -> data          a file of the release

What the exact leak search finds in two splits is an edge too: join, meet and leak run again until there is none.
"""

from standfirst.stages.articles import DataFile, collect, read, write
from standfirst.stages.held_out import continued, gather_leaks, leak, leak_tasks, meet, new_edges, repeats
from standfirst.stages.layout import PUBLISHED, ROWS_A_FILE, Settings, id_span, placement, published, span, table_of
from standfirst.stages.tellings import attach, join, pair, place, verify

__all__ = [
    "PUBLISHED",
    "ROWS_A_FILE",
    "DataFile",
    "Settings",
    "attach",
    "collect",
    "continued",
    "gather_leaks",
    "id_span",
    "join",
    "leak",
    "leak_tasks",
    "meet",
    "new_edges",
    "pair",
    "place",
    "placement",
    "published",
    "read",
    "repeats",
    "span",
    "table_of",
    "verify",
    "write",
]
