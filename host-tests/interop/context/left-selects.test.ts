// Z12: what `select` is asked of a client stays in memory until it has answered, also when the client has left by then. Nothing bounded
// how many those were: eighteen clients that broke off within a second made XS run out of memory on an ESP32-C3.
import { connect } from "node:net";
import { expect, test } from "@jest/globals";
import { startDesk } from "../desk";
import { curl } from "../https";
import { recordClientHello } from "../tls/raw";

/** More than have room. */
const clients = 20;

test("Z12 B4 clients that leave while their context is selected leave an ESP32-C3 running, and others are served", async () => {
	const desk = startDesk({
		variant: "device",
		main: "build/js/host-tests/programs/server/patient-select.js",
		resources: ["build/identity"]
	});
	const port = Number((await desk.waitForLine(/listening on (\d+)/))[1]);
	const hello = await recordClientHello();
	for (let count = 0; count < clients; count++)
		await new Promise<void>(resolve => {
			const socket = connect(port, "127.0.0.1", () => socket.write(hello, () => setTimeout(leave, 10)));
			socket.on("error", () => resolve());
			const leave = () => {
				socket.resetAndDestroy();
				resolve();
			};
		});
	const { status, stdout } = await curl("--http0.9", "-k", `https://127.0.0.1:${port}/`);
	expect([status, stdout]).toEqual([0, expect.stringContaining('"lowestFree"')]);
	expect((await desk.stop()).code).toBe(0);
});
