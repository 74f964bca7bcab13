// The examples of docs/http.md, and what is to be answered by them: in Node, and in the SDK's simulator.

import { readFileSync } from "node:fs";
import { join } from "node:path";

const guide = readFileSync(join(__dirname, "../docs/http.md"), "utf8");

/** The examples, in their order. The first makes the server, over TLS. */
export function guideExamples(): string[] {
	return [...guide.matchAll(/```ts\n([\s\S]*?)```/g)].map(match => match[1] as string);
}

/** What `vite build` makes of a small site, by its names; and a file whose name is in two folders. */
export const site: Readonly<Record<string, string>> = {
	"index.html": "<!doctype html><script src=/site/assets/index-B_2x-9fK.js></script>",
	"vite.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>",
	"assets/index-B_2x-9fK.js": "document.title = 'built'",
	"assets/index.html": "not the page"
};

/** What the guide's manifest makes resources of. */
export function guideData(): Record<string, string> {
	const block = /```json\n([\s\S]*?)```/.exec(guide)?.[1] as string;
	return (JSON.parse(block) as { data: Record<string, string> }).data;
}

const basic = (pair: string) => `Authorization: Basic ${Buffer.from(pair).toString("base64")}`;
const multipart = '--b\r\nContent-Disposition: form-data; name="a"\r\n\r\nxyz\r\n--b--\r\n';
type Sample = readonly [head: string, status: number, content: string, sent?: string];

/** Request line and fields without `HTTP/1.1` and `Host`; the answer's status and a part of its content; what is sent. */
export const requests: readonly Sample[] = [
	["GET /hello/ada", 200, "Hello, ada"],
	["PUT /lamp", 200, '{"on":true}', '{"on":true}'],
	["DELETE /any/a/b", 200, "DELETE a/b"],
	["GET /nowhere", 404, "There is no such page"],
	["POST /upload", 201, '"bytes":3', "abc"],
	["POST /form\r\nContent-Type: application/x-www-form-urlencoded", 200, "Ada L", "name=Ada+L"],
	["POST /files\r\nContent-Type: multipart/form-data; boundary=b", 200, '["a 3"]', multipart],
	["GET /search?q=a&q=b%20c", 200, '["a","b c"]'],
	["GET /text", 200, "text"],
	["GET /old", 308, ""],
	["GET /login", 200, "welcome"],
	["GET /log", 200, "x-lines: 3\r\n"],
	["GET /counted", 200, "abcd"],
	["GET /site/", 200, "<script src=/site/assets/index-B_2x-9fK.js>"],
	["GET /site/assets/index-B_2x-9fK.js", 200, "document.title"],
	["GET /site/assets/index.html", 200, "not the page"],
	["GET /site/vite.svg", 200, "<svg"],
	["GET /site/assets", 307, "./assets/"],
	["GET /site/assets+index.html", 404, ""],
	["GET /static/", 200, "<script"],
	["PUT /card/a", 200, '"a"'],
	["PUT /card/PRIVATE/a", 403, ""],
	["GET /robots.txt", 200, "Disallow"],
	["GET /clock\r\nLast-Event-ID: 1", 200, "id: 3\ndata: tick 3\n\n"],
	[`GET /admin\r\n${basic("ada:correct horse")}`, 200, "Welcome, ada"],
	[`GET /admin\r\n${basic("ada:wrong")}`, 401, ""],
	["GET /panel", 401, ""],
	["GET /api\r\nAuthorization: Bearer mF_9.B5f-4.1JqM", 200, "Welcome, sensor"],
	["OPTIONS /shared/state\r\nOrigin: https://app.example\r\nAccess-Control-Request-Method: PUT", 204, ""],
	["GET /shared/state\r\nOrigin: https://app.example", 200, '{"on":true}'],
	["GET /shared/log", 200, '\\"GET /shared/state HTTP/1.1\\" 200 11'],
	["GET /chat", 426, ""]
];

/** A request as it goes over the wire; the connection is kept unless it is told otherwise. */
export function requestText([head, , , sent = ""]: Sample, ...more: string[]): string {
	const [line, ...fields] = head.split("\r\n");
	const lines = [`${line} HTTP/1.1`, "Host: localhost", ...fields, ...more, `Content-Length: ${sent.length}`];
	return `${lines.join("\r\n")}\r\n\r\n${sent}`;
}
