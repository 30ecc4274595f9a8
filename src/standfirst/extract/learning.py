"""How the weights are learnt: blocks are labelled from the true fields, and logistic regression is fitted to them.

Four questions, each with its own weights: is the block body, seen by itself (`features`); is it body, seen among its
neighbours (`context`), and once more, when the neighbours are better known; is it the standfirst (`standfirst`). Later
questions read the scores of earlier ones, so in learning those scores come from models that did not see the page's
publisher, as they will not in use.
"""

from __future__ import annotations

import hashlib
import random
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from standfirst.extract import features, steps, text_furniture, vocabulary
from standfirst.extract.model import Model, name_of
from standfirst.extract.steps import BITS
from standfirst.extract.tree import Block, Document
from standfirst.text import ngrams, squeeze, words

FOLDS = 4  # of the learning pages, by publisher, for the scores that later questions read
INVERSE_PENALTIES = {"block": 0.3, "context": 0.3, "again": 0.3}
"""scikit-learn's C; of .05 to 3 these gave the best figures on publishers left out (docs/extraction.md)."""
OF_CHOICE = {"html": 0.3, "text": 0.4}
"""The same of the choice of a standfirst, by kind of page."""
EXPECTED: dict[str, dict[tuple[str, str], float]] = {
    "html": {("bold", "bold:first"): 1.55, ("bold", "bold:before"): 1.55, ("where", "own:above"): 1.0},
    "text": {("then", "signed:first"): 1.5},
}
"""Weights of the choice of a standfirst that L2 does not draw to nought, of what few of the measured pages have.

Readers take a bold first paragraph for one (150 of 257 pages of a French site that nothing was learnt from have one),
and so they do a block above the headline that is called one. Of the lines of page text right
under the headline and above a byline, 62 of 66 are one.
"""

VEIL = 0.3
"""Share of the groups of names that are hidden in a page's second copy (`veiled`)."""
THIN = 0.6
"""Share of the runs of furniture that are left out of a text's second copy (`thinned`)."""
NAMED = ("own", "near", "mid", "far")
"""The slots of `features.LOCAL` that hold groups of names."""

_SAID = features.LOCAL.index("said")

Rows = list[tuple[object, ...]]


@dataclass(slots=True)
class Example:
    """A page with its true fields: what was read of it, and which blocks are body and standfirst (None: not told)."""

    publisher: str
    reading: features.Reading
    body: set[int] | None
    standfirst: str | None
    told: bool
    """Whether the true page is known to show a standfirst or none."""
    weight: float = 1.0
    """How much the page counts beside others."""


def example(
    reading: features.Reading, publisher: str, body: str | None, lead: str | None, *, told: bool, weight: float = 1.0
) -> Example:
    """The example of one page; `body` None where it is not known."""
    document = reading.document
    labels = body_blocks([block.text for block in document.blocks], body) if body else None
    return Example(publisher, reading, labels, lead or None, told, weight)


