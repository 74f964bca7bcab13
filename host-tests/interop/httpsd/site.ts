import { execFile } from "node:child_process";
import { connect } from "node:net";
import { promisify } from "node:util";
import { type Desk, startDesk, type Variant } from "../desk";

export const variants = ["release", "debug"] as const satisfies readonly Variant[];

/** The site of host-tests/programs/http-site.ts, on the desk host. */
export interface Site {
	readonly desk: Desk;
	readonly port: number;
	readonly url: string;
}

export async function startSite(
	variant: Variant,
	config: Record<string, number> = {},
	resources: string[] = []
): Promise<Site> {
	const main = "build/js/host-tests/programs/http-site.js";
	const desk = startDesk({ main, variant, resources, config: { port: 0, ...config } });
	const port = Number((await desk.waitForLine(/port (\d+)/))[1]);
	return { desk, port, url: `http://127.0.0.1:${port}` };
}

/** What curl prints. Rejects when it fails or takes more than 20 s. */
export async function curl(...parameters: string[]): Promise<string> {
	const { stdout } = await promisify(execFile)("curl", ["-sS", "-m", "20", ...parameters], {
		encoding: "latin1",
		maxBuffer: 16_000_000
	});
	return stdout;
}

/** Sends pieces one by one over TCP and resolves with all that comes until the server closes. */
export function talk(port: number, pieces: readonly string[]): Promise<string> {
	return new Promise((resolve, reject) => {
		let received = "";
		const socket = connect({ port, host: "127.0.0.1", noDelay: true });
		socket.setEncoding("latin1").setTimeout(10_000, () => socket.destroy(new Error(`No end after: ${received}`)));
		socket.on("data", chunk => {
			received += chunk;
		});
		socket.on("error", reject).on("close", () => resolve(received));
		socket.on("connect", async () => {
			for (const piece of pieces) {
				socket.write(piece, "latin1");
				await new Promise(done => setImmediate(done));
			}
		});
	});
}
