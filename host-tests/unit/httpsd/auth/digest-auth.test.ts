import "../../tls/natives";
import { createHash } from "node:crypto";
import { afterEach, beforeEach, describe, expect, jest, test } from "@jest/globals";
import { digestAuth, digestProof, digestSecret } from "httpsd/digest-auth";
import { digestLimits } from "httpsd/limits";
import { ask, parse, serve } from "../harness";

const hash = (text: string) => createHash("sha256").update(text).digest("hex");

/** An `Authorization` field, made apart from the code under test; `change` falsifies what is sent. */
function answer(
	nonce: string,
	count: number,
	change: Record<string, string> = {},
	password = "Circle of Life"
): string {
	const user = change.username ?? "Mufasa";
	const [uri, nc] = [change.uri ?? "/in", count.toString(16).padStart(8, "0")];
	const proof = hash(`${hash(`${user}:zoo:${password}`)}:${nonce}:${nc}:xyz:auth:${hash(`GET:${uri}`)}`);
	const quoted = { username: user, realm: "zoo", nonce, uri, cnonce: "xyz", response: proof };
	const plain = { qop: "auth", nc, algorithm: "SHA-256", ...change };
	const fields = Object.entries({ ...quoted, ...plain }).filter(([, value]) => value !== "");
	return `Digest ${fields.map(([name, value]) => (name in quoted ? `${name}="${value}"` : `${name}=${value}`)).join(", ")}`;
}

async function get(authorization?: string, line = "GET /in") {
	const field = authorization === undefined ? "" : `Authorization: ${authorization}\r\n`;
	const { status, headers } = parse(await ask(`${line} HTTP/1.1\r\nHost: a\r\n${field}\r\n`));
	return { status, asked: headers["www-authenticate"] ?? "" };
}

const nonceIn = (asked: string) => /nonce="([^"]*)"/.exec(asked)?.[1] ?? "";
const fresh = async () => nonceIn((await get()).asked);
const verdict = async (authorization: string) => {
	const { status, asked } = await get(authorization);
	return asked.includes("stale=true") ? "stale" : status;
};

describe("B11 authentication by Digest", () => {
	beforeEach(() => {
		jest.useFakeTimers();
		const server = serve({ maxConnections: 1000 });
		server.use("/in", digestAuth({ realm: "zoo", users: { Mufasa: "Circle of Life", Jäsøn: "Circle of Life" } }));
		server.get("/in", (request, response) => response.send(request.user));
	});
	afterEach(() => void jest.useRealTimers());

	test("the proof of RFC 7616 §3.9.1", () => {
		const nonce = "7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v";
		const clientNonce = "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ";
		const secret = digestSecret("Mufasa", "http-auth@example.org", "Circle of Life");
		expect(
			digestProof(secret, "GET", {
				nonce,
				clientNonce,
				count: "00000001",
				uri: "/dir/index.html",
				algorithm: "SHA-256"
			})
		).toBe("753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1");
	});

	test("a new nonce comes with each challenge, and the right answer is accepted", async () => {
		const { status, asked } = await get();
		expect(status).toBe(401);
		expect(asked).toMatch(/^Digest realm="zoo", qop="auth", algorithm=SHA-256, nonce="[0-9a-f]{92}", charset=UTF-8$/);
		const nonce = nonceIn(asked);
		expect(await fresh()).not.toBe(nonce);
		expect(await verdict(answer(nonce, 1))).toBe(200);
		const extended = answer(await fresh(), 1, { username: "Jäsøn", "username*": "UTF-8''J%C3%A4s%C3%B8n" });
		expect(await verdict(extended.replace(/username="[^"]*", /, ""))).toBe(200);
	});

	test("wrong answers are refused, and malformed ones 400", async () => {
		const nonce = await fresh();
		const wrong = [answer(nonce, 1, {}, "circle of life"), answer(nonce, 1, { username: "Scar" }), "Digest realm=x"];
		for (const change of [
			{ response: hash("") },
			{ algorithm: "MD5" },
			{ algorithm: "" },
			{ qop: "auth-int" },
			{ qop: "" }
		])
			wrong.push(answer(nonce, 1, change as unknown as Record<string, string>));
		wrong.push(
			answer(nonce, 1, { realm: "other" }),
			answer(nonce, 1, { userhash: "true" }),
			"Basic TXVmYXNhOkNpcmNsZQ=="
		);
		for (const each of wrong) expect([each, await verdict(each)]).toEqual([each, 401]);
		const bad = [answer(nonce, 1, { nc: "1" }), answer(nonce, 1, { cnonce: "" }), answer(nonce, 1, { uri: "/out" })];
		for (const each of [...bad, "Digest realm", `${answer(nonce, 1)}, nc=00000001`])
			expect(await verdict(each)).toBe(400);
		expect(await verdict(answer(nonce, 1))).toBe(200);
	});

	test("an unknown user is refused, whatever the proof", async () => {
		expect(await verdict(answer(await fresh(), 1, { username: "Scar" }, ""))).toBe(401);
		serve().use("/in", digestAuth({ realm: "zoo", users: async () => undefined }));
		expect(await verdict(answer(await fresh(), 1, { username: "Scar" }, ""))).toBe(401);
	});

	test("an answer is for its target only, query and all", async () => {
		const nonce = await fresh();
		const proved = (count: number, uri: string, line: string) => get(answer(nonce, count, { uri }), line);
		expect((await proved(1, "/in?a=1", "GET /in?a=1")).status).toBe(200);
		expect((await proved(2, "/in", "GET /in?a=1")).status).toBe(400);
		expect((await proved(3, "/in?a=1", "GET /in?a=2")).status).toBe(400);
		expect((await proved(4, "/in?a=1", "GET /in")).status).toBe(400);
		expect((await proved(5, "/out", "GET /in")).status).toBe(400);
	});

	test("an answer is accepted once; counts may come out of order within a window of 32", async () => {
		const nonce = await fresh();
		const counts = [1, 1, 3, 2, 2, 3, 40, 9, 8, 39, 9, 41, 41, 200, 41, 0];
		const seen: unknown[] = [];
		for (const count of counts) seen.push(await verdict(answer(nonce, count)));
		const no = "stale";
		expect(seen).toEqual([200, no, 200, 200, no, no, 200, 200, no, 200, no, 200, no, 200, no, no]);
	});

	test("a nonce is good for nonceLifetime; a forged one is stale at once", async () => {
		const nonce = await fresh();
		jest.advanceTimersByTime(digestLimits.nonceLifetime);
		expect(await verdict(answer(nonce, 1))).toBe(200);
		jest.advanceTimersByTime(1);
		expect(await verdict(answer(nonce, 2))).toBe("stale");
		expect(await verdict(answer(`${nonce.slice(0, -1)}${nonce.endsWith("0") ? 1 : 0}`, 1))).toBe("stale");
		expect(await verdict(answer("made up", 1))).toBe("stale");
	});

	test("of more than maxNonces in use the oldest is dropped, and not accepted again", async () => {
		const nonces: string[] = [];
		for (let count = 0; count <= digestLimits.maxNonces; count++) {
			nonces.push(await fresh());
			jest.advanceTimersByTime(1);
		}
		for (const nonce of nonces) expect(await verdict(answer(nonce, 1))).toBe(200);
		expect(await verdict(answer(nonces[0] ?? "", 1))).toBe("stale");
		expect(await verdict(answer(nonces[0] ?? "", 2))).toBe("stale");
		expect(await verdict(answer(nonces[1] ?? "", 2))).toBe(200);
		expect(await verdict(answer(await fresh(), 1))).toBe(200);
	});
});
