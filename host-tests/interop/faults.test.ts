import { connect, createServer, type Server, type Socket } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { type HttpsServer, sClient, startServer } from "./https";
import { identityFolder } from "./identities";
import { root } from "./paths";

let server: HttpsServer;
const proxies: Server[] = [];
beforeAll(async () => {
	server = await startServer();
});
afterAll(async () => {
	for (const proxy of proxies) proxy.close();
	await server.stop();
});

type Change = (record: Buffer) => Buffer | undefined;

/** Splits what a client sends into its records and passes on what `change` makes of each; `undefined` ends it. */
function forward(client: Socket, change: Change): void {
	const target = connect(server.port, "127.0.0.1");
	let rest = Buffer.alloc(0);
	client.on("data", (bytes: Buffer) => {
		rest = Buffer.concat([rest, bytes]);
		while (rest.length >= 5 && rest.length >= 5 + rest.readUInt16BE(3)) {
			const length = 5 + rest.readUInt16BE(3);
			const changed = change(Buffer.from(rest.subarray(0, length)));
			rest = rest.subarray(length);
			if (changed === undefined) target.end();
			else target.write(changed);
		}
	});
	target.on("data", (bytes: Buffer) => client.write(bytes));
	for (const end of [client, target]) end.on("error", () => undefined).on("close", () => client.destroy());
}

async function proxy(change: Change): Promise<number> {
	const listener = createServer(client => forward(client, change)).listen(0, "127.0.0.1");
	proxies.push(listener);
	await new Promise(resolve => listener.once("listening", resolve));
	return (listener.address() as { port: number }).port;
}

const isData = (record: Buffer): boolean => record[0] === 23;
const damage = (record: Buffer): Buffer => {
	record[record.length - 1] = (record[record.length - 1] as number) ^ 1;
	return record;
};

/** Waits for what the server prints after that many characters. */
const waitAfter = (before: number, pattern: string) => server.waitForLine(new RegExp(`^[^]{${before}}[^]*${pattern}`));

test.each([
	[
		"-tls1_2",
		"bad_record_mac",
		(record: Buffer) => (isData(record) ? damage(record) : record),
		"BAD_RECORD_MAC",
		/alert bad record mac/
	],
	[
		"-tls1_2",
		"truncation",
		(record: Buffer) => (record[0] === 20 ? undefined : record),
		"TRUNCATED",
		/eof|errno|closed/
	],
	[
		"-tls1_2",
		"unexpected_message",
		(record: Buffer) =>
			record[0] === 20
				? Buffer.concat([Buffer.from("1503030002015a", "hex"), Buffer.from("160303000414000000", "hex")])
				: record,
		"UNEXPECTED_MESSAGE",
		/alert (unexpected message|decode error|handshake failure)/
	],
	[
		"-tls1_3",
		"bad_record_mac",
		(record: Buffer) => (isData(record) ? damage(record) : record),
		"BAD_RECORD_MAC",
		/alert bad record mac/
	],
	["-tls1_3", "truncation", (record: Buffer) => (isData(record) ? undefined : record), "TRUNCATED", /eof|errno|closed/]
] as const)(
	"B15 E9 %s %s: the server names the error, the client gets the alert",
	async (version, _, change, code, alert) => {
		const before = server.output.length;
		const { stdout, stderr } = await sClient(await proxy(change), version);
		expect(stdout + stderr).toMatch(alert);
		await waitAfter(before, `(refused|broken off) ${code}: `);
	}
);

test("B15 E9 a client that rejects the server's certificate: ALERT_RECEIVED with its alert", async () => {
	const before = server.output.length;
	await sClient(server.port, "-CAfile", join(root, identityFolder, "p256.pem"));
	await waitAfter(before, "ALERT_RECEIVED: .*received alert unknown_ca");
});
