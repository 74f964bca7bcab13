// Starts the test server (host-tests/programs/server/https-server.ts) and the clients that are driven against it.

import { execFile } from "node:child_process";
import { setDeadline } from "../deadline";
import { type Desk, startDesk, type Variant } from "./desk";
import { caFile, type IdentityName, identityFolder } from "./identities";

export interface HttpsServer extends Desk {
	readonly port: number;
	readonly url: string;
}

export interface ServerSettings {
	identities?: readonly IdentityName[];
	config?: Record<string, string | number>;
	variant?: Variant;
	/** More options of the desk host. */
	options?: string[];
}

/** A running server with these identities; the port is the system's choice. */
export async function startServer({
	identities = ["p256"],
	config = {},
	variant,
	options = []
}: ServerSettings = {}): Promise<HttpsServer> {
	const desk = startDesk({
		main: "build/js/host-tests/programs/server/https-server.js",
		...(variant ? { variant } : {}),
		options,
		resources: [identityFolder],
		config: { identities: identities.join(","), ...config }
	});
	const port = Number((await desk.waitForLine(/listening on (\d+)/))[1]);
	return Object.create(desk, {
		port: { value: port },
		url: { value: `https://localhost:${port}` }
	}) as HttpsServer;
}

export interface Outcome {
	readonly status: number;
	readonly stdout: string;
	readonly stderr: string;
}

/** Runs a client to its end, at most 20 s of an idle machine; `input` is its standard input, which is then closed. */
export function run(program: string, parameters: readonly string[], input = "", cwd?: string): Promise<Outcome> {
	return new Promise(resolve => {
		let late = "";
		const child = execFile(program, parameters, { maxBuffer: 1 << 26, cwd }, (error, stdout, stderr) => {
			clear();
			const status = typeof error?.code === "number" ? error.code : error ? -1 : 0;
			resolve({ status, stdout, stderr: stderr + late });
		});
		const clear = setDeadline(20_000, time => {
			late = `${time} passed before ${program} ended`;
			child.kill();
		});
		// A client that ends without reading its input is not at fault.
		child.stdin?.on("error", () => {}).end(input);
	});
}

export function curl(...parameters: string[]): Promise<Outcome> {
	return run("curl", ["--silent", "--show-error", "--cacert", caFile, ...parameters]);
}

/** `openssl s_client` with one request on its standard input. */
export function sClient(port: number, ...parameters: string[]): Promise<Outcome> {
	const request = "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
	const common = ["s_client", "-connect", `127.0.0.1:${port}`, "-CAfile", caFile, "-verify_return_error", "-ign_eof"];
	return run("openssl", [...common, ...parameters], request);
}
