import type { ProvisionerOptions } from "../options";

type Listeners = Pick<ProvisionerOptions, "onOnline" | "onOffline" | "onPortal" | "onError">;

/** What the application is told, one thing after another: a server that is stopping cannot be started. */
export default class Application {
	readonly #listeners: Listeners;
	#isOnline = false;
	#isTold = false;
	#last: Promise<void> = Promise.resolve();

	constructor(listeners: Listeners) {
		this.#listeners = listeners;
	}

	/** Whether the device is online. Resolves once the application has done what it does about it. Does not reject. */
	tell(isOnline: boolean): Promise<void> {
		if (isOnline !== this.#isOnline) {
			this.#isOnline = isOnline;
			this.#last = this.#last.then(() => this.say());
		}
		return this.#last;
	}

	/** Whether the portal is open. */
	announce(isOpen: boolean): void {
		try {
			this.#listeners.onPortal?.(isOpen);
		} catch (error) {
			this.report(error);
		}
	}

	/** Does not throw. */
	report(error: unknown): void {
		const { onError = (error: unknown) => trace(`Provisioning: ${error}\n`) } = this.#listeners;
		try {
			onError(error);
		} catch (thrown) {
			trace(`onError has failed: ${thrown}\n`);
		}
	}

	/** What is true now, and nothing of what was meanwhile. */
	private async say(): Promise<void> {
		if (this.#isTold === this.#isOnline) return;
		this.#isTold = this.#isOnline;
		const { onOnline, onOffline } = this.#listeners;
		try {
			await (this.#isTold ? onOnline() : onOffline?.());
		} catch (error) {
			this.report(error);
		}
	}
}
