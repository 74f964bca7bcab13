// Starts the test client (host-tests/programs/client/tls-client.ts) on the desk host.

import { type Desk, startDesk, type Variant } from "../desk";

export type ClientConfig = Record<string, string | number | boolean>;

/** A client of `localhost` at 127.0.0.1 and that port, whose resources are in `folder`. */
export function startClient(folder: string, port: number, config: ClientConfig = {}, variant?: Variant): Desk {
	return startDesk({
		main: "build/js/host-tests/programs/client/tls-client.js",
		...(variant ? { variant } : {}),
		resources: [folder],
		config: { host: "localhost", address: "127.0.0.1", port, ca: "ca.pem", ...config }
	});
}

/** Runs a client to its end; what it printed. */
export async function runClient(folder: string, port: number, config: ClientConfig = {}): Promise<string> {
	const client = startClient(folder, port, config);
	await client.exit;
	return client.output;
}

/** What the client says of its connection. */
// biome-ignore lint/suspicious/noExplicitAny: whatever JSON holds
export function detailsIn(output: string): any {
	const line = /^connected (.*)$/m.exec(output)?.[1];
	if (line === undefined) throw new Error(`There was no connection:\n${output}`);
	return JSON.parse(line);
}
