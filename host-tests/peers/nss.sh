#!/bin/bash
# NSS's own programs as a client and as a server, for the interop tests (host-tests/interop/stacks/stack.ts has the command
# line): makes the database that they want, and says what they print in the words of the other programs here.
set -euo pipefail

mode=$1
shift
# Who started this removes it: a server is killed, and a client may be.
database=$(mktemp -d)

trust() {
	certutil -A -d "sql:$database" -n ca -t CT,C, -i "$1"
}

identity() {
	openssl pkcs12 -export -in "$1" -inkey "$2" -name own -passout pass:x -out "$database/own.p12"
	pk12util -i "$database/own.p12" -d "sql:$database" -W x -K "" >/dev/null
}

# Both count over all connections what they have resumed.
translate() {
	local line mode=$1 version=$2 name=- all=0 resumed=0
	# A body may end without a line's end.
	while IFS= read -r line || [[ -n $line ]]; do
		case $line in
		*"subject DN: CN="*)
			# A server prints its own.
			[[ $mode == server ]] || name=${line##*CN=}
			echo "${line%%subject DN*}"
			;;
		*"Subject: CN="*) name=${line##*CN=} ;;
		*" cache hits; "*) all=$(sed 's/.*: *//; s/ cache hits.*//' <<<"$line") ;;
		*" stateless resumes"*)
			echo "connected $version $([[ $all -gt $resumed ]] && echo resumed || echo full) $name"
			resumed=$all name=-
			;;
		*_ERROR_*) echo "failed: ${line#*: }" ;;
		*"returned error "*)
			read -r _
			[[ $line == *"error 0:" ]] || echo "failed:${line##*error}"
			;;
		*) echo "$line" ;;
		esac
	done
}

certutil -N -d "sql:$database" --empty-password
if [[ $mode == client ]]; then
	port=$1 version=$2
	trust "$3"
	options=(-h localhost -4 -p "$port" -d "sql:$database" -V "tls$version:tls$version" -u -G -L 2 -A "$database/request")
	printf 'GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n' >"$database/request"
	if (($# > 3)); then
		identity "$4" "$5"
		options+=(-n own)
	fi
	tstclnt "${options[@]}" 2>&1 | translate client "$version"
else
	version=$1
	identity "$2" "$3"
	options=(-n own -d "sql:$database" -V "tls$version:tls$version" -u -G -v)
	if (($# > 3)); then
		trust "$4"
		options+=(-r -r)
	fi
	port=$((20000 + RANDOM % 10000))
	until selfserv -b -p $port "${options[@]}" 2>/dev/null; do port=$((20000 + RANDOM % 10000)); done
	# It says nothing when it does listen, and a connection to try would be one that it prints.
	{
		state=":$(printf '%04X' "$port") 0+:0000 0A"
		for ((tries = 0; tries < 400; tries++)); do
			grep -qE "$state" /proc/net/tcp /proc/net/tcp6 && break
			sleep 0.05
		done
		echo "listening on $port"
	} &
	exec selfserv -p "$port" "${options[@]}" > >(translate server "$version") 2>&1
fi
