import { afterEach, expect, jest } from "@jest/globals";
import Server, { type ServerOptions } from "httpsd/server";
import { type FakeClient, FakeListener, settle } from "./fake-socket";

const served: Server[] = [];

/** A server over the fake listener, started. */
export function serve(options: Partial<ServerOptions> = {}): Server {
	const server = new Server({ io: FakeListener, port: 80, ...options });
	server.start();
	served.push(server);
	return server;
}

// Z12: whatever a test did, nothing is charged once the connections have ended, and the handlers that went on without them.
afterEach(() => {
	for (const server of served.splice(0)) {
		for (const peer of server.peers) peer.destroy();
		server.handlers.endAll();
		expect(server.memory.used).toBe(0);
	}
});

/** A new connection that is ready to be used. */
export async function connect(): Promise<FakeClient> {
	const client = FakeListener.last.connect();
	await settle();
	return client;
}

/** Sends a request on a new connection and returns all that came back. */
export async function ask(text: string): Promise<string> {
	const client = await connect();
	client.send(text);
	await settle();
	return client.take();
}

/** Turns a faked clock, and then what a connection is given that was chosen to be closed for another: two turns. */
export async function pass(ms: number): Promise<void> {
	jest.advanceTimersByTime(ms);
	await settle();
	jest.advanceTimersByTime(2);
	await settle();
}

/** A response, taken apart. */
export function parse(text: string): { status: number; headers: Record<string, string>; body: string } {
	const end = text.indexOf("\r\n\r\n");
	const [first = "", ...lines] = text.slice(0, end).split("\r\n");
	const headers = Object.fromEntries(lines.map(line => line.split(": ") as [string, string]));
	return { status: Number(first.split(" ")[1]), headers, body: text.slice(end + 4) };
}

export function bytes(text: string): ArrayBuffer {
	return Uint8Array.from(Buffer.from(text, "latin1")).buffer;
}

export function latin1(content: ArrayBuffer): string {
	return Buffer.from(content).toString("latin1");
}
