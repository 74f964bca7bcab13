// A device whose certificate a CA gives by ACME. Requests play the part of what happens to it: time that passes.

import Resource from "Resource";
import Resolver from "embedded:network/dns/resolver/udp";
import HTTPClient from "embedded:network/http/client";
import ACMEIdentity from "acme/acme-identity";
import type { Challenge } from "acme/challenge";
import DNSChallenge from "acme/dns-challenge";
import HTTPChallenge from "acme/http-challenge";
import TLSALPNChallenge from "acme/tls-alpn-challenge";
import { memory } from "desk";
import HTTPSServer from "httpsd/https-server";
import DeviceIdentity from "identity/device-identity";
import FileStore from "identity/file-store";
import config from "mc/config";
import TLSContext from "tls/context";
import { zoneAt } from "./dns-zone";
import FailingStore from "./failing-store";

let skew = Number(config.skew ?? 0); // milliseconds that the device's clock is ahead
const now = () => (config.clock === undefined ? Date.now() : Number(config.clock)) + skew;
const names = String(config.names ?? "device.example").split(",");
const [first = ""] = names;

/** What a device's memory has, and the least that it had. */
function figures(step: string): void {
	const { device } = memory();
	if (device === undefined) return;
	const { block, stack, heap } = device;
	const of = [block.free, block.lowestFree, stack.deepest, heap.free, heap.lowestFree];
	trace(`memory ${step}: ${JSON.stringify(of)}\n`);
}

figures("before main");
const http = new HTTPChallenge();
const alpn = new TLSALPNChallenge();
const dns = new DNSChallenge(zoneAt(Number(config.dnsPort ?? 0)));
const known: Record<string, Challenge> = { "http-01": http, "tls-alpn-01": alpn, "dns-01": dns };
const challenges = String(config.challenges ?? "http-01")
	.split(",")
	.map(type => known[type] as Challenge);

/** Prints what XS is asked for. */
async function holdWatched(bytes: number) {
	const giveBack = await server.hold(bytes);
	const isThere = (more: number, slots?: number) => {
		const has = giveBack?.isThere(more, slots) ?? false;
		trace(`asked ${more} ${has}\n`);
		return has;
	};
	return giveBack && Object.assign(() => giveBack(), { isThere, took: giveBack.took, isAlone: giveBack.isAlone });
}

/** For an application that is larger. */
export const ballast: ArrayBuffer = new ArrayBuffer(Number(config.ballast ?? 0));

const own = new DeviceIdentity({ store: new FileStore(`${config.store}.own`), name: "device", signer: "self" });
const acme: ACMEIdentity = new ACMEIdentity({
	store: new FailingStore(String(config.store), Number(config.failFrom ?? 0), Number(config.failTo ?? 0)),
	directory: String(config.directory),
	names,
	challenges,
	http: { io: HTTPClient, dns: { io: Resolver } },
	secure: { ca: new Resource(String(config.ca ?? "ca.pem")) },
	termsOfServiceAgreed: true,
	...(config.contact === undefined ? {} : { contact: [String(config.contact)] }),
	...(config.kid === undefined ? {} : { externalAccount: { kid: String(config.kid), key: String(config.eabKey) } }),
	...(config.revokeReplaced === undefined ? {} : { revokeReplaced: true }),
	memory: { hold: config.saysAsked === undefined ? bytes => server.hold(bytes) : holdWatched },
	now,
	onChange: () => {
		server.context = new TLSContext(acme.secure as NonNullable<typeof acme.secure>);
		figures("changed");
		trace(`changed ${acme.fingerprint} ${acme.notAfter}\n`);
		if (config.closes === undefined) return;
		acme.close();
		Promise.resolve().then(() => trace(`closed, asks ${acme.isBusy}\n`));
	},
	onError: error => {
		const { code, problem, message } = error;
		figures("failed");
		trace(`failed ${JSON.stringify({ code, problem, message, retryIn: acme.renewAt - now() })}\n`);
	}
});

const server: HTTPSServer = new HTTPSServer({
	port: Number(config.port ?? 0),
	plainPort: Number(config.plainPort ?? 0),
	address: "127.0.0.1",
	...(config.memory === undefined ? {} : { memory: Number(config.memory) }),
	...(config.idleTimeout === undefined ? {} : { idleTimeout: Number(config.idleTimeout) }),
	secure: acme.secure ?? own.secure,
	redirect: { exempt: [http.path] },
	select: hello => alpn.select(hello)
});
server.get(http.route, http.answer);
server.get("/", (_request, response) => response.html(`<h1>${first}</h1><p id=fingerprint>${acme.fingerprint}</p>`));
server.get("/state", (_request, response) => {
	const { fingerprint, notAfter, renewAt, isBusy, lastError } = acme;
	response.json({ fingerprint, notAfter, renewIn: renewAt - now(), isBusy, error: lastError?.code });
});
server.post("/hours/:hours", (request, response) => {
	skew += 3_600_000 * Number(request.params.hours);
	acme.update();
	response.send("passed");
});
server.get("/peer", (request, response) => response.send(String(request.peer.id)));
server.post("/echo", async (request, response) => response.send(await request.body.text()));
server.post("/renew", (_request, response) => {
	acme.renew();
	response.send("begun");
});
server.post("/revoke", async (_request, response) => {
	await acme.revoke("superseded");
	response.send("revoked");
});
server.on("error", ({ error }) => trace(`error ${error}\n`));
server.start();
figures("server started");
trace(`plain on ${server.plainPort}\n`);
trace(`listening on ${server.port}\n`);

export function stop(): Promise<void> {
	acme.close();
	own.close();
	return server.stop();
}
