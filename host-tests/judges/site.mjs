// The server that is judged: host-tests/programs/httpsd/judge-site.ts on the desk host, and what it costs.
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { get } from "node:http";
import { moduleOptions } from "../modules.cjs";

const identity = "build/identity";
const desk = [...moduleOptions(), "--resource", identity];
const program = "build/js/host-tests/programs/httpsd/judge-site.js";
/** Of one clock tick in /proc (USER_HZ is 100 on every Linux). */
const microsecondsPerTick = 10_000;
const pageSize = 4096;

/** The CA that the server's certificate is of. */
export const caFile = `${identity}/ca.pem`;

/** Starts the server with these limits of httpsd. */
export async function startSite(limits = {}) {
	const config = Object.entries(limits).flatMap(([name, value]) => ["--config", `${name}=${value}`]);
	const child = spawn("build/desk/release/desk", [...desk, ...config, program], { stdio: ["ignore", "pipe", "pipe"] });
	const ended = new Promise(resolve => child.on("close", (code, signal) => resolve({ code, signal })));
	const [port, plainPort] = await portsOf(child, ended);
	const plain = `http://127.0.0.1:${plainPort}`;
	return {
		port,
		plainPort,
		secure: `https://localhost:${port}`,
		plain,
		/** CPU time so far, in microseconds, of user and system together. */
		pid: child.pid,
		cpu: () => cpuOf(child.pid),
		/** Resident bytes. */
		resident: () => Number(readFileSync(`/proc/${child.pid}/statm`, "utf8").split(" ")[1]) * pageSize,
		/** Bytes counted by XS and by TLS, after a garbage collection. */
		memory: async () => JSON.parse(await textOf(`${plain}/memory`)),
		/** Ends it; throws unless it ended well. */
		async stop() {
			child.kill("SIGTERM");
			const { code, signal } = await ended;
			if (code !== 0) throw new Error(`the server ended with ${signal ?? code}`);
		}
	};
}

function portsOf(child, ended) {
	let output = "";
	return new Promise((resolve, reject) => {
		const collect = chunk => {
			if (output.length < 100_000) output += chunk;
			const match = /ports (\d+) (\d+)/.exec(output);
			if (match) resolve([Number(match[1]), Number(match[2])]);
		};
		child.stdout.on("data", collect);
		child.stderr.on("data", collect);
		child.on("error", reject);
		ended.then(() => reject(new Error(`the server ended:\n${output}`)));
	});
}

function cpuOf(pid) {
	const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1].split(" ");
	return (Number(fields[11]) + Number(fields[12])) * microsecondsPerTick;
}

function textOf(url) {
	return new Promise((resolve, reject) => {
		get(url, { headers: { connection: "close" } }, response => {
			let text = "";
			response.on("data", chunk => {
				text += chunk;
			});
			response.on("end", () => resolve(text));
		}).on("error", reject);
	});
}
