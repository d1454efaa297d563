"""Prints a block of code of a Markdown page: block.py <page> <language> <N>,
N from 1."""

import re
import sys

page, language, number = sys.argv[1], sys.argv[2], int(sys.argv[3])
with open(page, encoding="utf-8") as stream:
    blocks = re.findall(rf"^```{language}\n(.*?)^```$", stream.read(),
                        re.MULTILINE | re.DOTALL)
if number > len(blocks):
    sys.exit(f"{page} has {len(blocks)} blocks of {language}, not {number}")
sys.stdout.write(blocks[number - 1])
