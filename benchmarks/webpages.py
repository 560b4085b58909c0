"""Web pages: what is kept of the article and what passes of the rest, ours beside trafilatura alone.

    python benchmarks/webpages.py [FOLDER]

Without a folder: our own pages (tests/data/pages). With one: a checkout of trafilatura's public repository, whose
evaluation pages in French are read from `tests/` (evaldata.json, eval/, cache/); nothing of it belongs to this project.
"""

from __future__ import annotations

import json
import re
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.webpages import PAGES, Seen, measure, ours, trafilatura_alone  # noqa: E402

FRENCH = re.compile(rb"<html[^>]{0,300}\blang\s*=\s*[\"']?fr", re.IGNORECASE)


def main() -> None:
    readers = (("nous", ours), ("trafilatura seule", trafilatura_alone))
    if len(sys.argv) > 1:
        rows = foreign(Path(sys.argv[1]) / "tests")
        print(f"{len(rows)} pages en français du dépôt public de trafilatura")
        for name, reader in readers:
            print(f"  {name:18} {counted(reader, rows)}")
        return
    print(f"{len(PAGES)} pages de tests/data/pages")
    for name, reader in readers:
        start = time.process_time()
        figures = measure(reader)
        print(f"  {name:18} {figures}, {(time.process_time() - start) / len(PAGES) * 1000:.0f} ms la page")


def foreign(folder: Path) -> list[tuple[bytes, list[str], list[str]]]:
    """Give the French pages of trafilatura's evaluation: page, required and forbidden strings."""
    if not (folder / "evaldata.json").is_file():
        sys.exit(f"{folder / 'evaldata.json'} n’est pas là : rien à mesurer")
    rows = []
    for item in json.loads((folder / "evaldata.json").read_text("utf-8")).values():
        path = next((one for part in ("eval", "cache") if (one := folder / part / item["file"]).is_file()), None)
        if path and FRENCH.search((data := path.read_bytes())[:5000]):
            rows.append((data, item["with"], item["without"]))
    return rows


def counted(reader: Callable[[bytes], Seen], rows: list[tuple[bytes, list[str], list[str]]]) -> str:
    kept = required = leaked = forbidden = 0
    start = time.process_time()
    for data, wanted, unwanted in rows:
        try:
            text = " ".join(reader(data).text.split())
        except ValueError:  # bytes in no encoding that can be told
            text = ""
        kept += sum(" ".join(one.split()) in text for one in wanted)
        leaked += sum(" ".join(one.split()) in text for one in unwanted)
        required, forbidden = required + len(wanted), forbidden + len(unwanted)
    spent = (time.process_time() - start) / max(len(rows), 1) * 1000
    return f"gardé {kept}/{required}, laissé passer {leaked}/{forbidden}, {spent:.0f} ms la page"


if __name__ == "__main__":
    main()
