#!/usr/bin/env bash
# Fuzzes every target in turn: run.sh SECONDS, shared among them; a third each goes to the engine as server and client.
# What was found interesting stays in build/fuzz/corpus and is where the next run begins.
set -euo pipefail

total=${1:-60}
out=build/fuzz
mkdir -p $out/crashes
export UBSAN_OPTIONS=print_stacktrace=1:halt_on_error=1

number_in() { # LOG PATTERN
	sed -n "s/.*$2.*/\1/p" "$1" | tail -1
}

report() { # TARGET LOG
	local executions coverage features corpus
	executions=$(number_in "$2" 'number_of_executed_units: \([0-9]*\)')
	coverage=$(number_in "$2" 'cov: \([0-9]*\)')
	features=$(number_in "$2" 'ft: \([0-9]*\)')
	corpus=$(number_in "$2" 'corp: \([0-9]*\)')
	printf '%-8s %9s executions, %6s edges and %6s features covered, %5s inputs in the corpus\n' \
		"$1" "$executions" "$coverage" "$features" "$corpus"
}

tell_crash() { # TARGET LOG
	local input
	input=$(number_in "$2" 'Test unit written to \(.*\)')
	grep -m 3 -E 'this does not hold|ERROR: |SUMMARY: |runtime error:' "$2" || tail -5 "$2"
	echo
	echo "$1 broke; all that it said is in $2"
	echo "Again:     $out/fuzz/fuzz-$1 $input"
	echo "Smaller:   $out/fuzz/fuzz-$1 -minimize_crash=1 -max_total_time=60 $input"
	echo "By gcc:    make -f host-tests/fuzz/fuzz.mk VARIANT=debug fuzz-programs && $out/debug/fuzz-$1 $input"
	echo "Then write a test in host-tests/engine that is named for the fault, and mend it."
	exit 1
}

fuzz() { # TARGET SECONDS
	local corpus=$out/corpus/$1 seeds=$out/seeds/$1 log=$out/$1.log
	# Handshakes that were recorded with other certificates lead nowhere now.
	[[ $seeds/.complete -ot $corpus/.complete ]] || rm -rf "$corpus"
	mkdir -p "$corpus"
	touch "$corpus/.complete"
	$out/fuzz/fuzz-"$1" -max_total_time="$2" -max_len=20000 -timeout=30 -rss_limit_mb=4096 -print_final_stats=1 \
		-artifact_prefix=$out/crashes/"$1"- "$corpus" "$seeds" >"$log" 2>&1 || tell_crash "$1" "$log"
	report "$1" "$log"
}

small=(hello head bundle ticket image input)
for target in server client; do
	fuzz $target $((total / 3))
done
for target in "${small[@]}"; do
	fuzz "$target" $((total / 3 / ${#small[@]} + 1))
done
