import { readFileSync } from "node:fs";
import { connect } from "node:tls";
import WebSocket, { type ClientOptions } from "ws";
import { setDeadline, within } from "../../../deadline";
import { closeCodeIn } from "../../../unit/httpsd/websocket/ws-frames";
import { type Desk, startDesk, type Variant } from "../../desk";
import { caFile, identityFolder } from "../../identities";

/** The site of host-tests/programs/httpsd/websocket-site.ts, on the desk host, over TLS. */
export interface WebSocketSite extends Desk {
	readonly port: number;
	/** A WebSocket of the `ws` package, open. */
	open(path: string, protocols?: string[], options?: ClientOptions): Promise<WebSocket>;
	/** Opens /ws by hand and sends pieces, each in a TLS record; all that comes behind the head until the end. */
	talk(pieces: readonly Buffer[]): Promise<Buffer>;
}

const ca = readFileSync.bind(undefined, caFile);

export async function startWebSocketSite(
	variant: Variant,
	config: Record<string, number> = {}
): Promise<WebSocketSite> {
	const main = "build/js/host-tests/programs/httpsd/websocket-site.js";
	const desk = startDesk({ main, variant, config, resources: [identityFolder] });
	const port = Number((await desk.waitForLine(/listening on (\d+)/))[1]);
	const open: WebSocketSite["open"] = (path, protocols = [], options = {}) => {
		const socket = new WebSocket(`wss://localhost:${port}${path}`, protocols, { ca: ca(), ...options });
		const opened = new Promise<WebSocket>((resolve, reject) => {
			socket.once("open", () => resolve(socket)).once("error", reject);
		});
		return within(20_000, "an open WebSocket", opened);
	};
	return Object.create(desk, {
		port: { value: port },
		open: { value: open },
		talk: { value: talk.bind(undefined, port) }
	});
}

const opening = [
	"GET /ws HTTP/1.1",
	"Host: localhost",
	"Upgrade: websocket",
	"Connection: Upgrade",
	"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
	"Sec-WebSocket-Version: 13"
];

/** The server sends close_notify behind its Close, while the rest of a frame is still on its way. */
const halfOpen = { allowHalfOpen: true };

function talk(port: number, pieces: readonly Buffer[]): Promise<Buffer> {
	return new Promise((resolve, reject) => {
		const chunks: Buffer[] = [];
		let written = false;
		let ended = false;
		const socket = connect({ port, host: "127.0.0.1", servername: "localhost", ca: ca(), ...halfOpen });
		const received = () => {
			const all = Buffer.concat(chunks);
			return all.subarray(all.indexOf("\r\n\r\n") + 4);
		};
		// The server takes what comes after its Close for a while: to wait for the end of that would take long.
		const leave = () => written && (ended || endsInClose(received())) && socket.destroy();
		const clear = setDeadline(20_000, time => socket.destroy(new Error(`No end within ${time}`)));
		socket.setNoDelay(true);
		socket.on("secureConnect", async () => {
			socket.write(`${opening.join("\r\n")}\r\n\r\n`);
			for (const piece of pieces) {
				socket.write(piece);
				if (pieces.length > 1) await new Promise(done => setImmediate(done));
			}
			written = true;
			leave();
		});
		socket.on("data", chunk => {
			chunks.push(chunk);
			leave();
		});
		socket.on("end", () => {
			ended = true;
			leave();
		});
		socket.on("error", reject).on("close", () => {
			clear();
			resolve(received());
		});
	});
}

function endsInClose(frames: Buffer): boolean {
	try {
		return closeCodeIn(frames.toString("latin1")) !== undefined;
	} catch {
		return false;
	}
}

/** The next message of a client; text as a string. */
export function nextMessage(socket: WebSocket): Promise<string | Buffer> {
	const message = new Promise<string | Buffer>(resolve =>
		socket.once("message", (data: Buffer, isBinary) => resolve(isBinary ? data : data.toString()))
	);
	return within(20_000, "a message", message);
}

/** The code and reason that a client was closed with. */
export function closing(socket: WebSocket): Promise<[code: number, reason: string]> {
	const closed = new Promise<[number, string]>(resolve =>
		socket.once("close", (code, reason) => resolve([code, reason.toString()]))
	);
	return within(20_000, "an end of the WebSocket", closed);
}
