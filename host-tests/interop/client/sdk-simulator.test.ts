// The same clients in the SDK's simulator, where XS, its sockets and the clients are all the SDK's.

import { execFileSync, spawn } from "node:child_process";
import { join } from "node:path";
import { afterAll, beforeAll, describe, test } from "@jest/globals";
import { until } from "../../deadline";
import { root } from "../desk";
import { whyNot } from "../simulator";
import { expected, startHTTPS, startMQTT, startWebSocket } from "./sdk-peers";

const identity = join(root, "build/identity");
const application = "build/simulator-client/bin/lin/mc/release/simulator-client/mc.so";

const title = "Z9 Z10 in the simulator";
const [group, name] = whyNot === undefined ? [describe, title] : [describe.skip, `${title} (skipped: ${whyNot})`];
group(name, () => {
	let output = "";
	let simulator: ReturnType<typeof spawn> | undefined;
	beforeAll(async () => {
		const ports = [
			`http:${(await startHTTPS(identity)).port}`,
			`webSocket:${await startWebSocket(identity)}`,
			`mqtt:${await startMQTT(identity)}`
		];
		const goal = ["simulator-client-build", `CLIENTS=${ports.join(",")}`];
		execFileSync("make", ["--no-print-directory", "-s", ...goal], { cwd: root, stdio: "pipe" });
		simulator = spawn("host-tests/toolchain/simulator.sh", [application], { cwd: root });
		simulator.stdout?.on("data", chunk => {
			output += chunk;
		});
	});
	afterAll(() => {
		simulator?.kill("SIGTERM");
	});

	test.each(["http", "webSocket", "mqtt"] as const)("Z9 Z10 the SDK's %s client over TLSSocket", async client => {
		const isSeen = () => expected[client].every(line => output.split("\n").includes(line));
		await until(isSeen, () => `the lines ${expected[client].join(", ")} in:\n${output}`, 20_000);
	});
});
