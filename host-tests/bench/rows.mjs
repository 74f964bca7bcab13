// What `make bench` measures. The price of an operation is the difference between two amounts of it, so that start-up
// and the connection are not in it. The cipher is AES-128-GCM where a row does not say another.

const versions = ["TLSv1.3", "TLSv1.2"];
// What a browser offers. Over TLS 1.2 P-256 goes with it, for the certificate's sake (DESIGN.md, section 10).
const x25519 = "X25519:prime256v1";

/** `identity` is of the certificate, `curve` of the key exchange, as OpenSSL calls it. */
const ofBoth = row => versions.map(version => ({ identity: "p256", curve: x25519, ...row, version }));

/** `savings`: how many times cheaper than a full handshake it should be, by version. */
const resumed = (row, savings) =>
	ofBoth({ ...row, load: "resumed", amounts: [4, 12], goal: 1.2 }).map(each => ({
		...each,
		saving: savings[each.version]
	}));

/** A full handshake is also counted beside the C server on mbedTLS's own curve code. */
const full = row => ofBoth({ ...row, load: "full", amounts: [4, 12], goal: 1.02, curveGoal: 0.5 });

/** Counted in instructions, ours beside the C server; `goal` is the most that the ratio should be. */
export const counted = [
	...full({ what: "full handshake, X25519" }),
	...full({ what: "full handshake, P-256", curve: "prime256v1" }),
	...ofBoth({ what: "full handshake, RSA-2048", load: "full", identity: "rsa2048", amounts: [4, 12], goal: 1.02 }),
	...resumed({ what: "resumed handshake, X25519", identity: "p256" }, { "TLSv1.3": 2, "TLSv1.2": 12 }),
	...resumed({ what: "resumed handshake, RSA-2048", identity: "rsa2048" }, { "TLSv1.3": 2, "TLSv1.2": 26 }),
	...ofBoth({ what: "GET, 5 bytes, kept alive", load: "get", amounts: [20, 220], goal: 8 }),
	...ofBoth({ what: "GET, another head each time", load: "paths", amounts: [20, 220] }),
	...ofBoth({ what: "GET, a browser's 12 lines, some new", load: "browser", amounts: [20, 220] }),
	{ what: "GET, 5 bytes, 200 connections", load: "many", version: "TLSv1.3", identity: "p256", amounts: [20, 1_220] },
	...ofBoth({ what: "GET, 30 kB", load: "file", amounts: [5, 25] }),
	...ofBoth({ what: "download, a byte", load: "download", amounts: [100_000, 600_000], goal: 1 }),
	...ofBoth({ what: "upload, a byte", load: "upload", amounts: [100_000, 600_000], goal: 1 })
];

const ofTLS13 = loads => counted.filter(({ load, version }) => version === "TLSv1.3" && loads.includes(load));

/** Counted once more with the other cipher. A handshake has little of it. */
export const withChaCha20 = ofTLS13(["get", "paths", "file", "download", "upload"]).map(row => ({
	...row,
	cipher: "ChaCha20-Poly1305"
}));

/** Counted in the forms that firmware may have. */
export const forms = ofTLS13(["get", "paths", "browser", "file", "download", "upload"]);

/** Timed in CPU microseconds, ours beside Node's; more than one may do the work, so only the ratio counts. */
export const timed = [
	{ what: "full handshake, X25519", load: "full", amounts: [50, 450], curve: x25519 },
	{ what: "full handshake, RSA-2048", load: "full", identity: "rsa2048", amounts: [40, 240] },
	{ what: "GET, 5 bytes, kept alive", load: "get", amounts: [2_000, 22_000], goal: 0.8 },
	{ what: "GET, 5 bytes, 200 connections", load: "many", amounts: [2_000, 22_000] },
	{ what: "GET, 30 kB", load: "file", amounts: [200, 2_200] },
	{ what: "WebSocket echo, 41 bytes", load: "echo", amounts: [2_000, 22_000] },
	{ what: "upload, a kilobyte", load: "upload", amounts: [1_000_000, 33_000_000], unit: 1_000 }
].map(row => ({ version: "TLSv1.3", identity: "p256", ...row }));
