#!/bin/bash
# Checks for the programs and libraries that a step needs: host-tests/toolchain/packages.sh STEP...
# Steps: build (default), source, m32, rv32, format, engine, fuzz, bogo, riscv, xtensa, browser, curl, dns, peers, stacks, clients, bench, judges, and judge-NAME for
# one of them. Installs what is missing when run by root.
set -euo pipefail

variant32=$(dirname "${BASH_SOURCE[0]}")/variant32.sh
empty_program='#include <stdio.h>
	int main(void) { return 0; }'
# The kernel's headers are a package of their own, and mbedTLS asks for them.
system_call='#include <sys/syscall.h>
	int main(void) { return 0; }'
missing=()

has() {
	command -v "$1" >/dev/null
}

# A C program that compiles and links with these flags stands for the headers and libraries that they name.
links() {
	links_by "$1" gcc "${@:2}"
}

links_by() {
	echo "$1" | "${@:2}" -x c - -o /dev/null 2>/dev/null
}

# Of the clang that this Debian has.
clang_version() {
	apt-cache policy clang 2>/dev/null | sed -n 's/.*Candidate: [0-9]*:\([0-9]*\)\..*/\1/p'
}

fuzzes() {
	echo 'int LLVMFuzzerTestOneInput(const char *data, unsigned long length) { return data + length == 0; }' |
		clang -x c - -fsanitize=fuzzer,address,undefined -o /dev/null 2>/dev/null
}

need() {
	local package=$1
	shift
	"$@" || missing+=("$package")
}

# Which compiler it is hangs on the machine. The emulator alone counts instructions for AES (m32-aes).
check_m32() {
	local compiler
	compiler=$("$variant32" compiler m32)
	read -ra compiler <<<"$compiler"
	if [[ ${compiler[0]} == gcc ]]; then
		need gcc-multilib links_by "$system_call" "${compiler[@]}"
	else
		need gcc-i686-linux-gnu has "${compiler[0]}"
		need libc6-dev-i386-cross links_by "$system_call" "${compiler[@]}"
	fi
	need qemu-user has qemu-i386
}

check() {
	case $1 in
	build)
		need gcc has gcc
		need libc6-dev links "$empty_program"
		need make has make
		need openssl has openssl
		;;
	source) need bzip2 has bzip2 ;;
	m32) check_m32 ;;
	rv32)
		check riscv
		need qemu-user has "$("$variant32" way rv32)"
		;;
	format) need clang-format has clang-format ;;
	engine) need libcmocka-dev links '#include <stdarg.h>
			#include <stddef.h>
			#include <setjmp.h>
			#include <stdint.h>
			#include <cmocka.h>
			int main(void) { return 0; }' -lcmocka ;;
	fuzz)
		need clang has clang
		need "libclang-rt-$(clang_version)-dev" fuzzes
		;;
	bogo)
		need golang-go has go
		has go && [[ $(go env GOVERSION) != go1.19* ]] || need golang-golang-x-crypto-dev test -d /usr/share/gocode/src/golang.org/x/crypto
		;;
	riscv)
		need gcc-riscv64-unknown-elf has riscv64-unknown-elf-gcc
		need picolibc-riscv64-unknown-elf test -d /usr/lib/picolibc/riscv64-unknown-elf
		;;
	xtensa)
		need gcc-xtensa-lx106 has xtensa-lx106-elf-gcc
		need picolibc-xtensa-lx106-elf test -f /usr/lib/xtensa-lx106-elf/picolibc.specs
		;;
	browser)
		need chromium has chromium
		need firefox-esr has firefox-esr
		need libnss3-tools has certutil
		;;
	curl) need curl has curl ;;
	dns) need bind9-dnsutils has dig ;;
	peers)
		need gnutls-bin has gnutls-serv
		need pebble has pebble
		need mosquitto test -x /usr/sbin/mosquitto
		need python3-websockets /usr/bin/python3 -c 'import websockets'
		need python3-zeroconf /usr/bin/python3 -c 'import zeroconf'
		need avahi-daemon test -x /usr/sbin/avahi-daemon
		need bind9-dnsutils has dig
		need python3-requests /usr/bin/python3 -c 'import requests'
		;;
	stacks)
		need golang-go has go
		need default-jre-headless has java
		need ecj has ecj
		need libwolfssl-dev links '#include <wolfssl/options.h>
			#include <wolfssl/ssl.h>
			int main(void) { return 0; }' -lwolfssl
		need libbearssl-dev links '#include <bearssl.h>
			int main(void) { return 0; }' -lbearssl
		need libnss3-tools has tstclnt
		need tealdeer has tldr
		;;
	clients)
		for module in requests httpx aiohttp websocket; do
			need "python3-$module" /usr/bin/python3 -c "import $module"
		done
		need lynx has lynx
		need w3m has w3m
		need aria2 has aria2c
		need elinks has elinks
		need mtools has mtype
		need nginx-light test -x /usr/sbin/nginx
		need haproxy test -x /usr/sbin/haproxy
		;;
	bench) need valgrind has valgrind ;;
	judges)
		check judge-wrk
		check judge-slowhttptest
		check judge-h2load
		;;
	judge-wrk) need wrk has wrk ;;
	judge-slowhttptest) need slowhttptest has slowhttptest ;;
	judge-h2load) need nghttp2-client has h2load ;;
	judge-*) ;; # npm has what the others need, and host-tests/judges knows their names
	*)
		echo "packages: there is no step $1" >&2
		exit 2
		;;
	esac
}

for step in "${@:-build}"; do
	check "$step"
done
((${#missing[@]})) || exit 0
mapfile -t missing < <(printf '%s\n' "${missing[@]}" | sort -u)

if ((EUID == 0)) && has apt-get; then
	echo "packages: installing ${missing[*]}" >&2
	export DEBIAN_FRONTEND=noninteractive
	[[ -n $(find /var/lib/apt/lists -name '*_Packages*' -mtime -1 -print -quit 2>/dev/null) ]] || apt-get update -qq
	apt-get install -y -qq --no-install-recommends --no-remove "${missing[@]}" >/dev/null && exit 0
fi
echo "packages: ${missing[*]} is missing. Install with: sudo apt-get install ${missing[*]}" >&2
exit 1
