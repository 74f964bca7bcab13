// The examples of docs/server.md and docs/client.md are what people copy: they are compiled as firmware is, and run.

import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { connect, type TLSSocket } from "node:tls";
import { beforeAll, expect, test } from "@jest/globals";
import { until } from "../../deadline";
import { CertificateFolder } from "../client/certificates";
import { nodeTLS } from "../client/peers";
import { type Desk, root, startDesk } from "../desk";
import { freePort } from "../free-port";

const folder = new CertificateFolder();
folder.leaf("server");
const work = join(root, "build/tls-guides");
const MEGABYTE = 1_000_000;
const ports = { server: 0, client: 0 };

/** What stands for the "…" of a fragment, and for the names that it does not explain. */
const prelude = `import TCP from "embedded:io/socket/tcp";
import Resource from "Resource";
import TLSSocket from "tls/socket";
const options = { host: "localhost", port: 8883, TCP: { io: TCP }, secure: { ca: new Resource("ca.pem") } };
const store = { read: () => undefined, write: (session: ArrayBuffer) => trace(\`kept \${session.byteLength > 500}\\n\`) };
`;

function write(guide: "server" | "client"): void {
	const text = readFileSync(join(root, `docs/${guide}.md`), "utf8");
	const blocks = [...text.matchAll(/```ts\n([\s\S]*?)```/g)].map(([, block]) => block as string);
	blocks.forEach((block, index) => {
		const whole = block.startsWith("import") ? block : prelude + block.replace("…", "...options");
		const here = whole
			.replace("8883", String(ports[guide]))
			.replace(/host: "[\w.]+"/, 'host: "localhost", address: "127.0.0.1"');
		writeFileSync(join(work, `${guide}-${index + 1}.ts`), here);
	});
}

function run(name: string): Desk {
	return startDesk({ main: `build/tls-guides/js/build/tls-guides/${name}.js`, resources: [folder.path] });
}

/** A connection to the server, as soon as it listens. */
async function visit(): Promise<TLSSocket> {
	const options = { port: ports.server, host: "127.0.0.1", servername: "localhost", ca: folder.read("ca.pem") };
	let socket: TLSSocket | undefined;
	const tryOnce = async () => {
		socket = connect(options);
		return once(socket, "secureConnect").then(
			() => true,
			() => false
		);
	};
	await until(tryOnce, "a server that listens");
	return socket as unknown as TLSSocket;
}

let echoed = 0;
let peer: Awaited<ReturnType<typeof nodeTLS>>;
beforeAll(async () => {
	// Node ends without close_notify when it does so before its tickets have left.
	const end = (socket: TLSSocket) => setTimeout(() => socket.end("hello"), 100);
	peer = await nodeTLS(folder, "server", end, { ALPNProtocols: ["mqtt"] });
	Object.assign(ports, { server: await freePort(), client: peer.port });
	mkdirSync(work, { recursive: true });
	write("server");
	write("client");
	const tool = join(root, "certs/bin/certs.mjs");
	execFileSync("node", [tool, "bundle", "--to", folder.file("x509_crt_bundle"), folder.file("ca.pem")]);
	const include = ["*.ts", "../../modules", "../../host-tests/programs/desk.d.ts"];
	const config = { extends: "../../tsconfig.json", compilerOptions: { outDir: "js" }, include };
	writeFileSync(join(work, "tsconfig.json"), JSON.stringify(config));
	execFileSync("node_modules/.bin/tsc", ["-p", work], { cwd: root, stdio: ["ignore", "inherit", "inherit"] });
});

test("docs/server.md: the first example echoes a megabyte to a client that sends first and reads later", async () => {
	const desk = run("server-1");
	const socket = await visit();
	socket.pause().write(Buffer.alloc(MEGABYTE, "x"));
	await new Promise(resolve => setTimeout(resolve, 300));
	for await (const chunk of socket) {
		echoed += chunk.length;
		if (echoed === MEGABYTE) break;
	}
	expect(echoed).toBe(MEGABYTE);
	expect((await desk.stop()).code).toBe(0);
	expect(desk.output).toBe("");
});

test("docs/client.md: the examples connect, read, keep a session and are told the end", async () => {
	const first = run("client-1");
	await first.waitForLine(/^TLSv1\.3 with localhost$/m);
	await first.waitForLine(/^closed by the server$/m);
	await first.stop();
	const second = run("client-2");
	await second.waitForLine(/^kept true$/m);
	await second.stop();
});
