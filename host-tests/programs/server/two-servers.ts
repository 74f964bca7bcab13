// Two servers that know nothing of each other, in one block: handlers wait on both, each with a text in its hands.

import Resource from "Resource";
import Listener from "embedded:io/socket/listener";
import HTTPSServer from "httpsd/https-server";
import Server from "httpsd/server";
import config from "mc/config";
import Timer from "timer";

/** The application's own. */
const own = "0123456789abcdef".repeat(64 * Number(config.kilobytes));
const secure = { cert: new Resource("server.pem"), key: new Resource("server.key.pem") };
const servers = [new HTTPSServer({ port: 0, secure }), new Server({ io: Listener, port: 0 })] as const;
for (const server of servers) {
	server.get("/", async ({ headers }, response) => {
		const text = headers.get("x");
		await new Promise<void>(resolve => void Timer.set(() => resolve(), 500));
		response.send(`${text?.length} ${own.length}`);
	});
	server.on("error", ({ error }) => trace(`error ${String(error)}\n`));
	server.start();
}
trace(`plain on ${servers[1].port}\n`);
trace(`listening on ${servers[0].port}\n`);

export const stop = async (): Promise<void> => {
	let used = 0;
	for (const server of servers) {
		await server.stop();
		used += server.memory.used;
	}
	trace(`charged at the end: ${used}\n`);
};
