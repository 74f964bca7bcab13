// docs/http.md: its examples run, and its table of limits is that of limits.ts. UPDATE_DOCS=1 writes the table anew.

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import "../tls/natives";
import { expect, test } from "@jest/globals";
import { transformSync } from "@swc/core";
import { defaultLimits, digestLimits, fieldLimits, formLimits, rateLimits } from "httpsd/limits";
import { settle } from "./fake-socket";
import { connect, parse, serve } from "./harness";

const root = join(__dirname, "../../..");
const guidePath = join(root, "docs/http.md");
const guide = readFileSync(guidePath, "utf8");
const tableHead = "| limit | default | unit | what happens |\n|---|---|---|---|\n";

function unitOf(name: string): string {
	const counts = /^max(Connections|PerAddress|HeaderCount|EmptyLines|JsonDepth|Fragments)$|^requestsPerTurn$/;
	if (counts.test(name)) return "";
	if (name === "minRate") return "bytes/s";
	return /Timeout$|Interval$|After$|KeepAlive$/.test(name) ? "ms" : "bytes";
}

/** The doc comment of each limit, in one line. */
function commentOf(name: string, source: string): string {
	const comment = new RegExp(`/\\*\\*((?:(?!\\*/)[\\s\\S])*)\\*/\\s*${name}: number;`).exec(source)?.[1] ?? "";
	return comment.replace(/\s*\n\s*\*?\s*/g, " ").trim();
}

test("the table of limits has each of them, with default, unit and what happens at the bound", () => {
	const source = readFileSync(join(root, "modules/httpsd/limits.ts"), "utf8");
	const rows = Object.entries(defaultLimits).map(([name, value]) => {
		const shown = value.toLocaleString("en-US");
		return `| \`${name}\` | ${shown} | ${unitOf(name)} | ${commentOf(name, source)} |\n`;
	});
	const at = guide.indexOf(tableHead) + tableHead.length;
	if (process.env.UPDATE_DOCS) writeFileSync(guidePath, guide.slice(0, at) + rows.join(""));
	else expect(guide.slice(at).split("\n")).toEqual(rows.join("").split("\n"));
	for (const row of rows) expect(row.split(" | ")[3]?.length).toBeGreaterThan(20);
});

test("the table of platforms has what modules/platform says", () => {
	const platforms = ["desk", "esp32", "esp32c3", "esp8266"];
	const limits = platforms.map(name => require(join(root, `modules/platform/${name}/limits`)).httpLimits);
	const rows = Object.keys(limits[0]).map(
		name => `| \`${name}\` | ${limits.map(each => each[name].toLocaleString("en-US")).join(" | ")} |`
	);
	for (const each of limits) expect(Object.keys(each)).toEqual(Object.keys(limits[0]));
	const head = "| limit | desk | ESP32 | ESP32-C3 | ESP8266 |\n|---|---|---|---|---|\n";
	expect(
		guide
			.slice(guide.indexOf(head) + head.length)
			.split("\n\n")[0]
			?.split("\n")
	).toEqual(rows);
});

test("the table of bounds has each that is no option, with its value and what happens at it", () => {
	const source = readFileSync(join(root, "modules/httpsd/limits.ts"), "utf8");
	const rows = Object.entries({ ...fieldLimits, ...formLimits, ...digestLimits, ...rateLimits }).map(
		([name, value]) => {
			const comment = new RegExp(`/\\*\\*((?:(?!\\*/)[\\s\\S])*)\\*/\\s*${name}: [\\d_]+`).exec(source)?.[1] ?? "";
			return `| \`${name}\` | ${value.toLocaleString("en-US")} | ${comment.replace(/\s*\n\s*\*?\s*/g, " ").trim()} |`;
		}
	);
	expect(guide.match(/^\| `\w+` \| [\d,]+ \| [^|]+ \|$/gm)).toEqual(rows);
});

/** Runs the examples but the first, which wants TLS. */
function runExamples() {
	const server = serve({ maxConnections: 1000 });
	const blocks = [...guide.matchAll(/```ts\n([\s\S]*?)```/g)].map(match => match[1] as string);
	for (const block of blocks.slice(1)) {
		const options = {
			jsc: { parser: { syntax: "typescript" }, target: "es2022" },
			module: { type: "commonjs" }
		} as const;
		new Function("require", "exports", "server", "trace", transformSync(block, options).code)(
			require,
			{},
			server,
			() => {}
		);
	}
	return blocks.length;
}

const basic = (pair: string) => `Authorization: Basic ${Buffer.from(pair).toString("base64")}`;
const multipart = '--b\r\nContent-Disposition: form-data; name="a"\r\n\r\nxyz\r\n--b--\r\n';
const requests: readonly (readonly [head: string, status: number, content: string, sent?: string])[] = [
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
	["GET /static/", 200, "<script"],
	["GET /robots.txt", 200, "Disallow"],
	["GET /clock\r\nLast-Event-ID: 1", 200, "id: 3\ndata: tick 3\n\n"],
	[`GET /admin\r\n${basic("ada:correct horse")}`, 200, "Welcome, ada"],
	[`GET /admin\r\n${basic("ada:wrong")}`, 401, ""],
	["GET /panel", 401, ""],
	["GET /api\r\nAuthorization: Bearer mF_9.B5f-4.1JqM", 200, "Welcome, sensor"],
	["GET /chat", 426, ""]
];

test("the examples run, and do what is said of them", async () => {
	expect(runExamples()).toBeGreaterThan(7);
	for (const [head, status, content, sent = ""] of requests) {
		const [line, ...fields] = head.split("\r\n");
		const client = await connect();
		client.send(
			`${[`${line} HTTP/1.1`, "Host: a", ...fields, `Content-Length: ${sent.length}`].join("\r\n")}\r\n\r\n${sent}`
		);
		for (let turn = 0; turn < 5; turn++) await settle();
		const answer = parse(client.take());
		expect([head, answer.status]).toEqual([head, status]);
		expect(answer.body).toContain(content);
	}
});
