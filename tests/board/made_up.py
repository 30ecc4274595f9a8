"""Made-up submissions: of any quality, and one whose every word tries to run."""

from __future__ import annotations

from typing import Any

from scripts.bench_board import as_good_as, write_submission

__all__ = ["HOSTILE", "as_good_as", "lead", "write_submission"]
HOSTILE = "<script>window.hacked=1</script><img src=x onerror=window.hacked=1> & 'quoted' \"twice\""
"""What must be shown as it is, and never run."""


def lead(row: dict[str, Any], task: str) -> str:
    """The first nine words."""
    return " ".join(row["body"].split()[:9])
