// The same clients in the SDK's simulator, where XS, its sockets and the clients are all the SDK's.

import { join } from "node:path";
import { beforeAll, describe, test } from "@jest/globals";
import { until } from "../../deadline";
import { root } from "../desk";
import { applicationOf, make, type Simulator, spawnSimulator, whyNot } from "../simulator/simulator";
import { expected, startHTTPS, startMQTT, startWebSocket } from "./sdk-peers";

const identity = join(root, "build/identity");

const title = "Z9 Z10 in the simulator";
const [group, name] = whyNot === undefined ? [describe, title] : [describe.skip, `${title} (skipped: ${whyNot})`];
// All but mc/config, which says where the servers are; that is compiled once they are there.
if (whyNot === undefined) make("simulator-client-build");

group(name, () => {
	let simulator: Simulator;
	beforeAll(async () => {
		const ports = [
			`http:${(await startHTTPS(identity)).port}`,
			`webSocket:${await startWebSocket(identity)}`,
			`mqtt:${await startMQTT(identity)}`
		];
		make("simulator-client-build", `CLIENTS=${ports.join(",")}`);
		simulator = spawnSimulator(applicationOf("build/simulator-client", "simulator-client"));
	});

	test.each(["http", "webSocket", "mqtt"] as const)("Z9 Z10 the SDK's %s client over TLSSocket", async client => {
		const isSeen = () => expected[client].every(line => simulator.output.split("\n").includes(line));
		await until(isSeen, () => `the lines ${expected[client].join(", ")} in:\n${simulator.output}`, 20_000);
	});
});
