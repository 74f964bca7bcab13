// docs/http.md: its examples run, and its table of limits is that of limits.ts. UPDATE_DOCS=1 writes the table anew.

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import "../tls/natives";
import { expect, test } from "@jest/globals";
import { transformSync } from "@swc/core";
import { defaultLimits, digestLimits, fieldLimits, formLimits, rateLimits } from "httpsd/limits";
import { guideExamples, requests, requestText, site } from "../../guide";
import { resources } from "../sdk/resource";
import { settle } from "./fake-socket";
import { bytes, connect, parse, serve } from "./harness";

const root = join(__dirname, "../../..");
const guidePath = join(root, "docs/http.md");
const guide = readFileSync(guidePath, "utf8");
const tableHead = "| limit | default | unit | what happens |\n|---|---|---|---|\n";

function unitOf(name: string): string {
	const counts = /^max(Connections|PerAddress|LongLived|HeaderCount|EmptyLines|JsonDepth|Fragments)$|^requestsPerTurn$/;
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
			const comment = new RegExp(`/\\*\\*((?:(?!\\*/)[\\s\\S])*)\\*/\\s*${name}: [(\\w.]+`).exec(source)?.[1] ?? "";
			return `| \`${name}\` | ${value.toLocaleString("en-US")} | ${comment.replace(/\s*\n\s*\*?\s*/g, " ").trim()} |`;
		}
	);
	expect(guide.match(/^\| `\w+` \| [\d,]+ \| [^|]+ \|$/gm)).toEqual(rows);
});

/** Runs the examples but the first, which wants TLS. */
function runExamples() {
	const server = serve({ maxConnections: 1000 });
	const blocks = guideExamples();
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

test("the examples run, and do what is said of them", async () => {
	for (const [name, text] of Object.entries(site)) resources.set(`www+${name.replace("/", "+")}`, bytes(text));
	expect(runExamples()).toBeGreaterThan(7);
	for (const sample of requests) {
		const [head, status, content] = sample;
		const client = await connect();
		client.send(requestText(sample));
		for (let turn = 0; turn < 5; turn++) await settle();
		const answer = parse(client.take());
		expect([head, answer.status]).toEqual([head, status]);
		expect(answer.body).toContain(content);
	}
});
