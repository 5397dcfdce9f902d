# What the drills share: a PostgreSQL and a host of their own in a temporary folder, the steps of openapi/OPERATIONS.md, writes
# that are noted down when they are acknowledged. Sourced by the drills, which set BUILD, the folder of the built program.

missing() { echo "The drill needs $1, which is not here."; exit 3; }
[ -f "$BUILD/DisclosureApi.dll" ] || missing "the built program ($BUILD/DisclosureApi.dll)"
for bin in "$(pg_config --bindir 2>/dev/null || true)" /usr/lib/postgresql/*/bin; do
  [ -x "$bin/initdb" ] && PATH="$bin:$PATH"
done
for program in initdb pg_ctl pg_basebackup pg_verifybackup psql curl dotnet; do
  command -v "$program" > /dev/null || missing "$program"
done

# PostgreSQL refuses to run as root, so root lends it an account, as a package of a distribution would.
DRILL=$(mktemp -d /tmp/disclosure-drill-XXXXXX)
as_postgres=()
if [ "$(id -u)" = 0 ]; then
  account=postgres; id "$account" > /dev/null 2>&1 || account=nobody
  as_postgres=(setpriv --reuid "$(id -u "$account")" --regid "$(id -g "$account")" --clear-groups --)
  mkdir -p "$DRILL/server" && chown "$account" "$DRILL/server" && chmod 711 "$DRILL"
else
  mkdir -p "$DRILL/server"
fi

# What OPERATIONS.md asks the operator to set.
export PGDATA=$DRILL/server/pgdata PGHOST=$DRILL/server PGPORT=5432 PGUSER=postgres PGDATABASE=disclosure
export LocalPostgres__DataDirectory=$DRILL/host Ledger__KeyFile=$DRILL/host/ledger.key Ledger__Witness=$DRILL/witness/checkpoint
export ConnectionStrings__Disclosure="Host=$PGHOST;Database=disclosure;Username=disclosure"
export ConnectionStrings__DisclosureOwner="Host=$PGHOST;Database=disclosure;Username=disclosure_owner"
API=
HOST=
mkdir -p "$DRILL/host" "$DRILL/witness"

finish() {
  status=$?
  [ -n "$HOST" ] && kill -TERM "$HOST" 2> /dev/null && wait "$HOST" 2> /dev/null || true
  for data in "$PGDATA" "${REPLICA:-}"; do
    [ -z "$data" ] || (cd / && "${as_postgres[@]}" pg_ctl -D "$data" stop -m immediate > /dev/null 2>&1) || true
  done
  [ "$status" = 0 ] || { echo "The drill failed; what the servers and the host said:"; tail -n 20 "$PGDATA.log" "${REPLICA:-$PGDATA}.log" "$DRILL/host.log" 2> /dev/null || true; }
  rm -rf "$DRILL"
  exit "$status"
}
trap finish EXIT
trap 'exit 143' TERM INT

# The program under the name that OPERATIONS.md calls it by.
program() { dotnet "$BUILD/DisclosureApi.dll" "$@"; }
export -f program
export BUILD

# Carries out the blocks of one part of OPERATIONS.md, each as the account that it names.
part() {
  awk -v part="$1" -v to="$DRILL/step" '
    $0 ~ "^```bash drill " part " (postgres|operator)$" { n++; file = sprintf("%s-%s-%02d-%s.sh", to, part, n, $4); printf "" > file; next }
    /^```/ { if (file) close(file); file = ""; next }
    file { print > file }' openapi/OPERATIONS.md
  ls "$DRILL"/step-"$1"-*.sh > /dev/null
  for step in "$DRILL"/step-"$1"-*.sh; do
    sed 's/^/  $ /' "$step"
    case $step in
      *-postgres.sh) chmod 644 "$step"; (cd / && "${as_postgres[@]}" bash -euo pipefail "$step") ;;
      *-operator.sh) bash -euo pipefail "$step" ;;
    esac
  done
}

# A server, its roles and its database, as the head of compose.yaml makes them.
make_server() {
  (cd / && "${as_postgres[@]}" bash -euo pipefail -c '
    initdb -D "$PGDATA" -U postgres -A trust -E UTF8 --locale C > /dev/null
    printf "listen_addresses = %s\nunix_socket_directories = %s\n" "'"''"'" "'"'"'$PGHOST'"'"'" >> "$PGDATA/postgresql.conf"
    pg_ctl -D "$PGDATA" -l "$PGDATA.log" -w start > /dev/null
    psql -qd postgres -c "create role disclosure_owner login" -c "create role disclosure login" -c "create database disclosure owner disclosure_owner"')
}

serve() {
  # A process of its own, which Ctrl+C of the drill does not end before the drill does.
  : > "$DRILL/host.log"
  setsid dotnet "$BUILD/DisclosureApi.dll" --urls http://127.0.0.1:0 > "$DRILL/host.log" 2>&1 &
  HOST=$!
  for _ in $(seq 600); do
    API=$(sed -n 's#.*serves \(http://[^/]*\)/v1.*#\1#p' "$DRILL/host.log")
    [ -n "$API" ] && curl -fsS -o /dev/null "$API/health/ready" 2> /dev/null && return
    kill -0 "$HOST" 2> /dev/null || { cat "$DRILL/host.log"; return 1; }
    sleep 0.2
  done
  return 1
}

end() { kill -TERM "$HOST"; wait "$HOST"; HOST=; }

digits=0123456789ABCDEFGHJKLMNPQRTUWXY
weights=(1 3 9 27 19 26 16 17 20 29 25 13 8 24 10 30 28)
# A made-up code with the right check digits (GB 11714, GB 32100).
code() {
  local nine sum=0 i c body wnine=(3 7 9 10 5 8 4 2)
  nine=$(printf '%08d' "$1")
  for i in 0 1 2 3 4 5 6 7; do sum=$((sum + wnine[i] * ${nine:i:1})); done
  c=$((11 - sum % 11)); [ $c = 10 ] && c=X; [ "$c" = 11 ] && c=0
  body=11990102$nine$c; sum=0
  for i in $(seq 0 16); do c=${digits%%"${body:i:1}"*}; sum=$((sum + weights[i] * ${#c})); done
  echo "$body${digits:$(((31 - sum % 31) % 31)):1}"
}

# Asks for one registration and answers its status.
ask() {
  curl -sS -o "$DRILL/answer" -w '%{http_code}' -X PUT "$API/v1/agencies/$1" -H "Authorization: Bearer $2" -H 'If-None-Match: *' -H 'Content-Type: application/json' \
    -d "{\"code\":\"$1\",\"name\":\"演练机关$1\",\"region\":\"990102\",\"level\":\"county\",\"kind\":\"department\",\"supervisor\":\"11990000000001011Q\",\"line\":null,\"validFrom\":\"2019-01-01\",\"validTo\":null,\"successors\":[]}"
}

# Registers bodies; a code is kept in a file when, and only when, the API has acknowledged it.
register() {
  local token number answer it
  token=$(program token --role registrar)
  for number in $(seq "$1" "$2"); do
    it=$(code "$number")
    answer=$(ask "$it" "$token")
    [ "$answer" = 201 ] || { cat "$DRILL/answer"; return 1; }
    echo "$it" >> "$3"
  done
}
