#!/usr/bin/env bash
# Compiles BoringSSL's test runner: runner.sh FOLDER PROGRAM. FOLDER is ssl/test/runner of a clone of BoringSSL.
#
# Its packages come from Debian, where they are installed, else from wherever `go` takes modules.
set -euo pipefail

folder=${1:-} program=$2
packages=/usr/share/gocode

if [[ -z $folder || ! -f $folder/runner.go ]]; then
	cat >&2 <<-'END'
		bogo: BOGO=... has to name the folder ssl/test/runner of a clone of BoringSSL:
		  git clone https://boringssl.googlesource.com/boringssl ~/boringssl
		  make bogo BOGO=~/boringssl/ssl/test/runner
		The newest one wants a newer Go than Debian 12 has, 1.19, for which this is the last:
		  git -C ~/boringssl checkout 88a537fe4e99d45804a832fbab27a938f995336d
	END
	exit 1
fi

root=$(cd "$folder/../../.." && pwd)
module=$(sed -n 's/^module //p' "$root/go.mod")
mkdir -p "$(dirname "$program")"
program=$(cd "$(dirname "$program")" && pwd)/$(basename "$program")
if [[ -d $packages/src/golang.org/x/crypto ]]; then
	path=$(dirname "$program")/go
	mkdir -p "$path/src/$(dirname "$module")"
	ln -sfn "$root" "$path/src/$module"
	cd "$path/src/$module/ssl/test/runner"
	GO111MODULE=off GOFLAGS='' GOPATH=$path:$packages go test -c -o "$program" .
else
	cd "$folder"
	go test -c -o "$program" .
fi
