// What a client sees of a device: its certificate, and an answer.

import { X509Certificate } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { type Agent, request } from "node:https";
import { text } from "node:stream/consumers";
import type { TLSSocket } from "node:tls";

export interface Visit {
	readonly leaf: X509Certificate;
	readonly text: string;
	/** The client's port: another one for every connection. */
	readonly from: number | undefined;
}

/** One request, over a connection of its own unless `agent` has one. Nothing is verified. */
export function visit(port: number, method = "GET", path = "/", body = "", agent?: Agent): Promise<Visit> {
	return ask(port, method, path, body, agent, response => {
		const socket = response.socket as TLSSocket;
		const { raw } = socket.getPeerCertificate();
		if (raw !== undefined) return { leaf: new X509Certificate(raw), from: socket.localPort };
		throw new Error(
			`The connection was lost behind an answer with status ${response.statusCode}, or resumed a session`
		);
	});
}

/** The text that is answered, whatever is known of the server: of a session that is resumed Node has no certificate. */
export async function textOf(port: number, method: string, path: string, body: string, agent: Agent): Promise<string> {
	return (await ask(port, method, path, body, agent, () => ({}))).text;
}

function ask<Seen>(
	port: number,
	method: string,
	path: string,
	body: string,
	agent: Agent | undefined,
	look: (response: IncomingMessage) => Seen
): Promise<Seen & { readonly text: string }> {
	return new Promise((resolve, reject) => {
		const asked = request({ port, method, path, rejectUnauthorized: false, agent: agent ?? false }, async response => {
			try {
				const seen = look(response);
				resolve({ ...seen, text: await text(response) });
			} catch (error) {
				response.destroy();
				reject(error);
			}
		});
		asked.on("error", reject);
		asked.end(body);
	});
}
