// What a request leaves behind: in a device's block a collection comes for every few hundred bytes, and each takes as long
// as a quarter of a request.

import { execFileSync } from "node:child_process";
import { Agent, get } from "node:https";
import { expect, test } from "@jest/globals";
import { root, startDesk } from "../desk";
import { identityFolder } from "../identities";
import { open, startSite } from "./memory/client";

const preloads = () =>
	execFileSync("node", ["host-tests/desk/preloads.mjs", "build/js"], { cwd: root, encoding: "utf8" }).trim().split(" ");

function fetch(port: number, agent: Agent, path: string): Promise<string> {
	return new Promise((resolve, reject) => {
		const request = get({ host: "127.0.0.1", port, agent, path, rejectUnauthorized: false }, response => {
			let text = "";
			response.on("data", piece => {
				text += piece;
			});
			response.on("end", () => resolve(text));
		});
		request.on("error", reject);
	});
}

test("Z12 a GET that is kept alive leaves little behind: no text is copied to be compared, no field is made for what is rare", async () => {
	const main = "build/js/host-tests/programs/httpsd/garbage-site.js";
	const desk = startDesk({ main, variant: "release", resources: [identityFolder], options: preloads() });
	const port = Number((await desk.waitForLine(/listening on (\d+)/))[1]);
	const agent = new Agent({ keepAlive: true, maxSockets: 1 });
	const ask = (path: string) => fetch(port, agent, path);
	for (const path of ["/", "/memory", "/"]) await ask(path);
	const before = JSON.parse(await ask("/memory"));
	const count = 200;
	for (let times = 0; times < count; times++) expect(await ask("/")).toBe("hello");
	const after = JSON.parse(await ask("/memory"));
	agent.destroy();
	await desk.stop();
	// 32 slots of 32 bytes and 405 bytes of chunks, and what `/memory` takes.
	expect((after.slots - before.slots) / count / 32).toBeLessThan(34);
	expect((after.chunks - before.chunks) / count).toBeLessThan(440);
});

test("Z12 in a device's block few requests are collected for: a server begins with slots and chunks that are free", async () => {
	const { port, stop } = await startSite("esp32c3");
	const client = await open(port);
	const count = 60;
	let collections = 0;
	for (let times = 0; times < count; times++) ({ collections } = JSON.parse(await client.fetch("/collections")));
	client.close();
	await stop();
	// Half of them were, before, and now one of ten.
	expect(collections).toBeLessThan(count / 4);
});
