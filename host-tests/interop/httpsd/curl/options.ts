// What curl's rarer options make of a request to judge-site.ts, and what curl then prints or exits with.

/** Options, the path that is asked for, and what is printed; with `-i` or `-I` heads too. */
export type Row = readonly [options: readonly string[], path: string, printed: string | RegExp];

const text = "0123456789".repeat(1000);
const contentOf = (length: number) => ["--data-binary", "x".repeat(length)];
const header = (...lines: string[]) => lines.flatMap(line => ["-H", line]);

export const versions: readonly Row[] = [
	[["--http1.0"], "/request", /"version":"1\.0"/],
	[["--http1.0", "--raw", "-i"], "/pieces", /^HTTP\/1\.1 200 .*\r\nconnection: close\r\n\r\nonetwo$/s],
	[["--http1.0", ...header("Connection: keep-alive"), "-i"], "/", /\r\nconnection: keep-alive\r\n/],
	[["--http1.1"], "/pieces", "onetwo"],
	[["--http2", "-w", " %{http_version}"], "/", "hello 1.1"],
	[["--no-alpn"], "/", "hello"],
	[["--no-sessionid", "--no-keepalive", "--tcp-fastopen"], "/", "hello"],
	[["--tls-max", "1.2"], "/", "hello"],
	[["--tls-max", "1.2", "--ciphers", "ECDHE-ECDSA-AES128-GCM-SHA256"], "/", "hello"],
	[["--tls-max", "1.2", "--ciphers", "ECDHE-ECDSA-CHACHA20-POLY1305"], "/", "hello"],
	[["--tls13-ciphers", "TLS_AES_128_GCM_SHA256"], "/", "hello"],
	[["--tls13-ciphers", "TLS_CHACHA20_POLY1305_SHA256"], "/", "hello"],
	[["--curves", "P-256"], "/", "hello"],
	[["--curves", "X25519"], "/", "hello"]
];

export const responses: readonly Row[] = [
	[["--raw"], "/pieces", "3\r\none\r\n3\r\ntwo\r\n0\r\n\r\n"],
	[["--raw", "--tr-encoding"], "/pieces", "3\r\none\r\n3\r\ntwo\r\n0\r\n\r\n"],
	[["--tr-encoding"], "/pieces", "onetwo"],
	[["--compressed"], "/files/text.txt", text],
	[["--ignore-content-length", "--http1.0"], "/", "hello"],
	[["--no-buffer", "--limit-rate", "200K"], "/files/text.txt", text],
	[["--head"], "/files/text.txt", /^HTTP\/1\.1 200 .*\r\ncontent-length: 10000\r\n\r\n$/s],
	[["--head"], "/pieces", /^HTTP\/1\.1 200 .*\r\n\r\n$/s],
	[["--head", "--next", "-sS"], "/", /^HTTP\/1\.1 200 .*\r\n\r\n$/s],
	[["--range", "0-4"], "/files/text.txt", "01234"],
	[["--range", "-3"], "/files/text.txt", "789"],
	[["--range", "9998-20000"], "/files/text.txt", "89"],
	[["--range", "5-1"], "/files/text.txt", text],
	[["--range", "0-1,5-6,-2", "-i"], "/files/text.txt", /^HTTP\/1\.1 206 .*\n01\r\n--.*\n56\r\n--.*\n89\r\n--/s],
	[["--range", "10000-", "-i"], "/files/text.txt", /^HTTP\/1\.1 416 .*\r\ncontent-range: bytes \*\/10000\r\n/s],
	[["--continue-at", "9998"], "/files/text.txt", "89"]
];

export const requests: readonly Row[] = [
	[["-X", "OPTIONS", "-i"], "/", /^HTTP\/1\.1 204 .*\r\nallow: GET, HEAD, OPTIONS\r\n/s],
	[["-X", "OPTIONS", "--request-target", "*", "-i"], "/", /^HTTP\/1\.1 204 /s],
	[["--request-target", "http://localhost/request?a"], "/", /"target":"http:\/\/localhost\/request\?a"/],
	[["-G", "-d", "a=b", "--data-urlencode", "c=d e"], "/request", /"target":"\/request\?a=b&c=d\+e"/],
	[
		["-A", "", "-e", "http://from/", ...header("Accept:")],
		"/request",
		/"headers":\[\["host","[^"]*"\],\["referer",[^,]*\]\]/
	],
	[header("X-A: 1", "X-A: 2"), "/request", /\["x-a","1"\],\["x-a","2"\]/],
	[header("X-Empty;"), "/request", /\["x-empty",""\]/],
	[["-b", "a=1; b=2"], "/request", /\["cookie","a=1; b=2"\]/],
	[["-u", "user:word"], "/request", /\["authorization","Basic dXNlcjp3b3Jk"\]/],
	[["-d", "@package.json"], "/upload", /^\{"bytes":\d+\}$/],
	[contentOf(100_000), "/upload", '{"bytes":100000}'],
	[
		["--expect100-timeout", "5", ...header("Expect: 100-continue"), "-i", ...contentOf(100)],
		"/upload",
		/^HTTP\/1\.1 100 /
	],
	[[...header("Expect:"), ...contentOf(100)], "/upload", '{"bytes":100}'],
	[[...header("Transfer-Encoding: chunked"), ...contentOf(100_000)], "/upload", '{"bytes":100000}'],
	[["-X", "POST", "-T", "package-lock.json", "--limit-rate", "1M"], "/upload", /^\{"bytes":\d{6}\}$/],
	[["--json", '{"a":1}'], "/echo", '{"a":1}'],
	[["-F", "a=b", "-F", "file=@package.json"], "/echo", /^--.*name="a".*filename="package\.json"/s],
	[["--max-filesize", "1000000", "--fail-with-body", ...contentOf(10)], "/echo", "x".repeat(10)]
];

const refused = (status: number) => new RegExp(`^HTTP/1\\.1 ${status} `);

export const refusals: readonly Row[] = [
	[["-X", "TRACE"], "/", /^HTTP\/1\.1 405 .*\r\nallow: GET, HEAD, OPTIONS\r\n/s],
	[["-X", "CONNECT", "--request-target", "a:443"], "/", refused(501)],
	[["-X", "BREW"], "/", refused(501)],
	[["-X", "GE T"], "/", refused(400)],
	[["--path-as-is"], "/files/../../etc/passwd", refused(400)],
	[["--path-as-is"], "/files/%2e%2e/%2e%2e/etc/passwd", refused(400)],
	[["-T", "package.json"], "/upload", refused(405)],
	[header("Host:"), "/", refused(400)],
	[header("X-Bad: a\u0001b"), "/", refused(400)],
	[header("X Bad: a"), "/", refused(400)],
	[header(`X-Long: ${"x".repeat(9000)}`), "/", refused(431)],
	[[], `/${"x".repeat(3000)}`, refused(414)],
	[[...header("Content-Length: +5"), "-d", "hello"], "/upload", refused(400)],
	[[...header("Content-Length: 5", "content-length: 6"), "-d", "hello"], "/upload", refused(400)],
	[[...header("Content-Length: 5", "Transfer-Encoding: chunked"), "-d", "hello"], "/upload", refused(400)],
	[[...header("Transfer-Encoding: gzip, chunked"), "-d", "hello"], "/upload", refused(501)],
	[[...header("Expect: something"), "-d", "hello"], "/upload", refused(417)]
];
