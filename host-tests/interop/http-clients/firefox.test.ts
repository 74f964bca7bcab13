import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { Firefox } from "../../firefox";
import { caFile } from "../identities";
import { Field } from "./steps";

describe("Firefox", () => {
	const field = new Field();
	let firefox: Firefox;
	beforeAll(async () => {
		firefox = await Firefox.launch(caFile);
	});
	afterAll(() => firefox.close());

	test("B11 shows the page without a warning once it trusts the CA", async () => {
		await firefox.goTo(`${field.url}/`);
		expect(await firefox.evaluate("document.body.innerText")).toBe("Served by XS");
		expect(await firefox.evaluate("performance.getEntriesByType('navigation')[0].nextHopProtocol")).toBe("http/1.1");
	});

	test("B11 loads, uploads and keeps its connections", async () => {
		const text = (path: string, options = "{}") => `fetch("${path}", ${options}).then(answer => answer.text())`;
		expect(await firefox.evaluate(`${text("/bytes/1000000")}.then(text => text.length)`)).toBe("1000000");
		const upload = '{ method: "POST", body: new Uint8Array(3_000_000) }';
		expect(await firefox.evaluate(text("/upload", upload))).toBe("3000000");
		const first = await firefox.evaluate(text("/peer"));
		expect(await firefox.evaluate(text("/peer"))).toBe(first);
	});

	test("B11 is told of a refusal while it uploads, and sends a file's name as it was written", async () => {
		const upload = 'fetch("/refused", { method: "POST", body: new Blob([new Uint8Array(12_000_000)]) })';
		const text = ".then(answer => answer.text().then(text => answer.status + ' ' + text), String)";
		expect(await firefox.evaluate(upload + text)).toBe("403 You may not");
		const form = 'const form = new FormData(); form.append("f", new Blob(["content"]), "größe 😀.txt");';
		const send = 'fetch("/form", { method: "POST", body: form }).then(answer => answer.text())';
		expect(await firefox.evaluate(`(() => { ${form} return ${send}; })()`)).toBe("f größe 😀.txt content");
	});

	test("Z8 opens a WebSocket, which sends back what it is sent", async () => {
		const echo = `new Promise((resolve, reject) => {
			const socket = new WebSocket("wss://" + location.host + "/ws");
			socket.onopen = () => socket.send("naïve 😀");
			socket.onmessage = ({ data }) => resolve(data);
			socket.onerror = reject;
		})`;
		expect(await firefox.evaluate(echo)).toBe("naïve 😀");
	});

	test("B15 shows a warning where the CA is a stranger's", async () => {
		const stranger = await Firefox.launch();
		await expect(stranger.goTo(`${field.url}/`)).rejects.toThrow(/certificate|SEC_ERROR_UNKNOWN_ISSUER/i);
		await stranger.close();
	});
});
