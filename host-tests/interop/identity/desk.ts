// Starts the programs that load credentials and make identities.

import { type Desk, type DeskOptions, startDesk } from "../desk";

export interface Device extends Desk {
	readonly port: number;
}

async function withPort(desk: Desk): Promise<Device> {
	const port = Number((await desk.waitForLine(/listening on (\d+)/))[1]);
	return Object.create(desk, { port: { value: port } }) as Device;
}

export function startCredentials(config: DeskOptions["config"] & object, folder: string, ...options: string[]): Desk {
	const main = "build/js/host-tests/programs/identity/credentials.js";
	return startDesk({ main, resources: [folder], config: { folder, ...config }, options });
}

/** Serving with the credentials that `config` names; `loaded` is what the program says they are. */
export async function serveCredentials(config: DeskOptions["config"] & object, folder: string, ...options: string[]) {
	const desk = startCredentials(config, folder, ...options);
	const loaded = JSON.parse((await desk.waitForLine(/^loaded (.*)$/m))[1] as string);
	return { device: await withPort(desk), loaded };
}

/** What the program says of credentials that it does not take. */
export async function refusal(config: DeskOptions["config"] & object, folder: string, ...options: string[]) {
	const desk = startCredentials(config, folder, ...options);
	const [, told] = await desk.waitForLine(/^refused (.*)$/m);
	expectNothingElse(await desk.exit, desk.output);
	return JSON.parse(told as string) as { name: string; code: string; message: string; command?: string };
}

function expectNothingElse({ code }: { code: number | null }, output: string): void {
	if (code !== 0) throw new Error(`the desk host ended with ${code}:\n${output}`);
}

/** A device that makes its own identity, kept in the file `store`. */
export function startDevice(config: DeskOptions["config"] & object, ...options: string[]): Promise<Device> {
	return withPort(startDesk({ main: "build/js/host-tests/programs/identity/device-identity.js", config, options }));
}
