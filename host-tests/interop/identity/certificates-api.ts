// What serveCertificates serves, as a program with the password asks for it.

import { type Agent, request } from "node:https";

export interface Answer {
	readonly status: number;
	readonly text: string;
}

const password = Buffer.from("ada:s3cret").toString("base64");

/** One request with the password, over a connection of its own unless `agent` has one. */
export function askPage(
	port: number,
	method: string,
	path: string,
	body: string,
	headers: object,
	agent?: Agent
): Promise<Answer> {
	return new Promise((resolve, reject) => {
		const all = { authorization: `Basic ${password}`, ...headers };
		const options = { port, method, path: `/certificates${path}`, headers: all, rejectUnauthorized: false };
		const asked = request({ ...options, agent: agent ?? false }, response => {
			let text = "";
			response.on("data", chunk => {
				text += chunk;
			});
			response.on("end", () => resolve({ status: response.statusCode ?? 0, text }));
		});
		asked.on("error", reject).end(body);
	});
}
