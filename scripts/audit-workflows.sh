#!/usr/bin/env bash
# Audits every workflow, action and caller with zizmor, as strictly as it can. Needs python3 with pip; installs nothing on
# the machine.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

ZIZMOR=1.32.0
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m pip install --quiet --disable-pip-version-check --target "$folder" "zizmor==$ZIZMOR"
"$folder/bin/zizmor" --offline --no-progress --persona=pedantic \
  .github/workflows action.yml actions workflows/*/*.yml
