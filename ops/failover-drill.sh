#!/usr/bin/env bash
# Rehearses a streaming replica and a failover on servers and a host of its own, in a temporary folder. The steps are not
# written here: they are the blocks marked "drill" of openapi/OPERATIONS.md, carried out as they stand there.
#
#   ops/failover-drill.sh [folder of the built program]     (default: src/DisclosureApi/bin/Debug/net10.0, after dotnet build)
#
# Wants PostgreSQL's programs (initdb, pg_ctl, pg_basebackup, psql), curl and .NET. Exit code 3: one of them is not here.
set -euo pipefail
cd "$(dirname "$0")/.."

BUILD=$(realpath "${1:-src/DisclosureApi/bin/Debug/net10.0}")
. ops/drill.bash

# Here both servers are on one machine, so the replica listens on a socket of its own; elsewhere OPTIONS are empty.
export REPLICA=$DRILL/server/replica STANDBY=$DRILL/server/standby
export REPLICA_OPTIONS="-c unix_socket_directories=$STANDBY" PRIMARY_OPTIONS="-c unix_socket_directories=$PGHOST"
export ConnectionStrings__DisclosureReplica="Host=$STANDBY"
(cd / && "${as_postgres[@]}" mkdir "$STANDBY")

milliseconds() { echo $(($(date +%s%N) / 1000000)); }

echo "== A server, its roles and its database, as the head of compose.yaml makes them"
make_server
serve
register 60000001 60000005 "$DRILL/acknowledged"
end

echo "== A replica"
part replica
serve
register 60000006 60000020 "$DRILL/acknowledged"
program check | grep replica

echo "== The primary falls"
kill -KILL "$(head -n 1 "$PGDATA/postmaster.pid")"
since=$(milliseconds)
until curl -fsS -o /dev/null "$API/v1/agencies?limit=10" && curl -fsS -o /dev/null "$API/v1/statistics?year=2023"; do :; done
read_on=$(($(milliseconds) - since))
TOKEN=$(program token --role registrar)
[ "$(ask "$(code 60000021)" "$TOKEN")" = 503 ] || { echo "A write was not told to wait."; exit 1; }
curl -fsS "$API/health/ready" | grep -q reading

echo "== The replica is promoted"
part promote
since=$(milliseconds)
until [ "$(ask "$(code 60000022)" "$TOKEN")" = 201 ]; do sleep 0.05; done
write_on=$(($(milliseconds) - since))
code 60000022 >> "$DRILL/acknowledged"
register 60000023 60000030 "$DRILL/acknowledged"
while read -r it; do
  curl -fsS -o /dev/null "$API/v1/agencies/$it" || { echo "$it was acknowledged and is missing."; exit 1; }
done < "$DRILL/acknowledged"

echo "== The old primary becomes the replica"
part rejoin
register 60000031 60000035 "$DRILL/acknowledged"
program check | grep replica
AUDITOR=$(program token --role auditor)
export API AUDITOR
part verify
end
echo "Read on $read_on ms after the kill, written on $write_on ms after the promotion; all $(wc -l < "$DRILL/acknowledged") acknowledged are there, the ledger verifies."
