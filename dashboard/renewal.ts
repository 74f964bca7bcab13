import type { Description } from "./messages";

/** What comes of the button that renews the certificate. One that another orders takes its time, and may fail. */
export class Renewal {
	/** That of the certificate that is to be replaced. */
	#fingerprint: string | undefined;
	#isLost = false;

	get isRunning(): boolean {
		return this.#fingerprint !== undefined;
	}

	begin(fingerprint: string): void {
		this.#fingerprint = fingerprint;
		this.#isLost = false;
	}

	/** It may never have been asked for. */
	lost(): void {
		this.#isLost = true;
	}

	/** @returns what people are to be told, once there is something */
	judge({ fingerprint, isBusy, problem }: Description): string | undefined {
		if (!this.isRunning) return undefined;
		if (fingerprint !== this.#fingerprint) return this.end("The certificate has been renewed: new connections get it");
		if (isBusy) return undefined;
		if (problem !== undefined) return this.end(`Not renewed: ${problem}`);
		return this.#isLost ? this.end("Not renewed: the connection was lost") : undefined;
	}

	end(text: string): string {
		this.#fingerprint = undefined;
		return text;
	}
}
