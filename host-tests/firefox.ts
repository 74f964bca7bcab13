// Firefox, without a window, as tests run it: driven over WebDriver BiDi (W3C), with a profile of its own.

import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import WebSocket from "ws";
import { within } from "./deadline";

const program = process.env.FIREFOX ?? "/usr/bin/firefox-esr";

/** It asks nobody but localhost: all else goes to a proxy that is not there. */
const preferences = {
	"network.proxy.type": 1,
	"network.proxy.http": "127.0.0.1",
	"network.proxy.http_port": 9,
	"network.proxy.ssl": "127.0.0.1",
	"network.proxy.ssl_port": 9,
	"network.captive-portal-service.enabled": false,
	"network.connectivity-service.enabled": false,
	"datareporting.policy.dataSubmissionEnabled": false,
	"toolkit.telemetry.enabled": false,
	"app.normandy.enabled": false,
	"browser.shell.checkDefaultBrowser": false,
	"browser.startup.page": 0,
	"dom.security.https_first": false,
	"dom.security.https_only_mode": false
};

/** A profile that trusts that CA too. @returns its folder */
function makeProfile(caFile: string | undefined): string {
	const profile = mkdtempSync(join(tmpdir(), "firefox-"));
	const lines = Object.entries(preferences).map(([name, value]) => `user_pref("${name}", ${JSON.stringify(value)});\n`);
	writeFileSync(join(profile, "user.js"), lines.join(""));
	execFileSync("certutil", ["-N", "-d", `sql:${profile}`, "--empty-password"]);
	if (caFile !== undefined)
		execFileSync("certutil", ["-A", "-d", `sql:${profile}`, "-n", "ca", "-t", "C,,", "-i", caFile]);
	return profile;
}

type Answer = { id?: number; result?: unknown; error?: string; message?: string };

export class Firefox {
	readonly #process: ChildProcess;
	readonly #profile: string;
	readonly #socket: WebSocket;
	#context = "";
	#last = 0;

	private constructor(running: ChildProcess, profile: string, socket: WebSocket) {
		this.#process = running;
		this.#profile = profile;
		this.#socket = socket;
	}

	/** @param caFile a CA that it trusts besides its own */
	static async launch(caFile?: string): Promise<Firefox> {
		const profile = makeProfile(caFile);
		const flags = ["--headless", "--no-remote", "--profile", profile, "--remote-debugging-port", "0"];
		const env = { ...process.env, HOME: profile, MOZ_CRASHREPORTER_DISABLE: "1" };
		const running = spawn(program, flags, { env, stdio: ["ignore", "ignore", "pipe"] });
		const address = new Promise<string>((resolve, reject) => {
			let text = "";
			running.stderr.on("data", chunk => {
				text += chunk;
				const [, url] = /BiDi listening on (ws:\S+)/.exec(text) ?? [];
				if (url !== undefined) resolve(url);
			});
			running.on("error", reject).on("close", () => reject(new Error(`Firefox ended:\n${text}`)));
		});
		const socket = new WebSocket(`${await within(60_000, "a word of Firefox", address)}/session`);
		await new Promise((resolve, reject) => socket.once("open", resolve).once("error", reject));
		const firefox = new Firefox(running, profile, socket);
		await firefox.#ask("session.new", { capabilities: {} });
		const tree = (await firefox.#ask("browsingContext.getTree", {})) as { contexts: { context: string }[] };
		firefox.#context = tree.contexts[0]?.context ?? "";
		return firefox;
	}

	/** Rejects with what Firefox says when it refuses. */
	#ask(method: string, params: object): Promise<unknown> {
		const id = ++this.#last;
		const answer = new Promise<unknown>((resolve, reject) => {
			const take = (data: WebSocket.RawData) => {
				const { id: of, result, error, message }: Answer = JSON.parse(String(data));
				if (of !== id) return;
				this.#socket.off("message", take);
				if (error === undefined) resolve(result);
				else reject(new Error(`${error}: ${message}`));
			};
			this.#socket.on("message", take).send(JSON.stringify({ id, method, params }));
		});
		return within(40_000, `an answer to ${method}`, answer);
	}

	/** Loads a page; rejects with Firefox's error where it would show a warning instead. */
	async goTo(url: string): Promise<void> {
		await this.#ask("browsingContext.navigate", { context: this.#context, url, wait: "complete" });
	}

	/** What an expression of the page comes to, or what its promise does: a string. */
	async evaluate(expression: string): Promise<string> {
		const params = { expression, target: { context: this.#context }, awaitPromise: true };
		const answer = (await this.#ask("script.evaluate", params)) as {
			result?: { value?: string };
			exceptionDetails?: { text: string };
		};
		if (answer.exceptionDetails !== undefined) throw new Error(answer.exceptionDetails.text);
		return String(answer.result?.value);
	}

	async close(): Promise<void> {
		const { exitCode, signalCode } = this.#process;
		const ended = new Promise(resolve => this.#process.once("close", resolve));
		this.#socket.terminate();
		this.#process.kill("SIGKILL");
		// One that has crashed says nothing more.
		if (exitCode === null && signalCode === null) await ended;
		rmSync(this.#profile, { recursive: true, force: true });
	}
}
