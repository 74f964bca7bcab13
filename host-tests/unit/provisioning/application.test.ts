// What the application is told, one thing after another.

import { describe, expect, test } from "@jest/globals";
import { air, tell } from "../../programs/provisioning/wifi";
import { eachHasItsLamp, lamp, minute, pass } from "./lamp";

eachHasItsLamp();

describe("Z16 the application", () => {
	test("a network that is back while servers stop still: they start when they have stopped", async () => {
		const { heard } = lamp;
		let isStopping = false;
		lamp.start({
			onOnline: () => {
				heard.push(isStopping ? "TypeError: Server is already running" : "online");
			},
			onOffline: async () => {
				isStopping = true;
				await new Promise(resolve => setTimeout(resolve, 10_000));
				isStopping = false;
				heard.push("stopped");
			}
		});
		await pass(1000);
		tell("disconnect", 0);
		await pass(30_000);
		expect([lamp.provisioner.online, heard]).toEqual([true, ["online", "stopped", "online"]]);
		// One that comes and goes meanwhile is one that has gone.
		tell("disconnect", 0);
		await pass(3000);
		air.networks = [];
		tell("disconnect", 0);
		await pass(30_000);
		expect([lamp.provisioner.online, heard.slice(3)]).toEqual([false, ["stopped"]]);
	});

	test("what it throws or rejects is told, and nothing else ends by it", async () => {
		const errors: string[] = [];
		lamp.start({
			onOnline: async () => {
				throw new Error("no port");
			},
			onOffline: () => {
				throw new Error("no server");
			},
			onError: error => {
				errors.push(String(error));
				throw new Error("no lamp");
			}
		});
		await pass(1000);
		tell("disconnect", 0);
		await pass(minute);
		expect([lamp.provisioner.online, errors]).toEqual([true, ["Error: no port", "Error: no server", "Error: no port"]]);
	});
});
