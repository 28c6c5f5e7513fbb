#!/usr/bin/env python3
"""Makes docs/requirements.md: each requirement with the tests that name it.

A test names a requirement by its id in the documentation comment before it. With --check the file is
compared instead of written, and a requirement without a test and without a later place is an error.
"""

import pathlib
import re
import sys

root = pathlib.Path(__file__).resolve().parent.parent
target = root / "docs" / "requirements.md"


def tests():
    """The tests that name each id, as (file, test)."""
    found = {}
    for folder in ("core/src", "core/tests", "examples/rust"):
        for path in sorted((root / folder).rglob("*.rs")):
            named = []
            for line in path.read_text(encoding="utf-8").splitlines():
                text = line.strip()
                if text.startswith("///"):
                    named += re.findall(r"\bF\d{3}\b", text)
                elif match := re.match(r"(?:pub(?:\(crate\))? )?fn (\w+)", text):
                    for name in named:
                        found.setdefault(name, []).append(
                            (path.relative_to(root).as_posix(), match.group(1))
                        )
                    named = []
                elif text and not text.startswith("#"):
                    named = []
    return found


def document(found):
    """The text of the document, and the ids that nothing shows."""
    out = [
        "# Requirements and their tests",
        "",
        "Made by `python3 scripts/requirements.py` from `docs/requirements/rows.txt` and the tests that",
        "name each id.",
    ]
    missing = []
    for line in (root / "docs/requirements/rows.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("# ") or not line.strip():
            continue
        if line.startswith("## "):
            out += ["", line, "", "| id | what is promised | shown by |", "|---|---|---|"]
            continue
        number, what, *later = [part.strip() for part in line.split("|")]
        shown = [f"`{test}` ({path})" for path, test in sorted(set(found.get(number, [])))]
        if shown and later:
            sys.exit(f"{number} has a test and a later place: take the place away")
        if not shown and not later:
            missing.append(number)
        cell = "<br>".join(shown) if shown else f"*later: {later[0] if later else '?'}*"
        out.append(f"| {number} | {what} | {cell} |")
    return "\n".join(out) + "\n", missing


def main():
    text, missing = document(tests())
    if missing:
        print(f"no test names {', '.join(missing)}", file=sys.stderr)
    if "--check" in sys.argv:
        stale = not target.exists() or target.read_text(encoding="utf-8") != text
        if stale:
            print("docs/requirements.md is not up to date", file=sys.stderr)
        return 1 if stale or missing else 0
    target.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
