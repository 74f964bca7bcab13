import "../../tls/natives";
import { beforeAll, describe, expect, jest, test } from "@jest/globals";
import { type DashboardIdentity, dashboard } from "httpsd/dashboard";
import type { Peer } from "httpsd/peer";
import type { Filter } from "httpsd/routing/filters";
import { resources } from "../../sdk/resource";
import { type FakeClient, settle } from "../fake-socket";
import { bytes, connect, serve } from "../harness";
import { opening } from "../websocket/ws-client";
import { closeCodeIn, frame, serverFrames } from "../websocket/ws-frames";

beforeAll(() => {
	for (const name of ["index.html", "app.js.gz", "app.css.gz"]) resources.set(`dashboard+${name}`, bytes("x"));
});

const ask = async (client: FakeClient, content: string | Buffer, opcode = 1) => {
	client.send(frame(opcode, content));
	await settle();
	return client.take();
};
const told = async (client: FakeClient, content: string) =>
	serverFrames(await ask(client, content)).map(each => JSON.parse(each.content));

/** A server whose dashboard somebody looks at. */
async function look(identity?: DashboardIdentity, comes: (peer: Peer) => void = () => undefined) {
	const server = serve({ maxConnections: 4 });
	const auth: Filter = ({ peer }) => comes(peer);
	server.use("/", dashboard(server, { auth, ...(identity && { identity }) }));
	const client = await connect();
	client.send(opening({}, "GET /live HTTP/1.1"));
	await settle();
	const text = client.take();
	const [first] = serverFrames(text.slice(text.indexOf("\r\n\r\n") + 4));
	return { server, client, first: JSON.parse(first?.content ?? "null") };
}

test("Z11 of a certificate that is ordered from a CA a viewer is told what there is, and why there is no other", async () => {
	const lastError = { code: "RATE_LIMITED" };
	const identity = { notAfter: undefined, fingerprint: undefined, isBusy: true, lastError, renew: jest.fn() };
	const { first, client } = await look(identity);
	expect(first).toMatchObject({ canRenew: true, isBusy: true, problem: "RATE_LIMITED" });
	expect(Object.keys(first)).not.toEqual(expect.arrayContaining(["end"]));
	// A CA counts its orders: none is begun behind one that is under way.
	expect(await told(client, "renew")).toEqual([{ refused: "One is being ordered already" }]);
	expect(identity.renew).not.toHaveBeenCalled();
	identity.isBusy = false;
	expect(await told(client, "renew")).toEqual([expect.objectContaining({ isBusy: false })]);
	expect(identity.renew).toHaveBeenCalledTimes(1);
});

describe("Z12 a viewer is told nothing that there is no memory for", () => {
	/** Takes all that a connection could have, but for some bytes: what it took. */
	function exhaust(peer: Peer, left: number): number {
		const { account } = peer as Peer & { account: { take(count: number): boolean; force(count: number): void } };
		let taken = 0;
		while (account.take(100)) taken += 100;
		account.force(-left);
		return taken - left;
	}
	const giveBack = (peer: Peer, bytes: number) =>
		(peer as Peer & { account: { force(count: number): void } }).account.force(-bytes);

	test("whatever it asks, though it is of another certificate", async () => {
		const renew = jest.fn();
		const { server, client } = await look({ notAfter: 1, fingerprint: "A", renew });
		const [{ memory }] = await told(client, "0");
		expect(memory.length).toBe(5);
		const free = await server.hold(server.memory.limit);
		const [peer] = server.peers as [Peer];
		const taken = exhaust(peer, 500);
		expect(await told(client, "identity")).toEqual([{ busy: true }]);
		expect(await told(client, "renew")).toEqual([{ busy: true }]);
		expect(renew).toHaveBeenCalledTimes(1);
		giveBack(peer, taken);
		free?.();
		expect(await told(client, "identity")).toEqual([expect.objectContaining({ title: "Device" })]);
	});

	test("a renewal, of which XS holds key, certificate and what is stored at once", async () => {
		const renew = jest.fn();
		const { server, client } = await look({ notAfter: 1, fingerprint: "A", renew });
		const { account } = server.peers[0] as Peer & { account: { isThere(bytes: number): boolean } };
		const isThere = jest.spyOn(account, "isThere").mockImplementation(bytes => bytes < 6000);
		expect(await told(client, "renew")).toEqual([{ refused: "There is no memory for it now" }]);
		expect(renew).not.toHaveBeenCalled();
		isThere.mockRestore();
		expect(await told(client, "renew")).toEqual([expect.objectContaining({ title: "Device" })]);
	});

	test("when it comes", async () => {
		const { client, first } = await look(undefined, peer => {
			const { account } = peer as Peer & { account: { fits(bytes: number): boolean } };
			// There is room for a WebSocket, and then for short messages.
			const fits = jest.spyOn(account, "fits").mockImplementation(bytes => bytes < 3072);
			fits.mockReturnValueOnce(true);
		});
		expect(first).toEqual({ busy: true });
		jest.restoreAllMocks();
		expect(await told(client, "identity")).toEqual([expect.objectContaining({ title: "Device" })]);
	});
});

test("Z11 who holds memory: what is no connection's is told apart", async () => {
	const { server, client } = await look();
	const giveBack = await server.hold(1234);
	const [{ memory, connections }] = await told(client, "0");
	const [used, , , , others] = memory;
	expect([others, used]).toEqual([1234, 1234 + connections[0][7]]);
	giveBack?.();
});

describe("Z11 what a viewer may send", () => {
	test.each([
		"",
		"-1",
		"NaN",
		"Infinity",
		"1e999",
		"0.5",
		"0x10",
		"__proto__",
		"renew ",
		"9".repeat(1000),
		"\u0000",
		"[]",
		"null"
	])("%j: an answer or none, and the next one is answered", async content => {
		jest.useFakeTimers({ doNotFake: ["setImmediate", "queueMicrotask"] });
		const { client } = await look();
		await ask(client, content);
		jest.advanceTimersByTime(2000);
		expect(await told(client, "0")).toEqual([expect.objectContaining({ errors: [], last: 0 })]);
		expect(client.closed).toBe(false);
		jest.useRealTimers();
	});

	test("bytes are none of it, and close with 1003; without the right to renew nothing is renewed", async () => {
		const renew = jest.fn();
		const { client } = await look();
		expect(closeCodeIn(await ask(client, Buffer.of(1), 2))).toBe(1003);
		const server = serve({ maxConnections: 4 });
		server.use("/", dashboard(server, { auth: false, identity: { notAfter: 1, fingerprint: "A", renew } }));
		const other = await connect();
		other.send(opening({}, "GET /live HTTP/1.1"));
		await settle();
		other.take();
		expect(await told(other, "renew")).toEqual([{ refused: "The certificate cannot be renewed from here" }]);
		expect(renew).not.toHaveBeenCalled();
	});
});
