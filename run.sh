#!/usr/bin/env bash
# Builds Tally and starts it: platform, emulator and, without --serve, a little sample traffic. --agent runs it as in a
# buyer's account. --help lists options.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
echo "Building Tally ..." >&2
dotnet build "$here/src/Standalone/Standalone.csproj" -c Release -v quiet --nologo -clp:ErrorsOnly >&2
exec dotnet "$here/src/Standalone/bin/Release/net10.0/Tally.Standalone.dll" "$@"
