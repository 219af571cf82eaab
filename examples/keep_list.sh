#!/bin/sh
# Write the paths of the texts that stay, one a line; the others are duplicates of these.
#
#     sh examples/keep_list.sh [FOLDER]
set -eu
folder=${1:-examples/texts}
result=$(mktemp)
trap 'rm -f "$result"' EXIT

dedup scan "$folder" --quiet --output-format jsonl >"$result"
find "$folder" -type f -name '*.txt' | LC_ALL=C sort | python3 -c '
import json, sys

dropped = set()
with open(sys.argv[1], encoding="utf-8") as lines:
    for record in map(json.loads, lines):
        if record["type"] == "cluster":
            dropped |= {document["path"] for document in record["drop"]}
for path in sys.stdin.read().splitlines():
    if path not in dropped:
        print(path)
' "$result"
