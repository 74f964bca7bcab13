#!/usr/bin/env bash
# Runs products.c and signature.c under valgrind and prints TAP.
set -euo pipefail

# Of each branch and address that hangs on a secret, a line: the functions that were at work, the innermost first. Those of
# the C library take their lengths from who calls them.
functions_in() {
	valgrind --error-limit=no --num-callers=20 "$1" 2>&1 | awk '
		match($0, /(at|by) 0x[0-9A-F]+: /) { sub(/.*0x[0-9A-F]+: /, ""); stack = stack " " $1; next }
		stack { print stack; stack = "" }' | sort -u
}

report() {
	if [[ -z $2 ]]; then
		echo "ok - $1"
	else
		printf 'not ok - %s\n' "$1"
		printf '# %s\n' "$2"
		failed=1
	fi
}
failed=0

# A branch is expected in one function, which is there for that: that it is found shows that others would be.
found=$(functions_in "$1" | awk '{ print $1 }' | sort -u | xargs)
report "no secret decides a branch or an address in a product on a curve, an inverse, a power, a hash or AES-GCM" \
	"$([[ $found == branches_on ]] || echo "found in: $found; expected: branches_on")"

# mbedTLS compares numbers, divides them and looks how long they are, before a signature's powers and after them: of what it
# blinds anew for each. Found are those alone, and that they are shows that the key is followed.
below='mem\w+|explicit_bzero|calloc|__udiv\w+|xstls_calloc|xstls_library_calloc|mbedtls_zeroize\w*'
found=$(functions_in "$2")
elsewhere=$(grep -E ' (xstls_(power|montgomery)\w*|mbedtls_mpi_core_(exp_mod|montmul)\w*) ' <<<"$found " || true)
report "no secret decides one in the powers of a signature by an RSA key whose context is kept" "$elsewhere"
elsewhere=$(grep -vE "^( ($below))* (mbedtls_(mpi|int)_|rsa_check_context)" <<<"$found" || true)
report "elsewhere in such a signature one hangs on a secret only in mbedTLS's arithmetic of numbers that it blinds" "$elsewhere"
report "valgrind follows the key through such a signature" \
	"$([[ $found == *mbedtls_mpi_cmp_mpi* ]] || echo "nothing was found")"
exit "$failed"
