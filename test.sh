#!/usr/bin/env bash
# Builds everything once and runs every test; needs the .NET SDK and nothing else.
#
#   ./test.sh                  the whole suite, and whether the code is formatted
#   ./test.sh Domain Grains    only these test projects (Tidy and EndToEnd are names too)
#   CI=true ./test.sh          the same, but a test that was skipped has failed
#   TEST_SECONDS_MAX=60        how long one test project may take; default 900
#
# The last line is "N passed, N failed", with ", N skipped" when there were any.
# Reports and logs are in artifacts/tests.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")" || exit 1

readonly results=artifacts/tests
readonly seconds_max=${TEST_SECONDS_MAX:-900}
readonly run_id=$$-$RANDOM$RANDOM
projects=() passed=0 failed=0 skipped=0 current=

# No server of the SDK stays behind when this script ends.
export MSBUILDDISABLENODEREUSE=1 DOTNET_CLI_USE_MSBUILD_SERVER=0 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

main() {
  rm -rf "$results" && mkdir -p "$results" || exit 1
  find_home
  mapfile -t projects < <(select_projects "$@")
  trap 'stop_current; exit 130' INT TERM
  if [ ${#projects[@]} -eq 0 ]; then
    fail "no test project is called $*"
  else
    install_packages
    build "$@" && run_all "$@"
  fi
  report
}

run_all() {
  local project
  [ $# -gt 0 ] || check_format
  for project in "${projects[@]}"; do run_project "$project"; done
}

# The SDK wants a folder to write in, also for a user without a home.
find_home() {
  [ -w "${HOME:-}" ] && return
  export HOME=$PWD/artifacts/home
  mkdir -p "$HOME"
}

# Every test project, or those that were asked for: the house style first, whole systems last.
select_projects() {
  local file name
  for file in tests/*/*.csproj; do
    name=$(basename "$file" .csproj)
    case $name in
      Tidy) printf '0 %s\n' "$name" ;;
      EndToEnd) printf '2 %s\n' "$name" ;;
      *) printf '1 %s\n' "$name" ;;
    esac
  done | sort | cut -d ' ' -f 2 | while read -r name; do
    if [ $# -eq 0 ] || is_one_of "$name" "$@" || is_one_of "${name%.Tests}" "$@"; then echo "$name"; fi
  done
}

is_one_of() {
  local wanted=$1 name
  shift
  for name in "$@"; do [ "$name" = "$wanted" ] && return; done
  return 1
}

# Programs that some tests talk to. Where they cannot be installed those tests skip themselves, by name.
# To add one: the Debian package, then a command that succeeds when it is there.
install_packages() {
  local missing=()
  python3 -c 'import boto3' >/dev/null 2>&1 || missing+=(python3-boto3)
  command -v aws >/dev/null || missing+=(awscli)
  command -v chromium >/dev/null || missing+=(chromium)
  command -v node >/dev/null || missing+=(nodejs)
  command -v npm >/dev/null || missing+=(npm)
  [ -x /usr/sbin/ip ] || missing+=(iproute2)
  ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || missing+=(postgresql)
  if [ ${#missing[@]} -gt 0 ]; then install_debian_packages "${missing[@]}"; fi
  install_npm_packages
}

install_debian_packages() {
  if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null; then
    echo "not installed, and not installable here: $*"
    return
  fi
  echo "installing $*"
  {
    timeout 300 apt-get update -q
    DEBIAN_FRONTEND=noninteractive timeout 600 apt-get install -q -y --no-install-recommends "$@"
  } >"$results/packages.log" 2>&1 || echo "could not install $*; see $results/packages.log"
}

# What tests need of npm, each beside the test that needs it: a package.json with its lock file.
install_npm_packages() {
  local lock folder
  command -v npm >/dev/null || return 0
  for lock in tests/*/package-lock.json tests/*/*/package-lock.json; do
    [ -f "$lock" ] || continue
    folder=$(dirname "$lock")
    [ "$folder/node_modules/.package-lock.json" -nt "$lock" ] && continue
    echo "installing the npm packages of $folder"
    (cd "$folder" && timeout 300 npm ci --no-audit --no-fund) >>"$results/packages.log" 2>&1 ||
      echo "could not install the npm packages of $folder; see $results/packages.log"
  done
}

build() {
  local targets=(Platform.sln) target log=$results/build.log
  if [ $# -gt 0 ]; then targets=("${projects[@]/#/tests/}"); fi
  echo "building ${targets[*]}"
  for target in "${targets[@]}"; do
    dotnet build "$target" -c Release -nologo -v q -p:UseSharedCompilation=false >>"$log" 2>&1 </dev/null && continue
    grep -E '(error|warning) [A-Z]+[0-9]+' "$log" | sort -u | tail -n 60 || tail -n 60 "$log"
    fail "$target does not build; see $log"
    return 1
  done
}

check_format() {
  local log=$results/format.log
  if dotnet format Platform.sln --verify-no-changes --no-restore >"$log" 2>&1 </dev/null; then
    passed=$((passed + 1))
    echo "format: 1 passed"
  else
    cat "$log"
    fail "format: run 'dotnet format Platform.sln' and commit what it changes"
  fi
}

run_project() {
  local name=$1 log=$results/$1.log xml=$results/$1.xml status started=$SECONDS
  set -m # a process group of its own, so that whatever the tests start can be ended with them
  TALLY_TEST_RUN=$run_id timeout --kill-after=20 "$seconds_max" \
    dotnet "tests/$name/bin/Release/net10.0/Tally.$name.dll" \
    -noColor -noLogo -noAutoReporters -result-jUnit "$xml" >"$log" 2>&1 </dev/null &
  current=$!
  set +m
  wait "$current" 2>/dev/null
  status=$?
  local strays
  strays=$(strays_of "$current")
  stop_current
  count "$name" "$status" $((SECONDS - started))
  [ -z "$strays" ] || fail "$name left processes behind: $strays"
}

# What the tests started and did not end, after a moment of grace.
strays_of() {
  local found= try
  for try in {1..20}; do
    found=$(list_processes "$1")
    [ -n "$found" ] || return
    sleep 0.1
  done
  echo "$found"
}

# By the mark in their environment, for a server leaves the process group of those who start it.
list_processes() {
  local folder
  for folder in $(grep -lsz "^TALLY_TEST_RUN=$run_id" /proc/[0-9]*/environ 2>/dev/null); do
    folder=${folder%/environ}
    printf '%s (%s) ' "${folder#/proc/}" "$(tr '\0' ' ' <"$folder/cmdline" 2>/dev/null | cut -c 1-120)"
  done
}

stop_current() {
  [ -n "$current" ] || return 0
  kill -KILL -- "-$current" 2>/dev/null
  local file
  for file in $(grep -lsz "^TALLY_TEST_RUN=$run_id" /proc/[0-9]*/environ 2>/dev/null); do
    file=${file#/proc/}
    kill -KILL "${file%/environ}" 2>/dev/null
  done
  current=
}

# Adds up one project's report. What ends without one has crashed, or was stopped.
count() {
  local name=$1 status=$2 seconds=$3 log=$results/$1.log suite total failures errors skips unrun
  suite=$(grep -o '<testsuite name[^>]*>' "$results/$name.xml" 2>/dev/null | head -n 1)
  if [ -z "$suite" ]; then
    tail -n 1000 "$log"
    if [ "$seconds" -ge "$seconds_max" ]; then
      fail "$name did not end within $seconds_max s"
    else
      fail "$name ended with code $status before its tests did"
    fi
    return
  fi
  total=$(number tests) failures=$(number failures) errors=$(number errors)
  skips=$(number skipped) unrun=$(number disabled)
  print_tests '[[]FAIL[]]$|^    [[]Test .* Cleanup Failure' "$log"
  print_tests '[[]SKIP[]]$' "$log"
  passed=$((passed + total - failures - skips - unrun))
  failed=$((failed + failures + errors))
  echo "$name: $((total - failures - skips - unrun)) passed, $((failures + errors)) failed, $skips skipped ($seconds s)"
  if [ "${CI:-}" != true ]; then
    skipped=$((skipped + skips))
  elif [ "$skips" -gt 0 ]; then
    failed=$((failed + skips))
    echo "FAILED: $name skipped $skips of its tests"
  fi
  if [ "$total" -eq 0 ]; then
    fail "$name has no tests"
  elif [ "$status" -ne 0 ] && [ $((failures + errors)) -eq 0 ]; then
    tail -n 100 "$log"
    fail "$name ended with code $status"
  fi
}

number() {
  local value
  value=$(sed -n "s/.* $1=\"\([0-9]*\)\".*/\1/p" <<<"$suite")
  echo "${value:-0}"
}

# The tests whose line matches a pattern, and all that is said below each of them.
print_tests() {
  awk -v pattern="$1" '
    /^    [^ ]/ { on = $0 ~ pattern }
    /^ ? ? ?[^ ]/ { on = 0 }
    on' "$2"
}

fail() {
  failed=$((failed + 1))
  echo "FAILED: $*"
}

report() {
  if [ "$skipped" -gt 0 ]; then
    echo "$passed passed, $failed failed, $skipped skipped"
  else
    echo "$passed passed, $failed failed"
  fi
  [ "$failed" -eq 0 ]
}

command -v timeout >/dev/null || timeout() { while [[ $1 == --* || $1 =~ ^[0-9]+$ ]]; do shift; done; "$@"; }
main "$@"
