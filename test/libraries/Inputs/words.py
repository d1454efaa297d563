"""Compares the output of `leak-models list --words`, on stdin, with the tables
in docs/models.md: words.py <page>.

The table under the heading "Kinds" has a row for each kind, the one under
"Verbs" for each verb; the other words occur as code anywhere."""

import re
import sys

with open(sys.argv[1], encoding="utf-8") as stream:
    page = stream.read()

known = {}
for line in sys.stdin:
    group, word = line.split()
    known.setdefault(group, []).append(word)

errors = []
for group, heading in (("kind", "Kinds"), ("verb", "Verbs")):
    section = re.search(rf"^## {heading}$(.*?)(?=^## |\Z)", page,
                        re.MULTILINE | re.DOTALL)
    if not section:
        errors.append(f"there is no section '{heading}'")
        continue
    rows = re.findall(r"^\| `([a-z-]+)` \| *(\S.*\S) *\|$", section[1], re.MULTILINE)
    listed = [word for word, _ in rows]
    for word in known[group]:
        if listed.count(word) != 1:
            errors.append(f"{group} '{word}' has {listed.count(word)} rows")
    errors += [f"there is no {group} '{word}'" for word in listed
               if word not in known[group]]
for group, words in known.items():
    errors += [f"{group} '{word}' is not explained" for word in words
               if f"`{word}`" not in page]
if errors:
    sys.exit("\n".join(f"{sys.argv[1]}: {e}" for e in errors))
