/** Hex digits in the format of fingerprints in browsers and OpenSSL: `AB:CD:…`. */
export function formatFingerprint(hex: string): string {
	const pairs: string[] = [];
	for (let at = 0; at + 2 <= hex.length; at += 2) pairs.push(hex.slice(at, at + 2).toUpperCase());
	return pairs.join(":");
}
