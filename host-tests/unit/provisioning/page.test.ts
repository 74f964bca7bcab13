// The page: the hashes of its policy, what it escapes, and that each problem has words.

import { createHash } from "node:crypto";
import { describe, expect, test } from "@jest/globals";
import { escapeHTML, renderPage, stateOf, type View } from "provisioning/portal/page";
import type { Problem } from "provisioning/portal/progress";
import { policy, script, style } from "provisioning/portal/style";
import { describeProblem } from "provisioning/portal/texts";

const hash = (parts: readonly string[]) => createHash("sha256").update(parts.join("")).digest("base64");

const view: View = {
	phase: "form",
	ssid: "",
	problem: undefined,
	title: "Lamp",
	link: "https://lamp.local/",
	networks: [],
	isScanning: false,
	scanFailed: false
};

function render(more: Partial<View>): { pieces: string[]; text: string } {
	const pieces: string[] = [];
	renderPage({ ...view, ...more }, piece => pieces.push(piece));
	return { pieces, text: pieces.join("") };
}

describe("Z16 the portal's page", () => {
	test("its policy names its style and its script by their hashes, and they are in it as they are", () => {
		expect(policy).toContain(`style-src 'sha256-${hash(style)}'`);
		expect(policy).toContain(`script-src 'sha256-${hash(script)}'`);
		const { text } = render({});
		expect(/<style>(.*)<\/style>/s.exec(text)?.[1]).toBe(style.join(""));
		expect(/<script>(.*)<\/script>/s.exec(text)?.[1]).toBe(script.join(""));
		expect(text.match(/<(script|style)|\son\w+=|\sstyle=|src=/g)).toHaveLength(2);
	});

	test("no piece is longer than what a device sends at once", () => {
		const ssid = '"'.repeat(32);
		const networks = Array.from({ length: 16 }, () => ({ ssid, isOpen: true, rssi: -90 }));
		const phases = ["form", "joining", "joined", "done"] as const;
		const all = phases.flatMap(phase => render({ phase, ssid, networks, problem: "refused" }).pieces);
		expect(Math.max(...all.map(piece => Buffer.byteLength(piece)))).toBeLessThanOrEqual(512);
	});

	test("what others have named is text", () => {
		const name = `<b>"&'`;
		expect(escapeHTML(name)).toBe("&lt;b&gt;&quot;&amp;'");
		const networks = [{ ssid: name, isOpen: false, rssi: -50 }];
		for (const phase of ["form", "joining", "joined"] as const) {
			const { text } = render({
				phase,
				ssid: name,
				problem: "password",
				title: name,
				link: `https://${name}/`,
				networks
			});
			expect(text.replaceAll(/<b>&lt;b&gt;&quot;&amp;'<\/b>/g, "")).not.toMatch(/<b>/);
		}
	});

	test("a name that is written from right to left does not turn round what stands beside it", () => {
		const { text } = render({ networks: [{ ssid: "בית", isOpen: true, rssi: -50 }] });
		expect(text).toContain("<bdi>בית</bdi> <small>strong, open</small>");
	});

	test("each problem has words, with the network's name where one is meant", () => {
		const problems: Record<Problem, boolean> = {
			ssid: false,
			passphrase: false,
			missing: true,
			password: true,
			refused: true,
			lost: true,
			address: true,
			timeout: true,
			radio: false,
			store: true,
			busy: false,
			often: false
		};
		for (const [problem, isNamed] of Object.entries(problems))
			for (const isSeen of [true, false]) {
				const words = describeProblem(problem as Problem, "Home", isSeen);
				expect([problem, words.includes("“Home”"), words.endsWith(".") || words.endsWith("?")]).toEqual([
					problem,
					isNamed,
					true
				]);
			}
	});

	test("a page finds out that it is not right any more, and not that somebody has looked", () => {
		const states = [
			stateOf(view),
			stateOf({ ...view, isScanning: true }),
			stateOf({ ...view, problem: "password" }),
			...(["joining", "joined", "done"] as const).map(phase => stateOf({ ...view, phase }))
		];
		expect(new Set(states).size).toBe(states.length);
		expect(stateOf({ ...view, networks: [{ ssid: "a", isOpen: true, rssi: 0 }] })).toBe(stateOf(view));
	});
});
