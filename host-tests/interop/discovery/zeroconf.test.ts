// A device that is found by name, and python-zeroconf as the other device of its network.

import { Agent } from "node:https";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { run } from "../https";
import { visit } from "../identity/visit";
import { hasDig, hasZeroconf, type NamedDevice, newAddress, newFolder, newLabel, startNamed, Zeroconf } from "./peers";

const withZeroconf = hasZeroconf ? test : test.skip;
let devices: NamedDevice[] = [];
let label = "";
beforeEach(() => {
	label = newLabel();
});
afterEach(async () => {
	await Promise.all(devices.map(device => device.stop()));
	devices = [];
});

async function start(store?: string, config?: Record<string, boolean>): Promise<NamedDevice> {
	const device = await startNamed(label, store, config);
	devices.push(device);
	return device;
}

const claimed = (device: NamedDevice, name = label) =>
	device.waitForLine(new RegExp(`^claimed ${name}\\.local$`, "m"), 20_000);

withZeroconf("Z15 found by name: its address, its services, and HTTPS by that name", async () => {
	const device = await start();
	await claimed(device);
	const peer = await Zeroconf.start();
	expect(await peer.host(label)).toEqual([device.address]);
	const found = { host: `${label}.local.`, addresses: [device.address] };
	expect(await peer.ask("find", "_https._tcp", label)).toEqual({ ...found, port: device.port, txt: { path: "/" } });
	expect(await peer.ask("find", "_http._tcp", label)).toEqual({ ...found, port: device.plainPort, txt: {} });
	expect(await device.curl(`${label}.local`)).toBe(`${label}.local`);
	await device.stop();
	await peer.gone(label);
});

withZeroconf(
	"Z15 a device takes the name: name and certificate are others, under the same CA, and no connection is lost",
	async () => {
		const device = await start();
		await claimed(device);
		const peer = await Zeroconf.start();
		const agent = new Agent({ keepAlive: true, maxSockets: 1 });
		const before = await visit(device.port, "GET", "/", "", agent);
		await peer.ask("claim", label, newAddress());
		await claimed(device, `${label}-2`);
		expect(await peer.host(`${label}-2`)).toEqual([device.address]);
		const kept = await visit(device.port, "GET", "/", "", agent);
		agent.destroy();
		expect([before.text, kept.text, kept.from]).toEqual([`${label}.local`, `${label}-2.local`, before.from]);
		expect(await device.curl(`${label}-2.local`)).toBe(`${label}-2.local`);
		expect(await device.curl(`${label}.local`)).toContain("no alternative certificate subject name matches");
		expect(await device.curl(`${label}.local`, "/", "-k")).toBe("421 Misdirected Request\n");
	}
);

withZeroconf("Z15 the name survives a restart, and a conflict after it", async () => {
	const store = newFolder();
	const peer = await Zeroconf.start();
	await peer.ask("claim", label, newAddress());
	const first = await start(store);
	await claimed(first, `${label}-2`);
	const [, fingerprint] = await first.waitForLine(/^certificate (.*)$/m);
	await first.stop();
	await peer.ask("give", label);
	const second = await start(store);
	await claimed(second, `${label}-2`);
	expect((await visit(second.port)).leaf.fingerprint256).toBe(fingerprint);
	await second.stop();
	await peer.ask("claim", `${label}-2`, newAddress());
	const third = await start(store);
	await claimed(third, `${label}-3`);
	expect(await third.curl(`${label}-3.local`)).toBe(`${label}-3.local`);
});

withZeroconf("Z15 no certificate, no name: by its address the device is there as before", async () => {
	const peer = await Zeroconf.start();
	await peer.ask("claim", label, newAddress());
	const device = await start(newFolder(), { canIssue: false });
	await device.waitForLine(/^error Error: There is no memory for a certificate$/m, 20_000);
	expect(await peer.isGone(`${label}-2`)).toBe(true);
	expect(await device.curl("127.0.0.1")).toBe(`${label}.local`);
});

withZeroconf("Z15 the network goes and comes back", async () => {
	const device = await start();
	await claimed(device);
	const peer = await Zeroconf.start();
	expect(await device.curl("127.0.0.1", "/network/off", "-X", "POST")).toBe("");
	await peer.gone(label);
	await device.curl("127.0.0.1", "/network/on", "-X", "POST");
	await device.waitForLine(/^lost .*\n(.*\n)*claimed /m, 20_000);
	expect(await peer.host(label)).toEqual([device.address]);
});

test("Z15 two of the same kind: one is the second", async () => {
	const [one, two] = [await start(), await start()];
	const names = await Promise.all([one, two].map(device => device.waitForLine(/^claimed (\S+)$/m, 20_000)));
	expect(names.map(([, name]) => name).sort()).toEqual([`${label}-2.local`, `${label}.local`]);
});

(hasDig ? test : test.skip)("Z15 dig asks it as it asks any server of DNS", async () => {
	const device = await start();
	await claimed(device);
	const dig = (...question: string[]) =>
		run("dig", [`@${device.address}`, "-p", "5353", "+short", "+tries=3", "+time=20", ...question]);
	expect((await dig(`${label}.local`)).stdout).toContain(`${device.address}\n`);
	expect((await dig("-t", "PTR", "_https._tcp.local")).stdout).toContain(`${label}._https._tcp.local.\n`);
});

test("Z15 the longest name: the device's CA may sign for all of its numbers, in a device's memory too", async () => {
	label = newLabel().padEnd(32, "x");
	const device = await startNamed(label, newFolder(), {}, { variant: "device", platform: "esp32c3" });
	devices.push(device);
	const { stdout } = await run("openssl", ["x509", "-in", device.ca, "-noout", "-text"]);
	const numbered = [2, 3, 4, 5, 6, 7, 8, 9].map(number => `${label}-${number}`);
	const wanted = [label, ...numbered].flatMap(name => [`DNS:${name}.local`, `DNS:${name}`]);
	expect([...stdout.matchAll(/DNS:\S+/g)].map(String).sort()).toEqual(wanted.sort());
});

test("Z15 the plain port sends to HTTPS by the names that are the device's, and nobody else's", async () => {
	const { plainPort, port } = await start();
	const ask = async (host: string) => {
		const { stdout } = await run("curl", ["-sSi", "-H", `host: ${host}`, `http://127.0.0.1:${plainPort}/a`]);
		return [Number(stdout.split(" ")[1]), /^location: (.*)\r$/im.exec(stdout)?.[1]];
	};
	expect(await ask(`${label}.local`)).toEqual([307, `https://${label}.local:${port}/a`]);
	expect(await ask(`${label.toUpperCase()}.LOCAL.:80`)).toEqual([
		307,
		`https://${label.toUpperCase()}.LOCAL.:${port}/a`
	]);
	expect(await ask("127.0.0.1")).toEqual([307, `https://127.0.0.1:${port}/a`]);
	expect(await ask("evil.example")).toEqual([421, undefined]);
});
