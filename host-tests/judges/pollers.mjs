// More clients than places, each of which posts again and again at no rhythm, over a latency: none loses a POST.
//
// A client may send on a connection that is just being closed, and what it sends then is lost: programs do not send a POST again.
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync } from "node:fs";
import { Agent, request } from "node:https";
import { chromium } from "playwright-core";
import { run } from "./command.mjs";
import { startFar } from "./far.mjs";
import { caFile, startSite } from "./site.mjs";

const clients = 10;
const places = { maxConnections: 8 };
/** Milliseconds. */
const latency = 40;
const pauses = { least: 100, most: 3000 };
const peers = "host-tests/peers";

function post(url, agent) {
	return new Promise(resolve => {
		const asked = request(url, { method: "POST", agent }, response => {
			response
				.resume()
				.on("end", () => resolve(response.statusCode === 200 ? "answered" : `status ${response.statusCode}`));
		});
		asked.on("error", error => resolve(`lost ${error.code}`)).end("ping");
	});
}

async function pollByNode(url, seconds) {
	const ca = readFileSync(caFile);
	const results = [];
	const poll = async () => {
		const agent = new Agent({ keepAlive: true, maxSockets: 1, ca });
		for (const end = performance.now() + seconds * 1000; performance.now() < end; ) {
			await new Promise(resolve => setTimeout(resolve, pauses.least + Math.random() * (pauses.most - pauses.least)));
			results.push(await post(url, agent));
		}
		agent.destroy();
	};
	await Promise.all(Array.from({ length: clients }, poll));
	return results;
}

/** In windows that share nothing, each with a page of its own. */
async function pollByChromium(url, seconds) {
	const args = ["--no-sandbox", "--disable-gpu", "--disable-quic"];
	const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args });
	const poll = async () => {
		const context = await browser.newContext({ ignoreHTTPSErrors: true });
		const page = await context.newPage();
		await page.goto(new URL("/", url).href, { timeout: 60_000 });
		const results = await page.evaluate(
			async ({ url, seconds, pauses: { least, most } }) => {
				const results = [];
				for (const end = performance.now() + seconds * 1000; performance.now() < end; ) {
					await new Promise(resolve => setTimeout(resolve, least + Math.random() * (most - least)));
					const answer = fetch(url, { method: "POST", body: "ping" });
					results.push(await answer.then(({ status }) => (status === 200 ? "answered" : `status ${status}`), String));
				}
				return results;
			},
			{ url, seconds, pauses }
		);
		return results;
	};
	const results = await Promise.all(Array.from({ length: clients }, poll));
	await browser.close();
	return results.flat();
}

function resultsOf({ output }) {
	const lines = output.trim().split("\n");
	const answered = Number(/^answered (\d+)$/m.exec(output)?.[1]);
	return [...Array(answered).fill("answered"), ...lines.filter(line => !line.startsWith("answered "))];
}

const numbers = seconds => [clients, seconds, pauses.least, pauses.most].map(String);
const pollByPython = kind => async (url, seconds) =>
	resultsOf(
		await run("/usr/bin/python3", [`${peers}/poll.py`, kind, url, caFile, ...numbers(seconds)], 3 * seconds + 60)
	);

async function pollByGo(url, seconds) {
	const program = "build/peers/poll";
	mkdirSync("build/peers", { recursive: true });
	const env = {
		...process.env,
		GOCACHE: `${process.cwd()}/build/peers/go`,
		GOFLAGS: "",
		GOPROXY: "off",
		GO111MODULE: "off"
	};
	execFileSync("go", ["build", "-o", program, `${peers}/poll.go`], { env });
	return resultsOf(await run(program, [url, caFile, ...numbers(seconds)], 3 * seconds + 60));
}

const kinds = {
	"Node's agent": pollByNode,
	"Python's requests": pollByPython("requests"),
	"Python's aiohttp": pollByPython("aiohttp"),
	"Go's net/http": pollByGo,
	"Chromium's fetch": pollByChromium
};

async function judgeKind(what, poll, seconds) {
	const site = await startSite(places);
	const far = await startFar(site.port, latency);
	try {
		const results = await poll(`https://localhost:${far.port}/echo`, seconds);
		const lost = results.filter(result => result !== "answered");
		return {
			what,
			measured: `${results.length} sent, ${lost.length} lost ${[...new Set(lost)].slice(0, 2).join("; ")}`,
			condition: "none is lost",
			passed: lost.length === 0 && results.length > seconds
		};
	} finally {
		far.stop();
		await site.stop();
	}
}

/** All kinds at once, for they wait most of the time: 10,000 posts in 6 minutes. */
export default async function* judgePollers({ short }) {
	const seconds = short ? 8 : 360;
	const kindsNow = Object.entries(kinds).filter(([what]) => !short || what !== "Chromium's fetch");
	yield* await Promise.all(kindsNow.map(([what, poll]) => judgeKind(what, poll, seconds)));
}
