import { afterEach, expect, test } from "@jest/globals";
import { type Desk, startDesk } from "../desk";
import { curl } from "../https";
import { identityFolder } from "../identities";

let desk: Desk;
afterEach(() => desk.stop());

// The program starts, stops and starts again on the same port as often as /restart is asked for.
test("B1 start and stop: the port is bound again at once, ten times over, and memory comes back", async () => {
	desk = startDesk({ main: "build/js/host-tests/programs/server/restart.js", resources: [identityFolder] });
	const port = Number((await desk.waitForLine(/listening on (\d+)/))[1]);
	const used: number[] = [];
	for (let round = 1; round <= 10; round++) {
		const { status, stdout } = await curl("--http1.1", `https://localhost:${port}/restart`);
		expect(status).toBe(0);
		used.push(JSON.parse(stdout).tls);
		await desk.waitForLine(new RegExp(`listening again ${round} on ${port}\\n`));
	}
	expect(new Set(used.slice(1)).size).toBe(1);
});

test("B1 stop lets a response in progress finish, and refuses new connections", async () => {
	desk = startDesk({ main: "build/js/host-tests/programs/server/restart.js", resources: [identityFolder] });
	const port = Number((await desk.waitForLine(/listening on (\d+)/))[1]);
	const slow = curl(`https://localhost:${port}/slow`);
	await desk.waitForLine(/slow began/);
	desk.process.kill("SIGTERM");
	await desk.waitForLine(/stopping/);
	expect((await curl(`https://localhost:${port}/slow`)).status).not.toBe(0);
	expect((await slow).stdout).toBe("done at last");
	expect(await desk.exit).toEqual({ code: 0, signal: null });
});
