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


# Where tests are, what a comment before them begins with, and how they are named.
KINDS = {
    ".rs": ("///", re.compile(r"(?:pub(?:\(crate\))? )?fn (\w+)")),
    ".mjs": ("//", re.compile(r"test\('((?:[^'\\]|\\.)+)'")),
    ".cjs": ("//", re.compile(r"test\('((?:[^'\\]|\\.)+)'")),
    ".py": ("#", re.compile(r"(?:async )?def (test_\w+)")),
}
FOLDERS = (
    "core/src",
    "core/tests",
    "examples/browser/test",
    "examples/rust",
    "examples/nestjs/test",
    "bindings-node/test",
    "bindings-python/tests",
    "bindings-wasm/test",
)


def tests():
    """The tests that name each id, as (file, test)."""
    found = {}
    for path in (path for folder in FOLDERS for path in sorted((root / folder).rglob("*"))):
        if path.suffix not in KINDS or "node_modules" in path.parts:
            continue
        comment, name_of = KINDS[path.suffix]
        named = []
        for line in path.read_text(encoding="utf-8").splitlines():
            text = line.strip()
            if text.startswith(comment):
                named += re.findall(r"\bF\d{3}\b", text)
            elif match := name_of.match(text):
                for name in named:
                    place = path.relative_to(root).as_posix()
                    found.setdefault(name, []).append((place, match.group(1)))
                named = []
            elif text and not text.startswith(("#", "@")):
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
    listed = set()
    for line in (root / "docs/requirements/rows.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("# ") or not line.strip():
            continue
        if line.startswith("## "):
            out += ["", line, "", "| id | what is promised | shown by |", "|---|---|---|"]
            continue
        number, what, *later = [part.strip() for part in line.split("|")]
        if number in listed:
            sys.exit(f"{number} stands twice")
        listed.add(number)
        shown = [f"`{test}` ({path})" for path, test in sorted(set(found.get(number, [])))]
        if shown and later:
            sys.exit(f"{number} has a test and a later place: take the place away")
        if not shown and not later:
            missing.append(number)
        cell = "<br>".join(shown) if shown else f"*later: {later[0] if later else '?'}*"
        out.append(f"| {number} | {what} | {cell} |")
    if strange := sorted(set(found) - listed):
        sys.exit(f"tests name {', '.join(strange)}, which rows.txt does not have")
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
