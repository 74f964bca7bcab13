#!/bin/bash
# Checks that Node.js and npm are there and new enough. Says in one line what to install when they are not.
set -euo pipefail

needed=20 # as package.json says

fail() {
	echo "node: $1. Get Node.js $needed or later with its npm from https://nodejs.org/en/download" >&2
	exit 1
}

command -v node >/dev/null || fail "Node.js is not installed"
version=$(node -p process.versions.node)
((${version%%.*} >= needed)) || fail "Node.js $version is too old"
command -v npm >/dev/null || fail "npm is not installed"
version=$(npm --version 2>/dev/null) || fail "npm does not start"
((${version%%.*} >= 9)) || fail "npm $version is too old"
