// A TLS client with credentials out of a flash partition: says whether the server let it in, and it the server.

import TCP from "embedded:io/socket/tcp";
import Flash from "flash";
import Credentials from "identity/credentials";
import { readPartition } from "identity/flash-store";
import Image from "identity/image";
import config from "mc/config";
import { role } from "tls/context";
import Pump from "tls/pump";
import Session from "tls/session";

const image = Image.fromPartition(readPartition(new Flash("identity")));
const credentials = new Credentials();
if (config.ca === "image") credentials.enableCA("client", image);
if (config.ca === "anyone") credentials.disableCA("client");
if (config.identity) credentials.addIdentity("client", image);
const context = credentials.makeContext("client");

const tcp = new TCP({ address: "127.0.0.1", port: Number(config.port) });
const pump = new Pump(tcp as never, {
	established: () => trace("established\n"),
	readable: count => {
		trace(`read ${String.fromArrayBuffer(pump.read(count) ?? new ArrayBuffer(0))}\n`);
		pump.abort();
	},
	writable() {},
	ended: error => trace(`ended ${error?.code}\n`)
});
pump.start(new Session(context.native, role.client, "localhost"));
