// What a client sees of a device: its certificate, and an answer.

import { X509Certificate } from "node:crypto";
import { type Agent, request } from "node:https";
import type { TLSSocket } from "node:tls";

export interface Visit {
	readonly leaf: X509Certificate;
	readonly text: string;
	/** The client's port: another one for every connection. */
	readonly from: number | undefined;
}

/** One request, over a connection of its own unless `agent` has one. Nothing is verified. */
export function visit(port: number, method = "GET", path = "/", body = "", agent?: Agent): Promise<Visit> {
	return new Promise((resolve, reject) => {
		const asked = request({ port, method, path, rejectUnauthorized: false, agent: agent ?? false }, response => {
			const socket = response.socket as TLSSocket;
			const { raw } = socket.getPeerCertificate();
			if (raw === undefined) {
				reject(new Error(`The connection was lost behind an answer with status ${response.statusCode}`));
				return;
			}
			const seen = { leaf: new X509Certificate(raw), from: socket.localPort };
			let text = "";
			response.on("data", chunk => {
				text += chunk;
			});
			response.on("end", () => resolve({ ...seen, text }));
		});
		asked.on("error", reject);
		asked.end(body);
	});
}
