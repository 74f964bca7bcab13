import { existsSync } from "node:fs";
import { join } from "node:path";
import { Command, InvalidArgumentError, Option } from "commander";
import { TOOL } from "../lib/base/command";
import { type Context, DEFAULT_OUT, examples } from "../lib/base/context";
import { CertsError } from "../lib/base/errors";
import { type Product, readInput, refuseExisting, writeProducts } from "../lib/base/files";
import { MAX_INPUT } from "../lib/base/limits";
import { withLock } from "../lib/base/lock";
import { decodePartition, type Entry, encodeSlot, isPartition, ROLE, SECTOR, type Slot } from "../lib/images/flash";
import { collectEntries, describeEntries } from "../lib/images/flash-entries";

interface Options {
	out: string;
	size: number;
	offset?: number;
	server: string;
	client: string;
	psk: string;
	caFor: keyof typeof ROLE;
	update?: boolean;
	force?: boolean;
}

const IMAGE = "identity.bin";

/** `certs flash`: packs an identity into the image of a flash partition. */
export function flashCommand(context: Context): Command {
	return new Command("flash")
		.summary("pack CA, certificates, keys and PSKs into the image of a flash partition")
		.addHelpText(
			"beforeAll",
			examples([
				`${TOOL} flash --offset 0x310000`,
				`${TOOL} flash --offset 0x310000 --update`,
				`${TOOL} flash --server server-rsa --size 0x8000 --ca-for client`
			])
		)
		.option("--out <folder>", "where the identity is, and where the image goes", DEFAULT_OUT)
		.option("--offset <n>", "where the partition begins in flash, as in the partition table", bytes)
		.option("--size <n>", "size of the partition, two slots in all", bytes, 4 * SECTOR)
		.option("--server <base>", "base of the server's file names", "server")
		.option("--client <base>", "base of the client's file names", "client")
		.option("--psk <file>", "name of the PSK file", "psk.txt")
		.addOption(new Option("--ca-for <role>", "whose peers the CA verifies").choices(Object.keys(ROLE)).default("both"))
		.option("--update", "put the identity into the other slot of the image that is there")
		.option("--force", "replace an existing image, both slots")
		.action((options: Options, command: Command) => withLock(options.out, () => makeImage(options, command, context)));
}

function makeImage(options: Options, command: Command, context: Context): void {
	const path = join(options.out, IMAGE);
	checkOffset(options.offset);
	checkSize(options.size);
	if (!options.update && !options.force) refuseImage(path);
	const given = (name: string) => command.getOptionValueSource(name) === "cli";
	const entries = collectEntries(options.out, options, { ca: ROLE[options.caFor], required: given });
	const old = options.update ? readImage(path) : undefined;
	const size = old?.length ?? options.size;
	const { slots, current } = old ? decodePartition(old) : { slots: [undefined, undefined], current: undefined };
	const target = current === 0 ? 1 : 0;
	const sequence = (current === undefined ? 0 : (slots[current] as Slot).sequence) + 1;
	const slot = encodeSlot({ sequence, made: Math.floor(Date.now() / 1000), entries }, size / 2);
	const other = old?.subarray((1 - target) * (size / 2), (2 - target) * (size / 2)) ?? Buffer.alloc(size / 2, 0xff);
	const products: Product[] = [
		{ name: slotName(target), data: slot, secret: true },
		{ name: IMAGE, data: Buffer.concat(target === 0 ? [slot, other] : [other, slot]), secret: true }
	];
	writeProducts(options.out, products, true);
	report({ options, path, size, target, sequence, entries }, context);
}

interface Report {
	options: Options;
	path: string;
	size: number;
	target: 0 | 1;
	sequence: number;
	entries: Entry[];
}

function report({ options, path, size, target, sequence, entries }: Report, { print }: Context): void {
	print(`Packed identity ${sequence} into slot ${target} of ${path}, ${size} bytes in two slots`);
	for (const line of describeEntries(entries)) print(`  ${line}`);
	print("  It holds private keys: keep it secret, and turn flash encryption on in production");
	const at = (offset: number) => (options.offset === undefined ? "OFFSET" : hex(options.offset + offset));
	print(`Line of the partition table: identity, data, undefined, ${at(0)}, ${hex(size)}`);
	print(`Next, for a new device: esptool --port PORT write-flash ${at(0)} ${path}`);
	if (options.update) {
		const slot = options.offset === undefined ? `OFFSET+${hex(target * (size / 2))}` : at(target * (size / 2));
		print(
			`Next, for a device with identity ${sequence - 1}: esptool --port PORT write-flash ${slot} ${join(options.out, slotName(target))}`
		);
		print(`  If that is cut short, the device goes on with identity ${sequence - 1}`);
	}
}

function refuseImage(path: string): void {
	if (!existsSync(path)) return;
	try {
		refuseExisting([path]);
	} catch (error) {
		throw new CertsError(
			(error as Error).message,
			"Add --update to put the identity into its other slot, or --force to replace it"
		);
	}
}

function readImage(path: string): Buffer {
	const data = readInput(path);
	if (isPartition(data)) return data;
	throw new CertsError(
		`${path} is not an image that this tool made`,
		"Make a new one: the same command with --force instead of --update"
	);
}

function checkSize(size: number): void {
	if (size > MAX_INPUT) {
		throw new CertsError(
			`A partition of ${hex(size)} bytes is more than the flash of any device`,
			`Use --size ${hex(MAX_INPUT)} or less`
		);
	}
	if (size >= 2 * SECTOR && size % (2 * SECTOR) === 0) return;
	throw new CertsError(
		`A partition of ${hex(size)} bytes cannot be halved into sectors`,
		`Use a multiple of ${hex(2 * SECTOR)}: --size 0x4000`
	);
}

function checkOffset(offset = 0): void {
	if (offset % SECTOR === 0) return;
	throw new CertsError(
		`A partition cannot begin at ${hex(offset)}, within a sector`,
		`Use a multiple of ${hex(SECTOR)}: --offset ${hex(offset - (offset % SECTOR))}`
	);
}

function bytes(value: string): number {
	if (!/^(0x[0-9a-f]{1,8}|\d{1,9})$/i.test(value))
		throw new InvalidArgumentError("Give a number of bytes, such as 0x4000.");
	return Number(value);
}

function slotName(slot: 0 | 1): string {
	return `identity.slot${slot}.bin`;
}

function hex(value: number): string {
	return `0x${value.toString(16)}`;
}
