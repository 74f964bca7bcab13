#!/usr/bin/env bash
# Runs steps.c under valgrind and prints TAP. Branches are expected where the point at infinity is told from others, in
# these functions and nowhere else; that they are found shows that the rest would be.
set -euo pipefail

expected="mbedtls_internal_ecp_add_mixed mbedtls_internal_ecp_normalize_jac_many mbedtls_internal_ecp_normalize_mxz"
title="no secret decides a branch or an address in a step on a curve"

found=$(valgrind --error-limit=no "$1" 2>&1 | sed -nE 's/^==[0-9]+==    at 0x[0-9A-F]+: ([a-z0-9_]+) .*/\1/p' | sort -u | xargs)
if [[ $found == "$expected" ]]; then
	echo "ok - $title"
else
	echo "not ok - $title"
	echo "# found in: $found; expected: $expected"
	exit 1
fi
