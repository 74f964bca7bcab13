// DNS messages as other devices make and read them, for tests: names are compressed where that can be (RFC 1035 §4.1.4).

export const types = { A: 1, PTR: 12, TXT: 16, AAAA: 28, SRV: 33, NSEC: 47, ANY: 255 } as const;

export interface Question {
	readonly name: string;
	readonly type: number;
	readonly unicast?: boolean;
}

export interface Entry {
	readonly name: string;
	readonly type: number;
	readonly ttl?: number;
	/** An address, a name, `PORT TARGET`, or bytes. */
	readonly data: string | Buffer;
	readonly flush?: boolean;
}

export interface Parts {
	readonly id?: number;
	readonly flags?: number;
	readonly questions?: readonly Question[];
	readonly answers?: readonly Entry[];
	readonly authorities?: readonly Entry[];
	readonly additionals?: readonly Entry[];
}

/** What names have stood where. */
class Writer {
	readonly bytes: number[] = [];
	readonly #places = new Map<string, number>();

	u16(value: number): void {
		this.bytes.push((value >> 8) & 255, value & 255);
	}

	name(text: string): void {
		const place = this.#places.get(text.toLowerCase());
		if (place !== undefined) {
			this.u16(0xc000 | place);
			return;
		}
		if (text === "") {
			this.bytes.push(0);
			return;
		}
		this.#places.set(text.toLowerCase(), this.bytes.length);
		const [label = "", ...rest] = text.split(".");
		this.bytes.push(label.length, ...Buffer.from(label));
		this.name(rest.join("."));
	}

	entry({ name, type, ttl = 120, data, flush }: Entry): void {
		this.name(name);
		for (const value of [type, flush ? 0x8001 : 1, ttl >> 16, ttl]) this.u16(value);
		const start = this.bytes.length;
		this.u16(0);
		if (typeof data !== "string") this.bytes.push(...data);
		else if (type === types.A) this.bytes.push(...data.split(".").map(Number));
		else if (type === types.SRV) {
			const [port, target] = data.split(" ") as [string, string];
			for (const value of [0, 0, Number(port)]) this.u16(value);
			this.name(target);
		} else this.name(data);
		const length = this.bytes.length - start - 2;
		this.bytes[start] = length >> 8;
		this.bytes[start + 1] = length & 255;
	}
}

export function message({ id = 0, flags = 0, ...parts }: Parts): Uint8Array {
	const { questions = [], answers = [], authorities = [], additionals = [] } = parts;
	const writer = new Writer();
	for (const value of [id, flags, questions.length, answers.length, authorities.length, additionals.length])
		writer.u16(value);
	for (const { name, type, unicast } of questions) {
		writer.name(name);
		writer.u16(type);
		writer.u16(unicast ? 0x8001 : 1);
	}
	for (const entry of [...answers, ...authorities, ...additionals]) writer.entry(entry);
	return Uint8Array.from(writer.bytes);
}

export const response = (...answers: Entry[]): Uint8Array => message({ flags: 0x8400, answers });
export const query = (name: string, type: number, unicast = false): Uint8Array =>
	message({ questions: [{ name, type, unicast }] });

/** What a message says, a line a record; a flush is `!`. */
export function read(bytes: Uint8Array): { id: number; flags: number; questions: string[]; records: string[] } {
	const buffer = Buffer.from(bytes);
	const [id, flags, asked, ...counts] = [0, 2, 4, 6, 8, 10].map(at => buffer.readUInt16BE(at)) as [
		number,
		number,
		number
	];
	let at = 12;
	const name = (): string => {
		const length = buffer.readUInt8(at++);
		if (length >= 0xc0) throw new Error("A device compresses no names");
		if (length === 0) return "";
		const label = buffer.toString("latin1", at, at + length);
		at += length;
		const rest = name();
		return rest === "" ? label : `${label}.${rest}`;
	};
	const nameOf = (type: number) => Object.entries(types).find(([, value]) => value === type)?.[0] ?? String(type);
	const u16 = () => {
		at += 2;
		return buffer.readUInt16BE(at - 2);
	};
	const questions = Array.from({ length: asked }, () => `${name()} ${nameOf(u16())} ${u16().toString(16)}`);
	const records = Array.from({ length: counts.reduce((a, b) => a + b, 0) }, () => {
		const owner = name();
		const [type, recordClass, , ttl, length] = [u16(), u16(), u16(), u16(), u16()] as const;
		const end = at + length;
		const start = `${owner} ${nameOf(type)}${recordClass & 0x8000 ? "!" : ""} ${ttl}`;
		let data = buffer.subarray(at, end).toString("hex");
		if (type === types.A) data = [...buffer.subarray(at, end)].join(".");
		if (type === types.PTR) data = name();
		if (type === types.SRV) data = `${[u16(), u16(), u16()].join(" ")} ${name()}`;
		at = end;
		return `${start} ${data}`;
	});
	if (at !== buffer.length) throw new Error(`${buffer.length - at} bytes behind the last record`);
	return { id, flags, questions, records };
}
