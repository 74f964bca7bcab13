import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { type Desk, startDesk } from "../../desk";
import { curl } from "../../https";
import { caFile, identityFolder } from "../../identities";
import { type Row, refusals, requests, responses, versions } from "./options";

let desk: Desk;
let secure: string;
let plain: string;

async function start(limits: { maxConnections?: number }): Promise<{ desk: Desk; secure: string; plain: string }> {
	const main = "build/js/host-tests/programs/httpsd/judge-site.js";
	const desk = startDesk({ main, resources: [identityFolder], config: { identity: "p256", ...limits } });
	const [, port, plainPort] = await desk.waitForLine(/ports (\d+) (\d+)/);
	return { desk, secure: `https://localhost:${port}`, plain: `http://127.0.0.1:${plainPort}` };
}

beforeAll(async () => {
	({ desk, secure, plain } = await start({}));
});
afterAll(async () => void (await desk.stop()));

const title = (options: readonly string[]) => options.map(option => option.slice(0, 30)).join(" ");

function judge(rows: readonly Row[], ...common: string[]): void {
	test.each(rows.map(row => [title(row[0]), ...row] as const))("curl %s", async (_, options, path, printed) => {
		const { stdout, stderr } = await curl(...common, ...options, secure + path);
		expect({ stdout, stderr }).toEqual({
			stdout: typeof printed === "string" ? printed : expect.stringMatching(printed),
			stderr: ""
		});
	});
}

test("B5 a client that offers nothing but http/1.0 by ALPN is not refused", async () => {
	const { stdout, status } = await curl("--http1.0", `${secure}/`);
	expect({ stdout, status }).toEqual({ stdout: "hello", status: 0 });
});

describe("B11 Z8 versions and TLS", () => judge(versions));
describe("B11 Z8 responses", () => judge(responses));
describe("B11 Z8 requests", () => judge(requests));
describe("B11 Z8 refusals", () => judge(refusals, "-i"));

test.each([2, 4, 8])("B11 --parallel: 40 transfers, 20 at once, on %d places", async maxConnections => {
	const { desk, secure } = await start({ maxConnections });
	const urls = `${secure}/request?[1-40]`;
	const { stdout, status } = await curl("--parallel", "--parallel-max", "20", "-w", "\n", urls);
	const targets = [...stdout.matchAll(/"target":"\/request\?(\d+)"/g)].map(match => Number(match[1]));
	expect(targets.sort((a, b) => a - b)).toEqual(Array.from({ length: 40 }, (_, index) => index + 1));
	expect(status).toBe(0);
	expect(await desk.stop()).toEqual({ code: 0, signal: null });
});

test("B11 --next: GET, POST and HEAD on one connection", async () => {
	const format = ["-w", "|%{num_connects}|"];
	const post = ["--next", "-sS", "--cacert", caFile, ...format, "-d", "posted", `${secure}/echo`];
	const head = ["--next", "-sS", "--cacert", caFile, ...format, "-I", `${secure}/`];
	const { stdout } = await curl(...format, `${secure}/`, ...post, ...head);
	expect(stdout).toMatch(/^hello\|1\|posted\|0\|HTTP\/1\.1 200 .*\|0\|$/s);
});

test("Z8 another protocol on the port gets an alert or a 400", async () => {
	expect(await curl("--haproxy-protocol", `${secure}/`)).toMatchObject({ status: 35, stdout: "" });
	expect((await curl("-i", "--haproxy-protocol", `${plain}/`)).stdout).toMatch(/^HTTP\/1\.1 400 /s);
	expect((await curl("--http0.9", "--http2-prior-knowledge", `${plain}/`)).status).not.toBe(0);
	expect((await curl("--http2", `${plain}/`)).stdout).toBe("hello");
	expect((await curl(`http://localhost:${new URL(secure).port}/`)).status).not.toBe(0);
	expect((await curl("--tls-max", "1.1", `${secure}/`)).status).toBe(35);
	expect((await curl("--tls-max", "1.2", "--ciphers", "AES128-SHA", `${secure}/`)).status).toBe(35);
	expect((await curl(`${secure}/`)).stdout).toBe("hello");
});

test("B1 after all of it the server stops", async () => {
	expect(await desk.stop()).toEqual({ code: 0, signal: null });
});
