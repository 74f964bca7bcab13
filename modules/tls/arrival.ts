import { TLSDetails } from "./details";
import type TLSError from "./error";
import type Pump from "./pump";
import type Session from "./session";

/** An established connection on its way to its reader, and what came up meanwhile. */
export default class Arrival {
	readonly pump: Pump;
	readonly details: TLSDetails;
	hasEnded = false;
	error: TLSError | undefined;

	/** Listens to the pump until its events are set anew. */
	constructor(pump: Pump) {
		this.pump = pump;
		this.details = new TLSDetails(pump.session as Session);
		pump.events = {
			readable() {},
			writable() {},
			ended: error => {
				this.hasEnded = true;
				this.error = error;
			}
		};
	}
}
