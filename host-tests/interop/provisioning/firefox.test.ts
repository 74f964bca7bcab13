// The portal's page in Firefox.

import { afterEach, expect, test } from "@jest/globals";
import { until } from "../../deadline";
import { Firefox } from "../../firefox";
import { type Device, held, home, startDevice } from "./device";

let device: Device;
afterEach(() => device.stop());

test("Z16 Firefox: a network is joined by a click, under the page's policy", async () => {
	device = await startDevice({ options: { limits: held } });
	await device.shows(/value="Home"/);
	const firefox = await Firefox.launch();
	try {
		await firefox.goTo(`${device.origin}/`);
		await firefox.evaluate(
			"void (window.broken = [], document.addEventListener('securitypolicyviolation', e => window.broken.push(e.violatedDirective)))"
		);
		const isStyled =
			"getComputedStyle(document.body).maxWidth !== 'none' && document.getElementById('shown').hidden === false";
		expect(await firefox.evaluate(`String(${isStyled})`)).toBe("true");
		expect(await firefox.evaluate("window.broken.join()")).toBe("");
		await firefox.evaluate(
			`void (document.querySelector('[value=Home]').click(), document.getElementById('password').value = '${home.password}', document.querySelector('button').click())`
		);
		const heading = () => firefox.evaluate("document.querySelector('h1')?.textContent ?? ''").catch(String);
		await until(async () => (await heading()) === "The device has joined", heading as never, 30_000);
		await firefox.evaluate("void document.querySelector('button').click()");
		await until(async () => (await heading()) === "All done", "the end", 30_000);
	} finally {
		await firefox.close();
	}
});
