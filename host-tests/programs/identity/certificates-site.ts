// A device whose certificates are installed and chosen over HTTPS. A request plays the part of time that passes.

import { basicAuth } from "httpsd/basic-auth";
import { serveCertificates } from "httpsd/certificates";
import HTTPSServer from "httpsd/https-server";
import ChosenIdentity from "identity/chosen-identity";
import DeviceIdentity from "identity/device-identity";
import FileStore from "identity/file-store";
import config from "mc/config";
import TLSContext from "tls/context";

const store = (name: string) => new FileStore(`${config.store}.${name}`);
const names = { name: "device", addresses: ["127.0.0.1"] };
const own = new DeviceIdentity({ ...names, store: store("own") });
const uploaded = new DeviceIdentity({ ...names, store: store("uploaded"), signer: "other" });
const acme = { secure: undefined };
const identities = new ChosenIdentity({ supplies: { own, uploaded, acme }, store: store("chosen") });
const makeContext = () => new TLSContext({ ...identities.secure, ALPNProtocols: ["http/1.1"] });
const server = new HTTPSServer({ port: Number(config.port ?? 0), address: "127.0.0.1", secure: makeContext() });

identities.onChange = () => {
	server.context = makeContext();
	trace(`serves ${identities.choice}\n`);
};
own.onChange = () => identities.changed("own");
uploaded.onChange = () => identities.changed("uploaded");
serveCertificates(server, {
	identities,
	uploaded,
	authenticate: basicAuth({ realm: "Certificates", users: { ada: "s3cret" } })
});
server.get("/", (_request, response) => response.send(`served ${identities.choice}\n`));
server.post("/out-of-time", (_request, response) => {
	identities.rollBack();
	response.send("passed");
});
server.on("error", ({ error }) => trace(`error ${error}\n`));
server.start();
trace(`listening on ${server.port}\n`);

export function stop(): Promise<void> {
	for (const each of [own, uploaded, identities]) each.close();
	return server.stop();
}
