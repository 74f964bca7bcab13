#!/bin/bash
# Fetches the XS engine's sources and builds them: host-tests/toolchain/xs.sh [VARIANT...]
# Without a variant it only fetches. Variants: release, debug, m32. Does nothing, quickly, when all is up to date.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

package=@agoric/xsnap
version=0.15.0
integrity=sha512-ZBm4DZxbtfacxMHVVdJjZi0Y8zOxN77vpu1WwI5RWfPkaRh0aHkz/dVdTGKXalDNzWfz183lljKxlxl3/h0n+A==

cache=build/cache
sources=$cache/xs-$version

integrity_of() {
	node -p '"sha512-" + require("crypto").createHash("sha512").update(require("fs").readFileSync(process.argv[1])).digest("base64")' "$1"
}

fetch() {
	local archive=$cache/agoric-xsnap-$version.tgz
	local unpacked=$sources.$$
	mkdir -p "$cache"
	if [[ ! -f $archive || $(integrity_of "$archive") != "$integrity" ]]; then
		echo "xs: fetching $package@$version" >&2
		(cd "$cache" && npm pack --silent --ignore-scripts "$package@$version" >/dev/null) || {
			echo "xs: npm could not fetch $package@$version. Check the network, or put its tarball at $archive" >&2
			exit 1
		}
	fi
	if [[ $(integrity_of "$archive") != "$integrity" ]]; then
		rm -f "$archive"
		echo "xs: $package@$version is not the file that was pinned here: its SHA-512 differs" >&2
		exit 1
	fi
	# Unpacked aside and renamed, so that an interrupted run leaves nothing that looks complete.
	mkdir "$unpacked"
	tar -xzf "$archive" -C "$unpacked" --strip-components=1 package/moddable
	rm -rf "$sources"
	mv "$unpacked" "$sources"
}

[[ -d $sources ]] || fetch
for variant in "$@"; do
	make --silent --no-print-directory -f host-tests/desk/xs/xs.mk VARIANT="$variant" XS_SOURCES="$sources/moddable/xs"
done
