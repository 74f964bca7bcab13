import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { until } from "../../../deadline";
import { Firefox } from "../../../firefox";
import { type Demo, startDemo, visit } from "./demo";

let demo: Demo;
let firefox: Firefox;
beforeAll(async () => {
	demo = await startDemo();
	firefox = await Firefox.launch("build/identity/ca.pem");
});
afterAll(async () => {
	await firefox.close();
	await demo.desk.stop();
});

const textOf = (selector: string) =>
	firefox.evaluate(`document.querySelector(${JSON.stringify(selector)}).textContent`);
const shows = (selector: string, text: RegExp) =>
	until(async () => text.test(await textOf(selector)), `${text} in ${selector}`, 20_000);

test("Z11 Firefox shows the dashboard live, under its policy, and on a narrow screen", async () => {
	await firefox.goTo(`${demo.url}/`);
	await firefox.evaluate(
		"void (window.broken = [], document.addEventListener('securitypolicyviolation', e => window.broken.push(e.violatedDirective)))"
	);
	await shows("#state", /^Live$/);
	for (let count = 0; count < 20; count++) await visit(demo.port, "/ca.crt");
	await shows("#tiles div:nth-child(2) dd", /^\d+(\.\d)?\/s$/);
	await shows("#connections", /127\.0\.0\.1:\d+1\.3/);
	const drawn =
		"const canvas = document.querySelector('canvas'); canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data.some(each => each > 0)";
	expect(await firefox.evaluate(`(() => { ${drawn.replace("; canvas", "; return canvas")}; })()`)).toBe("true");
	const summary = "document.querySelector('summary')";
	await firefox.evaluate(`void ${summary}.click()`);
	await shows("details table", /\d\d:\d\d:\d\d/);
	expect(await firefox.evaluate("document.documentElement.scrollWidth <= innerWidth")).toBe("true");
	expect(await firefox.evaluate("window.broken.join()")).toBe("");
});
