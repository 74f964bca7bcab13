// Z12: whoever looked at a list of a ClientHello had all of it copied into XS, which a client makes 8 kB long: that much is not always free
// of an ESP32-C3's block.

import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { extension, helloWith, vector } from "../../client-hello.cjs";
import { type Desk, startDesk } from "../desk";
import { open } from "../tls/raw";

let desk: Desk;
let port: number;
beforeAll(async () => {
	const main = "build/js/host-tests/programs/tls/select-memory.js";
	desk = startDesk({ variant: "device", platform: "esp32c3", main, resources: ["build/identity"] });
	port = Number((await desk.waitForLine(/listening on (\d+)/))[1]);
});
afterAll(() => void desk.process.kill());

const numbers = (count: number) => Buffer.alloc(2 * count, "\x13\x01");
const few = numbers(1);
const many = vector(2, numbers(3900));
test.each([
	["cipher suites", helloWith(numbers(3900))],
	[
		"a server name",
		helloWith(few, extension(0, vector(2, Buffer.concat([Buffer.of(0), vector(2, Buffer.alloc(7800, "a"))]))))
	],
	["protocols", helloWith(few, extension(16, vector(2, Buffer.from("\x01p".repeat(3900)))))],
	["groups", helloWith(few, extension(10, many))],
	["signature algorithms", helloWith(few, extension(13, many))],
	["signature algorithms of certificates", helloWith(few, extension(50, many))]
])("Z12 a ClientHello with 7,800 bytes of %s takes no more than 3 kB of XS when it is read", async (_, hello) => {
	const before = desk.output.length;
	const socket = await open(port);
	socket.on("error", () => {}).write(hello);
	await desk.waitForLine(new RegExp(`^[^]{${before},}selected (\\d+)\\n`));
	socket.destroy();
	expect(Number(desk.output.slice(before).match(/selected (\d+)/)?.[1])).toBeLessThan(3072);
});
