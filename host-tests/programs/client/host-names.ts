// For each certificate and each name of a table: what verifyHostname says, and whether a handshake with that server name
// comes about. Server and client are both here.

import Resource from "Resource";
import TCP from "embedded:io/socket/tcp";
import TLSContext from "tls/context";
import TLSListener from "tls/listener";
import TLSSocket from "tls/socket";
import { verifyHostname } from "tls/verify-hostname";

interface Row {
	file: string;
	names: string[];
}

const table: Row[] = JSON.parse(String.fromArrayBuffer(new Resource("table.json").slice(0)));

function connect(port: number, secure: TLSContext, servername: string): Promise<boolean | string> {
	return new Promise(resolve => {
		try {
			new TLSSocket({
				address: "127.0.0.1",
				port,
				servername,
				TCP: { io: TCP as never },
				secure,
				onWritable() {
					resolve(true);
					this.close();
				},
				onError(error) {
					const { code } = error as unknown as { code: string };
					resolve(code === "CERTIFICATE_NAME" ? false : code);
				}
			});
		} catch {
			// No certificate can be for such a name.
			resolve(false);
		}
	});
}

async function run({ file, names }: Row): Promise<void> {
	const cert = new Resource(`${file}.pem`);
	const client = new TLSContext({ ca: cert });
	const server = new TLSListener({
		port: 0,
		address: "127.0.0.1",
		secure: { cert, key: new Resource(`${file}.key.pem`), resumption: false },
		onReadable() {
			server.read();
		}
	});
	const pem = String.fromArrayBuffer(cert.slice(0));
	const answers = [];
	for (const name of names) answers.push([verifyHostname(pem, name), await connect(server.port, client, name)]);
	server.close();
	trace(`${JSON.stringify(answers)}\n`);
}

for (const row of table) await run(row);
