#!/usr/bin/env bash
# Rehearses backup and point-in-time recovery on a PostgreSQL and a host of its own, in a temporary folder. The steps are not
# written here: they are the blocks marked "drill" of openapi/OPERATIONS.md, carried out as they stand there.
#
#   ops/restore-drill.sh [folder of the built program]     (default: src/DisclosureApi/bin/Debug/net10.0, after dotnet build)
#
# Wants PostgreSQL's programs (initdb, pg_ctl, pg_basebackup, psql), curl and .NET. Exit code 3: one of them is not here.
set -euo pipefail
cd "$(dirname "$0")/.."

BUILD=$(realpath "${1:-src/DisclosureApi/bin/Debug/net10.0}")
. ops/drill.bash
export ARCHIVE=$DRILL/server/archive BACKUP=$DRILL/server/backup
export REASON="drill: what came after the chosen moment is given up"

echo "== A server, its roles and its database, as the head of compose.yaml makes them"
make_server

echo "== Backup"
part archive
serve
register 60000001 60000008 "$DRILL/acknowledged"
part backup
register 60000009 60000020 "$DRILL/acknowledged"
MOMENT=$(psql -Atc "select clock_timestamp()")
export MOMENT
register 60000021 60000025 "$DRILL/later"
end

echo "== Disaster: the moment to come back to is $MOMENT"
part restore
serve

echo "== What came back"
while read -r it; do
  curl -fsS -o /dev/null "$API/v1/agencies/$it" || { echo "$it was acknowledged before the moment and is missing."; exit 1; }
done < "$DRILL/acknowledged"
while read -r it; do
  [ "$(curl -sS -o /dev/null -w '%{http_code}' "$API/v1/agencies/$it")" = 404 ] || { echo "$it came after the moment and is there."; exit 1; }
done < "$DRILL/later"
AUDITOR=$(program token --role auditor)
export API AUDITOR
part verify
origin=$(curl -fsS "$API/v1/ledger/checkpoint" | head -n 1)
case $origin in *epoch-2) ;; *) echo "The ledger goes on as $origin and not under a new name."; exit 1 ;; esac
register 60000026 60000027 "$DRILL/after"
end
echo "All $(wc -l < "$DRILL/acknowledged") acknowledged before $MOMENT are there, the $(wc -l < "$DRILL/later") after it are gone, the ledger verifies as $origin."
