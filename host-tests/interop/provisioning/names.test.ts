// The name server of the access point, asked by dig, by c-ares, and by who means no good.

import { execFile } from "node:child_process";
import { createSocket } from "node:dgram";
import { Resolver } from "node:dns/promises";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { scaled } from "../../pace";
import { type Device, startDevice } from "./device";

let device: Device;
beforeAll(async () => {
	device = await startDevice();
});
afterAll(() => device.stop());

async function dig(...parameters: string[]): Promise<string> {
	const own = ["@127.0.0.1", "-p", String(device.dnsPort), "+tries=1", "+time=30"];
	return (await promisify(execFile)("dig", [...own, ...parameters])).stdout;
}

test("Z16 dig, with EDNS and without: each name leads to the device, for a second", async () => {
	for (const name of ["captive.apple.com", "connectivitycheck.gstatic.com", "a-name.that.is.nowhere", "localhost"]) {
		const answer = await dig(name);
		expect(answer).toMatch(new RegExp(`^${name}\\.\\s+1\\s+IN\\s+A\\s+127\\.0\\.0\\.1$`, "m"));
		expect(answer).not.toMatch(/malformed|extra input/i);
		expect(await dig("+noedns", "+short", name)).toBe("127.0.0.1\n");
	}
	const none = await dig("AAAA", "captive.apple.com");
	expect(none).toMatch(/status: NOERROR.*\n.*ANSWER: 0/);
});

test("Z16 c-ares, as Node has it", async () => {
	const resolver = new Resolver({ tries: 1, timeout: scaled(3000) });
	resolver.setServers([`127.0.0.1:${device.dnsPort}`]);
	expect(await resolver.resolve4("detectportal.firefox.com")).toEqual(["127.0.0.1"]);
	await expect(resolver.resolve6("detectportal.firefox.com")).rejects.toMatchObject({ code: "ENODATA" });
});

test("Z16 after thousands of datagrams of all kinds it still answers, and the portal too", async () => {
	const socket = createSocket("udp4");
	socket.on("message", () => {});
	for (let at = 0; at < 3000; at++) {
		const bytes = Buffer.from(Array.from({ length: at % 600 }, (_, index) => (index * 31 + at * 17) & 0xff));
		await new Promise(resolve => socket.send(bytes, device.dnsPort, "127.0.0.1", resolve));
	}
	socket.close();
	expect(await dig("+short", "still.there")).toBe("127.0.0.1\n");
	await device.shows(/value="Home"/);
	expect(device.output).not.toMatch(/Error|Uncaught/);
});

test("Z16 who is not in the access point's network is not answered", async () => {
	const other = await startDevice({ options: { address: "192.168.4.1" } });
	const asked = promisify(execFile)("dig", ["@127.0.0.1", "-p", String(other.dnsPort), "+tries=1", "+time=1", "a.b"]);
	await expect(asked).rejects.toMatchObject({ code: 9 });
	await other.stop();
});
