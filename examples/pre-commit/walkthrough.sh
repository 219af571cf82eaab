#!/bin/sh
# A repository that a text gets into once. Needs git, pre-commit and dedup on the PATH.
#
#     sh examples/pre-commit/walkthrough.sh
set -eu
here=$(cd "$(dirname "$0")" && pwd)
seeds=$here/../../seeds
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

say() { printf '\n== %s\n' "$*"; }
commit() { git -c user.name=you -c user.email=you@example.org commit --quiet -m "$1" 2>&1; }

git init --quiet
cp "$here/offline.yaml" .pre-commit-config.yaml
pre-commit install >/dev/null

say "an article gets in"
cp "$seeds"/000_*.txt article.txt
git add . && commit "an article" >/dev/null && echo "committed"

say "the same article in other clothes does not"
cp "$seeds"/001_*.txt reprint.txt
git add . && commit "a reprint" || echo "blocked"

say "unless somebody accepts it, and says why"
dedup check reprint.txt --update-baseline --reason "both versions are wanted" --quiet
git add .dedup-baseline && commit "a reprint" >/dev/null && echo "committed"

say "a third copy is new"
sed 's/,/，/g' article.txt >third.txt
git add . && commit "one more" || echo "blocked"
