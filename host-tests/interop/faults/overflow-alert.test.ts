import { connect } from "node:net";
import { afterEach, expect, test } from "@jest/globals";
import { type HttpsServer, startServer } from "../https";

let server: HttpsServer | undefined;
afterEach(async () => {
	await server?.stop();
	server = undefined;
});

/** The header of a record of a ClientHello that is too long, and pieces of what it announces, one after the other. */
function sendSlowly(port: number): Promise<{ received: string; failure: string | undefined }> {
	return new Promise(resolve => {
		const socket = connect({ port, host: "127.0.0.1", allowHalfOpen: true });
		const chunks: Buffer[] = [];
		let failure: string | undefined;
		let left = 12;
		const send = () => {
			if (left-- > 0) socket.write(Buffer.alloc(1000));
			else socket.end();
		};
		const timer = setInterval(send, 20);
		socket.on("connect", () => socket.write(Buffer.from([22, 3, 1, 0x30, 0, 1, 0, 0x2f, 0xfc])));
		socket.on("data", chunk => chunks.push(chunk));
		socket.on("error", error => {
			failure = (error as { code?: string }).code;
		});
		socket.on("close", () => {
			clearInterval(timer);
			resolve({ received: Buffer.concat(chunks).toString("hex"), failure });
		});
	});
}

test("A1 B15 a client that is still sending what is too long is told so, and is not reset", async () => {
	server = await startServer({});
	// record_overflow
	expect(await sendSlowly(server.port)).toEqual({ received: "15030300020216", failure: undefined });
	await server.waitForLine(/RECORD_OVERFLOW: .*sent alert record_overflow/);
});
