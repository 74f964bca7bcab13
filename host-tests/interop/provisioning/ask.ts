// Requests to a device, as tests want them: with any head.

import { request } from "node:http";

export interface Answer {
	readonly status: number;
	readonly headers: Record<string, string | string[] | undefined>;
	readonly text: string;
}

/** A request to a port of this machine, with any head. */
export function ask(
	port: number,
	method: string,
	path: string,
	headers: Record<string, string> = {},
	content = ""
): Promise<Answer> {
	return new Promise((resolve, reject) => {
		const asked = request({ host: "127.0.0.1", port, method, path, headers, agent: false }, response => {
			let text = "";
			response.setEncoding("utf8").on("data", chunk => {
				text += chunk;
			});
			response.on("end", () => resolve({ status: response.statusCode ?? 0, headers: response.headers, text }));
		});
		asked.on("error", reject).end(content);
	});
}
