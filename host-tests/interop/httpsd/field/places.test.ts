// More clients than places: none loses a POST, and WebSockets do not keep pages from loading.

import { readFileSync } from "node:fs";
import { Agent, request } from "node:http";
import { afterEach, expect, test } from "@jest/globals";
import WebSocket from "ws";
import { within } from "../../../deadline";
import { curl } from "../../https";
import { caFile } from "../../identities";
import { type FieldSite, startFieldSite } from "./field-site";

const sites: FieldSite[] = [];
afterEach(async () => {
	for (const { desk } of sites.splice(0)) expect(await desk.stop()).toEqual({ code: 0, signal: null });
});

async function start(): Promise<FieldSite> {
	const site = await startFieldSite({ maxConnections: 8 });
	sites.push(site);
	return site;
}

/** Posts with an agent of its own, kept alive, again and again, for a time and at least twice. @returns what went wrong, and how late it was at most. */
async function poll(
	url: string,
	pauses: () => number,
	milliseconds: number
): Promise<{ lost: string[]; late: number }> {
	const agent = new Agent({ keepAlive: true, maxSockets: 1 });
	const lost: string[] = [];
	let [sent, late] = [0, 0];
	const post = () =>
		new Promise<void>(resolve => {
			sent++;
			const asked = request(`${url}/count`, { method: "POST", agent }, response => {
				response.resume().on("end", resolve);
			});
			asked.on("error", error => {
				lost.push((error as { code?: string }).code ?? String(error));
				resolve();
			});
			asked.end("ping");
		});
	for (const end = performance.now() + milliseconds; performance.now() < end || sent < 2; ) {
		await post();
		const due = performance.now() + pauses();
		await new Promise(resolve => setTimeout(resolve, due - performance.now()));
		late = Math.max(late, performance.now() - due);
	}
	agent.destroy();
	return { lost, late };
}

test("10 pollers on 8 places lose no POST, one each 500, 1000 or 2000 ms, or at no rhythm", async () => {
	const rhythms = [500, 1000, 2000].map(pause => () => pause - 20 + Math.random() * 40);
	const results = [...rhythms, () => 100 + Math.random() * 2900].map(async pauses => {
		const site = await start();
		let lost: string[] = [];
		// A machine that does nothing for a while breaks any rhythm: what is lost each time, and in rhythm, is lost by the server.
		for (let [tries, inRhythm] = [0, 0]; tries === 0 || (lost.length > 0 && inRhythm < 3 && tries < 12); tries++) {
			const all = await Promise.all(Array.from({ length: 10 }, () => poll(site.urls.http, pauses, 6000)));
			lost = all.flatMap(each => each.lost);
			if (all.every(({ late }) => late < 100)) inRhythm++;
		}
		return lost;
	});
	expect(await Promise.all(results)).toEqual([[], [], [], []]);
});

test("eight WebSockets on 8 places: six are opened, two are told 503, and a page loads beside them", async () => {
	const site = await start();
	const ca = readFileSync(caFile);
	const open = () =>
		new Promise<WebSocket | number | undefined>((resolve, reject) => {
			const socket = new WebSocket(`${site.urls.https.replace("https", "wss")}/ws`, { ca });
			socket.on("open", () => resolve(socket)).on("error", reject);
			socket.on("unexpected-response", (_, response) => resolve(response.statusCode));
		});
	const sockets = await within(20_000, "eight answers", Promise.all(Array.from({ length: 8 }, open)));
	expect(sockets.filter(each => typeof each === "number")).toEqual([503, 503]);
	expect((await curl(`${site.urls.https}/`)).stdout).toContain("<p>A page");
	for (const socket of sockets) if (socket instanceof WebSocket) socket.terminate();
});
