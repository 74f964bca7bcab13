import { byId, setText } from "./elements";
import * as format from "./format";
import type { Description } from "./messages";

/** `sha-256=:…:` of a file, as `Repr-Digest` has it (RFC 9530). */
async function digestOf(file: File): Promise<string> {
	const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", await file.arrayBuffer()));
	return `sha-256=:${btoa(String.fromCharCode(...hash))}:`;
}

/** Sends firmware, and shows how much of it has left. */
export class Firmware {
	readonly #file = byId("image") as HTMLInputElement;
	readonly #button = byId("send") as HTMLButtonElement;
	readonly #progress = byId("progress") as HTMLProgressElement;
	readonly #notify: (text: string) => void;
	#path = "";

	constructor(notify: (text: string) => void) {
		this.#notify = notify;
		this.#file.addEventListener("change", () => {
			this.#button.disabled = this.#file.files?.length !== 1;
		});
		this.#button.addEventListener("click", () => this.#start());
	}

	set({ update, version }: Description): void {
		if (update === undefined) return;
		this.#path = update;
		byId("firmware").hidden = false;
		setText(byId("version"), version ?? "unknown");
	}

	async #start(): Promise<void> {
		const [file] = this.#file.files ?? [];
		if (file === undefined) return;
		this.#button.disabled = true;
		this.#notify(`Sending ${format.bytes(file.size)} of firmware`);
		try {
			this.#send(file, await digestOf(file));
		} catch (error) {
			this.#end(`The file cannot be read: ${error}`);
		}
	}

	#send(file: File, digest: string): void {
		const request = new XMLHttpRequest();
		request.upload.onprogress = ({ loaded, total }) => {
			this.#progress.hidden = false;
			this.#progress.value = loaded / total;
		};
		request.onload = () => this.#end(request.responseText.trim() || `Refused: ${request.status}`);
		request.onerror = () =>
			this.#end("The connection was lost. Unless all had come, the firmware is the same as before");
		request.open("PUT", this.#path);
		request.setRequestHeader("Repr-Digest", digest);
		request.send(file);
	}

	#end(text: string): void {
		this.#progress.hidden = true;
		this.#button.disabled = false;
		this.#notify(text);
	}
}
