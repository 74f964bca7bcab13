// `make screenshots`: the demo's dashboard under traffic, on the desk with an ESP32-C3's memory, as Chromium shows it: node take.mjs
import { execFileSync, spawn } from "node:child_process";
import { mkdirSync, statSync } from "node:fs";
import { chromium } from "playwright-core";
import { moduleOptions } from "../modules.cjs";
import { makeTraffic } from "./traffic.mjs";

const folder = "docs/pictures";
/** Bytes of a picture, at most. */
const MOST = 150_000;
/** Milliseconds of traffic before the pictures. */
const time = Number(process.env.SECONDS ?? 75) * 1000;
const pictures = [
	{ name: "dashboard-light", colorScheme: "light", viewport: { width: 1180, height: 1000 } },
	{ name: "dashboard-dark", colorScheme: "dark", viewport: { width: 1180, height: 1000 } },
	{ name: "dashboard-phone", colorScheme: "light", viewport: { width: 390, height: 844 } }
];

const preloads = execFileSync("node", ["host-tests/desk/preloads.mjs", "build/js"], { encoding: "utf8" });
const desk = spawn("host-tests/toolchain/variant32.sh", [
	...["run", "m32", "build/desk/device/desk", "--platform", "esp32c3"],
	...moduleOptions("esp32c3"),
	...preloads.trim().split(" "),
	...["--resource", "dashboard+=build/dashboard", "--config", "host=localhost", "--config", "port=0"],
	...["--config", "adminPassword=pictures", "--config", "preferences=build/screenshots"],
	"build/js/main.js"
]);
const port = await new Promise((resolve, reject) => {
	let output = "";
	for (const stream of [desk.stdout, desk.stderr])
		stream.on("data", bytes => {
			output += bytes;
			const found = /Serving https:\/\/[^:]+:(\d+)/.exec(output)?.[1];
			if (found !== undefined) resolve(Number(found));
		});
	desk.on("close", () => reject(new Error(output)));
});
const stop = makeTraffic(port);
const args = ["--no-sandbox", "--disable-gpu"];
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args });
try {
	mkdirSync(folder, { recursive: true });
	const [first] = pictures;
	const context = await browser.newContext({
		ignoreHTTPSErrors: true,
		httpCredentials: { username: "admin", password: "pictures" },
		viewport: first.viewport
	});
	const page = await context.newPage();
	page.on("console", message => console.error(message.text()));
	await page.goto(`https://localhost:${port}/`);
	await page.waitForTimeout(time);
	for (const { name, colorScheme, viewport } of pictures) {
		await page.emulateMedia({ colorScheme });
		await page.setViewportSize(viewport);
		await page.waitForTimeout(500);
		const path = `${folder}/${name}.png`;
		await page.screenshot({ path });
		const { size } = statSync(path);
		if (size > MOST) throw new Error(`${path} has ${size} bytes, of ${MOST} at most`);
		console.log(`${path}: ${size} bytes`);
	}
} finally {
	await browser.close();
	await stop();
	desk.kill();
}
