// Devices in the network of the loopback interface: the desk with a name and a certificate, python-zeroconf, Avahi.

import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "@jest/globals";
import { until } from "../../deadline";
import { startPeer } from "../client/peers";
import { type Desk, type DeskOptions, startDesk } from "../desk";
import { run } from "../https";
import { root } from "../paths";

/** Nobody else on this machine has it. */
let names = 0;
export const newLabel = (): string => {
	names += 1;
	return `lamp-${process.pid}x${names}`;
};

/** Of the loopback network, likewise. */
const network = `127.${1 + ((process.pid >> 14) & 127)}.${(process.pid >> 7) & 127}`;
let lastAddress = 8;
export const newAddress = (): string => {
	lastAddress += 1;
	return `${network}.${lastAddress}`;
};

export const folder: string = mkdtempSync(join(tmpdir(), "discovery-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

export interface NamedDevice extends Desk {
	readonly port: number;
	readonly plainPort: number;
	readonly address: string;
	/** PEM file of what clients trust. */
	readonly ca: string;
	/** What curl gets there; the host leads to the device. */
	curl(host: string, path?: string, ...parameters: string[]): Promise<string>;
}

/** A device that claims `name`; one that is started with the same `store` is the same after a restart. */
export async function startNamed(
	name: string,
	store = newFolder(),
	config: DeskOptions["config"] = {},
	more: Partial<DeskOptions> = {}
) {
	const address = newAddress();
	const main = "build/js/host-tests/programs/discovery/device-name.js";
	const all = { name, folder: store, deskAddress: address, ...config };
	const desk = startDesk({ main, config: all, ...more });
	const [, port] = await desk.waitForLine(/^listening on (\d+)$/m, 20_000);
	const [, plainPort] = await desk.waitForLine(/^plain (\d+)$/m);
	const [, trusted] = await desk.waitForLine(/^trust (.*)$/m);
	const ca = join(store, "ca.pem");
	writeFileSync(ca, JSON.parse(trusted as string));
	const curl = async (host: string, path = "/", ...parameters: string[]) => {
		const at = ["--cacert", ca, "--resolve", `${host}:${port}:127.0.0.1`, `https://${host}:${port}${path}`];
		const { stdout, stderr } = await run("curl", ["-sS", ...parameters, ...at]);
		return stdout + stderr;
	};
	return Object.create(desk, {
		port: { value: Number(port) },
		plainPort: { value: Number(plainPort) },
		address: { value: address },
		ca: { value: ca },
		curl: { value: curl }
	}) as NamedDevice;
}

export function newFolder(): string {
	return mkdtempSync(join(folder, "store-"));
}

/** Whether this program can be had; when not, says why its checks are left out. */
function has(what: string, program: string, parameters: readonly string[], how: string): boolean {
	const { status } = spawnSync(program, parameters, { stdio: "ignore" });
	if (status !== 0) console.log(`${what}: its checks are left out (${how})`);
	return status === 0;
}

export const hasZeroconf: boolean = has(
	"zeroconf",
	"/usr/bin/python3",
	["-c", "import zeroconf"],
	"Debian package python3-zeroconf"
);
export const hasDig: boolean = has("dig", "dig", ["-v"], "Debian package bind9-dnsutils");

// It has a fixed place for its pid, which has to belong to a user of its name. So it gets a file system of its own there and
// is told that this user is who starts it, which wants no rights where the kernel gives everybody namespaces.
const prepare = [
	"mount -t tmpfs none /run",
	"mkdir /run/avahi-daemon",
	"echo 'avahi:x:0:0::/:/bin/false' >/run/passwd",
	"echo 'avahi:x:0:' >/run/group",
	"mount --bind /run/passwd /etc/passwd",
	"mount --bind /run/group /etc/group"
].join(" && ");
export const hasAvahi: boolean =
	has("Avahi", "test", ["-x", "/usr/sbin/avahi-daemon"], "Debian package avahi-daemon") &&
	has("Avahi", "unshare", ["-rm", "sh", "-c", prepare], "no namespaces for this user");

/** Another device, by Avahi: it has NAME.local at 127.0.0.1. What it does is in `output`. */
export function startAvahi(name: string) {
	const path = join(newFolder(), "avahi.conf");
	const server = ["[server]", `host-name=${name}`, "use-ipv6=no", "allow-interfaces=lo", "enable-dbus=no"];
	writeFileSync(path, [...server, "[publish]", "publish-hinfo=no", "publish-workstation=no", ""].join("\n"));
	const start = `exec /usr/sbin/avahi-daemon -f ${path} --no-drop-root --no-chroot --no-rlimits`;
	return startPeer(folder, "unshare", ["-rm", "sh", "-c", `${prepare} && ${start}`], /Server startup complete/);
}

/** Another device, by python-zeroconf: commands as in host-tests/peers/mdns_peer.py. */
export class Zeroconf {
	readonly #peer: Awaited<ReturnType<typeof startPeer>>;
	#asked = 0;

	private constructor(peer: Awaited<ReturnType<typeof startPeer>>) {
		this.#peer = peer;
	}

	static async start(): Promise<Zeroconf> {
		return new Zeroconf(await startPeer(root, "/usr/bin/python3", ["host-tests/peers/mdns_peer.py"], /ready/));
	}

	async ask(...command: string[]): Promise<unknown> {
		const { process } = this.#peer;
		this.#asked += 1;
		const line = this.#asked;
		process.stdin?.write(`${command.join(" ")}\n`);
		const what = () => `an answer to ${command}:\n${this.#peer.output}`;
		await until(() => this.#lines.length > line + 1, what, 30_000);
		return JSON.parse(this.#lines[line] as string);
	}

	/** Addresses of NAME.local, once it has any: a busy machine gives the device late what it is asked. */
	host(name: string): Promise<string[]> {
		return this.ask("host", name, "20") as Promise<string[]>;
	}

	/** Whether nobody has NAME.local. */
	async isGone(name: string): Promise<boolean> {
		return ((await this.ask("host", name, "3")) as string[]).length === 0;
	}

	/** Waits until nobody has it. A busy machine gives this peer late what was sent before. */
	async gone(name: string): Promise<void> {
		await until(() => this.isGone(name), `${name}.local gone`);
	}

	get #lines(): string[] {
		return this.#peer.output.split("\n");
	}
}
