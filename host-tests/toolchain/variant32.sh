#!/usr/bin/env bash
# How 32-bit programs are compiled and run on this machine, decided in this place alone:
#   variant32.sh compiler VARIANT                  prints the compiler and what makes it one for 32 bits
#   variant32.sh way VARIANT                       prints how they run: directly, or the emulator's name
#   variant32.sh run VARIANT PROGRAM [ARGUMENT]... becomes the program
# VARIANT is m32, x86 with Linux beneath, or rv32, the instruction set of an ESP32-C3 with nothing beneath. What is made for
# m32 also runs as `m32-aes`, which is always in the emulator, on a processor that has instructions for AES.
# M32=gcc|cross and RUN_32=directly|qemu force for m32 what the machine decides otherwise.
set -euo pipefail

# An Atom, which has no AES instructions, as no device has, and otherwise the same as valgrind's for 32 bits.
m32_processor=n270
# The C3 has no atomic and no floating-point instructions.
rv32_processor=rv32,a=off,f=off,d=off

fail() {
	printf 'variant32: %s\n' "$*" >&2
	exit 2
}

is_x86() {
	[[ $(uname -m) == @(x86_64|i?86) ]]
}

# gcc knows -m32 on x86 only, and Debian's gcc-multilib goes with no cross compiler: where there is one already, it is taken.
# What that makes is static, for no loader finds the C library that comes with it. Nothing is to be loaded anywhere, as on a
# device: it takes one of seven registers.
compiler_of_m32() {
	local wanted=${M32:-} cross=i686-linux-gnu-gcc
	[[ -n $wanted ]] || { is_x86 && ! command -v "$cross" >/dev/null && wanted=gcc || wanted=cross; }
	case $wanted in
	gcc) echo gcc -m32 -fno-pie -no-pie ;;
	cross) echo "$cross" -fno-pie -static ;;
	*) fail "M32 is gcc or cross, not $wanted" ;;
	esac
}

# A whole program for 32-bit x86: the headers of ELF and of one segment, and exit(0).
smallest_program() {
	printf '\177ELF\1\1\1\0\0\0\0\0\0\0\0\0\2\0\3\0\1\0\0\0\124\200\4\10\64\0\0\0\0\0\0\0\0\0\0\0\64\0\40\0\1\0\0\0\0\0\0\0'
	printf '\1\0\0\0\0\0\0\0\0\200\4\10\0\200\4\10\135\0\0\0\135\0\0\0\5\0\0\0\0\20\0\0'
	printf '\61\300\100\61\333\315\200\353\367'
}

# Not all kernels for x86-64 run 32-bit programs.
kernel_runs_m32() {
	local program place=${TMPDIR:-/tmp} runs=false can_run=true
	is_x86 || return
	program=$(mktemp 2>/dev/null) || fail "no file can be made in $place: set TMPDIR to another folder, or RUN_32"
	smallest_program >"$program"
	chmod +x "$program"
	"$program" 2>/dev/null && runs=true
	# That it did not says nothing of the kernel where no program runs.
	echo '#!/bin/sh' >"$program"
	"$program" 2>/dev/null || can_run=false
	rm "$program"
	$can_run || fail "no program can be run in $place: set TMPDIR to another folder, or RUN_32"
	$runs
}

way_of_m32() {
	local wanted=${RUN_32:-}
	[[ -n $wanted ]] || { kernel_runs_m32 && wanted=directly || wanted=qemu; }
	case $wanted in
	directly) echo directly ;;
	qemu) echo qemu-i386 ;;
	*) fail "RUN_32 is directly or qemu, not $wanted" ;;
	esac
}

run_m32() {
	local way
	way=$(way_of_m32)
	[[ $way == directly ]] && exec "$@"
	exec "$way" -cpu "$m32_processor" "$@"
}

run_m32-aes() {
	exec qemu-i386 -cpu max "$@"
}

compiler_of_rv32() {
	echo riscv64-unknown-elf-gcc -march=rv32imc -mabi=ilp32 --specs=picolibc.specs
}

way_of_rv32() {
	echo qemu-riscv32
}

# The emulator writes on stderr what a program writes on its console.
run_rv32() {
	exec qemu-riscv32 -cpu "$rv32_processor" "$@" 2>&1
}

action=${1:-} variant=${2:-}
[[ $variant == @(m32|rv32) || "$action $variant" == "run m32-aes" ]] || fail "there is no variant '$variant' for 32 bits"
case $action in
compiler | way) "${action}_of_$variant" ;;
run)
	(($# > 2)) || fail "run $variant wants a program"
	"run_$variant" "${@:3}"
	;;
*) fail "compiler, way or run, not '$action'" ;;
esac
