/** Hex digits as browsers and OpenSSL show a fingerprint: `AB:CD:…`. */
export function formatFingerprint(hex: string): string {
	return (hex.toUpperCase().match(/../g) ?? []).join(":");
}
