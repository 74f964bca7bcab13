// Chromium, without a window, as tests run it.

import { execFile } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { type Browser, type BrowserContext, chromium } from "playwright-core";
import { setDeadline } from "./deadline";
import { scaled } from "./pace";

const program = process.env.CHROMIUM ?? "/usr/bin/chromium";
const flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"];

/** @param home folder of the user, where the certificates are that he trusts; a new one, if none is given */
export function launchChromium(home = mkdtempSync(join(tmpdir(), "chromium-"))): Promise<Browser> {
	const args = [...flags, "--disable-quic"];
	const env = { ...process.env, HOME: home } as Record<string, string>;
	return chromium.launch({ executablePath: program, args, env, timeout: scaled(30_000) });
}

/** A window whose certificate is not verified, and whose pages are waited for as long as this machine needs just now. */
export async function openWindow(browser: Browser): Promise<BrowserContext> {
	const context = await browser.newContext({ ignoreHTTPSErrors: true });
	context.setDefaultTimeout(scaled(30_000));
	return context;
}

/** The page at `url`, as Chromium shows it to a user whose home folder is `home`; rejects when that takes too long. */
export async function showTo(home: string, url: string): Promise<string> {
	const parameters = ["--headless", ...flags, "--dump-dom", `--user-data-dir=${join(home, "profile")}`, url];
	const running = promisify(execFile)("chromium", parameters, { env: { ...process.env, HOME: home } });
	const clear = setDeadline(40_000, () => running.child.kill());
	return (await running.finally(clear)).stdout;
}
