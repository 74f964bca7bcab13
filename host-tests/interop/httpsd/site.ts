import { execFile } from "node:child_process";
import { connect } from "node:net";
import { promisify } from "node:util";
import { setDeadline } from "../../deadline";
import { type Desk, startDesk, type Variant } from "../desk";

export const variants = ["release", "debug"] as const satisfies readonly Variant[];

/** A site of host-tests/programs on the desk host. */
export interface Site {
	readonly desk: Desk;
	readonly port: number;
	readonly url: string;
}

export async function startSite(
	variant: Variant,
	config: Record<string, number | string> = {},
	resources: string[] = [],
	program = "http-site"
): Promise<Site> {
	const main = `build/js/host-tests/programs/httpsd/${program}.js`;
	const desk = startDesk({ main, variant, resources, config: { port: 0, ...config } });
	const port = Number((await desk.waitForLine(/port (\d+)/))[1]);
	return { desk, port, url: `http://127.0.0.1:${port}` };
}

/** What curl prints. Rejects when it fails or takes more than 20 s of an idle machine. */
export async function curl(...parameters: string[]): Promise<string> {
	const options = { encoding: "latin1", maxBuffer: 16_000_000 } as const;
	const running = promisify(execFile)("curl", ["-sS", ...parameters], options);
	const clear = setDeadline(20_000, () => running.child.kill());
	return (await running.finally(clear)).stdout;
}

/**
 * Sends pieces one by one over TCP and resolves with all that comes until the server closes, or has refused: what the
 * client sends then is read for a while, and to wait for the end of that would take long.
 */
export function talk(port: number, pieces: readonly string[]): Promise<string> {
	return new Promise((resolve, reject) => {
		let received = "";
		let written = false;
		const leave = () => written && isLast(received) && socket.destroy();
		const socket = connect({ port, host: "127.0.0.1", noDelay: true });
		const clear = setDeadline(20_000, time => socket.destroy(new Error(`No end within ${time} after: ${received}`)));
		socket.setEncoding("latin1");
		socket.on("data", chunk => {
			received += chunk;
			leave();
		});
		socket.on("error", reject).on("close", () => {
			clear();
			resolve(received);
		});
		socket.on("connect", async () => {
			for (const piece of pieces) {
				socket.write(piece, "latin1");
				await new Promise(done => setImmediate(done));
			}
			written = true;
			leave();
		});
	});
}

/** Whether a response that announces the end of the connection has come whole. */
function isLast(received: string): boolean {
	const [, head = "", body = ""] = /^([\s\S]*?\r\n\r\n)([\s\S]*)$/.exec(received) ?? [];
	const length = /\r\ncontent-length: (\d+)\r\n/.exec(head)?.[1];
	return head.includes("\r\nconnection: close\r\n") && length !== undefined && body.length >= Number(length);
}
