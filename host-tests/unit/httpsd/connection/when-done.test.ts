// Those who wait for the end of a response do not depend on each other.
import { expect, test } from "@jest/globals";
import { ask, serve } from "../harness";

const faults: [string, () => unknown][] = [
	[
		"throws",
		() => {
			throw new Error("first");
		}
	],
	["rejects", () => Promise.reject(new Error("first"))]
];

test.each(faults)("one that %s keeps no other from being told, and is reported", async (_, fault) => {
	const told: unknown[] = [];
	const server = serve();
	server.on("error", ({ error }) => told.push((error as Error).message));
	server.get("/", (_, response) => {
		response.whenDone(fault);
		response.whenDone((sent, isComplete) => told.push([sent, isComplete]));
		response.whenDone(() => Promise.reject(new Error("last")));
		response.send("hello");
	});
	await ask("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
	expect(told).toEqual(expect.arrayContaining(["first", [5, true], "last"]));
	expect(told.length).toBe(3);
});
