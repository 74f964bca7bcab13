// A device without Wi-Fi on the desk (host-tests/programs/provisioning), whose radio is a stand-in that a test drives, and a person at it.

import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { until } from "../../deadline";
import { scaled } from "../../pace";
import { type Desk, type DeskOptions, startDesk } from "../desk";
import { freePort } from "../free-port";
import { type Answer, ask } from "./ask";

/** The stand-in, in the place of the SDK's module. */
export const standIn = ["--module", "wifi=build/js/host-tests/programs/provisioning/wifi"];
const main = "build/js/host-tests/programs/provisioning/portal-site.js";

export const home = { ssid: "Home", password: "correct horse", rssi: -55 };
export const cafe = { ssid: "Café", rssi: -70 };

/** What the device says of itself. */
export interface State {
	readonly online: boolean;
	readonly portal: boolean;
	readonly configured: boolean;
	/** What the application was told: "portal", "closed", "online", "offline", errors. */
	readonly heard: string[];
	/** What was asked of the radio. */
	readonly calls: string[];
	readonly opened?: { ssid: string; password?: string };
}

/** Milliseconds after which something is over that a test looks at before: more on a busy machine, and less than tests wait for that. */
export const soon = (): number => Math.min(15_000, scaled(5000));

export interface Device extends Desk {
	readonly port: number;
	readonly dnsPort: number;
	readonly origin: string;
	readonly preferences: string;
	/** The page, its content between `<main>` and `</main>`, or what stands there instead. */
	page(): Promise<string>;
	/** Sends a form from the portal's own page. */
	send(path: string, fields?: Record<string, string>): Promise<Answer>;
	state(): Promise<State>;
	/** Puts something on the air. */
	air(what: object): Promise<void>;
	/** Something else that the program does. */
	act(path: string): Promise<void>;
	when(what: (state: State) => boolean, words: string): Promise<State>;
	/** Waits for words on the page. */
	shows(text: RegExp, milliseconds?: number): Promise<string>;
}

export interface DeviceOptions {
	readonly air?: object;
	/** Options of `Provisioner`. */
	readonly options?: object;
	readonly preferences?: string;
	readonly config?: Record<string, string | number>;
	readonly desk?: Partial<DeskOptions>;
	/** Whether a port is meant to be taken. */
	readonly areTaken?: boolean;
}

/** Times by which a test need not wait long. */
export const quick = {
	joinTimeout: 1500,
	addressTimeout: 1000,
	scanTimeout: 1000,
	scanPause: 1,
	joinPause: 20,
	doneTime: 1000,
	firstRetry: 100
};

/** An attempt to join lasts until the test lets go of what is on the air, and the last page stays: for who looks at them. */
export const held = { ...quick, joinTimeout: 600_000, addressTimeout: 600_000, doneTime: 600_000 };

/** Starts it; again where somebody else has taken a port since it was found free, which the device says, or has ended of. */
export async function startDevice(options: DeviceOptions = {}): Promise<Device> {
	for (let left = 3; ; left--) {
		const isLast = left === 0 || options.areTaken === true;
		try {
			const device = await begin(options);
			const state = await device.state().catch(() => "in use");
			if (isLast || !isTaken(device.output + JSON.stringify(state))) return device;
			await device.stop();
		} catch (error) {
			if (isLast || !isTaken(String(error))) throw error;
		}
	}
}

const isTaken = (words: string) => /\bin use\b|cannot be had/.test(words);

async function begin({ air, options, config, desk, ...rest }: DeviceOptions): Promise<Device> {
	const [port, dnsPort, control] = [await freePort(), await freePort(), await freePort()] as const;
	const preferences = rest.preferences ?? mkdtempSync(join(tmpdir(), "provisioning-"));
	const onAir = { networks: [home, cafe], delay: 50, ...air };
	const own = { limits: quick, ...options };
	const running = startDesk({
		main,
		config: {
			port,
			dnsPort,
			control,
			preferences,
			air: JSON.stringify(onAir),
			options: JSON.stringify(own),
			...config
		},
		options: standIn,
		...desk
	});
	await running.waitForLine(/^started$/m);
	const origin = `http://127.0.0.1:${port}`;
	const form = { origin, "content-type": "application/x-www-form-urlencoded" };
	const state = async () => JSON.parse((await ask(control, "GET", "/")).text) as State;
	const page = async () => {
		const { text } = await ask(port, "GET", "/");
		return /<main>(.*)<\/main>/s.exec(text)?.[1] ?? text;
	};
	const post = async (path: string, content = "") => void (await ask(control, "POST", path, {}, content));
	return Object.assign(Object.create(running), {
		port,
		dnsPort,
		origin,
		preferences,
		page,
		state,
		send: (path: string, fields = {}) => ask(port, "POST", path, form, new URLSearchParams(fields).toString()),
		air: (what: object) => post("/air", JSON.stringify(what)),
		act: post,
		when: async (what: (state: State) => boolean, words: string) => {
			await until(async () => what(await state()), words, 20_000);
			return await state();
		},
		shows: async (text: RegExp, milliseconds = 20_000) => {
			let last = "";
			const looks = async () => {
				last = await page().catch(String);
				return text.test(last);
			};
			await until(looks, () => `${text} on the page, which says ${last}`, milliseconds);
			return last;
		}
	}) as Device;
}
