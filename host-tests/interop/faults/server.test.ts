// Our server, and clients with every fault of the table.

import { afterAll, expect } from "@jest/globals";
import { CertificateFolder } from "../client/certificates";
import { type Desk, startDesk } from "../desk";
import { run } from "../https";
import { errorPattern, forAll, toldPattern } from "./expect";
import { clientFaults, type Fault, type Version } from "./table";
import { changeOnTheWay } from "./wire";

const folder = new CertificateFolder();
folder.leaf("good");
const desks = new Map<string, Promise<Desk>>();
afterAll(() => Promise.all([...desks.values()].map(async desk => (await desk).stop())));

async function start(config: Record<string, string | number>): Promise<Desk> {
	const desk = startDesk({
		main: "build/js/host-tests/programs/server/https-server.js",
		resources: [folder.path],
		config: { identities: "good", ca: "ca.pem", requestCert: 1, ...config }
	});
	await desk.waitForLine(/listening on \d+/);
	return desk;
}

/** One server for all faults that want the same of it. */
function serverFor({ ours = {} }: Fault): Promise<Desk> {
	const key = JSON.stringify(ours);
	const desk = desks.get(key) ?? start(ours);
	desks.set(key, desk);
	return desk;
}

function clientOptions(name: string, { isAnonymous, theirs = [] }: Fault, version: Version): string[] {
	const own = isAnonymous ? [] : ["-cert", `${name}.pem`, "-key", `${name}.key.pem`];
	const ca = theirs.includes("-CAfile") ? [] : ["-CAfile", "ca.pem"];
	const common = ["-verify_return_error", "-ign_eof", "-cipher", "DEFAULT:@SECLEVEL=0"];
	const all = [...common, version === "TLSv1.2" ? "-tls1_2" : "-tls1_3", ...own, ...ca, ...theirs];
	return all.map(option => (option.endsWith(".pem") ? folder.file(option) : option));
}

async function visit(port: number, options: readonly string[]): Promise<string> {
	const request = "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
	const { stdout, stderr } = await run("openssl", ["s_client", "-connect", `127.0.0.1:${port}`, ...options], request);
	return stdout + stderr;
}

forAll("a faulty client", clientFaults, async (fault, version) => {
	const desk = await serverFor(fault);
	const port = Number(/listening on (\d+)/.exec(desk.output)?.[1]);
	const name = fault.leaf ? folder.leaf(`${fault.fault.replaceAll(" ", "-")}-${version}`, fault.leaf) : "good";
	const way = fault.change ? await changeOnTheWay(port, "client", fault.change) : port;
	const before = desk.output.length;
	const told = await visit(way, clientOptions(name, fault, version));
	await desk.waitForLine(new RegExp(`^[^]{${before}}[^]*(refused|broken off) ${errorPattern(fault, version)}`));
	expect(told).toMatch(toldPattern(fault, version));
});
