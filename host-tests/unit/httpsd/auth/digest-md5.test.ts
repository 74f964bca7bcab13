// Digest by MD5: a second challenge, by option, for clients that know nothing better.
import "../../tls/natives";
import { createHash } from "node:crypto";
import { expect, test } from "@jest/globals";
import { md5 } from "httpsd/auth/md5";
import { type DigestAlgorithm, digestAuth, digestProof, digestSecret } from "httpsd/digest-auth";
import { settle } from "../fake-socket";
import { connect, serve } from "../harness";

const hashOf = (name: string) => (text: string) => createHash(name).update(text).digest("hex");

test("MD5 is that of Node, for each length around the blocks and for UTF-8", () => {
	for (const text of ["", "abc", "Jäsøn:😀", ...Array.from({ length: 140 }, (_, n) => "x".repeat(n))])
		expect([text, md5(text)]).toEqual([text, hashOf("md5")(text)]);
});

test("the proof of RFC 7616 §3.9.1 by MD5", () => {
	const nonce = "7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v";
	const clientNonce = "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ";
	const secret = digestSecret("Mufasa", "http-auth@example.org", "Circle of Life", "MD5");
	const answer = { nonce, clientNonce, count: "00000001", uri: "/dir/index.html", algorithm: "MD5" } as const;
	expect(digestProof(secret, "GET", answer)).toBe("8ca523f5e9506fed4657c9700eebdbec");
});

async function get(authorization = "") {
	const client = await connect();
	client.send(`GET /in HTTP/1.1\r\nHost: a\r\n${authorization}\r\n`);
	await settle();
	const text = client.take();
	const challenges = [...text.matchAll(/\r\nwww-authenticate: (.*)/g)].map(([, challenge]) => challenge as string);
	return { status: Number(text.split(" ")[1]), challenges };
}

/** The answer to a challenge; `named` is the algorithm that it names, which may be none. */
function answer(challenge: string, name: string, named: string): string {
	const hash = hashOf(name);
	const nonce = /nonce="([^"]*)"/.exec(challenge)?.[1];
	const proof = hash(`${hash("ada:zoo:lion")}:${nonce}:00000001:xyz:auth:${hash("GET:/in")}`);
	return `Authorization: Digest username="ada", realm="zoo", nonce="${nonce}", uri="/in", cnonce="xyz", qop=auth, nc=00000001, response="${proof}"${named}\r\n`;
}

function site(options: object): void {
	const server = serve({ maxConnections: 100 });
	server.use("/in", digestAuth({ realm: "zoo", users: { ada: "lion" }, ...options }));
	server.get("/in", (request, response) => response.send(request.user));
}

test("SHA-256 is offered first, then MD5, and each answer is accepted, with and without its name", async () => {
	site({ md5: true });
	const { status, challenges } = await get();
	expect([status, challenges.map(each => /algorithm=([^,]*)/.exec(each)?.[1])]).toEqual([401, ["SHA-256", "MD5"]]);
	const [strong = "", weak = ""] = challenges;
	expect((await get(answer(strong, "sha256", ", algorithm=SHA-256"))).status).toBe(200);
	expect((await get(answer(weak, "md5", ", algorithm=MD5"))).status).toBe(200);
	expect((await get(answer((await get()).challenges[1] ?? "", "md5", ""))).status).toBe(200);
	expect((await get(answer(strong, "md5", ", algorithm=SHA-256"))).status).toBe(401);
	expect((await get(answer(weak, "md5", ", algorithm=MD5"))).challenges[1]).toContain("stale=true");
});

test("without the option MD5 is neither offered nor accepted", async () => {
	site({});
	const { challenges } = await get();
	expect(challenges).toHaveLength(1);
	for (const named of [", algorithm=MD5", ""])
		expect((await get(answer(challenges[0] ?? "", "md5", named))).status).toBe(401);
});

test("kept hashes are asked for by algorithm, and a table of them is refused", async () => {
	const users = (user: string, _: unknown, algorithm: DigestAlgorithm) => digestSecret(user, "zoo", "lion", algorithm);
	site({ md5: true, hashed: true, users });
	for (const [at, name] of ["sha256", "md5"].entries()) {
		const challenge = (await get()).challenges[at] ?? "";
		const named = `, algorithm=${["SHA-256", "MD5"][at]}`;
		expect((await get(answer(challenge, name, named))).status).toBe(200);
	}
	expect(() => digestAuth({ realm: "zoo", users: { ada: "x" }, hashed: true, md5: true })).toThrow(TypeError);
});
