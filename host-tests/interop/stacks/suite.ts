// What is tested with each stack (stack.ts): its client and our server, our client and its server.

import { describe, expect, test } from "@jest/globals";
import { until } from "../../deadline";
import { detailsIn } from "../client/client";
import { Bench, type Stack, type Version } from "./stack";

/** What a stack prints, and the name of the alert that it sends; `undefined` when it closes TCP without one. */
type Refusal = readonly [words: RegExp, alert: string | undefined];

/** What a stack calls it, in the words of its program. */
export interface Words {
	/** As a client: our server's certificate is of a CA that it does not know. */
	readonly untrusted: Refusal;
	/** As a client: told by our server that it has no certificate. */
	readonly certificateRequired: RegExp;
	/** As a client with a certificate of another CA than those that our server names: shows none, or is told so. */
	readonly stranger: readonly [words: RegExp, code: "CERTIFICATE_REQUIRED" | "CERTIFICATE_UNTRUSTED"];
	/** As a server: told by our client that we do not know its CA. */
	readonly unknownCA: RegExp;
	/** As a server: was shown no certificate, or one of a CA that it does not know. */
	readonly noCertificate: Refusal;
	readonly untrustedClient: Refusal;
}

/** What we are told. */
const heard = (alert: string | undefined) =>
	alert === undefined ? "TRUNCATED: " : `ALERT_RECEIVED: .*received alert ${alert}`;

type Setting = readonly [bench: Bench, version: Version, words: Words];

const lines = (text: string) => text.match(/^(connected|failed).*$/gm) ?? [];
const received = /received HTTP\/1\.0 200 /;
const resumption = (text: string) => text.match(/"resumed":\w+/g);
/** Waits for such a line of `printer`, behind the first `before` characters. */
const says = (printer: { output: string }, line: RegExp, before = 0) =>
	until(
		() => line.test(printer.output.slice(before)),
		() => `${line} in:\n${printer.output.slice(before)}`
	);

function testTheirClient(...[bench, version, { untrusted, certificateRequired, stranger }]: Setting): void {
	test(`Z1 B6 ${version}: its client is served, and again by resumption`, async () => {
		const { stdout, stderr } = await bench.visit(version, "off");
		expect(lines(stdout)).toEqual([
			expect.stringMatching(`connected ${version} (full|unknown) localhost`),
			expect.stringMatching(`connected ${version} (resumed|unknown) (localhost|-)`)
		]);
		expect(stdout.match(/"protocol":"TLSv[\d.]+"/g)).toEqual(Array(2).fill(`"protocol":"TLSv${version}"`));
		expect([resumption(stdout), stderr]).toEqual([['"resumed":false', '"resumed":true'], ""]);
	});

	test(`A5 ${version}: its client's certificate is seen by the handler`, async () => {
		const { stdout } = await bench.visit(version, "required", { cert: "device" });
		expect(stdout.match(/"peer":\{"subject":\{"CN":"device 7"\}/g)).toHaveLength(2);
	});

	test(`A5 ${version}: its client without a certificate, or with a stranger's, knows why it is refused`, async () => {
		const [words, code] = stranger;
		for (const [cert, told, ours] of [
			[undefined, certificateRequired, "CERTIFICATE_REQUIRED"],
			["stranger", words, code]
		] as const) {
			const before = bench.ours.output.length;
			const { stdout } = await bench.visit(version, "required", cert === undefined ? {} : { cert });
			expect(lines(stdout).at(-1)).toMatch(told);
			await says(bench.ours, new RegExp(`required refused ${ours}: .*sent alert `), before);
		}
	});

	test(`B15 ${version}: its client refuses our certificate, and we are told`, async () => {
		const [words, alert] = untrusted;
		const before = bench.ours.output.length;
		const { stdout } = await bench.visit(version, "off", { ca: "rsa-ca" });
		expect(lines(stdout).at(-1)).toMatch(words);
		// NSS over TLS 1.2 may have finished the handshake before it has verified.
		await says(bench.ours, new RegExp(`off (refused|broken off) ${heard(alert)}`), before);
	});
}

function testTheirServer(...[bench, version, { unknownCA, noCertificate, untrustedClient }]: Setting): void {
	test(`C1 Z7 ${version}: its server is visited by our client, and again by resumption`, async () => {
		const peer = await bench.serve(version);
		const first = await bench.ask(peer, version);
		expect(detailsIn(first)).toMatchObject({ protocol: `TLSv${version}`, authorized: true, resumed: false });
		expect(first).toMatch(received);
		const session = [...first.matchAll(/^session (\w+)$/gm)].at(-1)?.[1] ?? "";
		const second = await bench.ask(peer, version, { session });
		expect(detailsIn(second)).toMatchObject({ authorized: true, resumed: true });
		await says(peer, /connected[\s\S]*connected/);
		expect(lines(peer.output)).toEqual([
			expect.stringMatching(`connected ${version} (full|unknown) -`),
			expect.stringMatching(`connected ${version} (resumed|unknown) -`)
		]);
	});

	test(`C3 ${version}: its server takes our client's certificate`, async () => {
		const peer = await bench.serve(version, { ca: "ca" });
		expect(await bench.ask(peer, version, { cert: "device" })).toMatch(received);
		await says(peer, new RegExp(`connected ${version} \\w+ device 7`));
	});

	test.each([
		["without a certificate", {}, noCertificate],
		["with a stranger's", { cert: "stranger" }, untrustedClient]
	] as const)(`C3 ${version}: its server refuses our client %s, which knows why`, async (_, config, [words, alert]) => {
		const peer = await bench.serve(version, { ca: "ca" });
		const output = await bench.ask(peer, version, config);
		expect(output).toMatch(new RegExp(`error ${heard(alert)}`));
		await says(peer, words);
	});

	test(`B15 ${version}: our client refuses its server's certificate, and it knows why`, async () => {
		const peer = await bench.serve(version, { cert: "stranger" });
		expect(await bench.ask(peer, version)).toMatch(/error CERTIFICATE_UNTRUSTED: .*sent alert unknown_ca/);
		await says(peer, unknownCA);
	});
}

/** The words are by version: those that it has. */
export function testStack(name: string, stack: Stack, versions: Partial<Record<Version, Words>>): void {
	describe(name, () => {
		const bench = new Bench(stack);
		for (const [version, words] of Object.entries(versions) as [Version, Words][]) {
			testTheirClient(bench, version, words);
			testTheirServer(bench, version, words);
		}
	});
}