def body_blocks(texts: Sequence[str], body: str) -> set[int]:
    """Indices of the texts that make up the body: the heaviest chain of texts that follow each other in it.

    A text counts where it stands in the body letter for letter (spacing and punctuation aside), or where most of its
    4-word shingles do (a paragraph whose dateline was cut).

    >>> sorted(body_blocks(["Menu", "Tea is drunk.", "More", "It is hot."], "Tea is drunk. It is hot."))
    [1, 3]
    """
    whole = squeeze(body)
    shingles = Counter(ngrams(words(body), 4))
    places: list[tuple[int, int, int]] = []
    for index, text in enumerate(texts):
        flat = squeeze(text)
        found = [at] if (at := whole.find(flat)) >= 0 and flat else []
        while found and len(found) < 8 and (at := whole.find(flat, found[-1] + 1)) >= 0:
            found.append(at)
        if not found and len(flat) > 40:
            own = Counter(ngrams(words(text), 4))
            if sum((own & shingles).values()) > 0.5 * sum(own.values()):
                for start in (len(flat) // 2, len(flat) // 3, max(len(flat) - 31, 0), 0):
                    if (at := whole.find(flat[start : start + 30])) >= 0:
                        found = [max(0, at - start)]
                        break
        places += [(index, at, len(flat)) for at in found]
    return _heaviest_chain(places)


def _heaviest_chain(places: list[tuple[int, int, int]]) -> set[int]:
    """Of (index, place, length), sorted: indices of the chain with most letters that neither goes back nor overlaps."""
    totals: list[float] = [0.0] * len(places)
    before = [-1] * len(places)
    for i, (index, at, length) in enumerate(places):
        totals[i] = length
        for j in range(max(0, i - 600), i):
            index2, at2, length2 = places[j]
            # Nearer links win among equals: a text that is repeated far below is a repeat.
            total = totals[j] + length - 0.001 * (index - index2)
            if index2 < index and at2 + length2 <= at + 5 and total > totals[i]:
                totals[i], before[i] = total, j
    chain: set[int] = set()
    i = max(range(len(places)), key=totals.__getitem__) if places else -1
    while i >= 0:
        chain.add(places[i][0])
        i = before[i]
    return chain


def veiled(page: Example) -> Example:
    """The page as another make of site would name it: `VEIL` of the groups of names are not seen, at half its weight.

    Names tell much on the pages that are learnt from, and less on a site whose names are unknown or made by machine;
    learnt from both, the weights rest on place and wording as well. Which groups are hidden depends on the page alone.
    """
    sheet = page.reading.sheet
    chance = random.Random(hashlib.sha256("".join(sheet.squeezed).encode()).digest())
    shown = sum(bit for bit in vocabulary.BIT.values() if chance.random() >= VEIL)
    at = [features.LOCAL.index(slot) for slot in NAMED]
    values = [list(row) for row in sheet.values]
    for row in values:
        for slot in at:
            row[slot] &= shown  # type: ignore[operator]
    unseen = features.Sheet([tuple(row) for row in values], sheet.squeezed, sheet.sizes, shown)
    return replace(page, reading=replace(page.reading, sheet=unseen), weight=page.weight / 2)


def _as_in_use(page: Example, scores: list[float]) -> Iterator[tuple[Example, list[float]]]:
    """The page's text with its scores as `text_furniture` leaves them, which is what the choice reads; and thinned."""
    scores = text_furniture.without_furniture(page.reading, text_furniture.with_prose(page.reading, scores))
    yield page, scores
    kept = thinned(page)
    if len(kept) < len(scores):
        yield _with_lines(page, kept), [scores[i] for i in kept]


def thinned(page: Example) -> list[int]:
    """The lines of the page's text as another make of site would print it: `THIN` of the furniture is not there.

    Between the headline and the body's fourth paragraph runs of furniture of one kind go, by chance that depends on the
    page alone. On the pages that are learnt from bylines and buttons tell much; learnt from both, the weights rest on
    what the lines say as well.
    """
    reading, sheet = page.reading, page.reading.sheet
    blocks, headline = reading.document.blocks, reading.headline
    head = headline.block.index if headline is not None and headline.block is not None else 0
    body = sorted(i for i in page.body or () if i > head)
    lead = {i for i, right in enumerate(standfirst_labels(page, range(len(blocks)))) if right}
    chance = random.Random(hashlib.sha256("".join(sheet.squeezed).encode()).digest())
    kept: list[int] = []
    run, gone = (0, False), False
    for i, size in enumerate(sheet.sizes):
        fixed = i <= head or not body or i >= body[min(3, len(body) - 1)] or i in body or i in lead
        kind = (0, False) if fixed else (1 + (sheet.values[i][_SAID] != 0), size > 6)
        if kind != run:
            run, gone = kind, not fixed and chance.random() < THIN
        if not gone:
            kept.append(i)
    return kept


def _with_lines(page: Example, kept: Sequence[int]) -> Example:
    """The page's text with some of its lines alone."""
    reading = page.reading
    document = Document(elements=reading.document.elements)
    for i in kept:
        block = reading.document.blocks[i]
        document.blocks.append(Block(block.element, block.text, len(document.blocks), block.pieces, block.looks))
    headline = reading.headline
    if headline is not None and headline.block is not None:
        headline = replace(headline, block=document.blocks[kept.index(headline.block.index)])
    return replace(page, reading=steps.described_text(document, headline))


def standfirst_labels(page: Example, chosen: Sequence[int]) -> list[bool]:
    """For each candidate whether it is the true standfirst, or a part of it."""
    wanted = squeeze(page.standfirst or "")
    texts = [page.reading.sheet.squeezed[i] for i in chosen]
    if wanted in texts:
        return [text == wanted for text in texts]
    return [len(text) > 14 and text in wanted for text in texts]


def fold_of(publisher: str, folds: int, salt: str = "") -> int:
    """The fold that a publisher's pages belong to, the same on every machine."""
    return int(hashlib.sha256((salt + publisher).encode()).hexdigest(), 16) % folds


def keys(slots: Sequence[str], values: Iterable[object]) -> Iterable[tuple[str, str]]:
    """(slot, value) for each value; a set of bits gives one for each bit, by its name."""
    for slot, value in zip(slots, values, strict=True):
        if slot not in BITS:
            yield slot, name_of(value)
            continue
        bits = int(value)  # type: ignore[call-overload]
        for place, name in enumerate(BITS[slot]):
            if bits >> place & 1:
                yield slot, name


def _columns(
    slots: Sequence[str], rows: Iterable[tuple[object, ...]]
) -> tuple[dict[tuple[str, str], int], list[int], list[int]]:
    """The column of each (slot, value), and of all rows, in a line, the columns that are one and where a row starts."""
    columns: dict[tuple[str, str], int] = {}
    known: list[dict[object, list[int]]] = [{} for _ in slots]
    indices: list[int] = []
    starts = [0]
    for row in rows:
        for slot, value, seen in zip(slots, row, known, strict=True):
            found = seen.get(value)
            if found is None:
                found = [columns.setdefault(key, len(columns)) for key in keys((slot,), (value,))]
                seen[value] = found
            indices += found
        starts.append(len(indices))
    return columns, indices, starts


def fit(slots: Sequence[str], rows: Rows, labels: list[bool], weights: list[float], c: float) -> dict[str, Any]:
    """The weights, as they are stored, of logistic regression (L2, inverse strength `c`) on the rows."""
    import numpy as np
    from scipy.sparse import csr_matrix
    from sklearn.linear_model import LogisticRegression

    columns, indices, starts = _columns(slots, rows)
    matrix = csr_matrix((np.ones(len(indices)), indices, starts), shape=(len(rows), len(columns)))
    model = LogisticRegression(C=c, max_iter=1000).fit(matrix, labels, sample_weight=weights)
    stored: dict[str, dict[str, float]] = {slot: {} for slot in slots}
    for (slot, value), column in sorted(columns.items()):
        weight = round(float(model.coef_[0][column]), 3)
        if weight:
            stored[slot][value] = weight
    return {"bias": round(float(model.intercept_[0]), 3), "weights": stored}


def _scores(slots: Sequence[str], stored: Mapping[str, Any], rows: Rows) -> list[float]:
    model = Model(slots, BITS, stored)
    return [model.score(row) for row in rows]


def _block_weights(page: Example) -> list[float]:
    """A block weighs as its words, to 60, so that what is measured is learnt; all pages weigh about the same."""
    sizes = page.reading.sheet.sizes
    total = sum(sizes[i] for i in page.body or ()) + 200
    return [20 * page.weight * (min(words, 60) + 4) / total for words in sizes]


def _fit_pages(
    pages: Sequence[Example], rows: Mapping[int, Rows], slots: Sequence[str], question: str
) -> dict[str, Any]:
    """Fit one of the two questions about the body, on the pages whose body is known."""
    all_rows: Rows = []
    labels: list[bool] = []
    weights: list[float] = []
    for page in pages:
        if page.body is None:
            continue
        all_rows += rows[id(page)]
        labels += [i in page.body for i in range(len(page.reading.sheet.sizes))]
        weights += _block_weights(page)
    return fit(slots, all_rows, labels, weights, INVERSE_PENALTIES[question])


def _left_out(
    pages: Sequence[Example], rows: Mapping[int, Rows], slots: Sequence[str], question: str
) -> dict[int, list[float]]:
    """Each page's scores, by models that did not see its publisher."""
    scores: dict[int, list[float]] = {}
    for fold in range(FOLDS):
        inside = [page for page in pages if fold_of(page.publisher, FOLDS, "learning") == fold]
        stored = _fit_pages([page for page in pages if page not in inside], rows, slots, question)
        for page in inside:
            scores[id(page)] = _scores(slots, stored, rows[id(page)])
    return scores


def learn(pages: Sequence[Example]) -> dict[str, Any]:
    """The weights of the four questions, as a file of `weights/` stores them."""
    kind = pages[0].reading.kind
    if kind == "html":
        pages = [half for page in pages for half in (replace(page, weight=page.weight / 2), veiled(page))]
    slots, lead = steps.AMONG[kind], steps.LEAD[kind]
    rows = {id(page): page.reading.sheet.values for page in pages}
    first = _left_out(pages, rows, features.LOCAL, "block")
    among = {id(page): list(zip(*steps.among(page.reading, first[id(page)]), strict=True)) for page in pages}
    second = _left_out(pages, among, slots, "context")
    again = {id(page): list(zip(*steps.among(page.reading, second[id(page)]), strict=True)) for page in pages}
    third = _left_out(pages, again, slots, "again")
    choices: list[tuple[Rows, list[bool], float]] = []
    for page in pages:
        if page.told:
            scores = steps.blended(kind, (first[id(page)], second[id(page)], third[id(page)]))
            for seen, known in _as_in_use(page, scores) if kind == "text" else [(page, scores)]:
                chosen = lead.candidates(seen.reading, known)
                described = lead.describe(seen.reading, known, chosen)
                labels = standfirst_labels(seen, chosen)
                if any(labels) or not page.standfirst:
                    choices.append((described, labels, seen.weight))
    return {
        "block": _fit_pages(pages, rows, features.LOCAL, "block"),
        "context": _fit_pages(pages, among, slots, "context"),
        "again": _fit_pages(pages, again, slots, "again"),
        "standfirst": fit_choice(lead.SLOTS, choices, OF_CHOICE[kind], EXPECTED[kind]),
    }


def fit_choice(
    slots: Sequence[str],
    choices: Sequence[tuple[Rows, list[bool], float]],
    c: float,
    expected: Mapping[tuple[str, str], float] | None = None,
) -> dict[str, Any]:
    """The weights of a conditional logit (McFadden 1974) with L2: on each page one candidate is right, or none.

    A candidate's probability is exp(score) / (1 + the sum of exp(score) of the page's candidates); 1 stands for none.
    Where several candidates are right (parts of one standfirst) their probabilities add up. L2 draws a weight to
    nought, or to what is `expected` of its (slot, value).
    """
    import numpy as np
    from scipy.optimize import minimize
    from scipy.sparse import csr_matrix

    columns, indices, starts = _columns(slots, (row for rows, _, _ in choices for row in rows))
    bounds = [0]
    right: list[bool] = []
    for _, labels, _ in choices:
        right += labels
        bounds.append(len(right))
    matrix = csr_matrix((np.ones(len(indices)), indices, starts), shape=(len(right), len(columns)))
    page_of = np.repeat(np.arange(len(choices)), np.diff(bounds))
    is_right = np.array(right, dtype=float)
    counts_as = np.array([weight for _, _, weight in choices])
    drawn_to = np.array([(expected or {}).get(key, 0.0) for key in columns])
    has_right = np.bincount(page_of, is_right, len(choices)) > 0

    def loss(parameters: Any) -> tuple[float, Any]:
        weights, bias = parameters[:-1], parameters[-1]
        odds = np.exp(np.clip(matrix @ weights + bias, -30, 30))
        total = 1 + np.bincount(page_of, odds, len(choices))
        good = np.where(has_right, np.bincount(page_of, odds * is_right, len(choices)), 1.0)
        slope = counts_as[page_of] * (odds / total[page_of] - odds * is_right / good[page_of])
        value = counts_as @ (np.log(total) - np.log(good)) + (weights - drawn_to) @ (weights - drawn_to) / (2 * c)
        return float(value), np.append(matrix.T @ slope + (weights - drawn_to) / c, slope.sum())

    found = minimize(loss, np.zeros(len(columns) + 1), jac=True, method="L-BFGS-B", options={"maxiter": 500}).x
    stored: dict[str, dict[str, float]] = {slot: {} for slot in slots}
    for (slot, value), column in sorted(columns.items()):
        if weight := round(float(found[column]), 3):
            stored[slot][value] = weight
    return {"bias": round(float(found[-1]), 3), "weights": stored}
