// Heads that reviewers made XS run out of memory with, or tried to, each of a length of its own: nothing but separators, quotes,
// escapes. Paths are those of the programs that have what reads them; elsewhere they are no more than odd.

const head = (line, ...fields) => `${line} HTTP/1.1\r\nHost: a\r\n${fields.map(field => `${field}\r\n`).join("")}\r\n`;
const get = (target, ...fields) => head(`GET ${target}`, ...fields);
const page = field => get("/memory/page.html", field);
const digest = parameters => get("/digest/x", `Authorization: Digest ${parameters}`);
const upgrade = [
	"Upgrade: websocket",
	"Connection: Upgrade",
	"Sec-WebSocket-Version: 13",
	"Sec-WebSocket-Key: MDEyMzQ1Njc4OWFiY2RlZg=="
];

/** `n` is about the bytes that it has of what is odd. */
const odd = [
	n => get(`/${"/".repeat(n)}`),
	n => get("/a".repeat(n / 2)),
	n => get(`/memory/${"a/".repeat(n / 2)}`),
	n => get(`/memory/${"a%2f".repeat(n / 4)}`),
	n => get(`/json?${"a&".repeat(n / 2)}`),
	n => get(`/json?a=${"+a".repeat(n / 2)}`),
	n => get("/json", `Cookie: ${"a=b;".repeat(n / 4)}`),
	n => get("/json", `Cookie: ${";".repeat(n)}`),
	n => `GET /${" ".repeat(n)} HTTP/1.1\r\nHost: a\r\n\r\n`,
	n => page(`If-Modified-Since: ${"a ".repeat(n / 2)}`),
	n => page(`If-None-Match: ${"a,".repeat(n / 2)}`),
	n => page(`If-None-Match: ${'"",'.repeat(n / 3)}`),
	n => page(`If-None-Match: ${",".repeat(n)}"a"`),
	n => page(`If-None-Match: ${'"'.repeat(n)}`),
	n => page(`Range: bytes=${"0".repeat(n)}-`),
	n => page(`Range: bytes=${"0-1,".repeat(n / 4)}`),
	n => page(`Accept-Encoding: ${"a/,".repeat(n / 3)}`),
	n => get("/", "Expect: 100-continue", `X: ${" ".repeat(n)}a`),
	n => get("/", "Expect: 100-continue", `${"x".repeat(n)}: a`),
	n => get("/", "Expect: 100-continue", `Connection: ${"\xe2\x84\xaaa".repeat(n / 4)}`),
	n => get(`/.${"\\a".repeat(n / 2)}`),
	n => get("/shared/x", `Origin: ${"://".repeat(n / 3)}`),
	n => digest(`username="${'a\\"'.repeat(n / 3)}"`),
	n => digest(`username*=${"'".repeat(n)}`),
	n => get("/basic/x", `Authorization: Basic ${Buffer.from(":".repeat((n / 4) * 3)).toString("base64")}`),
	n => get(`/log/${'"'.repeat(n)}`),
	n => get("/log/", `User-Agent: ${'"a'.repeat(n / 2)}`),
	n => get(`/redirect?${"&".repeat(n)}`),
	n => get(`/files/dir?${"&".repeat(n)}`),
	n => get(`/files/${"+a".repeat(n / 2)}`),
	n => get(`/files/${"%EF%B7%BA".repeat(n / 9)}`),
	n => get("/bearer/x", `Authorization: Bearer ${"a/".repeat(n / 2)}`),
	n => get("/ws", ...upgrade, `Sec-WebSocket-Protocol: ${" ".repeat(n)},a`)
];

export const oddHead = dice => dice.pick(odd)(dice.pick([950, 1800, dice.length(1900)]));

const post = (path, type, content) =>
	head(`POST ${path}`, `Content-Type: ${type}`, `Content-Length: ${content.length}`) + content;
const part = name =>
	post(
		"/parts",
		"multipart/form-data; boundary=b",
		`--b\r\nContent-Disposition: form-data; name=a; ${name}\r\n\r\nx\r\n--b--\r\n`
	);
const form = parameters => post("/form", `application/x-www-form-urlencoded${parameters}`, "a=b");

const oddNames = [
	n => form(`; a="${'a\\"'.repeat(n)}"`),
	n => form(`;${" ".repeat(n)};a=b`),
	n => part(`filename="=?${"?".repeat(n)}?="`),
	n => part(`filename*=UTF-8''${"%".repeat(n)}`),
	n => part(`filename*=UTF-8''${"%01".repeat(n / 3)}`),
	n => part(`filename="${".".repeat(n)}"`)
];

export const oddContent = dice => dice.pick(oddNames)(dice.pick([420, dice.length(1700)]));

/** JSON of so many levels, which a handler puts into a text. */
export const deepJson = depth => `{"level":${"[".repeat(depth - 1)}${"]".repeat(depth - 1)}}`;
