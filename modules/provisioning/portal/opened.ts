import Responder from "../dns/responder";
import { closeAccessPoint, openAccessPoint } from "../radio/access-point";
import Portal, { type PortalOwner } from "./portal";

/** Access point, name server and pages together. */
export default class Opened {
	readonly #portal: Portal;
	readonly #responder: Responder | undefined;

	/** @throws {Error} when the access point or the pages' port does not open; then nothing is left open. */
	constructor(owner: PortalOwner, failed: (error: unknown) => void) {
		const { accessPoint, port = 80, dnsPort = 53 } = owner.settings.options;
		this.#portal = new Portal(owner, port);
		try {
			openAccessPoint(accessPoint);
			this.#portal.open();
		} catch (error) {
			closeAccessPoint();
			throw error;
		}
		try {
			this.#responder = new Responder(owner.settings, dnsPort);
		} catch (error) {
			// The page is still found by its address.
			failed(error);
		}
	}

	/** Resolves once all of it is closed; what is being answered has some seconds. */
	async close(): Promise<void> {
		this.#responder?.close();
		await this.#portal.close();
		closeAccessPoint();
	}
}
